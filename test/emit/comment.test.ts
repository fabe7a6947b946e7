import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { code, linkTo, linkToPage, param, type Comment } from '../../generator/emit/comment.js';
import { print } from '../../generator/emit/print/module.js';
import { value } from '../../generator/emit/value.js';
import { text } from './arbitrary.js';

/** The text and tags that an editor shows for a declaration with a comment. */
function shown(doc: Comment): {
  readonly text: string;
  readonly kinds: readonly string[];
  readonly tags: readonly string[];
} {
  const source = `${print({ file: 'a', declarations: [{ kind: 'constant', name: 'shown', doc, value: value(1) }] })}interface B {}\n`;
  const service = ts.createLanguageService({
    getScriptFileNames: () => ['/a.ts'],
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => (file === '/a.ts' ? ts.ScriptSnapshot.fromString(source) : undefined),
    getCurrentDirectory: () => '/',
    getCompilationSettings: () => ({ noLib: true }),
    getDefaultLibFileName: () => '/lib.d.ts',
    fileExists: (file) => file === '/a.ts',
    readFile: () => undefined,
  });
  const info = service.getQuickInfoAtPosition('/a.ts', source.lastIndexOf('const shown') + 'const '.length);
  const parts = info?.documentation ?? [];
  return {
    text: parts.map((part) => part.text).join(''),
    kinds: [...new Set(parts.map((part) => part.kind))],
    tags: (info?.tags ?? []).map((tag) => tag.name),
  };
}

describe('comments', () => {
  it('show braces without backslashes, and only the tags that they were given', () => {
    expect(shown(['Matches [a-z]{1,3} and {x}.']).text).toBe('Matches [a-z]{1,3} and {x}.');
    expect(shown(['Write to help@example.org.']).text).toBe('Write to help@example.org.');
    expect(shown(['a {@link B} b @param c', '@deprecated {@inheritDoc B}'])).toEqual({
      text: 'a {\uff20link B} b \uff20param c\n\uff20deprecated {\uff20inheritDoc B}',
      kinds: ['text'],
      tags: [],
    });
    expect(shown(['every */5 minutes']).text).toBe('every * /5 minutes');
  });

  it('contain the links and tags that they were given', () => {
    const { text, kinds, tags } = shown([['A ', linkTo('B'), '.'], param('value', 'anything')]);
    expect(text).toBe('A {@link B}.');
    expect(kinds).toContain('linkName');
    expect(tags).toEqual(['param']);
    expect(shown([[linkToPage(code('a[x]'), 'http://a.b/c?d=(e)'), ' 1..1.']]).text).toBe(
      '[`a[x]`](http://a.b/c?d=%28e%29) 1..1.',
    );
  });

  it('contain any text without creating a link, a tag or a second declaration', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), text, (lines, url) => {
        const doc: Comment = [...lines, lines, [linkToPage(code(url), url), ...lines]];
        const all = shown(doc);
        expect(all.tags).toEqual([]);
        expect(all.kinds.filter((kind) => kind !== 'text')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
