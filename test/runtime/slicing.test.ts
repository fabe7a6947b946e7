import { describe, expect, it } from 'vitest';
import type { ElementRule, ProfileTable, SliceRule, SliceTest, SlicingRule } from '../../templates/runtime/table.js';
import { codeSet, extensionProfile, extensionSlice, issuesOf, sample, sampleProfile } from './sample.js';

/** FHIR R4, Profiling FHIR, "Slicing" and "Discriminator". */
function sliced(element: string, slices: readonly SliceRule[], more: Partial<SlicingRule> = {}): ProfileTable {
  return sampleProfile({ [element]: { slicing: { rules: 'open', slices, ...more } } });
}

function bySystem(name: string, system: string, rule: ElementRule = {}): SliceRule {
  return { name, when: [{ at: 'system', is: { fixed: system } }], rule };
}

const a = { system: 'urn:a', value: '1' };
const b = { system: 'urn:b', value: '1' };
const other = { system: 'urn:z', value: '1' };

describe('the cardinality of slices', () => {
  const table = sliced('identifier', [
    bySystem('a', 'urn:a', { min: 1, max: 1, children: { value: { min: 1 } } }),
    bySystem('b', 'urn:b', { min: 2 }),
  ]);

  it.each([
    ['enough items of each, in any order', [b, a, other, b], []],
    ['a missing slice', [b, b], ['error required Sample.identifier']],
    ['too few items', [a, b], ['error required Sample.identifier']],
    ['too many items', [a, b, a, b], ['error structure Sample.identifier']],
    ['a fault in an item of a slice', [b, b, { system: 'urn:a' }], ['error required Sample.identifier[2].value']],
    ['the same in an item of another slice', [{ system: 'urn:b' }, b, a], []],
  ])('%s', (_, identifier, issues) => {
    expect(issuesOf(table, sample({ identifier }))).toEqual(issues);
  });

  it('reports missing slices of an absent element', () => {
    expect(issuesOf(table, sample())).toEqual(['error required Sample.identifier', 'error required Sample.identifier']);
    const atLeastOne = sampleProfile({
      identifier: { min: 1, slicing: { rules: 'open', slices: [bySystem('a', 'urn:a', { min: 1 })] } },
    });
    expect(issuesOf(atLeastOne, sample())).toEqual(['error required Sample.identifier']);
  });
});

