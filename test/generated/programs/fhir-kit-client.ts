import { type FRImagingStudyDocument, parseFRImagingStudyDocument } from 'ans-document-fr-core';
import { Client } from 'fhir-kit-client';
import { study } from './study.js';

/**
 * Stores a study on a server and reads it. The client takes objects with an index signature, which interfaces lack and
 * spread values have.
 *
 * @param baseUrl of the server
 */
export async function exchange(baseUrl: string): Promise<FRImagingStudyDocument> {
  const client = new Client({ baseUrl });
  await client.create({ resourceType: 'ImagingStudy', body: { ...study } });
  const parsed = parseFRImagingStudyDocument(await client.read({ resourceType: 'ImagingStudy', id: '1' }));
  if (!parsed.ok) throw new Error(parsed.issues.map(({ diagnostics }) => diagnostics).join('; '));
  return parsed.value;
}
