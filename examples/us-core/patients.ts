/** Creates a patient of US Core and reads patients from files: `patients.ts [<file>…]`. */
import { readFileSync } from 'node:fs';
import { textOf } from './us-core/hl7.fhir.us.core/us-core-race.js';
import {
  createUSCorePatientProfile,
  isUSCorePatientProfile,
  raceOf,
  validateUSCorePatientProfile,
} from './us-core/hl7.fhir.us.core/us-core-patient.js';

const shaw = createUSCorePatientProfile({
  identifier: [{ system: 'http://hospital.example/patients', value: '1032702' }],
  name: [{ family: 'Shaw', given: ['Amy'] }],
  gender: 'female',
  birthDate: '1987-02-20',
  // Slices by name; the address of the extension, and those of its parts, are written for you.
  extension: {
    race: {
      extension: {
        ombCategory: [{ system: 'urn:oid:2.16.840.1.113883.6.238', code: '2106-3', display: 'White' }],
        text: 'White',
      },
    },
  },
});

const files = process.argv.slice(2);
const received: unknown[] = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
for (const patient of [shaw, ...received]) {
  if (isUSCorePatientProfile(patient)) {
    const race = raceOf(patient);
    console.log(`${patient.name[0].family ?? ''}: ${race === undefined ? 'unknown' : textOf(race).valueString}`);
  } else {
    for (const { expression, diagnostics } of validateUSCorePatientProfile(patient))
      console.log(`${expression}: ${diagnostics}`);
  }
}
