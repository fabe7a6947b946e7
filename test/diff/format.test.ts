import { describe, expect, test } from 'vitest';
import { compare } from '../../generator/compare.js';
import { formatReport, REPORT_FORMATS, type ReportFormat } from '../../generator/diff/format.js';
import { reportOf } from '../../generator/diff/report.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { element, profile, snapshot, valueSet } from './samples.js';
import { REPORT_TEMPLATES } from './templates.js';

function report(old: PinnedSnapshot, next: PinnedSnapshot, format: ReportFormat): string {
  return formatReport(reportOf(old, next, compare(old, next)), format, REPORT_TEMPLATES);
}

const OLD = snapshot([profile('a', 'Patient', [element('Patient.x', '0..1', { short: 'old', mustSupport: true })])]);
const NEXT = snapshot([
  profile('a', 'Patient', [element('Patient.x', '1..1', { short: 'new' })]),
  profile('b', 'Observation'),
]);

describe('the summary', () => {
  test.each<[string, PinnedSnapshot, PinnedSnapshot, string, object]>([
    [
      'a breaking change asks for a major version',
      OLD,
      NEXT,
      'major',
      { breaking: 1, compatible: 1, documentation: 2 },
    ],
    [
      'a compatible one for a minor',
      snapshot([]),
      snapshot([profile('b', 'Patient')]),
      'minor',
      { breaking: 0, compatible: 1, documentation: 0 },
    ],
    [
      'words for a patch',
      snapshot([]),
      snapshot([], [], { package: { name: 'guide.example', version: '1.0.1' } }),
      'patch',
      { breaking: 0, compatible: 0, documentation: 1 },
    ],
    ['nothing for nothing', OLD, OLD, 'none', { breaking: 0, compatible: 0, documentation: 0 }],
  ])('%s', (_, old, next, bump, counts) => {
    const result = reportOf(old, next, compare(old, next));
    expect(result.bump).toBe(bump);
    expect(result.counts).toEqual(counts);
  });
});

describe('text', () => {
  test('counts first, then what it is about, the gravest change first', () => {
    expect(report(OLD, NEXT, 'text')).toBe(
      `guide.example#1.0.0 → guide.example#1.0.0
1 breaking, 1 compatible, 2 documentation
suggested version: major

a (https://guide.example/StructureDefinition/a)
  breaking       Patient.x became required (0..1 → 1..1) [write: breaks-compile]
  documentation  systems no longer have to support Patient.x
  documentation  1 description changed

b (https://guide.example/StructureDefinition/b)
  compatible     the profile b is new
`,
    );
  });
});

test('JSON has the counts and every change', () => {
  const json: unknown = JSON.parse(report(OLD, NEXT, 'json'));
  expect(json).toMatchObject({
    format: 1,
    old: { name: 'guide.example', version: '1.0.0' },
    new: { name: 'guide.example', version: '1.0.0' },
    counts: { breaking: 1, compatible: 1, documentation: 2 },
    bump: 'major',
    changes: [
      {
        kind: 'min-raised',
        write: 'breaks-compile',
        read: 'safe',
        impact: 'breaking',
        profile: 'https://guide.example/StructureDefinition/a',
        name: 'a',
        element: 'Patient.x',
        before: '0..1',
        after: '1..1',
      },
      { kind: 'must-support' },
      { kind: 'short', before: 'old', after: 'new' },
      { kind: 'profile-added' },
    ],
  });
});

test('Markdown is a table for each', () => {
  expect(report(OLD, NEXT, 'markdown')).toBe(`# guide.example\\#1.0.0 → guide.example\\#1.0.0

| breaking | compatible | documentation | suggested version |
| -------- | ---------- | ------------- | ----------------- |
| 1 | 1 | 2 | major |

## a

Canonical: https://guide.example/StructureDefinition/a

1 breaking, 0 compatible, 2 documentation

| impact | write | read | change | before | after |
| ------ | ----- | ---- | ------ | ------ | ----- |
| breaking | breaks-compile | safe | Patient.x became required (0..1 → 1..1) | 0..1 | 1..1 |
| documentation | safe | safe | systems no longer have to support Patient.x | true | false |
| documentation | safe | safe | the description of Patient.x changed | old | new |

## b

Canonical: https://guide.example/StructureDefinition/b

0 breaking, 1 compatible, 0 documentation

| impact | write | read | change | before | after |
| ------ | ----- | ---- | ------ | ------ | ----- |
| compatible | safe | safe | the profile b is new |  |  |
`);
});

test('HTML is one page that loads nothing', () => {
  const html = report(OLD, NEXT, 'html');
  expect(html).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
  expect(html).toContain('<td>0..1</td><td>1..1</td><td>Patient.x became required (0..1 → 1..1)<br>');
  expect(html).not.toMatch(/src=|href="[^#]|@import|url\(/);
});

test.each(REPORT_FORMATS)('nothing changed, as %s', (format) => {
  const text = report(OLD, OLD, format);
  expect(text).toMatch(format === 'markdown' || format === 'html' ? /Nothing changed\./ : /none/);
  expect(text.endsWith('\n')).toBe(true);
});

describe('what a package says is data', () => {
  const evil =
    '</td><script>alert(1)</script>{{counts}}|`x`[a](javascript:b)\u001b[31m\u202e\u2028\u0085\ud800"\'\n# heading';
  const hostile = (text: string): PinnedSnapshot =>
    snapshot(
      [
        profile(
          'a',
          'Patient',
          [element('Patient.x', '0..1', { short: text, pattern: { type: 'String', value: text } })],
          {
            name: text,
          },
        ),
      ],
      [valueSet('v', [text], { name: text })],
      { package: { name: 'guide.example', version: text } },
    );

  test('in HTML', () => {
    const html = report(hostile('x'), hostile(evil), 'html');
    expect(html.split('<script')).toHaveLength(2); // the page's own
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/[\u001b\u202e\u2028\u0085]/);
  });

  test('in Markdown', () => {
    const lines = report(hostile('x'), hostile(evil), 'markdown').split('\n');
    // A row of changes has seven bars that part it, the one of counts five; all others are escaped.
    const start = lines.findIndex((line) => line.startsWith('## '));
    const barsOf = (part: readonly string[]): readonly number[] =>
      part.filter((line) => line.startsWith('| ')).map((row) => row.replace(/\\./g, '').split('|').length - 1);
    expect(new Set(barsOf(lines.slice(0, start)))).toEqual(new Set([5]));
    expect(new Set(barsOf(lines.slice(start)))).toEqual(new Set([7]));
    expect(
      lines.filter((line) => line.startsWith('#')).every((line) => !line.includes(' heading') || line.includes('\\#')),
    ).toBe(true);
    expect(lines.join('')).not.toMatch(/(?<!\\)<script/);
    expect(lines.join('')).not.toMatch(/[\u001b\u202e\u2028\u0085]/);
  });

  test('in text', () => {
    const text = report(hostile('x'), hostile(evil), 'text');
    expect(text).not.toMatch(/[\u001b\u202e\u2028\u0085\ud800]/);
    expect(text.split('\n').filter((line) => line.startsWith('# heading'))).toEqual([]);
  });

  test('in JSON, where it is kept as it is', () => {
    const json = report(hostile('x'), hostile(evil), 'json');
    expect(json).not.toMatch(/[\u001b\u202e\u2028\u0085]/);
    expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify(evil).slice(1, -1));
  });
});
