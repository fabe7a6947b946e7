import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { generateFrom, type PackageResult } from '../../generator/index.js';
import type { GeneratedFile } from '../../generator/render/file.js';
import type { Issue } from '../../templates/runtime/issue.js';
import { folderOfTests } from '../folders.js';
import { differentialProfile, FHIR } from '../guide/definitions.js';
import { codes, run, valueSet, written, compiled } from '../hostile/guide.js';
import { canonical } from '../model/sample.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A profile with a differential only. */
function profile(name: string, type: string, element: readonly Readonly<Record<string, unknown>>[]): object {
  return differentialProfile(name, type, element, { url: canonical(name), fhirVersion: '5.0.0' });
}

const GUIDE: readonly object[] = [
  profile('Prescription', 'MedicationRequest', [
    {
      id: 'MedicationRequest.medication',
      path: 'MedicationRequest.medication',
      type: [{ code: 'CodeableReference', targetProfile: [canonical('Drug')] }],
      binding: { strength: 'required', valueSet: valueSet('drugs') },
    },
  ]),
  profile('Drug', 'Medication', [{ id: 'Medication.code', path: 'Medication.code', min: 1 }]),
  profile('Person', 'Patient', [
    {
      id: 'Patient.birthDate',
      path: 'Patient.birthDate',
      min: 1,
      mustHaveValue: true,
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/obligation',
          extension: [{ url: 'code', valueCode: 'SHALL:populate' }],
        },
      ],
    },
    {
      id: 'Patient.gender',
      path: 'Patient.gender',
      valueAlternatives: ['http://hl7.org/fhir/StructureDefinition/data-absent-reason'],
    },
    {
      id: 'Patient.name',
      path: 'Patient.name',
      slicing: { discriminator: [{ type: 'position', path: '$this' }], rules: 'open' },
    },
    { id: 'Patient.name:first', path: 'Patient.name', sliceName: 'first', min: 1, max: '1' },
    { id: 'Patient.name:first.family', path: 'Patient.name.family', min: 1 },
    { id: 'Patient.name:rest', path: 'Patient.name', sliceName: 'rest', min: 0, max: '*' },
    { id: 'Patient.name:rest.text', path: 'Patient.name.text', min: 1 },
  ]),
  profile('Letter', 'DocumentReference', [
    { id: 'DocumentReference.content.attachment.size', path: 'DocumentReference.content.attachment.size', min: 1 },
  ]),
  profile('Note', 'Basic', [
    {
      id: 'Basic.subject',
      path: 'Basic.subject',
      min: 1,
      type: [{ code: 'Reference', targetProfile: [`${FHIR}MetadataResource`] }],
    },
    {
      id: 'Basic.code',
      path: 'Basic.code',
      binding: {
        strength: 'preferred',
        valueSet: valueSet('drugs'),
        additional: [
          { purpose: 'required', valueSet: valueSet('drugs') },
          { purpose: 'candidate', valueSet: 'http://example.org/ValueSet/soon' },
        ],
      },
    },
  ]),
  profile('Practice', 'Organization', [
    { id: 'Organization.contact', path: 'Organization.contact', min: 1 },
    { id: 'Organization.contact.telecom', path: 'Organization.contact.telecom', min: 1 },
  ]),
  profile('Visit', 'Encounter', [
    { id: 'Encounter.virtualService', path: 'Encounter.virtualService', min: 1, max: '1' },
    {
      id: 'Encounter.type',
      path: 'Encounter.type',
      binding: {
        strength: 'preferred',
        valueSet: valueSet('drugs'),
        additional: [
          {
            purpose: 'required',
            valueSet: valueSet('drugs'),
            usage: [
              {
                code: { system: `${FHIR}Encounter`, code: 'Encounter.status' },
                valueCodeableConcept: { coding: [{ code: 'planned' }] },
              },
            ],
          },
        ],
      },
    },
  ]),
  profile('Role', 'PractitionerRole', [
    { id: 'PractitionerRole.availability', path: 'PractitionerRole.availability', min: 1, max: '1' },
    {
      id: 'PractitionerRole.availability.availableTime',
      path: 'PractitionerRole.availability.availableTime',
      min: 1,
    },
  ]),
  profile('Price', 'ChargeItemDefinition', [
    {
      id: 'ChargeItemDefinition.propertyGroup.priceComponent',
      path: 'ChargeItemDefinition.propertyGroup.priceComponent',
      min: 1,
    },
  ]),
  ...codes('drugs', [{ code: 'a', display: 'Aspirin' }]),
];

