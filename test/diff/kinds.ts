import type { Verdict } from '../../generator/facts/fact.js';
import type { PinnedSlicing, PinnedValueSet } from '../../generator/pin/snapshot.js';
import { canonical, type SampleElement, type SampleProfile } from '../model/sample.js';

/** A kind of change: a profile before and after, and the verdicts for programs that write and read values. */
export interface Kind {
  readonly what: string;
  readonly type: string;
  readonly before: readonly SampleElement[];
  readonly after: readonly SampleElement[];
  /** The expected kinds of change. */
  readonly kinds: readonly string[];
  readonly write: Verdict;
  readonly read: Verdict;
  /** Canonicals of base profiles before and after; the FHIR type by default. */
  readonly bases?: readonly [string | undefined, string | undefined];
}

const at = (id: string, min: number, max: string, more: Partial<SampleElement> = {}): SampleElement => ({
  id,
  min,
  max,
  ...more,
});

const VALUE_SET = 'https://example.org/ValueSet/';

/** A value set of the system `urn:colours`. */
function valueSet(id: string, codes: readonly string[], more: Partial<PinnedValueSet> = {}): PinnedValueSet {
  return {
    url: VALUE_SET + id,
    name: id,
    package: 'example.sample#1.0.0',
    systems: [{ system: 'urn:colours', concepts: codes.map((code) => ({ code })) }],
    ...more,
  };
}

/** Value sets of the two sides. */
export const VALUE_SETS = {
  before: [
    valueSet('Two', ['red', 'green']),
    valueSet('Three', ['red', 'green', 'blue']),
    valueSet('Grows', ['red']),
    valueSet('Shrinks', ['red', 'green']),
    valueSet('Opens', ['red']),
    valueSet('Closes', ['red'], { open: true }),
    valueSet('Hides', ['red']),
    valueSet('Open', ['red'], { open: true }),
    valueSet('Suggested', ['red', 'green']),
  ],
  after: [
    valueSet('Two', ['red', 'green']),
    valueSet('Three', ['red', 'green', 'blue']),
    valueSet('Grows', ['red', 'green']),
    valueSet('Shrinks', ['red']),
    valueSet('Opens', ['red'], { open: true }),
    valueSet('Closes', ['red']),
    valueSet('Open', ['red'], { open: true }),
    valueSet('Suggested', ['red', 'green']),
  ],
};

/** Unresolved on the new side. */
export const UNRESOLVED = `${VALUE_SET}Hides`;

/** Profiles that the others use, the same on both sides. */
export const HELPERS: readonly SampleProfile[] = [
  { name: 'ParentPatient', type: 'Patient', elements: [] },
  { name: 'ChildPatient', type: 'Patient', elements: [], base: canonical('ParentPatient') },
  {
    name: 'WithSystem',
    type: 'Identifier',
    elements: [at('Identifier.system', 1, '1'), at('Identifier.value', 1, '1')],
  },
  { name: 'WithLength', type: 'HumanName', elements: [at('HumanName.text', 0, '1', { maxLength: 5 })] },
];

const CODEABLE = { types: [{ code: 'CodeableConcept' }] };

function bound(id: string, strength: 'required' | 'extensible' = 'required'): SampleElement {
  return at('Observation.method', 0, '1', { ...CODEABLE, binding: { strength, valueSet: VALUE_SET + id } });
}

function subject(...targetProfiles: string[]): SampleElement {
  return at('Observation.subject', 0, '1', { types: [{ code: 'Reference', targetProfiles }] });
}

const CORE = 'http://hl7.org/fhir/StructureDefinition/';

function identifier(...profiles: string[]): SampleElement {
  return at('Patient.identifier', 0, '*', {
    types: [{ code: 'Identifier', ...(profiles.length > 0 && { profiles: profiles.map(canonical) }) }],
  });
}

function value(min: number, ...codes: string[]): SampleElement {
  return at('Observation.value[x]', min, '1', { types: codes.map((code) => ({ code })) });
}

const BY_SYSTEM: PinnedSlicing = { discriminators: [{ type: 'value', path: 'system' }], rules: 'open' };

function sliced(slicing: Partial<PinnedSlicing>, ...slices: readonly (readonly SampleElement[])[]): SampleElement[] {
  return [at('Patient.identifier', 0, '*', { slicing: { ...BY_SYSTEM, ...slicing } }), ...slices.flat()];
}

