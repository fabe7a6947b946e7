import { describe, expect, test } from 'vitest';
import { compare } from '../../generator/compare.js';
import { formatReport, REPORT_FORMATS, type ReportFormat } from '../../generator/diff/format.js';
import { reportOf } from '../../generator/diff/report.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { element, profile, snapshot, valueSet } from './samples.js';
import { schemaErrors } from './schema.js';
import { REPORT_TEMPLATES } from './templates.js';

function report(old: PinnedSnapshot, next: PinnedSnapshot, format: ReportFormat): string {
  return formatReport(reportOf(old, next, compare(old, next)), format, REPORT_TEMPLATES);
}

const OLD = snapshot([profile('a', 'Patient', [element('Patient.x', '0..1', { short: 'old', mustSupport: true })])]);
const NEXT = snapshot([
  profile('a', 'Patient', [element('Patient.x', '1..1', { short: 'new' })]),
  profile('b', 'Observation'),
]);

describe('the recommended version', () => {
  test.each<[string, PinnedSnapshot, PinnedSnapshot, string, object]>([
    ['is a major one for a breaking change', OLD, NEXT, 'major', { breaking: 1, compatible: 1, documentation: 2 }],
    [
      'is a minor one for a compatible change',
      snapshot([]),
      snapshot([profile('b', 'Patient')]),
      'minor',
      { breaking: 0, compatible: 1, documentation: 0 },
    ],
    [
      'is a patch for a changed description',
      snapshot([]),
      snapshot([], [], { package: { name: 'guide.example', version: '1.0.1' } }),
      'patch',
      { breaking: 0, compatible: 0, documentation: 1 },
    ],
    ['stays if nothing changed', OLD, OLD, 'none', { breaking: 0, compatible: 0, documentation: 0 }],
  ])('%s', (_, old, next, bump, counts) => {
    const result = reportOf(old, next, compare(old, next));
    expect(result.bump).toBe(bump);
    expect(result.counts).toEqual(counts);
  });
});

describe('the published JSON schema', () => {
  const disagreement = {
    about: 'profile',
    canonical: 'a',
    name: 'A',
    direction: 'read',
    found: ['x'],
    claimed: ['pattern'],
  } as const;
  test.each([
    ['a report', {}],
    ['with filters', { filter: { profiles: ['a'], impacts: ['breaking'] } as const }],
    ['with a proof', { proof: { units: 1, statements: 2, disagreements: [disagreement] } }],
  ])('describes %s', (_, parts) => {
    const json: unknown = JSON.parse(
      formatReport(reportOf(OLD, NEXT, compare(OLD, NEXT), parts), 'json', REPORT_TEMPLATES),
    );
    expect(schemaErrors(json)).toEqual([]);
    expect(schemaErrors({ ...(json as object), format: 2 })).not.toEqual([]);
    expect(schemaErrors({ ...(json as object), more: 1 })).not.toEqual([]);
  });
});

test('text has the counts, then which programs break, then the changes by severity', () => {
  expect(report(OLD, NEXT, 'text')).toBe(
    `guide.example#1.0.0 → guide.example#1.0.0
1 breaking, 1 compatible, 2 documentation; suggested version: major

number of changes          do not compile  are rejected  have unknown effect
programs that make values               1             0                    0
programs that read values               0             0                    0

Programs no longer compile
  a: Patient.x became required (0..1 → 1..1) [make]

Compatible
  the profile b is new

Documentation
  a: systems no longer have to support Patient.x
  a description changed; --format json shows them
`,
  );
});