const USER = `import type { Basic, MedicationRequest } from 'fhir/r5.js';
import { type Letter, type Note, type Prescription, PrescriptionBuilder, ref } from './index.js';
const prescription: Prescription = {
  resourceType: 'MedicationRequest',
  status: 'active',
  intent: 'order',
  subject: ref('Patient', '1'),
  medication: { concept: { coding: [{ system: 'https://example.org/CodeSystem/drugs', code: 'a' }] } },
};
export const plain: MedicationRequest = prescription;
export const built: Prescription = new PrescriptionBuilder()
  .setStatus('active')
  .setIntent('order')
  .setSubject(ref('Patient', '1'))
  .setMedication({ reference: ref('Medication', '1') })
  .build();
// @ts-expect-error no such code
export const code: Prescription = { ...prescription, medication: { concept: { coding: [{ system: 'https://example.org/CodeSystem/drugs', code: 'b' }] } } };
// @ts-expect-error a reference to something else
export const target: Prescription = { ...prescription, medication: { reference: ref('Patient', '1') } };
export const note: Note = { resourceType: 'Basic', code: {}, subject: ref('ValueSet', '1') };
export const basic: Basic = note;
// @ts-expect-error not a MetadataResource
export const stray: Note = { ...note, subject: ref('Patient', '1') };
// @ts-expect-error integer64 is a string
export const size: Letter['content'][number]['attachment']['size'] = 12;
`;

type Validate = (resource: unknown) => readonly Issue[];