function slice(name: string, min: number, max: string, ...below: readonly SampleElement[]): readonly SampleElement[] {
  const id = `Patient.identifier:${name}`;
  return [
    at(id, min, max, { types: [{ code: 'Identifier' }] }),
    at(`${id}.system`, 1, '1', { types: [{ code: 'uri' }], fixed: { type: 'Uri', value: `urn:${name}` } }),
    ...below,
  ];
}

/** A slice of items with the given system. */
function tagged(name: string, system: string, min = 0): readonly SampleElement[] {
  const id = `Patient.identifier:${name}`;
  return [
    at(id, min, '*', { types: [{ code: 'Identifier' }] }),
    at(`${id}.system`, 1, '1', { types: [{ code: 'uri' }], fixed: { type: 'Uri', value: system } }),
  ];
}

/** The codings of the method, with the binding. */
function boundCodings(min: number): SampleElement[] {
  return [
    at('Observation.method', 0, '1', CODEABLE),
    at('Observation.method.coding', min, '*', {
      types: [{ code: 'Coding' }],
      binding: { strength: 'required', valueSet: `${VALUE_SET}Two` },
    }),
  ];
}

const inSlice = (min: number, more: Partial<SampleElement> = {}): SampleElement =>
  at('Patient.identifier:a.value', min, '1', { types: [{ code: 'string' }], ...more });

function extension(min: number, ...below: readonly SampleElement[]): readonly SampleElement[] {
  return [
    at('Patient.extension', 0, '*', {
      types: [{ code: 'Extension' }],
      slicing: { discriminators: [{ type: 'value', path: 'url' }], rules: 'open' },
    }),
    at('Patient.extension:note', min, '1', { types: [{ code: 'Extension' }] }),
    at('Patient.extension:note.url', 1, '1', { types: [{ code: 'uri' }], fixed: { type: 'Uri', value: 'urn:note' } }),
    ...below,
  ];
}

const note = (...codes: string[]): SampleElement =>
  at('Patient.extension:note.value[x]', 1, '1', { types: codes.map((code) => ({ code })) });

const fixed = (text: string): SampleElement =>
  at('Observation.method.text', 1, '1', { types: [{ code: 'string' }], fixed: { type: 'String', value: text } });

const METHOD = at('Observation.method', 0, '1', CODEABLE);
const coding = { coding: [{ system: 'urn:x', code: 'a' }] };
const pattern = (code: string): SampleElement =>
  at('Observation.method', 0, '1', {
    ...CODEABLE,
    pattern: { type: 'CodeableConcept', value: { coding: [{ system: 'urn:x', code }] } },
  });

const birthDate = (more: Partial<SampleElement>): SampleElement => at('Patient.birthDate', 0, '1', more);
const rule = (severity: 'error' | 'warning', expression = 'true'): Partial<SampleElement> => ({
  constraints: [{ key: 'k-1', severity, expression }],
});

type Row = readonly [
  what: string,
  type: string,
  before: readonly SampleElement[],
  after: readonly SampleElement[],
  kinds: readonly string[],
  write: Verdict,
  read: Verdict,
];

const C = 'breaks-compile';
const V = 'breaks-validation';
const S = 'safe';
const U = 'unknown';
const one = (min: number, max: string): SampleElement[] => [at('Patient.birthDate', min, max)];
const many = (min: number, max: string): SampleElement[] => [at('Patient.photo', min, max)];

