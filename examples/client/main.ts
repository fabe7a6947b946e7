/**
 * Sends a study to a FHIR server and finds it again, with both clients: `main.ts [<URL of the server>]`. Without
 * a URL it starts a server on this machine.
 */
import type { AddressInfo } from 'node:net';
import {
  createFRImagingStudyDocument,
  studyInstanceUidOf,
} from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import {
  JdvModaliteAcquisitionCisis as Modalite,
  JdvModificateurTopographiqueCisis as Lateralite,
  JdvSopClassCisis as SopClass,
  ref,
} from 'ans-document-fr-core';
import { Rejected } from './exchange.js';
import { localServer } from './local-server.js';
import { withFhirKitClient } from './with-fhir-kit-client.js';
import { withMedplum } from './with-medplum.js';

const [given] = process.argv.slice(2);
const server = localServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = given ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const uid = 'urn:oid:1.2.250.1.59.40211.12345678';
const study = createFRImagingStudyDocument({
  identifier: { studyInstanceUid: uid },
  status: 'available',
  modality: [Modalite.Tomodensitometrie],
  subject: ref('Patient', 'patient-ins'),
  series: [
    {
      uid: '1.2.250.1.59.40211.12345678.1',
      modality: Modalite.Tomodensitometrie,
      laterality: Lateralite.CoteDroit,
      instance: [{ uid: '1.2.250.1.59.40211.12345678.1.1', sopClass: SopClass.CTImageStorage }],
    },
  ],
});

for (const [name, client] of [
  ['fhir-kit-client', withFhirKitClient(address, 'fr')],
  ['Medplum', withMedplum(address, 'fr')],
] as const) {
  try {
    const stored = await client.send(study);
    const { studies, others } = await client.search(studyInstanceUidOf(stored)[0].value);
    console.log(`${name}: ${stored.id ?? ''} is stored; ${studies.length} of that UID, ${others.length} faults`);
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    console.error(`${name}: rejected\n${error.message}`);
    process.exitCode = 1;
  }
}
server.closeAllConnections();
server.close();
