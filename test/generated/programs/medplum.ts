import type { MedplumClient } from '@medplum/core';
import type { FRImagingStudyDocument } from 'ans-document-fr-core';

/**
 * Creates a study on a server. Compiled against models on Medplum's types (`baseTypes`).
 *
 * @param client of the server
 * @param study the resource to store
 * @returns the id, and the description in the server's answer
 */
export async function store(client: MedplumClient, study: FRImagingStudyDocument): Promise<string[]> {
  const stored = await client.createResource(study);
  return [stored.id, stored.series[0].uid];
}
