import { MedplumClient, OperationOutcomeError } from '@medplum/core';
import { foundIn, issuesIn, Rejected, type StudyClient, studyOf } from './exchange.js';

/**
 * Sends and finds studies with Medplum's client. Its `createResource` has Medplum's own FHIR types, and accepts models
 * that are generated with `baseTypes: '@medplum/fhirtypes'`. These are based on `@types/fhir`, so they use `post` and `get`.
 *
 * @param baseUrl of the server
 * @param language in which the server reports issues
 */
export function withMedplum(baseUrl: string, language: 'en' | 'fr' = 'en'): StudyClient {
  // Servers other than Medplum have their resources at the base URL. No cache: a search has to find a new study.
  const client = new MedplumClient({ baseUrl, fhirUrlPath: '', cacheTime: 0, fetch });
  const headers = { 'accept-language': language };
  return {
    send: async (study) => {
      try {
        return studyOf(await client.post(client.fhirUrl('ImagingStudy'), study, 'application/fhir+json', { headers }));
      } catch (error) {
        const issues = error instanceof OperationOutcomeError ? issuesIn(error.outcome) : undefined;
        throw issues === undefined ? error : new Rejected(issues);
      }
    },
    search: async (uid) => {
      const url = client.fhirUrl('ImagingStudy');
      url.searchParams.set('identifier', `urn:dicom:uid|${uid}`);
      return foundIn(await client.get(url, { headers }));
    },
  };
}