describe('a guide for FHIR R5', { timeout: 120_000 }, () => {
  let result: Extract<PackageResult, { readonly error?: undefined }>;
  let validators: Readonly<Record<string, unknown>>;
  let folder = '';

  beforeAll(async () => {
    const guide = join(folderOfTests(), 'r5.example');
    mkdirSync(guide);
    GUIDE.forEach((resource, index) => writeFileSync(join(guide, `${index}.json`), JSON.stringify(resource)));
    const config = { packages: [guide], offline: true, fhirCache: folderOfTests() };
    const { packages } = await generateFrom(config, { folder: ROOT, write: false });
    const [only] = packages;
    if (only === undefined || only.error !== undefined) throw only?.error ?? new Error('nothing was generated');
    result = only;
    folder = written(result);
    validators = await run(folder);
    const user = join(folder, 'out', 'user.ts');
    mkdirSync(dirname(user), { recursive: true });
    writeFileSync(user, USER);
  });

  const errors = (name: string, resource: object): string[] =>
    (validators[`validate${name}`] as Validate)(resource)
      .filter(({ severity }) => severity === 'error')
      .map(({ expression, code }) => `${expression} ${code}`);

  it('is generated completely, from the core package that npm installed', () => {
    expect(result.failed).toEqual([]);
    expect(result.manifest.fhirVersion).toBe('5.0.0');
    expect(result.warnings.map(oneLine).filter((line) => !line.includes('cannot be resolved'))).toEqual([]);
  });

  it('compiles to types that reject what the guide prohibits', async () => {
    expect(await compiled(folder)).toBe('');
  });

  const PRESCRIPTION = {
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/1' },
  };
  const coded = (code: string) => ({ concept: { coding: [{ system: 'https://example.org/CodeSystem/drugs', code }] } });

  it('validates the concept and the reference of a CodeableReference', () => {
    expect(errors('Prescription', { ...PRESCRIPTION, medication: coded('a') })).toEqual([]);
    expect(errors('Prescription', { ...PRESCRIPTION, medication: coded('b') })).toEqual([
      'MedicationRequest.medication.concept code-invalid',
    ]);
    const medication = { reference: { reference: 'Medication/1' } };
    expect(errors('Prescription', { ...PRESCRIPTION, medication })).toEqual([]);
    expect(errors('Prescription', { ...PRESCRIPTION, medication: { reference: { reference: 'Patient/1' } } })).toEqual([
      'MedicationRequest.medication.reference structure',
    ]);
  });

  const PERSON = { resourceType: 'Patient', birthDate: '2000-01-01', name: [{ family: 'A' }, { text: 'B' }] };
  const absent = (url: string) => ({ extension: [{ url, valueCode: 'unknown' }] });
  const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

  it('validates slices by position', () => {
    expect(errors('Person', PERSON)).toEqual([]);
    expect(errors('Person', { ...PERSON, name: [{ text: 'B' }, { family: 'A' }] })).toEqual([
      'Patient.name[0].family required',
      'Patient.name[1].text required',
    ]);
  });

  it('validates required values, and what may replace them', () => {
    const { birthDate: _birthDate, ...other } = PERSON;
    expect(errors('Person', { ...other, _birthDate: absent(ABSENT) })).toEqual(['Patient.birthDate required']);
    expect(errors('Person', { ...PERSON, _gender: absent(ABSENT) })).toEqual([]);
    const why = { extension: [{ url: 'http://example.org/why', valueString: 'x' }] };
    expect(errors('Person', { ...PERSON, _gender: why })).toEqual(['Patient.gender required']);
  });

  it('validates integer64, base64Binary and code by the rules of R5', () => {
    const document = (attachment: object, status = 'current') => ({
      resourceType: 'DocumentReference',
      status,
      content: [{ attachment }],
    });
    const at = 'DocumentReference.content[0].attachment';
    expect(
      errors('Letter', document({ size: '9223372036854775807', contentType: 'text/plain', data: 'AAAA' })),
    ).toEqual([]);
    expect(errors('Letter', document({ size: '9223372036854775808' }))).toEqual([`${at}.size value`]);
    expect(errors('Letter', document({ size: 12 }))).toEqual([`${at}.size structure`]);
    expect(errors('Letter', document({ size: '0', contentType: 'text/plain', data: 'AA AA' }))).toEqual([
      `${at}.data value`,
    ]);
    expect(errors('Letter', document({ size: '0', contentType: 'a\tb' }))).toEqual([`${at}.contentType value`]);
  });

  it('accepts all types that implement an abstract target, and validates required additional bindings', () => {
    const note = {
      resourceType: 'Basic',
      code: { coding: [{ system: 'https://example.org/CodeSystem/drugs', code: 'a' }] },
      subject: { reference: 'ValueSet/1' },
    };
    expect(errors('Note', note)).toEqual([]);
    expect(errors('Note', { ...note, subject: { reference: 'Requirements/1' } })).toEqual(['Basic.subject structure']);
    expect(errors('Note', { ...note, code: { text: 'x', coding: [{ code: 'b' }] } })).toEqual([
      'Basic.code code-invalid',
    ]);
  });

  it('requires codes for uses that the resource shows', () => {
    const visit = { resourceType: 'Encounter', virtualService: [{}], type: [{ coding: [{ code: 'b' }] }] };
    const about = (status: string) => errors('Visit', { ...visit, status }).filter((each) => /type/.test(each));
    expect(about('planned')).toEqual(['Encounter.type[0] code-invalid']);
    expect(about('completed')).toEqual([]);
  });

  const text = (name: string): string => fileOf(result.files, name);

  it('documents obligations and additional value sets', () => {
    expect(text('/person.ts')).toContain('Obligations: SHALL:populate.');
    expect(text('/note.ts')).toContain('Also: candidate, http://example.org/ValueSet/soon.');
  });

  it('contains code for R5 that packages for R4 do not contain', () => {
    expect(text('runtime/discriminator.ts')).toContain("'from' in source");
    expect(text('runtime/resource-types.ts')).toContain('RequestOrchestration');
    expect(result.files.filter(({ content }) => /\/\/ R5 (?:begins|ends)/.test(content))).toEqual([]);
  });
});

function fileOf(files: readonly GeneratedFile[], end: string): string {
  return files.find(({ path }) => path.endsWith(end))?.content ?? '';
}
