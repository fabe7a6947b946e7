/**
 * Prints the study documents of DICOM files as JSON; without files, those of a sample.
 *
 * Usage: main.ts [--series <uid>|each] [file.dcm…]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { JdvModificateurTopographiqueCisis as Lateralite } from 'ans-document-fr-core';
import { instancesIn } from './dicom.js';
import { Rejection } from './rejection.js';
import { fileOf, sample } from './samples.js';
import { documentsOf } from './study.js';

const { values, positionals } = parseArgs({ options: { series: { type: 'string' } }, allowPositionals: true });

try {
  const files: { name: string; bytes: Uint8Array }[] = positionals.map((path) => ({
    name: path,
    bytes: bytesOf(path),
  }));
  if (files.length === 0) files.push({ name: 'sample', bytes: fileOf(sample()) });
  const documents = documentsOf(
    files.flatMap(({ name, bytes }) => instancesIn(bytes, name)),
    {
      patient: 'patient-ins',
      laterality: Lateralite.CoteDroit,
      ...(values.series !== undefined && { series: values.series }),
      viewer: 'https://hopital.example/iid',
      timezone: '+01:00',
      request: {
        category: { text: "Demande d'imagerie" },
        finalite: 'Bilan d’une gonalgie',
        justification: 'Douleur après une chute',
      },
    },
  );
  console.log(JSON.stringify(documents, null, 2));
} catch (error) {
  if (!(error instanceof Rejection)) throw error;
  console.error(`${error.reason}: ${error.message}`);
  process.exitCode = 1;
}

function bytesOf(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new Rejection(
      'not-dicom',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
