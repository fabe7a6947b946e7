import { describe, expect, test } from 'vitest';
import type { PinnedElement, PinnedSlicing } from '../../generator/pin/snapshot.js';
import { changes, CORE, element, GUIDE, profile, snapshot, valueSet } from './samples.js';

const patient = profile('patient', 'Patient');
const child = profile('child', 'Patient', [], { baseDefinition: `${GUIDE}patient` });
const uid = profile(
  'uid',
  'Identifier',
  [element('Identifier.system', '1..1', { base: { path: 'x', min: 0, max: '1' } })],
  { kind: 'complex-type' },
);
const VALUE_SETS = [
  valueSet('abc', ['a', 'b', 'c']),
  valueSet('ab', ['a', 'b']),
  valueSet('open', ['a'], { open: true }),
];

/** Binds all value sets on both sides, so that their modules exist on both. */
const keeper = profile(
  'keeper',
  'Group',
  ['abc', 'ab', 'open'].map((id) =>
    element(`Group.${id}`, '0..1', {
      types: [{ code: 'code' }],
      binding: { strength: 'required', valueSet: `https://guide.example/ValueSet/${id}` },
    }),
  ),
);

/** The changes for two versions of one element of an Observation profile. */
function changesOf(before: readonly PinnedElement[], after: readonly PinnedElement[]): string[] {
  const side = (elements: readonly PinnedElement[]) =>
    snapshot([profile('one', 'Observation', elements), patient, child, uid, keeper], VALUE_SETS);
  return changes(side(before), side(after));
}

describe('cardinality', () => {
  const single = { base: { path: 'x', min: 0, max: '1' } };
  test.each([
    ['0..1', '1..1', 'breaking min-raised: Observation.x became required (0..1 → 1..1)'],
    ['1..*', '2..*', 'breaking min-raised: Observation.x must occur at least 2 times (1..* → 2..*)'],
    [
      '1..1',
      '0..1',
      'breaking min-lowered: Observation.x became optional: readers must expect its absence (1..1 → 0..1)',
    ],
    ['2..*', '1..*', 'breaking min-lowered: Observation.x may occur fewer times (2..* → 1..*)'],
    [
      '0..*',
      '0..1',
      'breaking builder-methods: methods of builders have other names: OneBuilder.addX → OneBuilder.setX',
      'breaking max-lowered: Observation.x may occur fewer times (0..* → 0..1)',
    ],
    ['0..5', '0..*', 'breaking max-raised: Observation.x may occur more times (0..5 → 0..*)'],
    [
      '1..1',
      '1..*',
      'breaking builder-methods: methods of builders have other names: OneBuilder.setX → OneBuilder.addX',
      'breaking max-raised: Observation.x may occur more than once: builders add it instead of setting it (1..1 → 1..*)',
    ],
    ['0..1', '0..0', 'breaking element-prohibited: Observation.x is now prohibited (0..1 → 0..0)'],
    ['0..0', '0..1', 'breaking element-allowed: Observation.x is now allowed (0..0 → 0..1)'],
    ['0..0', '1..1', 'breaking element-allowed: Observation.x was prohibited and is now required (0..0 → 1..1)'],
  ])('%s → %s', (before, after, ...expected) => {
    expect(changesOf([element('Observation.x', before)], [element('Observation.x', after)])).toEqual(expected);
  });

  test('reports an element that becomes an array in JSON, or a single value', () => {
    const one = [element('Observation.x', '0..1', single)];
    const many = [element('Observation.x', '0..1')];
    expect(changesOf(one, many)).toEqual(['breaking element-array: Observation.x became an array in JSON']);
    expect(changesOf(many, one)).toEqual(['breaking element-array: Observation.x is no longer an array in JSON']);
  });

  test('reports nothing below a prohibited element', () => {
    const before = [element('Observation.x', '0..1'), element('Observation.x.y', '0..1')];
    const after = [element('Observation.x', '0..0'), element('Observation.x.y', '1..1')];
    expect(changesOf(before, after)).toEqual([
      'breaking exports-removed: the module of one no longer exports OneX, OneXBuilder',
      'breaking element-prohibited: Observation.x is now prohibited (0..1 → 0..0)',
    ]);
    expect(changesOf(after, after)).toEqual([]);
  });

  test('reports nothing for the root element, whose cardinality is that of its container', () => {
    const side = (min: number) =>
      snapshot([{ ...patient, elements: [{ id: 'Patient', path: 'Patient', min, max: '*' }] }]);
    expect(changes(side(0), side(1))).toEqual([]);
  });
});

