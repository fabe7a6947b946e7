import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const foldersIn = (folder: string): string[] =>
  readdirSync(`${ROOT}${folder}`)
    .map((name) => `${folder}/${name}/README.md`)
    .filter((page) => existsSync(`${ROOT}${page}`));

/** Every page of the documentation, by its path from the root. */
export const PAGES: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.changeset/README.md',
  'examples/README.md',
  ...foldersIn('examples'),
  'generated/README.md',
  'generator/README.md',
  ...foldersIn('generator'),
  'test/README.md',
  ...foldersIn('test'),
];

/** A fenced block of a page. */
export interface Block {
  /** What follows the fence; empty for none. */
  readonly language: string;
  /** Without the indentation of a list. */
  readonly text: string;
}

/**
 * The text of a page.
 *
 * @param page one of {@link PAGES}
 */
export function textOf(page: string): string {
  return readFileSync(`${ROOT}${page}`, 'utf8');
}

/**
 * The fenced blocks of a page, in order.
 *
 * @param page one of {@link PAGES}
 */
export function blocksOf(page: string): Block[] {
  return [...textOf(page).matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```/gm)].map(
    ([, indent = '', language = '', text = '']) => ({
      language,
      text: text.replace(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

/**
 * The commands of the shell blocks of a page, each alone and without its comment.
 *
 * @param page one of {@link PAGES}
 */
export function shellCommandsOf(page: string): string[] {
  return blocksOf(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => line.replace(/#\s.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '');
}
