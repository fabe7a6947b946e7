import type { MedplumClient } from '@medplum/core';
import type { FRImagingStudyDocument } from 'ans-document-fr-core';

/**
 * Creates a study on a server. Compiled against models that stand on Medplum's types (`baseTypes`).
 *
 * @param client of the server
 * @param study what to store
 * @returns the id, and what the server says of the study
 */
export async function store(client: MedplumClient, study: FRImagingStudyDocument): Promise<string[]> {
  const stored = await client.createResource(study);
  return [stored.id, stored.series[0].uid];
}
