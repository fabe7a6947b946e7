import { describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import type { Model, SliceTestModel } from '../../generator/model/model.js';
import { canonical, elementWithId, pinned, profileNamed, sampleModel, type SampleElement } from './sample.js';

const byValue = (path: string) => ({ discriminators: [{ type: 'value' as const, path }], rules: 'open' as const });

function testsOf(model: Model, profile: string, element: string, slice: string): readonly SliceTestModel[] | undefined {
  const sliced = elementWithId(profileNamed(model, profile), element);
  return sliced.slicing?.slices.find((one) => one.name === slice)?.tests;
}

/** A patient whose identifiers are sliced. */
function patient(slicing: SampleElement['slicing'], ...slices: SampleElement[]): Model {
  const sliced: SampleElement = { id: 'Patient.identifier', max: '*', ...(slicing === undefined ? {} : { slicing }) };
  return sampleModel([{ name: 'Sample', type: 'Patient', elements: [sliced, ...slices] }]);
}

const tests = (model: Model, slice: string) => testsOf(model, 'Sample', 'Patient.identifier', slice);
const identifier = [{ code: 'Identifier' }];

describe('a discriminator of type value', () => {
  it('tests the fixed or pattern value at its path', () => {
    const model = patient(
      byValue('system'),
      { id: 'Patient.identifier:a', types: identifier },
      { id: 'Patient.identifier:a.system', min: 1, max: '1', fixed: { type: 'Uri', value: 'urn:a' } },
      { id: 'Patient.identifier:b', types: identifier },
      { id: 'Patient.identifier:b.system', min: 1, max: '1', pattern: { type: 'Uri', value: 'urn:b' } },
    );
    expect(tests(model, 'a')).toEqual([{ kind: 'value', at: 'system', is: { fixed: 'urn:a' } }]);
    expect(tests(model, 'b')).toEqual([{ kind: 'value', at: 'system', is: { pattern: 'urn:b' } }]);
  });

  it('is resolved through the profile of the datatype', () => {
    const model = buildModel(pinned);
    expect(testsOf(model, 'FRImagingStudyDocument', 'ImagingStudy.identifier', 'studyInstanceUid')).toEqual([
      { kind: 'value', at: 'system', is: { pattern: 'urn:dicom:uid' } },
    ]);
  });

  it('includes what the slice constrains below its path, without displays', () => {
    const model = buildModel(pinned);
    expect(testsOf(model, 'FRServiceRequestDocument', 'ServiceRequest.identifier', 'accessionNumber')).toEqual([
      {
        kind: 'value',
        at: 'type',
        is: {
          children: {
            coding: {
              children: {
                system: { pattern: 'http://terminology.hl7.org/CodeSystem/v2-0203' },
                code: { pattern: 'ACSN' },
              },
            },
          },
        },
      },
    ]);
  });

  it('is the url of an extension, also if it is unresolved', () => {
    const model = buildModel(pinned);
    expect(testsOf(model, 'FRMedicationDocument', 'Medication.extension', 'productName')).toEqual([
      {
        kind: 'value',
        at: 'url',
        is: { fixed: 'https://profiles.ihe.net/PHARM/MPD/StructureDefinition/ihe-ext-medication-productname' },
      },
    ]);
    const unresolved = sampleModel([
      {
        name: 'Sample',
        type: 'Medication',
        elements: [
          {
            id: 'Medication.extension',
            slicing: { discriminators: [{ type: 'value', path: 'url' }], rules: 'open' },
          },
          {
            id: 'Medication.extension:missing',
            types: [{ code: 'Extension', profiles: [canonical('Missing')] }],
          },
        ],
      },
    ]);
    expect(testsOf(unresolved, 'Sample', 'Medication.extension', 'missing')).toEqual([
      { kind: 'value', at: 'url', is: { fixed: canonical('Missing') } },
    ]);
  });

  it('follows from a pattern or fixed value above its path, with or without elements at the path', () => {
    const coding = (code: string) => ({ system: 'urn:s', code, display: code });
    const concept = (...codes: string[]) => ({ type: 'CodeableConcept', value: { coding: codes.map(coding) } });
    const model = patient(
      byValue('type.coding.code'),
      { id: 'Patient.identifier:a', types: identifier },
      { id: 'Patient.identifier:a.type', min: 1, max: '1', pattern: concept('a') },
      { id: 'Patient.identifier:b', types: identifier },
      { id: 'Patient.identifier:b.type', min: 1, max: '1', fixed: concept('b', 'c') },
      {
        id: 'Patient.identifier:d',
        types: identifier,
        pattern: { type: 'Identifier', value: { type: concept('d').value } },
      },
      { id: 'Patient.identifier:e', types: identifier },
      { id: 'Patient.identifier:e.type', min: 1, max: '1', pattern: { type: 'CodeableConcept', value: { text: 'e' } } },
    );
    expect(tests(model, 'a')).toEqual([{ kind: 'value', at: 'type', is: { pattern: { coding: [{ code: 'a' }] } } }]);
    expect(tests(model, 'b')).toEqual([
      { kind: 'value', at: 'type', is: { pattern: { coding: [{ code: 'b' }, { code: 'c' }] } } },
    ]);
    expect(tests(model, 'd')).toEqual([
      { kind: 'value', at: '$this', is: { pattern: { type: { coding: [{ code: 'd' }] } } } },
    ]);
    expect(tests(model, 'e')?.[0]?.kind).toBe('undecidable');
  });

  it('is one of several urls if an extension has several profiles', () => {
    const urls = ['One', 'Two'].map(canonical);
    const extension = (name: string) => ({
      name,
      type: 'Extension',
      elements: [{ id: 'Extension.url', min: 1, max: '1', fixed: { type: 'Uri', value: canonical(name) } }],
    });
    const model = sampleModel([
      {
        name: 'Sample',
        type: 'Patient',
        elements: [
          { id: 'Patient.extension', max: '*', slicing: byValue('url') },
          { id: 'Patient.extension:either', types: [{ code: 'Extension', profiles: urls }] },
          {
            id: 'Patient.extension:missing',
            types: [{ code: 'Extension', profiles: [canonical('One'), canonical('Missing')] }],
          },
        ],
      },
      extension('One'),
      extension('Two'),
    ]);
    const fixed = urls.map((url) => ({ fixed: url }));
    expect(testsOf(model, 'Sample', 'Patient.extension', 'either')).toEqual([
      { kind: 'value', at: 'url', is: { anyOf: fixed } },
    ]);
    expect(testsOf(model, 'Sample', 'Patient.extension', 'missing')).toEqual([
      { kind: 'value', at: 'url', is: { anyOf: [fixed[0], { fixed: canonical('Missing') }] } },
    ]);
  });

  describe('with several discriminators', () => {
    const both = {
      discriminators: ['system', 'use'].map((path) => ({ type: 'value' as const, path })),
      rules: 'open' as const,
    };
    const part = (slice: string, path: string, value: string): SampleElement => ({
      id: `Patient.identifier:${slice}.${path}`,
      min: 1,
      max: '1',
      fixed: { type: path === 'use' ? 'Code' : 'Uri', value },
    });
    const slice = (name: string): SampleElement => ({ id: `Patient.identifier:${name}`, types: identifier });

    it('needs only the constrained ones if these exclude all other slices', () => {
      const model = patient(
        both,
        slice('a'),
        part('a', 'system', 'urn:a'),
        slice('b'),
        part('b', 'system', 'urn:b'),
        part('b', 'use', 'old'),
      );
      expect(tests(model, 'a')).toEqual([{ kind: 'value', at: 'system', is: { fixed: 'urn:a' } }]);
      expect(tests(model, 'b')).toHaveLength(2);
    });

    it('needs all of them if another slice could match the same item', () => {
      const model = patient(
        both,
        slice('a'),
        part('a', 'system', 'urn:a'),
        slice('b'),
        part('b', 'system', 'urn:a'),
        part('b', 'use', 'old'),
      );
      expect(tests(model, 'a')?.map(({ kind }) => kind)).toEqual(['value', 'undecidable']);
    });

    it('needs all of them if one of the constraints is undecidable', () => {
      const bound: SampleElement = {
        id: 'Patient.identifier:a.use',
        min: 1,
        max: '1',
        binding: { strength: 'required', valueSet: canonical('unknown') },
      };
      const model = patient(
        both,
        slice('a'),
        part('a', 'system', 'urn:a'),
        bound,
        slice('b'),
        part('b', 'system', 'urn:b'),
      );
      expect(tests(model, 'a')?.map(({ kind }) => kind)).toEqual(['value', 'undecidable']);
      expect(tests(model, 'b')).toHaveLength(1);
    });
  });

  it('is undecidable if the slice has no constraint at its path', () => {
    const model = patient(byValue('system'), { id: 'Patient.identifier:a', types: identifier });
    expect(tests(model, 'a')).toEqual([{ kind: 'undecidable', at: 'system', discriminator: 'value' }]);
  });

  it('is undecidable if two slices have the same constraint', () => {
    const system = { min: 1, max: '1', fixed: { type: 'Uri', value: 'urn:same' } };
    const model = patient(
      byValue('system'),
      { id: 'Patient.identifier:a', types: identifier },
      { id: 'Patient.identifier:a.system', ...system },
      { id: 'Patient.identifier:b', types: identifier },
      { id: 'Patient.identifier:b.system', ...system },
    );
    expect(tests(model, 'a')?.[0]?.kind).toBe('undecidable');
    expect(tests(model, 'b')?.[0]?.kind).toBe('undecidable');
  });
});

describe('other discriminators', () => {
  it.each([
    [{ min: 1, max: '1' }, true],
    [{ min: 0, max: '0' }, false],
  ])('exists tests presence: %j', (cardinality, exists) => {
    const slicing = { discriminators: [{ type: 'exists' as const, path: 'period' }], rules: 'open' as const };
    const model = patient(
      slicing,
      { id: 'Patient.identifier:a', types: identifier },
      { id: 'Patient.identifier:a.period', ...cardinality },
    );
    expect(tests(model, 'a')).toEqual([{ kind: 'exists', at: 'period', exists }]);
  });

  it('type and profile apply to the resource of an entry', () => {
    const model = buildModel(pinned);
    expect(testsOf(model, 'FRBundleDocument', 'Bundle.entry', 'practitioner')).toEqual([
      { kind: 'type', at: 'resource', types: ['Practitioner'] },
      {
        kind: 'profile',
        at: 'resource',
        profiles: ['https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-practitioner-document'],
      },
    ]);
  });

  it('profile is undecidable if the profile is not available', () => {
    const slicing = {
      discriminators: [
        { type: 'type' as const, path: 'resource' },
        { type: 'profile' as const, path: 'resource' },
      ],
      rules: 'open' as const,
    };
    const model = sampleModel([
      {
        name: 'Sample',
        type: 'Bundle',
        elements: [
          { id: 'Bundle.entry', slicing },
          { id: 'Bundle.entry:composition' },
          {
            id: 'Bundle.entry:composition.resource',
            types: [{ code: 'Composition', profiles: [canonical('Missing')] }],
          },
        ],
      },
    ]);
    const [type, profile] = testsOf(model, 'Sample', 'Bundle.entry', 'composition') ?? [];
    expect(type).toEqual({ kind: 'type', at: 'resource', types: ['Composition'] });
    expect(profile?.kind).toBe('undecidable');
  });

  it('a slicing without discriminators is undecidable', () => {
    const model = patient({ discriminators: [], rules: 'open' }, { id: 'Patient.identifier:a', types: identifier });
    expect(tests(model, 'a')?.[0]?.kind).toBe('undecidable');
  });
});

describe('profiles that cannot be modelled', () => {
  it('do not stop the others, for which they are unresolved', () => {
    const model = sampleModel([
      { name: 'Broken', type: 'Patient', elements: [{ id: 'Patient.active.nonsense' }] },
      {
        name: 'Fine',
        type: 'Observation',
        elements: [
          {
            id: 'Observation.subject',
            types: [{ code: 'Reference', targetProfiles: [canonical('Broken')] }],
            max: '1',
          },
        ],
      },
    ]);
    expect(model.profiles.map((profile) => profile.name)).toEqual(['Fine']);
    expect(model.warnings).toMatchObject([{ where: { profile: canonical('Broken') } }]);
    expect(model.unresolved.map((one) => one.canonical)).toEqual([canonical('Broken')]);
    const subject = elementWithId(profileNamed(model, 'Fine'), 'Observation.subject');
    expect(subject.types[0]?.targets).toEqual([{ type: 'Resource', canonical: canonical('Broken') }]);
  });
});
