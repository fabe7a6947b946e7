import { describe, expect, test } from 'vitest';
import { changeOf, type Change, type ChangeKind } from '../../generator/diff/change.js';
import { entriesOf } from '../../generator/diff/entry.js';
import { concerning } from '../../generator/diff/filter.js';
import { fitting, rowsOf, shortened, wrapped } from '../../generator/diff/layout.js';
import { markdownView } from '../../generator/diff/view-markdown.js';
import { type ReportParts, type Report, reportOf } from '../../generator/diff/report.js';
import { textView } from '../../generator/diff/view-text.js';
import { screenOf, terminalOf } from '../../generator/commands/terminal.js';
import type { Verdicts } from '../../generator/facts/fact.js';
import { NARROWER_TYPE, OTHER_TYPE, SAFE, STRICTER_RULE, UNKNOWN } from '../../generator/facts/verdict.js';

const GUIDE = 'https://guide.example/StructureDefinition/';

function change(name: string, kind: ChangeKind, verdicts: Verdicts, sentence: string, element?: string): Change {
  return changeOf(
    { profile: `${GUIDE}${name.toLowerCase()}`, name, ...(element === undefined ? {} : { element }) },
    { kind, ...verdicts, sentence },
  );
}

function report(changes: readonly Change[], parts?: ReportParts): Report {
  const side = (version: string) => ({ package: { name: 'guide.example', version } });
  return reportOf(side('1.0.0'), side('2.0.0'), changes, parts);
}

const vs1 = (name: string, root = 'Observation'): Change =>
  change(
    name,
    'constraint-changed',
    STRICTER_RULE,
    `the invariant vs-1 of ${root}.effective[x] changed`,
    `${root}.effective[x]`,
  );

describe('entries of the report', () => {
  test.each<[string, readonly Change[], readonly string[]]>([
    [
      'join changes with the same sentence',
      [vs1('Height'), vs1('Weight')],
      ['the invariant vs-1 of Observation.effective[x] changed'],
    ],
    [
      'join changes of different types',
      [vs1('Height'), vs1('Report', 'DiagnosticReport')],
      ['the invariant vs-1 of effective[x] changed'],
    ],
    [
      'join changes of root elements',
      ['Height', 'Report'].map((name) =>
        change(name, 'short', SAFE, `the description of ${name}Type changed`, `${name}Type`),
      ),
      ['the description of the root element changed'],
    ],
    [
      'join sentences that name the profile and its canonical',
      ['Height', 'Weight'].map((name) =>
        change(name, 'profile-removed', OTHER_TYPE, `${name} (${GUIDE}${name.toLowerCase()}), ${name}Builder`),
      ),
      ['<name> (<canonical>), <name>Builder'],
    ],
    [
      'do not treat a part of a word as the name',
      [
        change('Body', 'pattern', SAFE, 'Bodyheight of theBody'),
        change('Height', 'pattern', SAFE, 'Bodyheight of theBody'),
      ],
      ['Bodyheight of theBody'],
    ],
    [
      'keep different verdicts separate',
      [change('Height', 'pattern', SAFE, 'x'), change('Weight', 'pattern', UNKNOWN, 'x')],
      ['x', 'x'],
    ],
    [
      'keep different kinds separate',
      [change('Height', 'pattern', SAFE, 'x'), change('Weight', 'short', SAFE, 'x')],
      ['x', 'x'],
    ],
  ])('%s', (_, changes, sentences) => {
    const entries = entriesOf(changes);
    expect(entries.map(({ sentence }) => sentence)).toEqual(sentences);
    expect(entries.flatMap((entry) => entry.changes)).toHaveLength(changes.length);
  });

  test('list the profiles of each change with counts', () => {
    expect(entriesOf([vs1('Height'), vs1('Weight'), vs1('Weight')])[0]?.places).toEqual([
      { about: 'profile', name: 'Height', canonical: `${GUIDE}height`, count: 1 },
      { about: 'profile', name: 'Weight', canonical: `${GUIDE}weight`, count: 2 },
    ]);
  });
});

test('themes are sorted by severity and count the changes that break each kind of program', () => {
  const changes = [
    change('Height', 'short', { ...SAFE }, 'a'),
    change('Height', 'slice-added', STRICTER_RULE, 'b'),
    change('Height', 'min-raised', NARROWER_TYPE, 'c'),
    change('Height', 'slice-removed', OTHER_TYPE, 'd'),
    change('Weight', 'slice-removed', OTHER_TYPE, 'e'),
    change('Weight', 'type-profiles', UNKNOWN, 'f'),
  ];
  expect(report(changes).themes.map(({ gravity, title, write, read }) => [gravity, title, write, read])).toEqual([
    ['compile', '2 slices were removed', 2, 2],
    ['compile', 'a minimum cardinality was raised', 1, 0],
    ['validation', 'a slice is new', 1, 0],
    ['unknown', 'an element conforms to other profiles', 1, 1],
    ['safe', 'a description changed', 0, 0],
  ]);
  expect(report(changes).verdicts).toEqual({
    write: { 'breaks-compile': 3, 'breaks-validation': 1, safe: 1, unknown: 1 },
    read: { 'breaks-compile': 2, 'breaks-validation': 0, safe: 3, unknown: 1 },
  });
});

