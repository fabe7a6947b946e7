import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../generator/errors.js';
import models from '../../generated/manifest.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import { newFolder } from '../folders.js';
import { run } from './run.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLES = readdirSync(`${ROOT}examples`)
  .map((name) => `examples/${name}/README.md`)
  .filter((page) => existsSync(`${ROOT}${page}`));
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.changeset/README.md',
  'examples/README.md',
  ...EXAMPLES,
  'generated/README.md',
  'generator/README.md',
  'test/README.md',
];
/**
 * Scripts that pages name and that other package.json files have: the one that `init` writes, and that of
 * `examples/ips`.
 */
const SCRIPTS_OF_OTHERS = ['models', 'check'];

/** The commands in a page's shell blocks, and complete ones in its tables and sentences. */
function commandsOf(page: string): string[] {
  const text = readFileSync(`${ROOT}${page}`, 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.matchAll(/`((?:npm run|npx) [^`]+)`/g)].map(([, command = '']) => command);
  return [...blocks, ...inline]
    .flatMap((line) => line.replace(/#\s.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '');
}

/** The arguments of a command of this package; `undefined` for other commands, and for syntax such as `[<spec>]`. */
function ownWords(command: string): string[] | undefined {
  const words = /^(?:npx fhir-profile-codegen|npm run (?:--silent )?codegen --) (.*)$/.exec(command)?.[1];
  return words === undefined || /[<>[\]…]/.test(words) ? undefined : words.split(/\s+/);
}

describe.each(PAGES)('%s', (page) => {
  it('names only scripts and files that exist', () => {
    const scripts = commandsOf(page).flatMap((command) => /^npm run (?:--silent )?([\w:]+)/.exec(command)?.[1] ?? []);
    expect(scripts.filter((name) => !(name in manifest.scripts) && !SCRIPTS_OF_OTHERS.includes(name))).toEqual([]);
    const text = readFileSync(`${ROOT}${page}`, 'utf8').replace(/```[\s\S]*?```/g, '');
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link);
    const missing = links.filter((link) => !/^https?:/.test(link) && !existsSync(join(ROOT, dirname(page), link)));
    expect(missing).toEqual([]);
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

it('the page of the models imports only what they export, and lists all profiles', () => {
  const text = readFileSync(`${ROOT}generated/README.md`, 'utf8');
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