describe('the rules of a slicing', () => {
  const slices = [bySystem('a', 'urn:a'), bySystem('b', 'urn:b')];

  it.each([
    ['open', {}, [other, b, other, a], []],
    ['closed', { rules: 'closed' }, [a, other, b], ['error structure Sample.identifier[1]']],
    ['openAtEnd', { rules: 'openAtEnd' }, [b, a, other, other], []],
    ['openAtEnd', { rules: 'openAtEnd' }, [a, other, b], ['error structure Sample.identifier[2]']],
    ['ordered', { ordered: true }, [a, other, a, b, b], []],
    ['ordered', { ordered: true }, [a, b, a], ['error structure Sample.identifier[2]']],
  ] as const)('%s', (_, more, identifier, issues) => {
    expect(issuesOf(sliced('identifier', slices, more), sample({ identifier }))).toEqual(issues);
  });

  it('allow @default to take all items of no other slice', () => {
    const rest = { name: '@default', when: [], rule: { max: 1, children: { value: { min: 1 } } } };
    const table = sliced('identifier', [...slices, rest], { rules: 'closed' });
    expect(issuesOf(table, sample({ identifier: [a, other, b] }))).toEqual([]);
    expect(issuesOf(table, sample({ identifier: [a, { system: 'urn:z' }] }))).toEqual([
      'error required Sample.identifier[1].value',
    ]);
    expect(issuesOf(table, sample({ identifier: [other, other] }))).toEqual(['error structure Sample.identifier']);
  });

  it('reject an item of two slices', () => {
    const overlapping = [
      { name: 'x', when: [{ at: 'coding', is: { pattern: { code: 'x' } } }], rule: {} },
      { name: 'y', when: [{ at: 'coding', is: { pattern: { code: 'y' } } }], rule: {} },
    ];
    const table = sliced('category', overlapping);
    expect(issuesOf(table, sample({ category: [{ coding: [{ code: 'x' }] }, { coding: [{ code: 'y' }] }] }))).toEqual(
      [],
    );
    expect(issuesOf(table, sample({ category: [{ coding: [{ code: 'x' }, { code: 'y' }] }] }))).toEqual([
      'error structure Sample.category[0]',
    ]);
  });

  it('allow slices to be sliced again', () => {
    const again: SliceRule = {
      name: 'a',
      when: [{ at: 'system', is: { fixed: 'urn:a' } }],
      rule: {
        slicing: {
          rules: 'closed',
          slices: [
            { name: 'usual', when: [{ at: 'use', is: { fixed: 'usual' } }], rule: { max: 1 } },
            { name: 'old', when: [{ at: 'use', is: { fixed: 'old' } }], rule: { children: { period: { min: 1 } } } },
          ],
        },
      },
    };
    const table = sliced('identifier', [again]);
    expect(issuesOf(table, sample({ identifier: [{ ...a, use: 'usual' }, other, { ...other, use: 'old' }] }))).toEqual(
      [],
    );
    expect(issuesOf(table, sample({ identifier: [other, { ...a, use: 'old' }] }))).toEqual([
      'error required Sample.identifier[1].period',
    ]);
    expect(issuesOf(table, sample({ identifier: [other, { ...a, use: 'temp' }] }))).toEqual([
      'error structure Sample.identifier[1]',
    ]);
    expect(
      issuesOf(
        table,
        sample({
          identifier: [
            { ...a, use: 'usual' },
            { ...a, use: 'usual' },
          ],
        }),
      ),
    ).toEqual(['error structure Sample.identifier']);
  });
});

const prohibited: ElementRule = { max: 0 };
const group = { resourceType: 'Group', id: 'g' };
const named = extensionProfile('https://example.org/named', 'string');

