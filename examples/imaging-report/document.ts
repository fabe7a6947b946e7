import {
  conceptOf,
  createFRComparisonStudiesExtension,
  createFRCompositionDocument,
  createFRDeviceAuteurDocument,
  createFRDiagnosticReportImagingDocument,
  createFREncounterCareDocument,
  createFREndpointWadoDocument,
  createFRImagingStudyDocument,
  createFRLocationDocument,
  createFRObservationRadiationExposureDocument,
  createFRObservationResultDocument,
  createFROrganizationDocument,
  createFRPatientINSDocument,
  createFRPractitionerDocument,
  createFRPractitionerRoleDocument,
  createFRProcedureImagingDocument,
  createFRServiceRequestDocument,
  createFRBundleDocument,
  documentBundle,
  type FRBundleDocument,
  JdvCodeDocumentImagerieCisis as Examination,
  JdvModaliteAcquisitionCisis as Modalite,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
  referenceTo,
} from 'ans-document-fr-core';

/** The address of an entry, the same each time so that tests can compare; without this option it is random. */
const uuid = (_: object, index: number): string =>
  `0c3151bd-1cbf-4d64-b04d-cd9187a4c6${String(index).padStart(2, '0')}`;
const ids = { system: 'https://hopital.example/ids' };
const date = '2026-01-31T12:00:00+01:00';
const LOINC = 'http://loinc.org';
/** A narrative, as every resource should have one (FHIR R4, DomainResource, dom-6). */
const narrative = (text: string) =>
  ({ status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>` }) as const;

/** A document of an imaging examination: one resource of each profile of the guide that a report contains. */
export function imagingDocument(): FRBundleDocument {
  const patient = createFRPatientINSDocument({
    id: 'patient',
    text: narrative('patient'),
    extension: {
      identityReliability: {
        extension: [
          {
            url: 'identityStatus',
            valueCoding: { system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0445', code: 'VALI' },
          },
        ],
      },
      birthPlace: {
        valueAddress: {
          extension: {
            inseeCode: {
              valueCoding: {
                system: 'https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM',
                code: '38185',
              },
            },
          },
          city: 'Grenoble',
        },
      },
    },
    identifier: { insNIR: [{ value: '280053818500156' }], others: [{ ...ids, value: 'P-1' }] },
    name: {
      officialName: {
        extension: [
          {
            url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name',
            valueString: 'Anne',
          },
        ],
        family: 'Martin',
        given: ['Anne'],
      },
    },
    gender: 'female',
    birthDate: '1980-05-17',
  });
  const organization = createFROrganizationDocument({
    id: 'organization',
    text: narrative('organization'),
    name: 'Hôpital',
  });
  const location = createFRLocationDocument({ id: 'location', text: narrative('location'), name: 'Imagerie' });
  const practitioner = createFRPractitionerDocument({
    id: 'practitioner',
    text: narrative('practitioner'),
    identifier: [{ ...ids, value: 'D-1' }],
    name: [{ family: 'Durand', given: ['Paul'] }],
  });
  const role = createFRPractitionerRoleDocument({
    id: 'role',
    text: narrative('role'),
    practitioner: referenceTo(practitioner),
    organization: referenceTo(organization),
    telecom: [{ system: 'phone', value: '+33 4 00 00 00 00' }],
  });
  const device = createFRDeviceAuteurDocument({
    id: 'device',
    text: narrative('device'),
    identifier: [{ ...ids, value: 'S-1' }],
    owner: referenceTo(organization),
  });
  const encounter = createFREncounterCareDocument({
    id: 'encounter',
    text: narrative('encounter'),
    identifier: [
      {
        ...ids,
        type: { coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identifier-type', code: 'VN' }] },
        value: 'E-1',
      },
    ],
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    period: { start: date },
    location: [{ location: referenceTo(location) }],
  });
  const order = createFRServiceRequestDocument({
    id: 'order',
    text: narrative('order'),
    identifier: { accessionNumber: 'ACC-42' },
    status: 'completed',
    intent: 'order',
    category: [{ text: 'Imagerie' }],
    code: { text: 'Scanner du thorax' },
    subject: referenceTo(patient),
    occurrenceDateTime: date,
    note: [
      { authorString: 'Dr Durand', text: 'Bilan' },
      { authorString: 'Dr Durand', text: 'Toux persistante' },
    ],
  });
  const endpoint = createFREndpointWadoDocument({
    id: 'endpoint',
    text: narrative('endpoint'),
    status: 'active',
    connectionType: { system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type', code: 'ihe-iid' },
    payloadType: [{ text: 'DICOM' }],
    address: 'https://hopital.example/wado',
  });
  const procedure = createFRProcedureImagingDocument({
    id: 'procedure',
    text: narrative('procedure'),
    identifier: [{ ...ids, value: 'A-1' }],
    status: 'completed',
    code: conceptOf(Examination.CTThorax),
    subject: referenceTo(patient),
  });
  const study = createFRImagingStudyDocument({
    id: 'study',
    text: narrative('study'),
    identifier: { studyInstanceUid: 'urn:oid:1.2.250.1.59.40211.12345678' },
    status: 'available',
    modality: [Modalite.Tomodensitometrie],
    subject: referenceTo(patient),
    endpoint: [referenceTo(endpoint)],
    procedureReference: referenceTo(procedure),
    series: [
      {
        uid: '1.2.250.1.59.40211.12345678.1',
        modality: Modalite.Tomodensitometrie,
        laterality: Lateralite.BilateralE,
        instance: [
          {
            uid: '1.2.250.1.59.40211.12345678.1.1',
            sopClass: SopClass.CTImageStorage,
            extension: { numberOfFrames: 1 },
          },
        ],
      },
    ],
  });
  const comparison = createFRImagingStudyDocument({
    ...study,
    id: 'comparison',
    text: narrative('comparison'),
    identifier: { studyInstanceUid: 'urn:oid:1.2.250.1.59.40211.87654321' },
    started: '2025-01-19',
  });
  const exposure = createFRObservationRadiationExposureDocument({
    id: 'exposure',
    text: narrative('exposure'),
    partOf: { imagingStudyRef: referenceTo(study) },
    status: 'final',
    subject: referenceTo(patient),
    effectiveDateTime: date,
    performer: [referenceTo(role)],
    valueQuantity: { value: 1.5 },
    bodySite: { text: 'Thorax' },
  });
  const result = createFRObservationResultDocument({
    id: 'result',
    text: narrative('result'),
    identifier: [{ ...ids, value: 'O-1' }],
    status: 'final',
    code: { text: 'Taille du nodule' },
    subject: referenceTo(patient),
    effectiveDateTime: date,
    valueQuantity: { value: 12, unit: 'mm' },
  });
  const report = createFRDiagnosticReportImagingDocument({
    id: 'report',
    text: narrative('report'),
    extension: [createFRComparisonStudiesExtension({ valueReference: referenceTo(comparison) })],
    identifier: [{ ...ids, value: 'R-1' }],
    basedOn: [referenceTo(order)],
    status: 'final',
    code: conceptOf(Examination.CTThorax),
    subject: referenceTo(patient),
    result: [referenceTo(result)],
    imagingStudy: [referenceTo(study)],
  });
  const composition = createFRCompositionDocument({
    id: 'composition',
    text: narrative('composition'),
    language: 'fr-FR',
    extension: { r5CompositionVersion: '1' },
    identifier: { ...ids, value: 'C-1' },
    status: 'final',
    type: { coding: [{ system: LOINC, code: '18748-4' }] },
    subject: referenceTo(patient),
    encounter: referenceTo(encounter),
    date,
    author: [
      {
        ...referenceTo(role),
        extension: { time: date },
      },
    ],
    title: 'Scanner du thorax',
    confidentiality: 'N',
    attester: [{ mode: 'legal', time: date, party: referenceTo(role) }],
    custodian: referenceTo(organization),
    relatesTo: [{ code: 'replaces', targetIdentifier: { ...ids, type: { text: 'Document' }, value: 'C-0' } }],
    event: {
      principalEvent: { extension: { performer: { valueReference: referenceTo(role) } }, period: { start: date } },
    },
    section: [
      {
        title: 'Compte rendu',
        text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Nodule de 12 mm</p></div>' },
        entry: [referenceTo(report), referenceTo(study), referenceTo(exposure), referenceTo(device)],
      },
    ],
  });
  const members = {
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid({}, 99)}` },
    timestamp: date,
    uuid,
  };
  return createFRBundleDocument(
    documentBundle(
      [
        composition,
        patient,
        role,
        practitioner,
        organization,
        encounter,
        location,
        device,
        report,
        study,
        procedure,
        order,
        exposure,
        endpoint,
        result,
        comparison,
      ],
      members,
    ),
  );
}
