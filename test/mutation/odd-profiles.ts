import { diff, differentialProfile } from '../guide/definitions.js';

/** Elements of a differential by id. */
type Differential = Readonly<Record<string, object>>;

/** Canonical of an odd profile. */
function urlOf(id: string): string {
  return `https://example.org/odd/${id}`;
}

/** A profile as its author writes it: a differential. */
export function differential(id: string, type: string, elements: Differential): object {
  const all = Object.entries(elements).map(([at, members]) => diff(at, { ...members }));
  return differentialProfile(id, type, all, { url: urlOf(id), status: 'active', abstract: false });
}

export const sliced = (type: string, path: string): object => ({
  slicing: { discriminator: [{ type, path }], rules: 'open' },
});
const extension = (id: string): object => ({ type: [{ code: 'Extension', profile: [urlOf(id)] }] });

/** Unusual profiles. */
export const ODD: readonly object[] = [
  differential('Link', 'Extension', {
    'Extension.extension': { max: '0' },
    'Extension.url': { fixedUri: urlOf('Link') },
    'Extension.value[x]': { min: 1, type: [{ code: 'url' }] },
  }),
  // A slice that fixes an element that the profile of its extension leaves open, and that identifies another slice.
  differential('SlicedByExtension', 'Patient', {
    'Patient.identifier': sliced('value', `extension('${urlOf('Link')}').value`),
    'Patient.identifier:linked': { min: 1, max: '1' },
    'Patient.identifier:linked.extension': sliced('value', 'url'),
    'Patient.identifier:linked.extension:link': { min: 1, max: '1', ...extension('Link') },
    'Patient.identifier:linked.extension:link.value[x]': { fixedUrl: 'https://example.org/fixed' },
  }),
  // A slice of a datatype's profile that the profile restates and extends.
  differential('KindOfIdentifier', 'Identifier', {
    'Identifier.type.coding': sliced('value', 'system'),
    'Identifier.type.coding:kind': { min: 1, max: '1' },
    'Identifier.type.coding:kind.system': { min: 1, fixedUri: 'urn:kind' },
  }),
  differential('RepeatedSlice', 'Patient', {
    'Patient.identifier': { min: 1, type: [{ code: 'Identifier', profile: [urlOf('KindOfIdentifier')] }] },
    'Patient.identifier.type.coding:kind': {},
    'Patient.identifier.type.coding:kind.code': { min: 1, maxLength: 8 },
  }),
  differential('NoMetadata', 'Patient', { 'Patient.meta': { max: '0' }, 'Patient.active': { min: 1 } }),
  differential('NoClaim', 'Patient', { 'Patient.meta.profile': { max: '0' }, 'Patient.active': { min: 1 } }),
  // An optional `meta` that requires the canonical with a version if present, and an element without a known value.
  differential('VersionedClaim', 'Patient', {
    'Patient.meta.profile': { min: 1, ...sliced('value', '$this') },
    'Patient.meta.profile:own': { min: 1, max: '1', patternCanonical: `${urlOf('VersionedClaim')}|1.0.0` },
  }),
  differential('DatedClaim', 'Patient', { 'Patient.meta.lastUpdated': { min: 1 }, 'Patient.active': { min: 1 } }),
  // Patterns that contain a choice of types.
  differential('PatternOfChoice', 'Observation', {
    'Observation.note': { min: 1, max: '1', patternAnnotation: { authorString: 'me' } },
    'Observation.value[x]': { max: '0' },
  }),
  // A maximum that leaves no room for items outside the slices.
  differential('Full', 'Patient', {
    'Patient.identifier': { max: '1', ...sliced('value', 'system') },
    'Patient.identifier:only': { min: 1, max: '1' },
    'Patient.identifier:only.system': { min: 1, fixedUri: 'urn:only' },
    'Patient.identifier:only.value': { min: 1 },
    'Patient.identifier:never': { max: '1' },
    'Patient.identifier:never.system': { min: 1, fixedUri: 'urn:never' },
  }),
  // A slice that is identified by its system, with a code from a binding.
  differential('BoundCoding', 'Observation', {
    'Observation.method': { min: 1 },
    'Observation.method.coding': { min: 1, ...sliced('value', 'system') },
    'Observation.method.coding:status': {
      min: 1,
      max: '1',
      binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/observation-status' },
    },
    'Observation.method.coding:status.system': { min: 1, fixedUri: 'http://hl7.org/fhir/observation-status' },
    'Observation.value[x]': { max: '0' },
  }),
];