describe('filters', () => {
  const moved: Change = {
    ...change('New', 'profile-canonical', SAFE, 'moved'),
    before: 'https://old.example/StructureDefinition/old-id',
  };
  const bound: Change = {
    ...changeOf(
      { valueSet: 'urn:vs', name: 'Codes', usedBy: [`${GUIDE}height`] },
      { kind: 'codes-added', ...SAFE, sentence: 'codes' },
    ),
  };
  const other: Change = { ...bound, valueSet: 'urn:other', usedBy: [`${GUIDE}weight`] };
  const unresolved: Change = changeOf(
    { name: 'guide.example', canonical: 'urn:x', usedBy: [`${GUIDE}weight`] },
    { kind: 'canonical-unresolved', ...UNKNOWN, sentence: 'unresolved' },
  );
  const whole: Change = changeOf(
    { name: 'guide.example' },
    { kind: 'package-version', ...SAFE, documentation: true, sentence: 'version' },
  );
  const all = [whole, unresolved, vs1('Height'), vs1('Weight'), moved, bound, other];

  test.each<[string, readonly string[], readonly Change[]]>([
    ['by name, with their value sets and changes of the package', ['Height'], [whole, all[2] ?? whole, bound]],
    ['by id', ['weight'], [whole, unresolved, all[3] ?? whole, other]],
    ['by canonical', [`${GUIDE}height`], [whole, all[2] ?? whole, bound]],
    ['by the previous canonical', ['https://old.example/StructureDefinition/old-id'], [whole, moved]],
    ['by the previous id', ['old-id'], [whole, moved]],
    ['several', ['Height', 'New'], [whole, all[2] ?? whole, moved, bound]],
    ['unchanged ones', ['Nothing'], [whole]],
  ])('select profiles: %s', (_, profiles, expected) => {
    expect(concerning(all, profiles)).toEqual(expected);
  });

  test('reduce the whole report to a profile, but only the list to an impact', () => {
    const ofHeight = report(all, { filter: { profiles: ['Height'] } });
    expect(ofHeight.counts).toEqual({ breaking: 1, compatible: 1, documentation: 1 });
    const ofImpact = report(all, { filter: { impacts: ['documentation'] } });
    expect(ofImpact.counts).toEqual(report(all).counts);
    expect(ofImpact.bump).toBe('major');
    expect(ofImpact.changes).toEqual([whole]);
  });
});

describe('the summary in a terminal', () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    change(
      `Profile${index}`,
      index % 2 === 0 ? 'min-raised' : 'max-lowered',
      NARROWER_TYPE,
      `Patient.x${index} changed`,
      `Patient.x${index}`,
    ),
  );

  test.each([40, 80, 132])('fits on one screen of %i columns', (columns) => {
    const lines = textView(report([...many, ...['A1', 'B1', 'C1', 'D1'].map((name) => vs1(name))]), false, {
      ...screenOf(undefined),
      columns,
    }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    if (columns >= 80) expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.join('\n')).toContain('--all');
    if (columns >= 80)
      expect(lines.join('\n')).toContain('in 4 profiles: the invariant vs-1 of Observation.effective[x] changed');
  });

  test('is replaced by the whole report if that fits or is requested', () => {
    expect(textView(report(many), true, screenOf(undefined)).split('\n').length).toBeGreaterThan(60);
    expect(textView(report(many.slice(0, 5)), false, screenOf(undefined))).toContain('Patient.x4 changed');
  });

  test('shows the old and the new TypeScript side by side', () => {
    const declarations = [
      {
        canonical: `${GUIDE}profile0`,
        name: 'Profile0',
        before: 'interface Profile0 {\n  x?: string;\n}',
        after: 'interface Profile0 {\n  x: string;\n}',
      },
    ];
    const text = textView(report(many.slice(0, 1), { declarations }), true, screenOf(undefined));
    expect(text).toMatch(
      /^ {2}interface Profile0 \{ +│ interface Profile0 \{\n {4}x\?: string; +│ {3}x: string;\n {2}\} +│ \}$/m,
    );
    expect(textView(report(many.slice(1, 2), { declarations }), true, screenOf(undefined))).not.toContain('TypeScript');
    const narrow = textView(report(many.slice(0, 1), { declarations }), true, { ...screenOf(undefined), columns: 60 });
    expect(narrow).toContain('  -   x?: string;\n');
    expect(narrow).toContain('  +   x: string;\n');
    const [first] = many;
    const described = first === undefined ? [] : [first, { ...first, impact: 'documentation' as const }];
    const documentation = report(described.slice(1), { declarations, filter: { impacts: ['documentation'] } });
    expect(documentation.changes).toHaveLength(1);
    expect(documentation.declarations).toEqual([]);
    expect(report(described, { declarations, filter: { impacts: ['breaking'] } }).declarations).toEqual(declarations);
  });

  test('has colours if the terminal has, and the same text', () => {
    const plain = textView(report(many), false, screenOf({ columns: 80, hasColors: false }));
    const colored = textView(report(many), false, screenOf({ columns: 80, hasColors: true }));
    expect(colored).toContain('\u001b[31mPrograms no longer compile\u001b[39m');

    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });
});

