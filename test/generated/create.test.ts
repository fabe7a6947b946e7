import { describe, expect, it } from 'vitest';
import {
  createFRMedicationRequestDocument,
  createFRPatientINSDocument,
  createFRProcedureActDocument,
  FRProcedureActDocumentBuilder,
  ref,
} from 'ans-document-fr-core';

const author = { extension: { type: 'AUT', actor: ref('PractitionerRole', 'pr-1') } } as const;
const actor = {
  url: 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-actor-extension',
  extension: [
    { url: 'type', valueCode: 'AUT' },
    { url: 'actor', valueReference: { reference: 'PractitionerRole/pr-1' } },
  ],
};

/** What is given is a part of an input: what else has to be there does not matter here. */
function part<Input>(input: object): Input {
  return input as Input;
}

describe('a slice of which the profile of the datatype and the profile speak', () => {
  it('is written once below a reference', () => {
    const recorder = { reference: 'PractitionerRole/pr-1', extension: { author } };
    const created = createFRProcedureActDocument(part({ recorder }));
    expect(created.recorder?.extension).toEqual([actor]);
    const built = part<FRProcedureActDocumentBuilder<never>>(new FRProcedureActDocumentBuilder());
    expect(built.setRecorder(part(recorder)).build().recorder).toEqual(created.recorder);
  });

  it('is written once in an extension, and no other is invented', () => {
    expect(createFRMedicationRequestDocument(part({ extension: { author } })).extension).toEqual([actor]);
  });

  it('is written once below the value of an extension', () => {
    const inseeCode = { code: '75056' };
    const extension = { birthPlace: { valueAddress: { extension: { inseeCode } } } };
    expect(createFRPatientINSDocument(part({ extension })).extension).toEqual([
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
  it('has the system that the slice fixes, although the guide makes it optional', () => {
    expect(createFRPatientINSDocument(part({ identifier: { insNIR: '1' } })).identifier).toEqual([
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
