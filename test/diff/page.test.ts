import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DOMWindow, JSDOM } from 'jsdom';
import { describe, expect, it, vi } from 'vitest';
import { formatReport } from '../../generator/diff/format.js';
import { markedPair } from '../../generator/diff/marked.js';
import { reportOf } from '../../generator/diff/report.js';
import { changed, DECLARATIONS, manyChanges, pageText, SAMPLE } from './page-sample.js';
import { REPORT_TEMPLATES } from './templates.js';

const EVIL =
  '</td></script><script>alert(1)</script><img src=x onerror=alert(1)>{{counts}}"\' onload=alert(1)\u202e\u2028';

/** A page after its script has run. */
function opened(text: string): DOMWindow {
  return new JSDOM(text, { runScripts: 'dangerously' }).window;
}

function texts(root: ParentNode, selector: string): readonly string[] {
  return [...root.querySelectorAll(selector)].map((node) => node.textContent.replace(/\s+/g, ' ').trim());
}

describe('an HTML report without its script', () => {
  const { document } = new JSDOM(pageText()).window;

  it('shows the whole report: all changes, grouped by profile, the most severe first', () => {
    expect(texts(document, 'main h2')).toEqual([
      'With breaking changes',
      'With compatible changes',
      'Documentation only',
    ]);
    expect(texts(document, 'main h3')).toEqual([
      'Alpha profile',
      'Beta profile',
      'Gamma profile',
      'colours value set',
      'guide package',
    ]);
    expect(document.querySelectorAll('main tbody > tr')).toHaveLength(SAMPLE.length);
    expect(document.querySelectorAll('main [hidden] tr')).toHaveLength(0);
    expect(document.querySelector('#filters')?.hasAttribute('hidden')).toBe(true);
  });

  it('links to each section from a tree with counts', () => {
    const targets = [...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href')?.slice(1) ?? '');
    expect(targets.map((id) => document.getElementById(id)?.querySelector('h3')?.textContent)).toHaveLength(5);
    expect(texts(document, 'nav a')).toEqual([
      'Alpha changes: 3',
      'Beta changes: 2',
      'Gamma changes: 2',
      'colours changes: 1',
      'guide changes: 1',
    ]);
    expect(texts(document, 'nav summary')[0]).toBe('With breaking changes changes: 5');
  });

  it('shows both versions of an element, their difference, and which programs break', () => {
    const [row] = document.querySelectorAll('main tbody > tr');
    expect(texts(row ?? document, 'td')).toEqual([
      'Patient.name',
      '0..1',
      '1..1',
      'Patient.name of Alpha: min-raisedbreaking write: no longer compiles',
    ]);
    expect(texts(document, 'td ins')).toEqual([', Period', 'a']);
  });

  it('shows the TypeScript of both versions and marks the changed lines', () => {
    expect(texts(document, '.types figcaption')).toEqual(['Before', 'After']);
    expect(texts(document, '.types del')).toEqual(['name?: HumanName | undefined;']);
    expect(texts(document, '.types ins')).toEqual(['name: HumanName;']);
    expect(
      [...document.querySelectorAll('.types code')].every(({ textContent }) => !textContent.includes('\n\n')),
    ).toBe(true);
  });

  it('names the profiles and impacts of the filter', () => {
    const side = { package: { name: 'guide', version: '1.0.0' } };
    const filter = { profiles: ['Alpha', '<b>'], impacts: ['breaking'] } as const;
    const html = formatReport(reportOf(side, side, SAMPLE, { filter }), 'html', REPORT_TEMPLATES);
    const limited = new JSDOM(html).window.document;
    expect(texts(limited, 'header p').slice(0, 2)).toEqual(['Profiles: Alpha, <b>', 'Listed changes: breaking']);
    expect(texts(document, 'header p')).toHaveLength(1);
  });

  it('is the same to the byte on each run', () => {
    expect(pageText()).toBe(pageText());
  });
});

describe('texts of packages on the page', () => {
  const hostile = pageText(
    [
      ...SAMPLE,
      { ...changed(EVIL, EVIL, { before: EVIL, after: `${EVIL} ${EVIL}` }), element: EVIL, sentence: EVIL },
      { ...changed('__proto__', 'constructor', { documentation: true }), profile: '__proto__' },
    ],
    [
      ...DECLARATIONS,
      { canonical: `https://guide.example/StructureDefinition/${EVIL}`, name: EVIL, before: EVIL, after: EVIL },
    ],
  );
  const { document } = new JSDOM(hostile).window;

  it('never become elements or attributes', () => {
    expect(document.querySelectorAll('script')).toHaveLength(1);
    expect(document.querySelectorAll('img, iframe, object, embed, link, base')).toHaveLength(0);
    const attributes = [...document.querySelectorAll('*')].flatMap((node) => node.getAttributeNames());
    expect(attributes.filter((name) => name.startsWith('on') || name === 'style')).toEqual([]);
    expect(texts(document, 'h3').join()).toContain('<script>alert(1)</script>');
    expect(hostile).not.toMatch(/[\u202e\u2028]/);
    expect(document.querySelectorAll('[data-kind="constructor"]')).toHaveLength(1);
  });

  it('load nothing and link nowhere outside the page', () => {
    const links = [...document.querySelectorAll('[href], [src], [action]')];
    expect(links.every((node) => node.getAttribute('href')?.startsWith('#'))).toBe(true);
    expect(document.querySelector('style')?.textContent).not.toMatch(/@import|url\(/);
  });

  it("run nothing: the policy allows only the hashes of the page's own style and script", () => {
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    const hashOf = (selector: string): string =>
      createHash('sha256')
        .update(document.querySelector(selector)?.textContent ?? '')
        .digest('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hashOf('style')}'; script-src 'sha256-${hashOf('script')}'; base-uri 'none'; form-action 'none'`,
    );
  });
});

describe('the script of the page', () => {
  const window = opened(pageText());
  const { document } = window;
  const form = document.querySelector<HTMLFormElement>('#filters');

  /** Fills in the filters; Enter applies them immediately. */
  function filter(set: (form: HTMLFormElement) => void): void {
    if (form === null) throw new Error('no filters');
    form.reset();
    set(form);
    form.dispatchEvent(new window.Event('submit', { bubbles: true, cancelable: true }));
  }

  const pick = (name: string, value: string) => (form: HTMLFormElement) => {
    const field = form.querySelector<HTMLInputElement | HTMLSelectElement>(`#${name}`);
    if (field !== null) field.value = value;
  };
  const uncheck =
    (...values: readonly string[]) =>
    (form: HTMLFormElement) => {
      for (const box of form.querySelectorAll<HTMLInputElement>('[name=impact]'))
        box.checked = !values.includes(box.value);
    };
  const shownRows = (): readonly string[] =>
    [...document.querySelectorAll<HTMLElement>('main tbody > tr')]
      .filter((row) => row.closest('[hidden]') === null)
      .map((row) => row.dataset['kind'] ?? '');

  it('shows the filters', () => {
    expect(form?.hidden).toBe(false);
    expect(document.querySelector('#results')?.getAttribute('aria-live')).toBe('polite');
  });

  it.each<[string, (form: HTMLFormElement) => void, string[], string]>([
    ['no filter', () => undefined, SAMPLE.map(({ kind }) => kind), '9 changes'],
    [
      'impacts',
      uncheck('documentation', 'compatible'),
      ['min-raised', 'type-added', 'constraint-added'],
      '3 of 9 changes, in 2 places',
    ],
    ['no impact', uncheck('documentation', 'compatible', 'breaking'), [], '0 of 9 changes, in 0 places'],
    [
      'programs that create values',
      pick('write', 'breaks-validation'),
      ['constraint-added'],
      '1 of 9 changes, in 1 place',
    ],
    ['programs that read values', pick('read', 'breaks-compile'), ['type-added'], '1 of 9 changes, in 1 place'],
    ['kind', pick('kind', 'short'), ['short', 'short'], '2 of 9 changes, in 2 places'],
    ['name', pick('query', 'beta'), ['constraint-added', 'max-raised'], '2 of 9 changes, in 1 place'],
    ['words in any order', pick('query', 'PERIOD alpha'), ['type-added'], '1 of 9 changes, in 1 place'],
    ['a word without a match', pick('query', 'zebra'), [], '0 of 9 changes, in 0 places'],
  ])('filters by %s, and shows how many changes remain', (_, set, kinds, status) => {
    filter(set);
    expect([...shownRows()].sort()).toEqual([...kinds].sort());
    expect(document.querySelector('#results')?.textContent).toBe(status);
    expect(document.querySelector('#nothing')?.hasAttribute('hidden')).toBe(kinds.length > 0);
  });

  it('opens sections with matches and closes them again, and reduces the tree to what remains', async () => {
    filter(pick('query', 'twice'));
    expect(document.querySelectorAll('.texts[open]')).toHaveLength(1);
    expect(texts(document, 'nav li:not([hidden])')).toEqual(['Gamma changes: 1']);
    document.querySelector<HTMLButtonElement>('button[type=reset]')?.click();
    await vi.waitFor(() => {
      expect(document.querySelectorAll('.texts[open]')).toHaveLength(0);
    });
    expect(shownRows()).toHaveLength(SAMPLE.length);
    expect(texts(document, 'nav li:not([hidden])')).toHaveLength(5);
  });
});

it('axe finds nothing (except for contrast, which needs a browser)', async () => {
  // Guides may have several profiles of one name.
  const twin = { ...changed('Alpha', 'max-raised'), profile: 'https://other.example/StructureDefinition/Alpha' };
  const window = opened(pageText([...SAMPLE, twin]));
  const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  window.eval(axe);
  const run = window['axe'] as { run(root: Document, options: object): Promise<{ violations: { id: string }[] }> };
  const { violations } = await run.run(window.document, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it('a page with a thousand changes is smaller than 600 KB', () => {
  expect(pageText(manyChanges(1000)).length).toBeLessThan(600_000);
});

describe('the difference of two texts', () => {
  it.each([
    ['one word', 'the old name', 'the new name', ['the ', 'old', ' name'], ['the ', 'new', ' name']],
    ['additional words', 'dateTime', 'dateTime, Period', ['dateTime', '', ''], ['dateTime', ', Period', '']],
    ['nothing in common', '0..1', '1..1', ['0..1', '', ''], ['1..1', '', '']],
    ['an empty text before', '', 'new', ['', '', ''], ['new', '', '']],
    ['two empty texts', 'a b', 'a b', ['a b', '', ''], ['a b', '', '']],
    ['repeated words', 'a a', 'a a a', ['a a', '', ''], ['a a', ' a', '']],
  ])('%s', (_, before, after, old, next) => {
    const pair = markedPair(before, after);
    expect([pair.before.head, pair.before.changed, pair.before.tail]).toEqual(old);
    expect([pair.after.head, pair.after.changed, pair.after.tail]).toEqual(next);
  });

  it('is shown whole if short, and cut around the change if long', () => {
    const codes = (count: number): string => Array.from({ length: count }, (_, index) => `code-${index}`).join(', ');
    const { after } = markedPair(codes(9000), `${codes(9000)}, the-new-one`);
    expect(after.changed).toContain('the-new-one');
    expect(after.head.startsWith('…')).toBe(true);
    const long = '😀'.repeat(5000);
    expect(markedPair(long, '').before.head).toMatch(/^(?:😀)+… \(8000 more characters\)$/u);
  });
});
