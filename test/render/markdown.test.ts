import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { laidOut } from '../../generator/render/markdown.js';

/** The layout of prettier, without changes of code blocks. */
const prettier = (text: string): Promise<string> =>
  format(text, { parser: 'markdown', embeddedLanguageFormatting: 'off' });

const README = readFileSync(new URL('../../generated/README.md', import.meta.url), 'utf8');

describe('generated Markdown', () => {
  it('has the layout of prettier', async () => {
    expect(await prettier(README)).toBe(README);
  });

  it.each([
    '\n\n# A\n\n\n\ntext\n| a | b |\n| --- | --- |\n| long cell | x |\n',
    '| é | `a\\|b` |\n| --- | --- |\n| 1 |  |',
    '```ts\n\n\n| a |\n```\n\n- one\n- two\n\n\n',
  ])('with the text %j has the layout of prettier', async (text) => {
    const blocks = text.replace('text\n|', 'text\n\n|');
    expect(laidOut(blocks)).toBe(await prettier(blocks));
  });
});
