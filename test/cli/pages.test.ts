import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import models from '../../generated/manifest.json' with { type: 'json' };
import { UsageError } from '../../generator/errors.js';
import manifest from '../../package.json' with { type: 'json' };
import { newFolder } from '../folders.js';
import { blocksOf, PAGES, shellCommandsOf, textOf } from '../pages.js';
import { run } from './run.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Scripts of other package.json files that pages name: the one that `init` writes, and that of `examples/ips`. */
const SCRIPTS_OF_OTHERS = ['models', 'check'];

/** The commands in a page's shell blocks, and complete ones in its tables and sentences. */
function commandsOf(page: string): string[] {
  const inline = [...textOf(page).matchAll(/`((?:npm run|npx) [^`]+)`/g)].map(([, command = '']) => command);
  return [
    ...shellCommandsOf(page),
    ...inline.flatMap((line) => line.replace(/\s+/g, ' ').split('&&')).map((command) => command.trim()),
  ];
}

/** The headings of a page as GitHub's links name them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Syntax in place of a command: `pin <spec>`, `[<spec>]`. */
const FORM = /[<[]\w|…/;

/** The arguments of a command of this package, only its name if it is syntax; `undefined` for other commands. */
function ownWords(command: string): string[] | undefined {
  const words = /^(?:npx fhir-profile-codegen|npm run (?:--silent )?codegen --) (.*?)(?: > \S+)?$/.exec(command)?.[1];
  const all = words?.split(/\s+/);
  return all !== undefined && FORM.test(command) ? [...all.slice(0, 1), '--help'] : all;
}

describe.each(PAGES)('%s', (page) => {
  it('names only scripts and files that exist', () => {
    const scripts = commandsOf(page).flatMap((command) => /^npm run (?:--silent )?([\w:]+)/.exec(command)?.[1] ?? []);
    expect(scripts.filter((name) => !(name in manifest.scripts) && !SCRIPTS_OF_OTHERS.includes(name))).toEqual([]);
    const text = textOf(page).replace(/```[\s\S]*?```/g, '');
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link);
    const missing = links.filter((link) => !/^https?:/.test(link) && !existsSync(join(ROOT, dirname(page), link)));
    expect(missing).toEqual([]);
  });

  it('links only to headings that exist', () => {
    const text = textOf(page).replace(/```[\s\S]*?```/g, '');
    const links = [...text.matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)].filter(([, path = '']) => !/^https?:/.test(path));
    const missing = links.filter(([, path = '', heading = '']) => {
      const target = path === '' ? page : join(dirname(page), path);
      return target.endsWith('.md') && !headingsOf(readFileSync(join(ROOT, target), 'utf8')).includes(heading);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  it('starts only programs that exist', () => {
    const programs = commandsOf(page).flatMap(
      (command) => /^npx (?:tsx|vite(?: build)?) ([^\s<]+)(?:\s|$)/.exec(command)?.[1] ?? [],
    );
    const isThere = (path: string): boolean =>
      existsSync(join(ROOT, path)) || existsSync(join(ROOT, dirname(page), path));
    expect(programs.filter((path) => !isThere(path))).toEqual([]);
  });

  it('shows only commands that the command line accepts', async () => {
    for (const command of commandsOf(page)) {
      const words = ownWords(command);
      if (words === undefined) continue;
      const folder = newFolder();
      // The folder of the program that `migrate` changes.
      mkdirSync(join(folder, 'src'));
      const error: unknown = await run(words, folder).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error instanceof UsageError ? `${command}: ${error.message}` : undefined).toBeUndefined();
    }
  });
});

const US_CORE_6_7 = 'npx fhir-profile-codegen diff hl7.fhir.us.core#6.1.0 hl7.fhir.us.core#7.0.0';

/**
 * What runs each command of the shell blocks: CI, or a test that follows the page. A new command needs a line here, and
 * the file that runs it must name the command, its page or the folder of its page.
 */
const RUN_BY: Readonly<Record<string, readonly string[]>> = {
  '.ci/run': ['npm ci', 'npm run generate', 'npm test'],
  'test/generated/pack.test.ts': [
    'npm install ans-document-fr-core',
    'npm install --save-dev typescript',
    'npx tsc --strict --module nodenext study.mts',
    'node study.mjs',
  ],
  'test/cli/pack.test.ts': [
    'npm install --save-dev fhir-profile-codegen @types/fhir@0.0.44',
    'npx fhir-profile-codegen init hl7.fhir.us.core#7.0.0',
    'npx fhir-profile-codegen generate',
    'npm install --save-dev fhir-profile-codegen @types/fhir@0.0.44 tsx',
    'npx fhir-profile-codegen generate hl7.fhir.us.core#7.0.0 --profile USCorePatientProfile --out us-core',
    'npx tsx patients.ts',
  ],
  'test/cli/generator-page.test.ts': [
    'npx fhir-profile-codegen generate hl7.fhir.uv.ips#2.0.0 --out ips',
    'npx fhir-profile-codegen diff fhir-pinned.json hl7.fhir.fr.core#2.2.0',
    'npx fhir-profile-codegen diff fhir-pinned.json hl7.fhir.fr.core#2.2.0 --profile fr-core-patient',
    'npx fhir-profile-codegen diff fhir-pinned.json hl7.fhir.fr.core#2.2.0 --format html > ../report.html',
    'npx fhir-profile-codegen bump hl7.fhir.fr.core#2.2.0 --dry-run',
    'npx fhir-profile-codegen bump hl7.fhir.fr.core#2.2.0',
    'npx fhir-profile-codegen migrate git:HEAD:fhir-pinned.json fhir-pinned.json src',
    'npx tsc --noEmit',
    'git add -A',
    'git commit -m "hl7.fhir.fr.core#2.2.0"',
    'npx fhir-profile-codegen diff git:HEAD~1:fhir-pinned.json fhir-pinned.json --format markdown > ../pull-request.md',
  ],
  'test/cli/explore.test.ts': [
    'npm run --silent codegen -- list',
    'npm run --silent codegen -- explain FRImagingStudyDocument series.laterality',
    'npm run --silent codegen -- sample FRImagingStudyDocument --seed 7',
    'npm run --silent codegen -- validate examples/received-study.json --profile FRImagingStudyDocument',
  ],
  'test/examples/ips.test.ts': [
    'npm i -D hl7.fhir.uv.ips',
    'npx fhir-profile-codegen generate hl7.fhir.uv.ips',
    'npm run check',
  ],
  'test/examples/client.test.ts': [
    'npx tsx examples/client/main.ts',
    'npx tsx examples/client/main.ts http://127.0.0.1:8080/',
  ],
  'test/examples/examples.test.ts': [
    'npx tsx examples/dicom-to-study/main.ts',
    'npx tsx examples/dicom-to-study/main.ts --series each exam/*.dcm',
    'npx tsx examples/imaging-report/main.ts',
  ],
  'test/examples/receiving-server.test.ts': ['npx tsx examples/receiving-server/main.ts 8080'],
  'test/examples/react-form-bundle.test.ts': ['npx vite examples/react-form'],
  'test/examples/vite-page.test.ts': ['npx vite examples/vite-page'],
  'test/diff/bumps.ts': [
    US_CORE_6_7,
    `${US_CORE_6_7} --format markdown`,
    `${US_CORE_6_7} --format json`,
    `${US_CORE_6_7} --format html > us-core.html`,
  ],
};

/** The test that compares each transcript with the actual output; `undefined` for drawings. */
const COMPARED_BY: Readonly<Record<string, string | undefined>> = {
  'error TS2349: This expression is not callable.': 'test/generated/readme.test.ts',
  'package(s) ──load──▶ definitions': undefined,
  'Bundle-IPS-examples-Bundle-01.json: the summary of DeLarosa': 'test/examples/ips.test.ts',
  'ImagingStudy.modality[0]: CT without system': 'test/examples/migration.test.ts',
  "code: Type 'string' is not assignable": 'test/examples/migration.test.ts',
};

/** Languages whose blocks test/generated/readme.test.ts compiles. */
const COMPILED = ['ts', 'tsx', 'js', 'jsx', 'mjs', 'mts', 'typescript', 'javascript'];

describe('the blocks of all pages', () => {
  const runs = Object.entries(RUN_BY).flatMap(([file, commands]) => commands.map((command) => ({ file, command })));
  const names = (file: string, command: string, page: string): boolean => {
    const text = readFileSync(`${ROOT}${file}`, 'utf8');
    return [command, page, ...(page.includes('/') ? [dirname(page)] : [])].some((name) => text.includes(name));
  };

  it('a test or CI runs each command', () => {
    const all = PAGES.flatMap((page) => shellCommandsOf(page).map((command) => ({ page, command }))).filter(
      ({ command }) => !FORM.test(command),
    );
    const unhandled = all.filter(
      ({ page, command }) => !runs.some((one) => one.command === command && names(one.file, command, page)),
    );
    expect(unhandled).toEqual([]);
    expect(runs.filter(({ command }) => !all.some((one) => one.command === command))).toEqual([]);
  });

  it('a test compares each transcript; JSON is JSON', () => {
    const blocks = PAGES.flatMap((page) => blocksOf(page).map((block) => ({ page, ...block })));
    for (const { text } of blocks.filter(({ language }) => language === 'json')) JSON.parse(text);
    const unhandled = blocks.filter(({ page, language, text }) => {
      if ([...COMPILED, 'sh', 'json'].includes(language)) return false;
      const entry = Object.entries(COMPARED_BY).find(([start]) => text.startsWith(start));
      return entry === undefined || (entry[1] !== undefined && !names(entry[1], text, page));
    });
    expect(unhandled).toEqual([]);
  });
});

it('the page of the models imports only what they export, and lists all profiles', () => {
  const text = textOf('generated/README.md');
  const [, names = ''] = /```ts\nimport \{([^}]*)\}/.exec(text) ?? [];
  const shown = names.match(/\w+/g) ?? [];
  expect(shown).toHaveLength(4);
  const exported: readonly string[] = readFileSync(`${ROOT}generated/index.ts`, 'utf8').match(/\w+/g) ?? [];
  expect(shown.filter((name) => !exported.includes(name))).toEqual([]);
  const listed = [...text.matchAll(/^\| `(\w+)` +\| (\w+) +\| (\S+)/gm)].map(
    ([, name, type, url]) => `${name} ${type} ${url}`,
  );
  const all = models.profiles.map(({ exports, type, url }) => `${exports.interface} ${type} ${url}`);
  expect(listed.sort()).toEqual(all.sort());
});
