/** The manifest's entry for a profile. */
export interface Profile {
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  readonly module: string;
  readonly exports: {
    readonly interface: string;
    readonly builder: string;
    readonly guard: string;
    readonly validate: string;
    readonly create: string;
  };
}

const STUDY = `{
  resourceType: 'ImagingStudy',
  identifier: [{ system: 'urn:dicom:uid', value: 'urn:oid:1.2.250.1.59' }],
  status: 'available',
  modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' }],
  subject: { reference: 'Patient/1' },
  series: [
    {
      uid: '1.2.250.1.59.1',
      modality: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' },
      laterality: { system: 'http://snomed.info/sct', code: '24028007' },
      instance: [
        {
          uid: '1.2.250.1.59.1.1',
          sopClass: {
            system: 'https://dicom.nema.org/medical/dicom/current/output/chtml/part06/chapter_a.html',
            code: '1.2.840.10008.5.1.4.1.1.2',
          },
        },
      ],
    },
  ],
}`;

/** A program that writes and reads a study with the types of `@types/fhir` only. */
export const plain = `import type { ImagingStudy } from 'fhir/r4.js';

export const study: ImagingStudy = ${STUDY};
export const firstOf = (of: ImagingStudy): string | undefined => of.series?.[0]?.instance?.[0]?.uid;
export const read = (value: unknown): string | undefined => firstOf(value as ImagingStudy);
export const uid = firstOf(study);
`;

/**
 * The same with a profile: its interface, guard and function that creates.
 *
 * @param module the import specifier: the package, or the module of the profile
 */
export function oneProfile(module: string): string {
  return `import type { ImagingStudy } from 'fhir/r4.js';
import { createFRImagingStudyDocument, type FRImagingStudyDocument, isFRImagingStudyDocument } from '${module}';

export const study: FRImagingStudyDocument = ${STUDY};
export const firstOf = (of: FRImagingStudyDocument): string => of.series[0].instance[0].uid;
export const read = (value: unknown): string | undefined =>
  isFRImagingStudyDocument(value) ? firstOf(value) : undefined;
export const uid = firstOf(createFRImagingStudyDocument(study));
export const base: ImagingStudy = study;
`;
}

/**
 * A program that uses all exports of many profiles: interface, guard, validator, `create`, builder, and the FHIR type.
 */
export function manyProfiles(module: string, profiles: readonly Profile[]): string {
  const names = profiles.flatMap(({ exports: { interface: type, ...values } }) => [
    `type ${type}`,
    `type ${type}Input`,
    ...Object.values(values),
  ]);
  const uses = profiles.map(({ type, exports: { interface: name, builder, guard, validate, create } }) => [
    `export const read${name} = (value: unknown): ${name} | undefined => (${guard}(value) ? value : undefined);`,
    `export const issues${name} = (value: unknown): number => ${validate}(value).length;`,
    `export const make${name} = (input: ${name}Input): fhir4.${type} => ${create}(input);`,
    `export const build${name} = () => new ${builder}().setId('1');`,
    `export const base${name} = (value: ${name}): fhir4.${type} => value;`,
  ]);
  return [
    `import type * as fhir4 from 'fhir/r4.js';`,
    `import { ${names.join(', ')} } from '${module}';`,
    ...uses.flat(),
    '',
  ].join('\n');
}
