import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../generator/errors.js';
import manifest from '../../package.json' with { type: 'json' };
import { newFolder } from '../folders.js';
import { run } from './run.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = ['README.md', 'CONTRIBUTING.md', 'examples/README.md', 'generator/README.md', 'test/README.md'];

/** The commands of a page's shell blocks, and those in its tables and sentences that are complete. */
function commandsOf(page: string): string[] {
  const text = readFileSync(`${ROOT}${page}`, 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.matchAll(/`((?:npm run|npx) [^`]+)`/g)].map(([, command = '']) => command);
  return [...blocks, ...inline]
    .flatMap((line) => line.replace(/#\s.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '');
}

/** The words of a command of ours; nothing for other commands, and for those that show what may be given (`[<spec>]`). */
function ownWords(command: string): string[] | undefined {
  const words = /^(?:npx fhir-profile-codegen|npm run (?:--silent )?codegen --) (.*)$/.exec(command)?.[1];
  return words === undefined || /[<>[\]…]/.test(words) ? undefined : words.split(/\s+/);
}

describe.each(PAGES)('%s', (page) => {
  it('names scripts and files that there are', () => {
    const scripts = commandsOf(page).flatMap((command) => /^npm run (?:--silent )?([\w:]+)/.exec(command)?.[1] ?? []);
    expect(scripts.filter((name) => !(name in manifest.scripts) && name !== 'models')).toEqual([]);
    const text = readFileSync(`${ROOT}${page}`, 'utf8').replace(/```[\s\S]*?```/g, '');
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link);
    const missing = links.filter((link) => !/^https?:/.test(link) && !existsSync(join(ROOT, dirname(page), link)));
    expect(missing).toEqual([]);
  });

  it('shows commands that the command line understands', async () => {
    for (const command of commandsOf(page)) {
      const words = ownWords(command);
      if (words === undefined) continue;
      const folder = newFolder();
      // Where readers have the program that `migrate` works on.
      mkdirSync(join(folder, 'src'));
      const error: unknown = await run(words, folder).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error instanceof UsageError ? `${command}: ${error.message}` : undefined).toBeUndefined();
    }
  });
});
