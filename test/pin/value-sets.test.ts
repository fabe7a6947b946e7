import { describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { pin } from '../../generator/pin-package.js';
import { narrow } from '../../generator/pin/narrow.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { serialize } from '../../generator/pin/serialize.js';
import {
  CODE_SYSTEM,
  element,
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

describe('a value set that is bound in several versions', () => {
  const resources = [
    bound('one', `${V}|1.0.0`),
    bound('two', `${V}|2.0.0`),
    bound('any', V),
    valueSet('v', listed('a')),
    valueSet('v', { ...listed('b'), version: '2.0.0' }),
  ];
  const { snapshot, warnings } = pin(guide(resources));

  it('is each of them where it is asked for, also after the pinned file', () => {
    for (const each of [snapshot, parseSnapshot(serialize(snapshot), 'pinned.json')]) {
      const model = buildModel(each);
      expect(codesFor(model, 'one')).toBe(`${V}|1.0.0: a`);
      expect(codesFor(model, 'two')).toBe(`${V}|2.0.0: b`);
      expect(codesFor(model, 'any')).toBe(`${V}|1.0.0: a`);
    }
    expect(warnings).toEqual([]);
  });

  it('is one where one profile is taken', () => {
    const one = narrow(snapshot, [`${GUIDE}one`]);
    expect(one.valueSets.map(({ version }) => version)).toEqual(['1.0.0']);
    expect(codesFor(buildModel(one), 'one')).toBe(`${V}: a`);
    expect(codesFor(buildModel(narrow(snapshot, [`${GUIDE}two`])), 'two')).toBe(`${V}: b`);
  });

  it('is what the package of the binding depends on, where it asks for none', () => {
    const other = packageOf('example.other', '1.0.0', [
      { ...bound('theirs', V), url: 'http://example.other/theirs' },
      valueSet('v', { ...listed('c'), version: '3.0.0' }),
    ]);
    const own = profile('own', 'Patient', [], { baseDefinition: 'http://example.other/theirs' });
    const model = buildModel(pin(guide([own, bound('any', V), valueSet('v', listed('a'))], [other])).snapshot);
    expect(codesFor(model, 'any')).toBe(`${V}|1.0.0: a`);
    const theirs = model.profiles.find(({ url }) => url === 'http://example.other/theirs');
    expect(theirs?.root.children[0]?.binding?.valueSet).toBe(`${V}|3.0.0`);
  });

  it('is the highest for a pinned file that does not say which', () => {
    const text = serialize(snapshot).replaceAll(`${V}|1.0.0`, V);
    expect(codesFor(buildModel(parseSnapshot(text, 'pinned.json')), 'one')).toBe(`${V}|2.0.0: b`);
  });
});

/** FHIR R4, the extension elementdefinition-maxValueSet; FHIR R5, ElementDefinition.binding.additional. */
describe('the limit of a binding', () => {
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
    ['an additional binding for some use only', additional({ url: 'usage', valueUsageContext: {} }), undefined],
    ['an additional binding of R5', { additional: [{ purpose: 'maximum', valueSet: V }] }, V],
    ['another purpose', { additional: [{ purpose: 'starter', valueSet: V }] }, undefined],
    ['another extension', { extension: [{ url: 'urn:x', valueCanonical: V }] }, undefined],
  ])('%s', (_, members, expected) => {
    const extensible = bound('a', `${VALUE_SET}w`, { strength: 'extensible', ...members });
    const { snapshot } = pin(guide([extensible, valueSet('v', listed('a')), valueSet('w', listed('b'))]));
    const [gender] = buildModel(snapshot).profiles[0]?.root.children ?? [];
    expect(gender?.maxValueSet).toBe(expected);
    expect(snapshot.valueSets.some(({ url }) => url === V)).toBe(expected !== undefined);
  });

  it('is told where it cannot be resolved', () => {
    const extensible = bound('a', `${VALUE_SET}w`, {
      extension: [{ url: MAX, valueCanonical: 'http://example.org/no' }],
    });
    const { snapshot } = pin(guide([extensible, valueSet('w', listed('b'))]));
    expect(snapshot.unresolved.map(({ canonical }) => canonical)).toEqual(['http://example.org/no']);
  });
});