/** Each discriminator as a slice with max 0: an item of the slice is an issue. */
const DISCRIMINATORS: readonly (readonly [
  name: string,
  element: string,
  when: readonly SliceTest[],
  yes: readonly unknown[],
  no: readonly unknown[],
  more?: object,
])[] = [
  [
    '$this with a pattern',
    'category',
    [{ at: '$this', is: { pattern: { text: 'x' } } }],
    [{ text: 'x', id: '1' }],
    [{ text: 'y' }, { id: 'x', coding: [{}] }],
  ],
  ['$this of primitives', 'alias', [{ at: '$this', is: { fixed: 'x' } }], ['x'], ['y', 'xx']],
  [
    'a nested path through arrays',
    'category',
    [{ at: 'coding.code', is: { fixed: 'x' } }],
    [{ coding: [{ code: 'y' }, { code: 'x' }] }],
    [{ coding: [{ code: 'y' }] }, { text: 'x' }],
  ],
  [
    'children of the value',
    'category',
    [{ at: 'coding', is: { children: { code: { fixed: 'x' }, system: { fixed: 'urn:s' } } } }],
    [{ coding: [{ code: 'x', system: 'urn:s' }] }],
    [{ coding: [{ code: 'x' }, { system: 'urn:s' }] }, { coding: [{ code: 'x', system: 'urn:t' }] }],
  ],
  [
    'a value set',
    'category',
    [{ at: '$this', is: { codes: codeSet(['x']) } }],
    [{ coding: [{ system: 'https://example.org/s', code: 'x' }] }],
    [{ coding: [{ code: 'x' }] }, { text: 'x' }],
  ],
  [
    'two discriminators',
    'identifier',
    [
      { at: 'system', is: { fixed: 'urn:a' } },
      { at: 'use', is: { fixed: 'old' } },
    ],
    [{ system: 'urn:a', use: 'old' }],
    [{ system: 'urn:a' }, { use: 'old' }, { system: 'urn:a', use: 'temp' }],
  ],
  [
    'existence',
    'identifier',
    [{ at: 'period.end', exists: true }],
    [{ period: { end: '2020' } }],
    [{ period: { start: '2020' } }, { value: '1' }],
  ],
  ['absence', 'identifier', [{ at: 'period', exists: false }], [{ value: '1' }], [{ period: { start: '2020' } }]],
  [
    'an extension by url',
    'identifier',
    [{ at: "extension('https://example.org/named').value", is: { fixed: 'x' } }],
    [{ extension: [{ url: 'https://example.org/named', valueString: 'x' }] }],
    [
      { extension: [{ url: 'https://example.org/other', valueString: 'x' }] },
      { extension: [{ url: 'https://example.org/named', valueString: 'y' }] },
    ],
  ],
  [
    'an extension that is present',
    'identifier',
    [{ at: "extension('https://example.org/named')", exists: true }],
    [{ extension: [{ url: 'https://example.org/named', valueString: 'x' }] }],
    [{ extension: [{ url: 'https://example.org/other', valueString: 'x' }] }],
  ],
  [
    'the type of a choice',
    'extension',
    [{ at: 'value', types: ['Quantity', 'dateTime'] }],
    [
      { url: 'x', valueQuantity: { value: 1 } },
      { url: 'x', valueDateTime: '2020' },
    ],
    [{ url: 'x', valueString: 'x' }],
  ],
  [
    'one type of a choice',
    'extension',
    [{ at: 'value.ofType(CodeableConcept).text', is: { fixed: 'x' } }],
    [{ url: 'x', valueCodeableConcept: { text: 'x' } }],
    [
      { url: 'x', valueAnnotation: { text: 'x' } },
      { url: 'x', valueCodeableConcept: { text: 'y' } },
    ],
  ],
  [
    'the type of a contained resource',
    'contained',
    [{ at: '$this', types: ['Group'] }],
    [group],
    [{ resourceType: 'Device', id: 'g' }],
    { focus: [{ reference: '#g' }] },
  ],
  [
    'a profile',
    'extension',
    [{ at: '$this', profiles: [() => named] }],
    [{ url: 'https://example.org/named', valueString: 'x' }],
    [
      { url: 'https://example.org/named', valueInteger: 1 },
      { url: 'x', valueString: 'x' },
    ],
  ],
  [
    'the type of the target of a reference',
    'focus',
    [{ at: 'resolve()', types: ['Group'] }],
    [{ reference: '#g' }, { reference: 'Group/1' }, { type: 'Group', identifier: { value: '1' } }],
    [{ reference: 'Device/1' }],
    { contained: [group], subject: { reference: '#g' } },
  ],
  [
    'a member of the target of a reference',
    'focus',
    [{ at: 'resolve().id', is: { fixed: 'g' } }],
    [{ reference: '#g' }],
    [{ reference: '#h' }],
    { contained: [group, { ...group, id: 'h' }], subject: { reference: '#g' }, part: [{ name: '#h' }] },
  ],
];

describe.each(DISCRIMINATORS.map((each) => ({ name: each[0], each })))('a discriminator: $name', ({ each }) => {
  const [, element, when, yes, no, more = {}] = each;
  const table = sliced(element, [{ name: 's', when, rule: prohibited }]);

  it('recognizes items of the slice', () => {
    for (const item of yes) {
      expect(issuesOf(table, sample({ [element]: [item], ...more })), JSON.stringify(item)).toEqual([
        `error structure Sample.${element}`,
      ]);
    }
  });

  it('recognizes other items', () => {
    for (const item of no) {
      expect(
        // A known extension is validated by its own definition in any slice.
        issuesOf(table, sample({ [element]: [item], ...more })).filter(
          (issue) => !/coding\[0\]|extension\[0\]/.test(issue),
        ),
        JSON.stringify(item),
      ).toEqual([]);
    }
  });
});

it('a discriminator may allow one of several values', () => {
  const when = [{ at: 'display', any: [{ fixed: 'x' }, { pattern: 'y' }] }];
  const table = sliced('focus', [{ name: 's', when, rule: { max: 0 } }]);
  for (const [display, issues] of [
    ['x', 1],
    ['y', 1],
    ['z', 0],
  ] as const) {
    expect(issuesOf(table, sample({ focus: [{ display }] }))).toHaveLength(issues);
  }
});

