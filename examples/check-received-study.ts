/**
 * Reads a received study: prints what is wrong with it, or values that the profile guarantees.
 *
 * Usage: check-received-study.ts [file.json]
 */
import { readFileSync } from 'node:fs';
import { isFRImagingStudyDocument, validateFRImagingStudyDocument } from 'ans-document-fr-core';
import { studyInstanceUidOf } from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';

const file = process.argv[2] ?? new URL('received-study.json', import.meta.url);
const received: unknown = JSON.parse(readFileSync(file, 'utf8'));

if (isFRImagingStudyDocument(received)) {
  const [uid] = studyInstanceUidOf(received);
  const [series] = received.series;
  console.log(`Study ${uid.value}: ${received.status}, ${series.modality.code}, laterality ${series.laterality.code}`);
} else {
  console.log('The study does not conform to FRImagingStudyDocument:');
  for (const issue of validateFRImagingStudyDocument(received)) {
    console.log(`- ${issue.severity} at ${issue.expression}: ${issue.diagnostics}`);
  }
}