describe('types', () => {
  const choice = (min: string, ...codes: string[]): PinnedElement[] => [
    element('Observation.value[x]', `${min}..1`, { types: codes.map((code) => ({ code })) }),
  ];
  const reference = (...targetProfiles: string[]): PinnedElement[] => [
    element('Observation.subject', '0..*', {
      types: [{ code: 'Reference', ...(targetProfiles.length > 0 && { targetProfiles }) }],
    }),
  ];
  const identifier = (...profiles: string[]): PinnedElement[] => [
    element('Observation.identifier', '0..*', {
      types: [{ code: 'Identifier', ...(profiles.length > 0 && { profiles }) }],
    }),
  ];

  test.each<[string, PinnedElement[], PinnedElement[], string[]]>([
    [
      'a type removed',
      choice('0', 'string', 'Quantity'),
      choice('0', 'Quantity'),
      [
        'breaking exports-removed: the module of one no longer exports OneMembers, OneValueChoice',
        'breaking type-removed: Observation.value[x] can no longer be string',
      ],
    ],
    [
      'a type added',
      choice('0', 'Quantity'),
      choice('0', 'Quantity', 'string'),
      ['breaking type-added: Observation.value[x] can also be string: readers must expect this'],
    ],
    [
      'a type added to a required choice',
      choice('1', 'Quantity'),
      choice('1', 'Quantity', 'string'),
      ['breaking type-added: Observation.value[x] can also be string: readers must expect this'],
    ],
    [
      'the type of an id, which guides write as id or string',
      [element('Observation.id', '0..1', { types: [{ code: 'string' }] })],
      [element('Observation.id', '0..1', { types: [{ code: 'id' }] })],
      [],
    ],
    ['types in another order', choice('0', 'Quantity', 'string'), choice('0', 'string', 'Quantity'), []],
    [
      'a profile added to the type',
      identifier(),
      identifier(`${GUIDE}uid`),
      ['breaking type-profiles: Observation.identifier has to conform to uid'],
    ],
    [
      'a profile removed from the type',
      identifier(`${GUIDE}uid`),
      identifier(),
      ['breaking type-profiles: Observation.identifier no longer has to conform to uid: readers get a wider type'],
    ],
    ['a profile in another version', identifier(`${GUIDE}uid|1.0.0`), identifier(`${GUIDE}uid|2.0.0`), []],
    [
      'targets removed',
      reference(`${CORE}Patient`, `${CORE}Group`),
      reference(`${CORE}Patient`),
      ['breaking target-profiles: Observation.subject can no longer point to Group, only to Patient'],
    ],
    [
      'targets added',
      reference(`${CORE}Patient`),
      reference(`${CORE}Patient`, `${CORE}Group`),
      ['breaking target-profiles: Observation.subject can point to Group, Patient (previously Patient)'],
    ],
    [
      'a target replaced by a profile derived from it',
      reference(`${CORE}Patient`),
      reference(`${GUIDE}patient`),
      ['breaking target-profiles: Observation.subject can no longer point to Patient, only to patient'],
    ],
    [
      'a target replaced by its base',
      reference(`${GUIDE}child`),
      reference(`${GUIDE}patient`),
      ['breaking target-profiles: Observation.subject can point to patient (previously child)'],
    ],
    [
      'any target before, one after',
      reference(),
      reference(`${CORE}Patient`),
      ['breaking target-profiles: Observation.subject can no longer point to anything, only to Patient'],
    ],
    [
      'one target before, any after',
      reference(`${CORE}Patient`),
      reference(`${CORE}Resource`),
      ['breaking target-profiles: Observation.subject can point to anything (previously Patient)'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changesOf(before, after)).toEqual(expected);
  });
});

describe('values', () => {
  const x = (more: Partial<PinnedElement>): PinnedElement[] => [element('Observation.x', '0..1', more)];
  const fixed = { fixed: { type: 'Coding', value: { system: 's', code: 'c' } } };
  const pattern = { pattern: { type: 'Coding', value: { code: 'c', system: 's' } } };
  test.each<[string, Partial<PinnedElement>, Partial<PinnedElement>, string[]]>([
    ['added', {}, fixed, ['breaking fixed-value: Observation.x must have the value {"code":"c","system":"s"}']],
    [
      'removed',
      pattern,
      {},
      ['breaking pattern: Observation.x no longer has the given value {"code":"c","system":"s"}'],
    ],
    [
      'changed',
      { pattern: { type: 'Code', value: 'a' } },
      { pattern: { type: 'Code', value: 'b' } },
      ['breaking pattern: Observation.x must have the value "b" in place of "a"'],
    ],
    ['members in another order', { fixed: { type: 'Coding', value: { code: 'c', system: 's' } } }, fixed, []],
    [
      'fixed before, a pattern after',
      fixed,
      pattern,
      ['breaking pattern: Observation.x may have more than its given value'],
    ],
    [
      'a pattern before, fixed after',
      pattern,
      fixed,
      ['breaking fixed-value: Observation.x must have its value and nothing beside it'],
    ],
    [
      'a primitive: fixed before, a pattern after',
      { fixed: { type: 'Code', value: 'a' } },
      { pattern: { type: 'Code', value: 'a' } },
      [],
    ],
    [
      'a lower maximum length',
      { maxLength: 10 },
      { maxLength: 5 },
      ['breaking max-length: the limit on the length of Observation.x changed: 10 → 5'],
    ],
    [
      'a higher maximum length',
      { maxLength: 5 },
      { maxLength: 10 },
      ['compatible max-length: the limit on the length of Observation.x changed: 5 → 10'],
    ],
    [
      'a maximum length removed',
      { maxLength: 5 },
      {},
      ['compatible max-length: the limit on the length of Observation.x changed: 5 → none'],
    ],
    [
      'a minimum value added',
      {},
      { minValue: 0 },
      ['breaking min-value: the limit on the lowest value of Observation.x changed: none → 0'],
    ],
    [
      'a lower minimum value',
      { minValue: 1 },
      { minValue: 0 },
      ['compatible min-value: the limit on the lowest value of Observation.x changed: 1 → 0'],
    ],
    [
      'a later maximum date',
      { maxValue: '2024-01-01' },
      { maxValue: '2025-01-01' },
      ['compatible max-value: the limit on the highest value of Observation.x changed: "2024-01-01" → "2025-01-01"'],
    ],
    [
      'maximum dates that cannot be compared',
      { maxValue: '2024-01-01' },
      { maxValue: '2025' },
      ['breaking max-value: the limit on the highest value of Observation.x changed: "2024-01-01" → "2025"'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changesOf(x(before), x(after))).toEqual(expected);
  });
});

describe('bindings', () => {
  const bound = (strength: 'required' | 'extensible' | 'example', id: string): PinnedElement[] => [
    element('Observation.x', '0..1', { binding: { strength, valueSet: `https://guide.example/ValueSet/${id}` } }),
  ];
  const unbound = [element('Observation.x', '0..1')];
  test.each<[string, PinnedElement[], PinnedElement[], string[]]>([
    [
      'a required one added',
      unbound,
      bound('required', 'ab'),
      ['breaking binding-strength: Observation.x must have a code from ab (required)'],
    ],
    [
      'extensible before, required after',
      bound('extensible', 'ab'),
      bound('required', 'ab'),
      ['breaking binding-strength: Observation.x must have a code from ab (required)'],
    ],
    [
      'required before, extensible after',
      bound('required', 'ab'),
      bound('extensible', 'ab'),
      [
        'breaking binding-strength: Observation.x may have any code: readers must expect codes other than those of ab (required)',
      ],
    ],
    [
      'a weaker strength',
      bound('extensible', 'ab'),
      bound('example', 'ab'),
      [
        'documentation binding-strength: codes for Observation.x are suggested from ab (example) in place of ab (extensible)',
      ],
    ],
    [
      'another value set of a weak binding',
      bound('example', 'ab'),
      bound('example', 'abc'),
      [
        'documentation binding-value-set: codes for Observation.x are suggested from abc (example) in place of ab (example)',
      ],
    ],
    [
      'a weak binding removed',
      bound('example', 'ab'),
      unbound,
      ['documentation binding-strength: codes for Observation.x are no longer suggested from ab (example)'],
    ],
    [
      'a required value set with more codes',
      bound('required', 'ab'),
      bound('required', 'abc'),
      [
        'breaking binding-value-set: Observation.x must have a code from abc (required) in place of ab (required), which has all its codes',
      ],
    ],
    [
      'a required value set with fewer codes',
      bound('required', 'abc'),
      bound('required', 'ab'),
      [
        'breaking binding-value-set: Observation.x must have a code from ab (required) in place of abc (required), which lacks urn:system|c',
      ],
    ],
    [
      'a required value set that is not known in full',
      bound('required', 'ab'),
      bound('required', 'open'),
      [
        'compatible binding-value-set: Observation.x must have a code from open (required) in place of ab (required); their codes are not all known and cannot be compared',
      ],
    ],
    ['another version of the value set', bound('required', 'ab|1'), bound('required', 'ab|2'), []],
  ])('%s', (_, before, after, expected) => {
    expect(changesOf(before, after)).toEqual(expected);
  });
});

describe('slices', () => {
  const sliced = (slicing: Partial<PinnedSlicing>, ...slices: PinnedElement[]): PinnedElement[] => [
    element('Observation.x', '0..*', {
      slicing: { discriminators: [{ type: 'value', path: 'system' }], rules: 'open', ...slicing },
    }),
    ...slices,
  ];
  const slice = (cardinality: string): PinnedElement => element('Observation.x:s', cardinality);
  test.each<[string, PinnedElement[], PinnedElement[], string[]]>([
    [
      'a slice added',
      sliced({}),
      sliced({}, slice('0..1')),
      ['breaking slice-added: the slice Observation.x:s is new (0..1)'],
    ],
    [
      'a required slice added',
      sliced({}),
      sliced({}, slice('1..1')),
      ['breaking slice-added: the slice Observation.x:s is new and required (1..1)'],
    ],
    [
      'a prohibited slice added',
      sliced({}),
      sliced({}, slice('0..0')),
      ['breaking slice-added: items of the new slice Observation.x:s are prohibited'],
    ],
    [
      'a slice removed',
      sliced({}, slice('0..1'), element('Observation.x:s.y', '1..1')),
      sliced({}),
      [
        'breaking exports-removed: the module of one no longer exports OneXS',
        'breaking slice-removed: the slice Observation.x:s was removed, with its reader, builder method and key (0..1)',
      ],
    ],
    [
      'a prohibited slice removed',
      sliced({}, slice('0..0')),
      sliced({}),
      ['compatible slice-removed: items of the slice Observation.x:s are no longer prohibited'],
    ],
    [
      'a slice that becomes required',
      sliced({}, slice('0..1')),
      sliced({}, slice('1..1')),
      ['breaking slice-required: the slice Observation.x:s became required (0..1 → 1..1)'],
    ],
    [
      'a slice that becomes optional',
      sliced({}, slice('1..1')),
      sliced({}, slice('0..1')),
      [
        'breaking slice-optional: the slice Observation.x:s became optional: readers must expect its absence (1..1 → 0..1)',
      ],
    ],
    [
      'a slice that may repeat',
      sliced({}, slice('1..1')),
      sliced({}, slice('1..*')),
      [
        'breaking max-raised: the slice Observation.x:s may occur more than once: its reader returns a list (1..1 → 1..*)',
      ],
    ],
    [
      'rules closed',
      sliced({}, slice('0..1')),
      sliced({ rules: 'closed' }, slice('0..1')),
      ['breaking slicing-rules: Observation.x must have only items that belong to its slices'],
    ],
    [
      'rules no longer closed',
      sliced({ rules: 'closed' }, slice('0..1')),
      sliced({}, slice('0..1')),
      ['breaking slicing-rules: Observation.x may have items that belong to no slice: readers must expect them'],
    ],
    [
      'rules openAtEnd',
      sliced({}, slice('0..1')),
      sliced({ rules: 'openAtEnd' }, slice('0..1')),
      ['breaking slicing-rules: Observation.x may have items that belong to no slice only at its end'],
    ],
    [
      'rules open',
      sliced({ rules: 'openAtEnd' }, slice('0..1')),
      sliced({}, slice('0..1')),
      ['compatible slicing-rules: Observation.x may have items that belong to no slice anywhere'],
    ],
    [
      'ordered',
      sliced({}, slice('0..1')),
      sliced({ ordered: true }, slice('0..1')),
      ['breaking slicing-order: the slices of Observation.x must be in their order'],
    ],
    [
      'no longer ordered',
      sliced({ ordered: true }, slice('0..1')),
      sliced({}, slice('0..1')),
      ['compatible slicing-order: the slices of Observation.x may be in any order'],
    ],
    [
      'the same discriminating value, as a pattern',
      sliced({}, slice('0..1')),
      sliced({ discriminators: [{ type: 'pattern', path: 'system' }] }, slice('0..1')),
      [],
    ],
    [
      'a discriminator that becomes undecidable',
      sliced({}, slice('0..1')),
      sliced({ discriminators: [{ type: 'profile', path: '$this' }] }, slice('0..1')),
      [
        'compatible slicing-discriminators: items of the slice Observation.x:s are identified by undecidable:$this instead of undecidable:system',
      ],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changesOf(before, after)).toEqual(expected);
  });
});

describe('invariants, flags and descriptions', () => {
  const x = (more: Partial<PinnedElement>): PinnedElement[] => [element('Observation.x', '0..1', more)];
  const rule = (severity: 'error' | 'warning', expression = 'exists()'): Partial<PinnedElement> => ({
    constraints: [{ key: 'k-1', severity, expression }],
  });
  test.each<[string, Partial<PinnedElement>, Partial<PinnedElement>, string[]]>([
    [
      'an invariant added',
      {},
      rule('error'),
      ['breaking constraint-added: Observation.x has to meet the new invariant k-1'],
    ],
    [
      'a warning added',
      {},
      rule('warning'),
      ['documentation constraint-added: Observation.x is expected to meet the new invariant k-1'],
    ],
    [
      'an invariant removed',
      rule('error'),
      {},
      ['compatible constraint-removed: Observation.x no longer has to meet the invariant k-1'],
    ],
    [
      'another expression',
      rule('error'),
      rule('error', 'empty()'),
      ['breaking constraint-changed: the invariant k-1 of Observation.x changed'],
    ],
    ['must-support', {}, { mustSupport: true }, ['documentation must-support: systems must now support Observation.x']],
    [
      'must-support removed',
      { mustSupport: true },
      {},
      ['documentation must-support: systems no longer have to support Observation.x'],
    ],
    [
      'a modifier',
      {},
      { isModifier: true },
      ['compatible modifier: Observation.x is now a modifier: readers of the resource must check it'],
    ],
    ['modifier removed', { isModifier: true }, {}, ['documentation modifier: Observation.x is no longer a modifier']],
    [
      'another description',
      { short: 'a' },
      { short: 'b' },
      ['documentation short: the description of Observation.x changed'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changesOf(x(before), x(after))).toEqual(expected);
  });
});

describe('an element that is stated on one side only', () => {
  const identifier = (...below: PinnedElement[]): PinnedElement[] => [
    element('Observation.identifier', '0..*', { types: [{ code: 'Identifier' }] }),
    ...below,
  ];
  const system = element('Observation.identifier.system', '1..1', {
    base: { path: 'x', min: 0, max: '1' },
    types: [{ code: 'uri' }],
  });

  test('is compared with the element of its datatype', () => {
    expect(changesOf(identifier(), identifier(system))).toEqual([
      'breaking min-raised: Observation.identifier.system became required (0..1 → 1..1)',
    ]);
    expect(changesOf(identifier(system), identifier())).toEqual([
      'breaking exports-removed: the module of one no longer exports OneIdentifier',
      'breaking min-lowered: Observation.identifier.system became optional: readers must expect its absence (1..1 → 0..1)',
    ]);
    expect(changesOf(identifier(), identifier({ ...system, min: 0 }))).toEqual([]);
  });

  test('is compared with the profile of its type', () => {
    const profiled = [
      element('Observation.identifier', '0..*', { types: [{ code: 'Identifier', profiles: [`${GUIDE}uid`] }] }),
    ];
    expect(changesOf(profiled, [...profiled, system])).toEqual([]);
    // An element that repeats a constraint less strictly than the profile does not relax it.
    expect(changesOf(profiled, [...profiled, { ...system, min: 0 }])).toEqual([]);
  });

  test('is compared with the element that applies to all slices', () => {
    const sliced = (...below: PinnedElement[]): PinnedElement[] =>
      identifier(system, element('Observation.identifier:s', '0..1', { types: [{ code: 'Identifier' }] }), ...below);
    const own = { ...system, id: 'Observation.identifier:s.system' };
    expect(changesOf(sliced(), sliced(own))).toEqual([]);
  });

  test('is compared with the choice if it is one of its types', () => {
    const value = (...below: PinnedElement[]): PinnedElement[] => [
      element('Observation.value[x]', '0..1', { types: [{ code: 'string' }, { code: 'Quantity' }] }),
      ...below,
    ];
    const quantity = element('Observation.value[x]:valueQuantity', '0..1', { types: [{ code: 'Quantity' }] });
    const unit = element('Observation.value[x]:valueQuantity.unit', '1..1', {
      base: { path: 'x', min: 0, max: '1' },
      types: [{ code: 'string' }],
    });
    expect(changesOf(value(), value(quantity, unit))).toEqual([
      'breaking min-raised: Observation.value[x]:valueQuantity.unit became required (0..1 → 1..1)',
    ]);
  });

  test('is compared with the element that a contentReference names', () => {
    const single = { base: { path: 'x', min: 0, max: '1' } };
    const group = [
      element('Observation.group', '0..*', { types: [{ code: 'BackboneElement' }] }),
      element('Observation.group.name', '0..1', { types: [{ code: 'string' }], ...single }),
      element('Observation.part', '0..*', { contentReference: '#Observation.group' }),
    ];
    const name = element('Observation.part.name', '1..1', { types: [{ code: 'string' }] });
    expect(changesOf(group, [...group, name])).toEqual([
      'breaking min-raised: Observation.part.name became required (0..1 → 1..1)',
    ]);
  });

  test('is added or removed if nothing else defines it', () => {
    expect(changesOf([], [element('Observation.x', '0..1')])).toEqual([
      'compatible element-added: the element Observation.x is new',
    ]);
    expect(changesOf([], [element('Observation.x', '1..1')])).toEqual([
      'breaking element-added: the element Observation.x is new and required',
    ]);
    expect(changesOf([element('Observation.x', '0..1'), element('Observation.x.y', '0..1')], [])).toEqual([
      'breaking exports-removed: the module of one no longer exports OneX, OneXBuilder',
      'breaking element-removed: the element Observation.x no longer exists',
    ]);
  });
});