test('JSON has the counts and all changes', () => {
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

test('Markdown has the same, with each kind of change in bold', () => {
  expect(report(OLD, NEXT, 'markdown')).toBe(`# guide.example\\#1.0.0 → guide.example\\#1.0.0

**1 breaking**, 1 compatible, 2 documentation; suggested version: **major**

| number of changes | do not compile | are rejected | have unknown effect |
| ----------------- | -------------- | ----------- | ------------------- |
| programs that make values | 1 | 0 | 0 |
| programs that read values | 0 | 0 | 0 |

## Programs no longer compile

- **a**: Patient.x became required (0..1 → 1..1) (make: 1)

## Compatible

- the profile b is new

## Documentation

- **a**: systems no longer have to support Patient.x

- **a description changed**: a
`);
});

test('GitHub annotations are errors for breaking changes and notices for compatible ones; documentation is counted', () => {
  expect(report(OLD, NEXT, 'github'))
    .toBe(`::error title=guide.example#1.0.0 → guide.example#1.0.0::1 breaking, 1 compatible, 2 documentation; suggested version: major
::error title=a::Patient.x became required (0..1 → 1..1)%0APrograms that make values: breaks-compile
::notice title=b::the profile b is new
::notice title=Documentation::must-support changed, a description changed
`);
});

test('JUnit reports a breaking change as a failure', () => {
  const xml = report(OLD, NEXT, 'junit');
  expect(xml).toContain('<testsuites name="guide.example#1.0.0 → guide.example#1.0.0" tests="4" failures="1"');
  expect(xml).toContain('<failure type="min-raised" message="Patient.x became required (0..1 → 1..1)">');
  expect(xml).toContain('<testcase classname="b" name="the profile b is new" time="0"/>');
});

test('HTML is one page without external resources', () => {
  const html = report(OLD, NEXT, 'html');
  expect(html).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
  expect(html).toContain('<td>0..1</td><td>1..1</td><td>Patient.x became required (0..1 → 1..1)<br>');
  expect(html).not.toMatch(/src=|href="[^#]|@import|url\(/);
});

test.each(REPORT_FORMATS)('an empty comparison is reported as %s', (format) => {
  const text = report(OLD, OLD, format);
  const texts = {
    text: /none/,
    json: /none/,
    markdown: /Nothing changed\./,
    html: /Nothing changed\./,
    github: /none/,
    junit: /tests="0"/,
  };
  expect(text).toMatch(texts[format]);
  expect(text.endsWith('\n')).toBe(true);
});

/** Whether tags nest, attributes are quoted, and text has no markup characters (XML 1.0, section 2.1). */
function isWellFormed(xml: string): boolean {
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  const tag = /<(\/?)(\w+)((?: \w+="[^<>"]*")*)(\/?)>/y;
  const open: string[] = [];
  for (let at = 0; at < body.length;) {
    tag.lastIndex = at;
    const [whole, close, name, , empty] = tag.exec(body) ?? [];
    if (whole === undefined) {
      if ('<>'.includes(body[at] ?? '') || /^&(?!amp;|lt;|gt;|quot;)/.test(body.slice(at, at + 6))) return false;
      at++;
      continue;
    }
    if (close === '/' && open.pop() !== name) return false;
    if (close === '' && empty === '') open.push(name ?? '');
    at += whole.length;
  }
  return open.length === 0;
}

describe('texts of packages are escaped', () => {
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
    const markdown = report(hostile('x'), hostile(evil), 'markdown');
    // In a summary element, which is HTML, it is escaped as HTML, and elsewhere by backslashes.
    const lines = markdown.split('\n').map((line) => (line.startsWith('<summary>') ? '' : line.replace(/\\./g, '')));
    expect(lines.filter((line) => /<(?!\/?details>)|[`\][]/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('#')).every((line) => !line.includes('heading# '))).toBe(true);
    for (const summary of markdown.matchAll(/^<summary>(.*)<\/summary>$/gm)) {
      expect(summary[1]?.replace(/<\/?b>/g, '')).not.toMatch(/[<>"]/);
    }
    expect(markdown).not.toMatch(/[\u001b\u202e\u2028\u0085]/);
  });

  test('in commands of GitHub', () => {
    const lines = report(hostile('x'), hostile(`${evil}%0A::error::x\n::error title=y::z`), 'github')
      .trimEnd()
      .split('\n');
    expect(lines.every((line) => /^::(error|warning|notice) title=[^:,]*::/.test(line))).toBe(true);
    expect(lines.join('')).toContain('%250A');
    expect(lines.join('')).not.toMatch(/[\u001b\u202e\u2028\u0085]/);
  });

  test('in XML', () => {
    const xml = report(hostile('x'), hostile(`${evil}]]>\u0000\u0008\ufffe`), 'junit');
    expect(isWellFormed(xml)).toBe(true);
    expect(xml).toContain('&lt;script&gt;');

    expect(xml).not.toMatch(/[\u0000-\u0008\u001b\u202e\ufffe\ud800]/);
  });

  test('in text', () => {
    const text = report(hostile('x'), hostile(evil), 'text');
    expect(text).not.toMatch(/[\u001b\u202e\u2028\u0085\ud800]/);
    expect(text.split('\n').filter((line) => line.startsWith('# heading'))).toEqual([]);
  });

  test('in JSON, without changing them', () => {
    const json = report(hostile('x'), hostile(evil), 'json');
    expect(json).not.toMatch(/[\u001b\u202e\u2028\u0085]/);
    expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify(evil).slice(1, -1));
  });
});
