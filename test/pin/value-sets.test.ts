import { describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { pin } from '../../generator/pin-package.js';
import { narrow } from '../../generator/pin/narrow.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { serialize } from '../../generator/pin/serialize.js';
import {
  CODE_SYSTEM,
  element,
  FHIR,
  guide,
  GUIDE,
  type Members,
  packageOf,
  profile,
  VALUE_SET,
  valueSet,
} from './samples.js';

const listed = (...codes: string[]) => ({
  compose: { include: [{ system: `${CODE_SYSTEM}s`, concept: codes.map((code) => ({ code })) }] },
});
const bound = (id: string, canonical: string, more: Members = {}) =>
  profile(id, 'Patient', [
    element('Patient.gender', {
      type: [{ code: 'code' }],
      binding: { strength: 'required', valueSet: canonical, ...more },
    }),
  ]);
const V = `${VALUE_SET}v`;

/** The codes of the value set that a profile binds in the model. */
function codesFor(model: ReturnType<typeof buildModel>, id: string): string {
  const binding = model.profiles.find(({ url }) => url === GUIDE + id)?.root.children[0]?.binding;
  const found = model.valueSets.find(({ url }) => url === binding?.valueSet);
  return `${found?.url ?? ''}: ${found?.systems.flatMap(({ concepts }) => concepts.map(({ code }) => code)).join(' ') ?? ''}`;
}

describe('a value set bound in several versions', () => {
  const resources = [
    bound('one', `${V}|1.0.0`),
    bound('two', `${V}|2.0.0`),
    bound('any', V),
    valueSet('v', listed('a')),
    valueSet('v', { ...listed('b'), version: '2.0.0' }),
  ];
  const { snapshot, warnings } = pin(guide(resources));

  it('is pinned in each requested version, and read back so', () => {
    for (const each of [snapshot, parseSnapshot(serialize(snapshot), 'pinned.json')]) {
      const model = buildModel(each);
      expect(codesFor(model, 'one')).toBe(`${V}|1.0.0: a`);
      expect(codesFor(model, 'two')).toBe(`${V}: b`);
      expect(codesFor(model, 'any')).toBe(`${V}: b`);
    }
    expect(warnings).toEqual([]);
  });

  it('is pinned in one version for a single profile', () => {
    const one = narrow(snapshot, [`${GUIDE}one`]);
    expect(one.valueSets.map(({ version }) => version)).toEqual(['1.0.0']);
    expect(codesFor(buildModel(one), 'one')).toBe(`${V}: a`);
    expect(codesFor(buildModel(narrow(snapshot, [`${GUIDE}two`])), 'two')).toBe(`${V}: b`);
  });

  it.each([
    ['1.0.0', '2.0.0', 'a', 'b'],
    ['10.0.0', '9.0.0', 'a', 'a'],
    ['1.3.0', '20260223120000', 'a', 'b'],
    ['1.0.0', undefined, 'a', 'a'],
  ])(
    'with versions %s and %s is taken in the latest if none is requested',
    (first, second, codesOfFirst, codesOfAny) => {
      const other = packageOf('example.other#1.0.0', [valueSet('v', { ...listed('b'), version: second })]);
      const of = (version: string | undefined) => (version === undefined ? V : `${V}|${version}`);
      const all = [bound('one', of(first)), bound('two', of(second)), bound('any', V)];
      const model = buildModel(
        pin(guide([...all, valueSet('v', { ...listed('a'), version: first })], [other])).snapshot,
      );
      expect(codesFor(model, 'one')).toContain(`: ${codesOfFirst}`);
      expect(codesFor(model, 'any')).toBe(`${V}: ${codesOfAny}`);
    },
  );

  it('is taken in the latest version if an older pinned file does not state which', () => {
    const text = serialize(snapshot).replaceAll(`${V}|1.0.0`, V);
    expect(codesFor(buildModel(parseSnapshot(text, 'pinned.json')), 'one')).toBe(`${V}: b`);
  });
});

describe('a value set that two packages define in the same version', () => {
  const from = (name: string, code: string) =>
    packageOf(`${name}#1.0.0`, [bound(name, V), valueSet('v', listed(code))]);
  const refers = (id: string, to: string) => profile(id, 'Patient', [], { baseDefinition: GUIDE + to });

  it('is that of the nearest package for all bindings', () => {
    const definitions = guide(
      [refers('a', 'near.example'), refers('b', 'far.example')],
      [from('near.example', 'near'), from('far.example', 'far')],
    );
    const { snapshot } = pin(definitions);
    expect(snapshot.valueSets.map((one) => [one.package, one.version])).toEqual([['near.example#1.0.0', '1.0.0']]);
    expect(codesFor(buildModel(snapshot), 'far.example')).toBe(`${V}: near`);
  });
});

/** FHIR R4, the extension elementdefinition-maxValueSet; FHIR R5, ElementDefinition.binding.additional. */
describe('the maximum value set of a binding', () => {
  const MAX = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';
  const ADDITIONAL = 'http://hl7.org/fhir/tools/StructureDefinition/additional-binding';
  const additional = (...more: readonly object[]) => ({
    extension: [
      {
        url: ADDITIONAL,
        extension: [{ url: 'purpose', valueCode: 'maximum' }, { url: 'valueSet', valueCanonical: V }, ...more],
      },
    ],
  });

  it.each<[string, Members, string | undefined]>([
    ['a canonical', { extension: [{ url: MAX, valueCanonical: V }] }, V],
    ['a uri, as in STU3', { extension: [{ url: MAX, valueUri: V }] }, V],
    ['a reference, as in STU3', { extension: [{ url: MAX, valueReference: { reference: V } }] }, V],
    ['an additional binding', additional(), V],
    [
      'an additional binding, unless for some uses only',
      additional({ url: 'usage', valueUsageContext: {} }),
      undefined,
    ],
    ['an additional binding of R5', { additional: [{ purpose: 'maximum', valueSet: V }] }, V],
    [
      'an additional binding, unless of another purpose',
      { additional: [{ purpose: 'starter', valueSet: V }] },
      undefined,
    ],
    ['an extension, unless another one', { extension: [{ url: 'urn:x', valueCanonical: V }] }, undefined],
  ])('is read from %s', (_, members, expected) => {
    const extensible = bound('a', `${VALUE_SET}w`, { strength: 'extensible', ...members });
    const { snapshot } = pin(guide([extensible, valueSet('v', listed('a')), valueSet('w', listed('b'))]));
    const [gender] = buildModel(snapshot).profiles[0]?.root.children ?? [];
    expect(gender?.maxValueSet).toBe(expected);
    expect(snapshot.valueSets.some(({ url }) => url === V)).toBe(expected !== undefined);
  });

  const PROFILE = `${GUIDE}a`;
  const active = { coding: [{ system: 'urn:s', code: 'x', display: 'X' }] };
  const usage = (system: string, code: string, value: object = { valueCodeableConcept: active }) => [
    { code: { system, code }, ...value },
  ];

  it.each<[string, object, readonly object[] | undefined]>([
    [
      'an element of the profile',
      { usage: usage(PROFILE, 'Patient.maritalStatus') },
      [{ at: 'Patient.maritalStatus', is: [{ system: 'urn:s', code: 'x' }], valueSet: V }],
    ],
    [
      'an element of the FHIR type, and a Quantity',
      {
        usage: usage(`${FHIR}Patient|4.0.1`, 'Patient.multipleBirth[x]', {
          valueQuantity: { value: 2, unit: 'times' },
        }),
      },
      [{ at: 'Patient.multipleBirth[x]', is: [{ value: 2 }], valueSet: V }],
    ],
    ['a jurisdiction', { usage: usage('http://hl7.org/fhir/usage-context-type', 'jurisdiction') }, undefined],
    ['an element of another type', { usage: usage(PROFILE, 'Observation.code') }, undefined],
    ['an element of another profile', { usage: usage('http://example.org/b', 'Patient.gender') }, undefined],
    ['a slice', { usage: usage(PROFILE, 'Patient.name:first.use') }, undefined],
    ['a Range', { usage: usage(PROFILE, 'Patient.gender', { valueRange: {} }) }, undefined],
    ['two uses', { usage: [...usage(PROFILE, 'Patient.gender'), ...usage(PROFILE, 'Patient.gender')] }, undefined],
    ['a usage of any one item', { usage: usage(PROFILE, 'Patient.gender'), any: true }, undefined],
  ])('with a usage context is conditional, or ignored: %s', (_, more, expected) => {
    const element = bound('a', `${VALUE_SET}w`, {
      strength: 'extensible',
      additional: [{ purpose: 'required', valueSet: V, ...more }],
    });
    const { snapshot } = pin(guide([element, valueSet('v', listed('a')), valueSet('w', listed('b'))]));
    const [gender] = buildModel(snapshot).profiles[0]?.root.children ?? [];
    expect(gender?.maxValueSet).toBeUndefined();
    expect(gender?.conditionalBindings).toEqual(expected);
    expect(gender?.additionalBindings).toEqual(expected === undefined ? [`required in some uses, ${V}`] : undefined);
    expect(snapshot.valueSets.some(({ url }) => url === V)).toBe(expected !== undefined);
  });

  it('with a usage context may name an element of the base profile', () => {
    const binding = {
      strength: 'extensible',
      additional: [{ purpose: 'required', valueSet: V, usage: [] as object[] }],
    };
    binding.additional[0]?.usage.push(...usage(PROFILE, 'Patient.maritalStatus'));
    const derived = { ...bound('c', `${VALUE_SET}w`, binding), baseDefinition: `${GUIDE}b|1.0.0` };
    const between = { ...bound('b', `${VALUE_SET}w`, binding), baseDefinition: PROFILE };
    const all = [bound('a', `${VALUE_SET}w`, binding), between, derived, valueSet('v', listed('a'))];
    const model = buildModel(pin(guide([...all, valueSet('w', listed('b'))])).snapshot);
    const expected = [{ at: 'Patient.maritalStatus', is: [{ system: 'urn:s', code: 'x' }], valueSet: V }];
    expect(model.profiles.map(({ root }) => root.children[0]?.conditionalBindings)).toEqual(
      [0, 1, 2].map(() => expected),
    );
  });

  it('is reported if it is unresolved', () => {
    const extensible = bound('a', `${VALUE_SET}w`, {
      extension: [{ url: MAX, valueCanonical: 'http://example.org/no' }],
    });
    const { snapshot } = pin(guide([extensible, valueSet('w', listed('b'))]));
    expect(snapshot.unresolved.map(({ canonical }) => canonical)).toEqual(['http://example.org/no']);
  });
});
