import type { Bundle, Composition, Device, FhirResource, Observation, Patient, Practitioner } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import { collectionBundle, documentBundle } from '../../templates/runtime/make-bundle.js';
import type { UntypedReference } from '../../templates/runtime/fhir.js';
import { isReferenceTo, ref, referenceFrom, referenceTo } from '../../templates/runtime/reference.js';
import { resolve, resolver } from '../../templates/runtime/resolve.js';

const ID = 'c757873d-ec9a-4326-a141-556f4352393';
const members = {
  identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${ID}9` },
  timestamp: '2026-01-01T00:00:00Z',
};
const uuid = (_: FhirResource, index: number): string => `${ID}${index}`;

const device: Device = { resourceType: 'Device', id: 'c', patient: { reference: 'Patient/p' } };
const composition: Composition = {
  resourceType: 'Composition',
  status: 'final',
  type: { text: 'x' },
  date: '2026',
  title: 'x',
  subject: { reference: 'Patient/p' },
  author: [{ reference: 'Practitioner/a' }, { reference: '#c' }],
  contained: [device],
  section: [{ entry: [{ reference: 'Observation/o/_history/2' }, { reference: 'Observation/other' }] }],
};
const patient: Patient = { resourceType: 'Patient', id: 'p' };
const practitioner: Practitioner = { resourceType: 'Practitioner', id: 'a' };
const observation: Observation = {
  resourceType: 'Observation',
  id: 'o',
  meta: { versionId: '2' },
  status: 'final',
  code: { text: 'x' },
};

describe('documentBundle and collectionBundle', () => {
  it('give each resource a fullUrl, and rewrite the references between them', () => {
    const before = JSON.stringify(composition);
    const bundle = documentBundle([composition, patient, practitioner, observation], { ...members, uuid });
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'document', ...members });
    expect(bundle).not.toHaveProperty('uuid');
    expect(bundle.entry.map(({ fullUrl }) => fullUrl)).toEqual([0, 1, 2, 3].map((index) => `urn:uuid:${ID}${index}`));
    expect(bundle.entry[0].resource).toEqual({
      ...composition,
      subject: { reference: `urn:uuid:${ID}1` },
      author: [{ reference: `urn:uuid:${ID}2` }, { reference: '#c' }],
      contained: [{ resourceType: 'Device', id: 'c', patient: { reference: `urn:uuid:${ID}1` } }],
      section: [{ entry: [{ reference: `urn:uuid:${ID}3` }, { reference: 'Observation/other' }] }],
    });
    expect(bundle.entry[1].resource).toBe(patient);
    expect(JSON.stringify(composition)).toBe(before);
  });

  it('keep a UUID as id or a given address, and otherwise generate a random one', () => {
    const id = `${ID}0`.toUpperCase();
    const fullUrl = 'https://a.example/fhir/Patient/p';
    const { entry } = collectionBundle([{ ...practitioner, id }, { fullUrl, resource: patient }, observation]);
    expect(entry[0].fullUrl).toBe(`urn:uuid:${ID}0`);
    expect(entry[1].fullUrl).toBe(fullUrl);
    expect(entry[2].fullUrl).toMatch(/^urn:uuid:[\da-f-]{36}$/);
    const reference = { ...observation, subject: ref('Patient', 'p') };
    expect(collectionBundle([reference, { fullUrl, resource: patient }]).entry[0].resource.subject.reference).toBe(
      fullUrl,
    );
  });

  it('reject resources that do not make a Bundle', () => {
    // @ts-expect-error no Composition: what types cannot see of a FhirResource is checked at run time
    expect(() => documentBundle([{ resourceType: 'Nothing' }], members)).toThrow(TypeError);
    expect(() => documentBundle([patient], members)).toThrow(/Composition/);
    expect(() => collectionBundle([patient, { ...patient }])).toThrow(/Patient\/p/);
    expect(() => collectionBundle([patient, practitioner], { uuid: () => `${ID}0` })).toThrow(/Two resources/);
    expect(() => collectionBundle([patient], { uuid: () => '1' })).toThrow(/UUID/);
    const endless: Patient = { resourceType: 'Patient' };
    endless.contained = [endless];
    expect(() => collectionBundle([endless])).toThrow(/nested too deeply/);
  });
});

describe('resolve', () => {
  const bundle: Bundle = documentBundle([composition, patient, practitioner, observation], { ...members, uuid });
  const [first, second] = bundle.entry ?? [];
  const inside = first?.resource as Composition;

  it('follows the references of a Bundle', () => {
    const follow = resolver(bundle);
    expect(follow(inside.subject ?? {})).toBe(second?.resource);
    expect(follow(inside.author[1] ?? {})).toEqual(inside.contained?.[0]);
    expect(follow({ reference: '#c' })).toBeUndefined();
    expect(follow(inside.section?.[0]?.entry?.[1] ?? {})).toBeUndefined();
    expect(resolve(bundle, { display: 'x' })).toBeUndefined();
  });

  it('terminates in resources of any size, and returns undefined for other values', () => {
    const contained = [{ resourceType: 'Basic', code: {}, words: Array.from({ length: 150_000 }, () => 'x') }];
    const large: unknown = { ...bundle, entry: [{ ...first, resource: { ...inside, contained } }, second] };
    expect(resolver(large as Bundle)({ reference: `urn:uuid:${ID}1` })).toBe(second?.resource);
    expect(resolver(bundle)(JSON.parse('{ "reference": 5 }') as object)).toBeUndefined();
  });

  it('returns undefined for another type than the reference states, and for values that the guard rejects', () => {
    const reference = `urn:uuid:${ID}1` as const;
    expect(resolve(bundle, { reference, type: 'Patient' })).toBe(second?.resource);
    expect(resolve(bundle, { reference, type: 'Group' })).toBeUndefined();
    const isPatient = (value: unknown): value is Patient => value === second?.resource;
    expect(resolve(bundle, { reference }, isPatient)).toBe(second?.resource);
    expect(resolve(bundle, { reference: `urn:uuid:${ID}2` }, isPatient)).toBeUndefined();
  });

  it('resolves a relative reference on the server of its entry only', () => {
    const [a, b] = ['https://a.example/Patient/1', 'https://b.example/Patient/1'].map((fullUrl) => ({
      fullUrl,
      resource: {
        resourceType: 'Patient',
        id: '1',
        link: [{ type: 'refer', other: { reference: 'Patient/1' } }],
      } as Patient,
    }));
    const two = { resourceType: 'Bundle', type: 'collection', entry: [a, b] } as Bundle;
    expect(resolve(two, b?.resource.link?.[0]?.other ?? {})).toBe(b?.resource);
    expect(resolve(two, ref('Patient', '1'))).toBeUndefined();
    expect(resolve({ ...two, entry: [a ?? {}] }, ref('Patient', '1'))).toBe(a?.resource);
  });
});

describe('a reference from outside the Bundle', () => {
  it.each([
    ['Patient/1', true],
    ['Patient/1/_history/2', true],
    ['https://a.example/fhir/Patient/1', true],
    ['https://a.example/Dossiers/1', true],
    [`urn:uuid:${ID}1`, true],
    ['#p', true],
    ['Group/1', false],
    ['https://a.example/fhir/Group/1', false],
    ['Patient', false],
    ['/Patient/1', false],
    ['', false],
  ])('is resolved: %j', (text, isRight) => {
    expect(isReferenceTo({ reference: text }, 'Patient')).toBe(isRight);
    if (isRight) expect(referenceFrom(text, 'Patient')).toEqual({ reference: text });
    else expect(() => referenceFrom(text, 'Patient')).toThrow(TypeError);
  });

  it('has its type checked too', () => {
    expect(isReferenceTo({ type: 'Patient' }, 'Patient', 'Group')).toBe(true);
    expect(isReferenceTo({ type: 'http://hl7.org/fhir/StructureDefinition/Patient' }, 'Patient')).toBe(true);
    expect(isReferenceTo({ type: 'Device' }, 'Patient')).toBe(false);
    expect(isReferenceTo({ reference: 'Group/1', type: 'Patient' }, 'Patient', 'Group')).toBe(false);
    expect(isReferenceTo({ identifier: { value: '1' } }, 'Patient')).toBe(true);
  });

  it('is resolved by the fullUrl, which must not state another type', () => {
    const address = String('https://a.example/fhir/Group/1');
    expect(() => referenceTo(patient, address)).toThrow(TypeError);
    expect(referenceTo(patient, String(`urn:uuid:${ID}1`))).toEqual({ reference: `urn:uuid:${ID}1` });
  });
});

it.each<[unknown, string]>([
  [null, 'null'],
  [undefined, 'undefined'],
  [5, '5'],
  [{ reference: 5 }, '5'],
  [[], '[]'],
])('a value that is not a reference has no target: %j', (wrong, shown) => {
  const from = wrong as UntypedReference;
  expect(isReferenceTo(from, 'Patient')).toBe(false);
  expect(() => referenceFrom(from, 'Patient')).toThrow(new TypeError(`${shown} is not a reference to Patient`));
});