describe('an undecidable discriminator', () => {
  const undecidable = (name: string, rule: ElementRule): SliceRule => ({
    name,
    when: [{ at: '$this', undecidable: true }],
    rule,
  });
  const remark = 'information informational Sample.focus';
  const focus = [{ reference: 'Group/1' }, { reference: 'Device/1' }];

  it('is reported once on request, and causes no error', () => {
    const slices = [undecidable('x', { min: 1 }), undecidable('y', { max: 0, children: { display: { min: 1 } } })];
    const table = sliced('focus', slices, { rules: 'closed', ordered: true });
    expect(issuesOf(table, sample({ focus }), { undecided: true })).toEqual([remark]);
    expect(issuesOf(table, sample(), { undecided: true })).toEqual(['error required Sample.focus']);
    expect(issuesOf(table, sample({ focus }))).toEqual([]);
  });

  it('does not allow more items than all slices of a closed slicing together', () => {
    const slices = [undecidable('x', { max: 1 }), undecidable('y', { max: 1 })];
    const three = [...focus, { display: 'x' }];
    expect(issuesOf(sliced('focus', slices), sample({ focus: three }), { undecided: true })).toEqual([remark]);
    const table = sliced('focus', slices, { rules: 'closed' });
    expect(issuesOf(table, sample({ focus }), { undecided: true })).toEqual([remark]);
    expect(issuesOf(table, sample({ focus: three }), { undecided: true })).toEqual([
      remark,
      'error structure Sample.focus',
    ]);
  });

  it('does not hide faults that exist in any case', () => {
    const table = sliced('focus', [undecidable('x', { min: 1, children: { display: { min: 1 } } })]);
    expect(issuesOf(table, sample({ focus }), { undecided: true })).toEqual([remark, 'error required Sample.focus']);
    expect(issuesOf(table, sample({ focus: [...focus, { display: 'x' }] }), { undecided: true })).toEqual([remark]);
  });

  it('remains undecidable if its path is absent', () => {
    const slices: SliceRule[] = [{ name: 'x', when: [{ at: 'no.such', undecidable: true }], rule: { min: 1 } }];
    expect(issuesOf(sliced('focus', slices), sample({ focus }), { undecided: true })).toEqual([remark]);
  });

  it('does not affect other rules', () => {
    const slices = [
      undecidable('x', { min: 3 }),
      { name: 'y', when: [{ at: 'display', is: { fixed: 'y' } }], rule: { max: 0 } },
    ];
    expect(issuesOf(sliced('focus', slices), sample({ focus }), { undecided: true })).toEqual([
      remark,
      'error required Sample.focus',
    ]);
    expect(
      issuesOf(sliced('focus', slices), sample({ focus: [...focus, { display: 'y' }] }), { undecided: true }),
    ).toEqual([remark, 'error structure Sample.focus']);
  });

  it.each([
    ['depends on an unresolved reference', [{ at: 'resolve().active', is: { fixed: true } }]],
    [
      'depends on the profile of an unresolved reference',
      [{ at: 'resolve()', profiles: [() => ({ url: 'p', type: 'Group', rule: {} })] }],
    ],
    ['has a path that FHIR does not allow', [{ at: 'display.where(x)', exists: true }]],
    ['depends on the unknown part of a value set', [{ at: '$this', is: { codes: codeSet([], { open: true }) } }]],
    ['depends on a type that JSON does not show', [{ at: 'identifier', types: ['Identifier'] }]],
  ] as const)('%s', (_, when) => {
    const table = sliced('focus', [{ name: 's', when, rule: { max: 0 } }]);
    const value = sample({ focus: [{ reference: 'Group/1', code: 'x', identifier: { value: '1' } }] });
    expect(issuesOf(table, value, { undecided: true })).toContain(remark);
    expect(issuesOf(table, value, { undecided: true })).not.toContain('error structure Sample.focus');
  });

  it('is decided if the type of a reference excludes the profile', () => {
    const device = { url: 'p', type: 'Device', rule: {} };
    const table = sliced('focus', [
      { name: 's', when: [{ at: 'resolve()', profiles: [() => device] }], rule: { max: 0 } },
    ]);
    expect(issuesOf(table, sample({ focus: [{ reference: 'Group/1' }] }), { undecided: true })).toEqual([]);
  });
});

