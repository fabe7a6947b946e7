import { describe, expect, it } from 'vitest';
import {
  FRMedicationRequestDocumentCompletion,
  FRPatientINSDocumentCompletion,
  FRProcedureActDocumentCompletion,
  ref,
} from 'ans-document-fr-core';
import { complete } from '../../generated/runtime/complete.js';

const author = { extension: { type: 'AUT', actor: ref('PractitionerRole', 'pr-1') } } as const;
const actor = {
  url: 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-actor-extension',
  extension: [
    { url: 'type', valueCode: 'AUT' },
    { url: 'actor', valueReference: { reference: 'PractitionerRole/pr-1' } },
  ],
};

// `complete` is `create` without the check for missing parts, which these inputs do not have.

/** The compared members. */
interface Made {
  readonly extension: unknown;
  readonly identifier: unknown;
}

describe('a slice that both the profile and the profile of the datatype define', () => {
  it('is written once below a reference', () => {
    const recorder = { reference: 'PractitionerRole/pr-1', extension: { author } };
    expect(complete(FRProcedureActDocumentCompletion, { recorder })).toMatchObject({
      recorder: { extension: [actor] },
    });
  });

  it('is written once in an extension, without additional ones', () => {
    expect(complete(FRMedicationRequestDocumentCompletion, { extension: { author } })).toMatchObject({
      extension: [actor],
    });
  });

  it('is written once below the value of an extension', () => {
    const inseeCode = { code: '75056' };
    const extension = { birthPlace: { valueAddress: { extension: { inseeCode } } } };
    expect(complete<Made>(FRPatientINSDocumentCompletion, { extension }).extension).toEqual([
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
        valueAddress: {
          extension: [
            {
              url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code',
              valueCoding: inseeCode,
            },
          ],
        },
      },
    ]);
  });
});

describe('an identifier of a slice', () => {
  it('gets the system that the slice fixes, although it is optional', () => {
    expect(complete<Made>(FRPatientINSDocumentCompletion, { identifier: { insNIR: '1' } }).identifier).toEqual([
      {
        type: {
          coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'INS-NIR' }],
        },
        system: 'urn:oid:1.2.250.1.213.1.4.8',
        value: '1',
      },
    ]);
  });
});