test.each<[string, { isTTY?: boolean; columns?: number }, Record<string, string>, object]>([
  ['a terminal', { isTTY: true, columns: 100 }, {}, { columns: 100, hasColors: true }],
  ['a file', {}, {}, { columns: 80, hasColors: false }],
  ['NO_COLOR', { isTTY: true, columns: 100 }, { NO_COLOR: '1' }, { columns: 100, hasColors: false }],
  ['an empty NO_COLOR', { isTTY: true, columns: 100 }, { NO_COLOR: '' }, { columns: 100, hasColors: true }],
  ['FORCE_COLOR', {}, { FORCE_COLOR: '1' }, { columns: 80, hasColors: true }],
  ['FORCE_COLOR=0', { isTTY: true, columns: 90 }, { FORCE_COLOR: '0' }, { columns: 90, hasColors: false }],
  ['FORCE_COLOR and NO_COLOR', {}, { FORCE_COLOR: '1', NO_COLOR: '1' }, { columns: 80, hasColors: false }],
  ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, { columns: 80, hasColors: false }],
  ['a very narrow terminal', { isTTY: true, columns: 5 }, {}, { columns: 40, hasColors: true }],
])('columns and colours are derived for: %s', (_, output, env, expected) => {
  expect(terminalOf(output, env)).toEqual(expected);
});

describe('the layout of text', () => {
  test('wraps at words and does not split them', () => {
    expect(wrapped('one two three-is-long', 9, '- ', '  ')).toEqual(['- one two', '  three-is-long']);
  });
  test.each([
    ['all', ['a', 'b'], 10, 'a, b'],
    ['some', ['alpha', 'beta', 'gamma'], 17, 'alpha and 2 more'],
    ['none', ['alphabet', 'beta'], 6, 'alpha…'],
  ])('lists as many items as fit on the line: %s', (_, items, width, expected) => {
    expect(fitting(items, width)).toBe(expected);
    expect(shortened(fitting(items, width), width)).toBe(expected);
  });
  test('puts equal lines into the same row', () => {
    expect(rowsOf(['a', 'b', 'c'], ['a', 'x', 'y', 'c'])).toEqual([
      ['a', 'a'],
      ['b', 'x'],
      [undefined, 'y'],
      ['c', 'c'],
    ]);
    expect(rowsOf([], ['x'])).toEqual([[undefined, 'x']]);
  });
});

describe('the Markdown report', () => {
  const changes = Array.from({ length: 50 }, (_, index) =>
    change(`Profile${index}`, 'min-raised', NARROWER_TYPE, `Patient.x${index} became required`, `Patient.x${index}`),
  );
  const declarations = changes.map(({ profile = '', name }) => ({
    canonical: profile,
    name,
    before: 'type A = 1;',
    after: `type A = '${'2'.repeat(200)}';`,
  }));

  test('folds long lists', () => {
    const text = markdownView(report(changes));
    expect(text).toContain('<summary><b>50 minimum cardinalities were raised</b> (make: 50): Profile0, Profile1');
    expect(text).toContain('- **Profile49**: Patient.x49 became required\n');
    expect(text).not.toContain('Left out');
  });

  test('stays below the limit even with absurdly long names', () => {
    const long = changes.map((one) => ({ ...one, name: `${one.name}_${'*'.repeat(2_000)}` }));
    const disagreement = {
      about: 'profile',
      canonical: 'a',
      name: 'x'.repeat(3_000),
      direction: 'read',
      found: ['y'],
      claimed: [],
    } as const;
    const proof = { units: 1, statements: 1, disagreements: Array.from({ length: 100 }, () => disagreement) };
    const text = markdownView(report(long, { proof }));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('50 minimum cardinalities were raised');
  });

  test('removes control characters from code', () => {
    const code = [
      { canonical: changes[0]?.profile ?? '', name: 'A', before: 'a\u202e\u001b[31m;', after: '```\n  b;' },
    ];
    const [markdown, text] = [
      markdownView(report(changes, { declarations: code })),
      textView(report(changes, { declarations: code }), true, screenOf(undefined)),
    ];
    for (const one of [markdown, text]) expect(one).not.toMatch(/[\u001b\u202e]/);
    expect(markdown).toContain('````ts\n```\n  b;\n````');
  });

  test('stays below the limit, keeps the most severe changes, and states what it omits and how to see it', () => {
    const whole = markdownView(report(changes, { declarations }));
    for (const limit of [3_000, 5_000, 10_000]) {
      const text = markdownView(report(changes, { declarations }), limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text).toMatch(
        /Omitted, as a comment on GitHub has at most 65,536 characters: .*the types of \d+ profiles\./,
      );
      expect(text).toContain(
        '`npx fhir-profile-codegen diff guide.example#1.0.0 guide.example#2.0.0 --all` shows all.',
      );
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    }
    expect(whole).not.toContain('Left out');
    expect(markdownView(report(changes, { declarations }), 3_000)).toContain('the details of 50 changes');
  });
});
