import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import models from '../../generated/manifest.json' with { type: 'json' };
import { DEFAULT_LIMITS as LOAD } from '../../generator/load/limits.js';
import { DEFAULT_LIMITS as PIN } from '../../generator/pin/limits.js';
import { DEFAULT_LIMITS as SNAPSHOT } from '../../generator/snapshot/limits.js';
import * as api from '../../generator/index.js';
import manifest from '../../package.json' with { type: 'json' };
import { VALUE_LIMIT } from '../../templates/runtime/json.js';
import { DEPTH_LIMIT, ISSUE_LIMIT } from '../../templates/runtime/run.js';
import { FAULTS } from '../generated/document-faults.js';
import { mistakes } from '../generated/mistakes.js';
import { PAGES, textOf } from '../pages.js';
import { run } from './run.js';
import { newFolder } from '../folders.js';

const ROOT = new URL('../../', import.meta.url);

/** A number as the pages write it: `64 MB`, `3 million`, `100,000`. */
function numberOf(text: string): number {
  const [, digits = '', unit = ''] = /^([\d,.]+)(?: (MB|million))?/.exec(text) ?? [];
  return Number(digits.replaceAll(',', '')) * ({ MB: 1024 * 1024, million: 1_000_000 }[unit] ?? 1);
}

/** The rows of the table of a page that begins with a heading, cell by cell. */
function rowsOf(page: string, heading: string): string[][] {
  const [, body = ''] =
    new RegExp(`^\\| ${heading} +\\|.*\\n\\|[-| :]+\\n((?:\\|.*\\n)+)`, 'm').exec(textOf(page)) ?? [];
  return body
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('README.md', () => {
  it('names the versions of Node that CI has, and the version of the guide', () => {
    const { jobs } = parse(readFileSync(new URL('.github/workflows/ci.yml', ROOT), 'utf8')) as {
      readonly jobs: {
        readonly test: { readonly strategy: { readonly matrix: { readonly node: readonly number[] } } };
      };
    };
    const [one, two, three] = jobs.test.strategy.matrix.node;
    expect(textOf('README.md')).toContain(`You need Node ${one}, ${two} or ${three}, nothing else`);
    expect(manifest.engines.node).toBe('>=20.19');
    expect(textOf('README.md')).toContain(`\`${models.package.name}\` ${models.package.version}`);
  });

  it('installs the version of FHIR types that the generator depends on', () => {
    const version = manifest.dependencies['@types/fhir'].replace('^', '');
    for (const page of ['README.md', 'generator/README.md', 'examples/us-core/README.md', 'examples/ips/README.md']) {
      expect(textOf(page)).toContain(`@types/fhir@${version}`);
    }
  });
});

describe('generator/README.md', () => {
  const page = 'generator/README.md';

  it('lists the limits, all of them, with their defaults', () => {
    const rows = rowsOf(page, 'limits');
    const listed = Object.fromEntries(
      rows.map(([stage = '', text = '']) => [
        stage.replaceAll('`', ''),
        Object.fromEntries(
          [...text.matchAll(/`(\w+)` ([\d,.]+(?: MB| million)?)/g)].map(([, name = '', value = '']) => [
            name,
            numberOf(value),
          ]),
        ),
      ]),
    );
    expect(listed).toEqual({ load: LOAD, snapshot: SNAPSHOT, pin: PIN });
  });

  it('lists the dependencies, all of them', () => {
    const names = rowsOf(page, 'package').flatMap(([cell = '']) => cell.match(/[@\w/-]+/g) ?? []);
    expect(names.sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('names options that commands have', async () => {
    const folder = newFolder();
    const commands = [
      'generate',
      'pin',
      'check',
      'diff',
      'bump',
      'migrate',
      'init',
      'list',
      'explain',
      'sample',
      'validate',
    ];
    const helps = await Promise.all(commands.map((command) => run([command, '--help'], folder)));
    const known = new Set(helps.flatMap(({ out }) => out.match(/--[a-z][a-z-]*/g) ?? []));
    const code = [...textOf(page).matchAll(/`([^`\n]*)`/g)]
      .map(([, text = '']) => text)
      .filter((text) => !text.startsWith('npm '));
    const named = new Set(code.flatMap((text) => text.match(/(?<!\S)--[a-z][a-z-]*/g) ?? []));
    expect(named.size).toBeGreaterThan(20);
    expect([...named].filter((option) => !known.has(option))).toEqual([]);
  });

  it('names functions that programs can import', () => {
    const [, names = ''] = /`import \{ ([^}]+) \} from 'fhir-profile-codegen'`/.exec(textOf(page)) ?? [];
    expect(names.split(', ')).toEqual(['load', 'pin', 'generate', 'write']);
    for (const name of [...names.split(', '), 'generateFrom', 'defineConfig']) expect(api).toHaveProperty(name);
  });
});

describe('examples/README.md', () => {
  it('counts the mistakes that the compiler rejects', () => {
    const [, of = '', list = ''] =
      /reject at most \d+ of the (\d+):\n\n([^]*?)\n\n/.exec(textOf('examples/README.md')) ?? [];
    expect(Number(of)).toBe(mistakes.length);
    expect(list.split('·')).toHaveLength(mistakes.length);
  });

  it('names the limits of the validator', () => {
    expect(textOf('examples/README.md')).toContain(
      `depth over ${DEPTH_LIMIT}, more than ${VALUE_LIMIT / 1_000_000} million values, more than ${ISSUE_LIMIT.toLocaleString('en')} issues`,
    );
  });

  it('counts the errors that its test introduces into the report', () => {
    const [, count = ''] =
      /introduces an error at (\d+)\s+places/.exec(textOf('examples/imaging-report/README.md')) ?? [];
    expect(Number(count)).toBe(FAULTS.length);
  });

  it('has every example in its table', () => {
    const linked = rowsOf('examples/README.md', 'example').flatMap(
      ([cell = '']) => /\((\S+\/README\.md)\)/.exec(cell)?.[1] ?? [],
    );
    const pages = PAGES.filter((page) => /^examples\/.+\/README\.md$/.test(page));
    expect(linked.map((path) => `examples/${path}`).sort()).toEqual([...pages].sort());
  });
});

describe('examples/dicom-to-study/README.md', () => {
  it('names only existing reasons, and the test has a case for each of them', () => {
    const source = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
    const reasons: readonly string[] = source('examples/dicom-to-study/rejection.ts').match(/(?<=\| ')[\w-]+/g) ?? [];
    const cases = source('test/examples/dicom-to-study.test.ts');
    expect(reasons.filter((reason) => !cases.includes(reason))).toEqual([]);
    const named = textOf('examples/dicom-to-study/README.md').match(/(?<=`)[a-z]+(?:-[a-z]+)+(?=`)/g) ?? [];
    const packages = ['dicomweb-client'];
    expect(named.filter((name) => !reasons.includes(name) && !packages.includes(name))).toEqual([]);
  });
});