const ROWS: readonly Row[] = [
  // cardinality
  ['an element becomes required', 'Patient', one(0, '1'), one(1, '1'), ['min-raised'], C, S],
  ['an element becomes optional', 'Patient', one(1, '1'), one(0, '1'), ['min-lowered'], S, C],
  ['an array becomes required', 'Patient', many(0, '*'), many(1, '*'), ['min-raised'], C, S],
  ['an array must have one more item', 'Patient', many(1, '*'), many(2, '*'), ['min-raised'], C, S],
  ['an array may have an item less', 'Patient', many(2, '*'), many(1, '*'), ['min-lowered'], S, C],
  ['one more item than types show', 'Patient', many(10, '*'), many(11, '*'), ['min-raised'], V, S],
  ['an array is limited to one item', 'Patient', many(0, '*'), many(0, '1'), ['builder-methods', 'max-lowered'], C, S],
  // Builders set a single item, and add items to an array.
  [
    'an array of one item may have more',
    'Patient',
    many(0, '1'),
    many(0, '*'),
    ['builder-methods', 'max-raised'],
    C,
    C,
  ],
  ['an array of three items may have any number', 'Patient', many(0, '3'), many(0, '*'), ['max-raised'], S, C],
  ['a limit that types do not show is lowered', 'Patient', many(0, '20'), many(0, '10'), ['max-lowered'], V, S],
  ['a limit that types do not show is raised', 'Patient', many(0, '10'), many(0, '20'), ['max-raised'], S, S],
  ['an optional element is prohibited', 'Patient', one(0, '1'), one(0, '0'), ['element-prohibited'], C, S],
  ['a required element is prohibited', 'Patient', one(1, '1'), one(0, '0'), ['element-prohibited'], C, C],
  ['a prohibited element is allowed', 'Patient', one(0, '0'), one(0, '1'), ['element-allowed'], S, C],
  ['a prohibited element is required', 'Patient', one(0, '0'), one(1, '1'), ['element-allowed'], C, C],
  // types
  [
    'a choice loses a type',
    'Observation',
    [value(0, 'string', 'Quantity', 'boolean', 'dateTime')],
    [value(0, 'Quantity', 'boolean', 'dateTime')],
    ['type-removed'],
    C,
    S,
  ],
  [
    'a choice gets a type',
    'Observation',
    [value(0, 'Quantity')],
    [value(0, 'Quantity', 'string')],
    ['type-added'],
    S,
    C,
  ],
  [
    'a required choice gets a type',
    'Observation',
    [value(1, 'Quantity')],
    [value(1, 'Quantity', 'string')],
    ['type-added'],
    S,
    C,
  ],
  ['a profile on a datatype', 'Patient', [identifier()], [identifier('WithSystem')], ['type-profiles'], C, S],
  ['no profile on a datatype', 'Patient', [identifier('WithSystem')], [identifier()], ['type-profiles'], S, C],
  [
    'a profile on a datatype of which types show nothing',
    'Patient',
    [at('Patient.name', 0, '*', { types: [{ code: 'HumanName' }] })],
    [at('Patient.name', 0, '*', { types: [{ code: 'HumanName', profiles: [canonical('WithLength')] }] })],
    ['type-profiles'],
    V,
    S,
  ],
  ['a profile that cannot be resolved', 'Patient', [identifier()], [identifier('Missing')], ['type-profiles'], U, U],
  [
    'fewer targets',
    'Observation',
    [subject(`${CORE}Patient`, `${CORE}Group`)],
    [subject(`${CORE}Patient`)],
    ['target-profiles'],
    C,
    S,
  ],
  [
    'more targets',
    'Observation',
    [subject(`${CORE}Patient`)],
    [subject(`${CORE}Patient`, `${CORE}Group`)],
    ['target-profiles'],
    S,
    C,
  ],
  [
    'a target that is a profile of the old one',
    'Observation',
    [subject(canonical('ParentPatient'))],
    [subject(canonical('ChildPatient'))],
    ['target-profiles'],
    C,
    S,
  ],
  [
    'a target that the old one is a profile of',
    'Observation',
    [subject(canonical('ChildPatient'))],
    [subject(canonical('ParentPatient'))],
    ['target-profiles'],
    S,
    C,
  ],
  [
    'a target that cannot be resolved',
    'Observation',
    [subject(`${CORE}Patient`)],
    [subject(canonical('Missing'))],
    ['target-profiles'],
    U,
    U,
  ],
  // values
  [
    'a value is given',
    'Observation',
    [METHOD, at('Observation.method.text', 1, '1', { types: [{ code: 'string' }] })],
    [METHOD, fixed('a')],
    ['fixed-value'],
    C,
    S,
  ],
  ['another value is given', 'Observation', [METHOD, fixed('a')], [METHOD, fixed('b')], ['fixed-value'], C, C],
  [
    'a value is no longer given',
    'Observation',
    [METHOD, fixed('a')],
    [METHOD, at('Observation.method.text', 1, '1', { types: [{ code: 'string' }] })],
    ['exports-removed', 'fixed-value'],
    C,
    C,
  ],
  ['a pattern is given', 'Observation', [METHOD], [pattern('a')], ['pattern'], C, S],
  ['a pattern is no longer given', 'Observation', [pattern('a')], [METHOD], ['exports-removed', 'pattern'], C, C],
  ['another pattern is given', 'Observation', [pattern('a')], [pattern('b')], ['pattern'], C, C],
  [
    'a fixed value becomes a pattern',
    'Observation',
    [{ ...METHOD, fixed: { type: 'CodeableConcept', value: coding } }],
    [pattern('a')],
    ['pattern'],
    S,
    C,
  ],
  [
    'a pattern becomes a fixed value',
    'Observation',
    [pattern('a')],
    [{ ...METHOD, fixed: { type: 'CodeableConcept', value: coding } }],
    ['exports-removed', 'fixed-value'],
    C,
    C,
  ],
  ['a limit of length is set', 'Patient', [birthDate({})], [birthDate({ maxLength: 9 })], ['max-length'], V, S],
  [
    'a limit of length is lowered',
    'Patient',
    [birthDate({ maxLength: 9 })],
    [birthDate({ maxLength: 5 })],
    ['max-length'],
    V,
    S,
  ],
  [
    'a limit of length is raised',
    'Patient',
    [birthDate({ maxLength: 5 })],
    [birthDate({ maxLength: 9 })],
    ['max-length'],
    S,
    S,
  ],
  ['a smallest value is set', 'Patient', [birthDate({})], [birthDate({ minValue: '1900-01-01' })], ['min-value'], V, S],
  [
    'a largest value is lifted',
    'Patient',
    [birthDate({ maxValue: '1900-01-01' })],
    [birthDate({})],
    ['max-value'],
    S,
    S,
  ],
  // bindings
  ['codes become required', 'Observation', [METHOD], [bound('Two')], ['binding-strength'], C, S],
  ['codes are no longer required', 'Observation', [bound('Two')], [METHOD], ['binding-strength'], S, C],
  [
    'codes are no longer required, but suggested',
    'Observation',
    [bound('Two')],
    [bound('Two', 'extensible')],
    ['binding-strength'],
    S,
    C,
  ],
  ['a value set with more codes', 'Observation', [bound('Two')], [bound('Three')], ['binding-value-set'], S, C],
  ['a value set with fewer codes', 'Observation', [bound('Three')], [bound('Two')], ['binding-value-set'], C, S],
  [
    'codes that are not all known become required',
    'Observation',
    [METHOD],
    [bound('Open')],
    ['binding-strength'],
    V,
    S,
  ],
  ['a value set of unknown codes', 'Observation', [bound('Two')], [bound('Open')], ['binding-value-set'], U, U],
  ['codes are suggested', 'Observation', [METHOD], [bound('Suggested', 'extensible')], ['binding-strength'], S, S],
  // slices
  ['an optional slice is new', 'Patient', sliced({}), sliced({}, slice('a', 0, '1')), ['slice-added'], V, S],
  ['a required slice is new', 'Patient', sliced({}), sliced({}, slice('a', 1, '1')), ['slice-added'], C, S],
  [
    'a slice is new where others are not allowed',
    'Patient',
    sliced({ rules: 'closed' }, slice('a', 0, '1')),
    sliced({ rules: 'closed' }, slice('a', 0, '1'), slice('b', 0, '1')),
    ['slice-added'],
    S,
    C,
  ],
  [
    'a slice was removed',
    'Patient',
    sliced({}, slice('a', 0, '1')),
    sliced({}),
    ['exports-removed', 'slice-removed'],
    C,
    C,
  ],
  [
    'a slice becomes required',
    'Patient',
    sliced({}, slice('a', 0, '1')),
    sliced({}, slice('a', 1, '1')),
    ['slice-required'],
    C,
    S,
  ],
  [
    'a slice becomes optional',
    'Patient',
    sliced({}, slice('a', 1, '1')),
    sliced({}, slice('a', 0, '1')),
    ['slice-optional'],
    S,
    C,
  ],
  [
    'a member of a slice becomes required',
    'Patient',
    sliced({}, slice('a', 0, '1', inSlice(0))),
    sliced({}, slice('a', 0, '1', inSlice(1))),
    ['min-raised'],
    C,
    S,
  ],
  [
    'a member of a slice gets a limit',
    'Patient',
    sliced({}, slice('a', 0, '1', inSlice(1))),
    sliced({}, slice('a', 0, '1', inSlice(1, { maxLength: 5 }))),
    ['max-length'],
    V,
    S,
  ],
  [
    'a slice is prohibited',
    'Patient',
    sliced({}),
    sliced({}, [at('Patient.identifier:a', 0, '0', { types: [{ code: 'Identifier' }] })]),
    ['slice-added'],
    V,
    S,
  ],
  [
    'the required slices stand in another order',
    'Patient',
    sliced({}, slice('a', 1, '1'), slice('b', 1, '1')),
    sliced({}, slice('b', 1, '1'), slice('a', 1, '1')),
    ['slice-order'],
    C,
    C,
  ],
  [
    'slices have to stand in their order',
    'Patient',
    sliced({}, slice('a', 0, '1')),
    sliced({ ordered: true }, slice('a', 0, '1')),
    ['slicing-order'],
    V,
    S,
  ],
  [
    'other items are no longer allowed',
    'Patient',
    sliced({}, slice('a', 0, '1')),
    sliced({ rules: 'closed' }, slice('a', 0, '1')),
    ['slicing-rules'],
    C,
    S,
  ],
  [
    'the same value tells a slice, as a pattern',
    'Patient',
    sliced({}, slice('a', 0, '1')),
    sliced({ discriminators: [{ type: 'pattern', path: 'system' }] }, slice('a', 0, '1')),
    [],
    S,
    S,
  ],
  ['an extension becomes required', 'Patient', [...extension(0)], [...extension(1)], ['slice-required'], C, S],
  [
    'an extension has another type of value',
    'Patient',
    [...extension(0, note('string'))],
    [...extension(0, note('boolean'))],
    ['type-removed', 'type-added'],
    C,
    C,
  ],
  [
    'a slice has another name',
    'Patient',
    sliced({}, tagged('a', 'urn:same')),
    sliced({}, tagged('b', 'urn:same')),
    ['slice-renamed'],
    C,
    C,
  ],
  [
    'a required slice has another name and one more rule',
    'Patient',
    sliced({}, tagged('a', 'urn:same', 1)),
    sliced({}, tagged('b', 'urn:same', 2)),
    ['slice-renamed', 'min-raised'],
    C,
    C,
  ],
  // a binding of a concept that moves to its codings, and back
  ['a binding moves to the codings', 'Observation', [bound('Two')], boundCodings(0), ['binding-moved'], C, C],
  [
    'a binding moves from the codings',
    'Observation',
    boundCodings(0),
    [bound('Two')],
    ['exports-removed', 'binding-moved'],
    C,
    C,
  ],
  // invariants, flags, texts
  ['an invariant is new', 'Patient', [birthDate({})], [birthDate(rule('error'))], ['constraint-added'], V, S],
  ['a warning is new', 'Patient', [birthDate({})], [birthDate(rule('warning'))], ['constraint-added'], S, S],
  ['an invariant was removed', 'Patient', [birthDate(rule('error'))], [birthDate({})], ['constraint-removed'], S, S],
  [
    'an invariant has another expression',
    'Patient',
    [birthDate(rule('error'))],
    [birthDate(rule('error', 'false'))],
    ['constraint-changed'],
    V,
    S,
  ],
  ['support is demanded', 'Patient', [birthDate({})], [birthDate({ mustSupport: true })], ['must-support'], S, S],
  ['other words', 'Patient', [birthDate({ short: 'a' })], [birthDate({ short: 'b' })], ['short'], S, S],
];

/** The kinds with changes of one element. */
export const KINDS: readonly Kind[] = ROWS.map(([what, type, before, after, kinds, write, read]) => ({
  what,
  type,
  before,
  after,
  kinds,
  write,
  read,
}));

/** Elements that keep the value sets of both sides bound as required. */
export const BOUND: readonly (readonly [name: string, element: SampleElement])[] = [
  'Grows',
  'Shrinks',
  'Opens',
  'Closes',
  'Hides',
].map((id) => [`Binds${id}`, bound(id)]);