describe('slices of extensions', () => {
  const url = 'https://example.org/whole';
  const whole: ProfileTable = {
    url,
    type: 'Extension',
    rule: {
      children: {
        url: { fixed: url },
        'value[x]': { max: 0 },
        extension: {
          min: 1,
          slicing: {
            rules: 'closed',
            slices: [
              extensionSlice('code', extensionProfile('code', 'code'), { min: 1, max: 1 }),
              extensionSlice('note', extensionProfile('note', 'string')),
            ],
          },
        },
      },
    },
  };
  const table = sliced('extension', [extensionSlice('named', named, { max: 1 }), extensionSlice('whole', whole)]);
  const code = { url: 'code', valueCode: 'x' };

  it.each([
    [
      'known and unknown extensions',
      [
        { url: named.url, valueString: 'x' },
        { url, extension: [code, { url: 'note', valueString: 'x' }] },
        { url: 'urn:z', valueInteger: 1 },
      ],
      [],
    ],
    ['a value of another type', [{ url: named.url, valueInteger: 1 }], ['error structure Sample.extension[0].value']],
    ['an extension without value', [{ url: named.url }], ['error required Sample.extension[0].value']],
    [
      'a missing part',
      [{ url, extension: [{ url: 'note', valueString: 'x' }] }],
      ['error required Sample.extension[0].extension'],
    ],
    ['too many parts', [{ url, extension: [code, code] }], ['error structure Sample.extension[0].extension']],
    [
      'an unknown part',
      [{ url, extension: [code, { url: 'z', valueString: 'x' }] }],
      ['error structure Sample.extension[0].extension[1]'],
    ],
    [
      'a value in place of parts',
      [{ url, valueString: 'x' }],
      ['error structure Sample.extension[0].value', 'error required Sample.extension[0].extension'],
    ],
  ])('%s', (_, extension, issues) => {
    expect(issuesOf(table, sample({ extension })).sort()).toEqual([...issues].sort());
  });

  it('apply to primitives', () => {
    const onDate = sampleProfile({
      date: {
        children: { extension: { slicing: { rules: 'open', slices: [extensionSlice('named', named, { min: 1 })] } } },
      },
    });
    expect(
      issuesOf(onDate, sample({ date: '2020', _date: { extension: [{ url: named.url, valueString: 'x' }] } })),
    ).toEqual([]);
    expect(issuesOf(onDate, sample({ date: '2020' }))).toEqual(['error required Sample.date.extension']);
    expect(
      issuesOf(onDate, sample({ date: '2020', _date: { extension: [{ url: named.url, valueCode: 'x' }] } })),
    ).toEqual(['error structure Sample.date.extension[0].value']);
  });
});

it('slices of a choice are distinguished by type', () => {
  const when = (type: string): readonly SliceTest[] => [{ at: '$this', types: [type] }];
  const table = sampleProfile({
    'value[x]': {
      slicing: {
        rules: 'closed',
        slices: [
          { name: 'Quantity', when: when('Quantity'), rule: { children: { code: { min: 1 } } } },
          { name: 'string', when: when('string'), rule: { maxLength: 3 } },
        ],
      },
    },
  });
  expect(issuesOf(table, sample({ valueQuantity: { code: 'x', system: 'urn:x' } }))).toEqual([]);
  expect(issuesOf(table, sample({ valueQuantity: { value: 1 } }))).toEqual(['error required Sample.value.code']);
  expect(issuesOf(table, sample({ valueString: 'abcd' }))).toEqual(['error too-long Sample.value']);
  expect(issuesOf(table, sample({ valueBoolean: true }))).toEqual(['error structure Sample.value']);
});
