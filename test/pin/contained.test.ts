import { describe, expect, it } from 'vitest';
import type { ConformanceResource } from '../../generator/fhir/package.js';
import { containedDefinitions } from '../../generator/load/contained.js';
import { buildModel } from '../../generator/model/build.js';
import { pin } from '../../generator/pin-package.js';
import { CODE_SYSTEM, element, FHIR, guide, GUIDE, type Members, profile, valueSet } from './samples.js';

/** The guide as the loader returns it. */
function modelOf(...resources: readonly ConformanceResource[]) {
  const all = resources.flatMap((resource) => [resource, ...containedDefinitions(resource)]);
  const { snapshot, warnings } = pin(guide(all));
  return { model: buildModel(snapshot), snapshot, warnings };
}

const codes = (...listed: string[]) => ({
  include: [{ system: `${CODE_SYSTEM}s`, concept: listed.map((code) => ({ code })) }],
});
const bound = (valueSet: string) =>
  element('Patient.gender', { type: [{ code: 'code' }], binding: { strength: 'required', valueSet } });
const own = (id: string, compose: Members) => ({ resourceType: 'ValueSet', id, compose });

/** FHIR R4, References, "canonical": "may be a reference to a contained resource". */
describe('a contained definition', () => {
  it('is the value set of a binding, and may import another contained one', () => {
    const contained = [own('own', { include: [{ valueSet: ['#next'] }] }), own('next', codes('a', 'b'))];
    const { model, snapshot, warnings } = modelOf(profile('a', 'Patient', [bound('#own')], { contained }));
    expect(warnings).toEqual([]);
    expect(snapshot.unresolved).toEqual([]);
    expect(model.valueSets).toMatchObject([
      { url: `${GUIDE}a#own`, closed: true, systems: [{ concepts: [{ code: 'a' }, { code: 'b' }] }] },
    ]);
    expect(model.profiles[0]?.root.children[0]?.binding).toEqual({ strength: 'required', valueSet: `${GUIDE}a#own` });
  });

  it('differs between profiles, and is that of the base if a snapshot repeats the binding of its base', () => {
    const derived = profile('derived', 'Patient', [bound('#own')], { baseDefinition: `${GUIDE}middle` });
    const middle = profile('middle', 'Patient', [bound('#own')], { baseDefinition: `${GUIDE}a` });
    const a = profile('a', 'Patient', [bound('#own')], { contained: [own('own', codes('a'))] });
    const b = profile('b', 'Patient', [bound('#own')], { contained: [own('own', codes('b'))] });
    const { model, snapshot } = modelOf(derived, middle, a, b);
    expect(snapshot.unresolved).toEqual([]);
    const bindings = model.profiles.map(({ root }) => root.children[0]?.binding?.valueSet.slice(GUIDE.length));
    expect(bindings).toEqual(['a#own', 'b#own', 'a#own', 'a#own']);
  });

  it('is not found in a cycle of bases', () => {
    const a = profile('a', 'Patient', [bound('#own')], { baseDefinition: `${GUIDE}b` });
    const b = profile('b', 'Patient', [bound('#own')], { baseDefinition: `${GUIDE}a` });
    expect(modelOf(a, b).warnings.length).toBeGreaterThan(0);
  });

  it('is the profile of a target, but not a profile of the package', () => {
    const target = profile('x', 'Practitioner', [], { id: 'target', url: undefined });
    const reference = element('Patient.link', { type: [{ code: 'Reference', targetProfile: ['#target'] }] });
    const patient = profile('a', 'Identifier', [
      { ...reference, id: 'Identifier.system', path: 'Identifier.system', max: '1' },
    ]);
    const { model, snapshot } = modelOf({ ...patient, contained: [target] });
    expect(snapshot.profiles).toEqual([`${GUIDE}a`]);
    expect(model.profiles.map(({ url }) => url)).toEqual([`${GUIDE}a`, `${GUIDE}a#target`]);
    expect(model.profiles[0]?.root.children[0]?.types[0]?.targets).toEqual([
      { type: 'Practitioner', profile: `${GUIDE}a#target`, canonical: `${GUIDE}a#target` },
    ]);
  });

  it('may be a code system with its own canonical', () => {
    const system = { resourceType: 'CodeSystem', id: 's', url: `${CODE_SYSTEM}own`, content: 'complete' };
    const contained = [{ ...system, concept: [{ code: 'a' }] }];
    const set = { ...valueSet('v', { compose: { include: [{ system: `${CODE_SYSTEM}own` }] } }), contained };
    const { model } = modelOf(profile('a', 'Patient', [bound(set.url)]), set);
    expect(model.valueSets[0]?.systems).toMatchObject([{ open: false, concepts: [{ code: 'a' }] }]);
  });

  it.each([
    [undefined],
    ['x'],
    [
      [
        null,
        1,
        {},
        { resourceType: 'Patient', id: 'a' },
        { resourceType: 'ValueSet' },
        { resourceType: 'ValueSet', id: 1 },
      ],
    ],
  ])('is not read from %j', (contained) => {
    expect(containedDefinitions({ resourceType: 'ValueSet', url: `${FHIR}x`, contained })).toEqual([]);
  });
});
