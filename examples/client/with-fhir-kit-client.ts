import { Client } from 'fhir-kit-client';
import { foundIn, issuesIn, Rejected, type StudyClient, studyOf } from './exchange.js';

/**
 * Sends and finds studies with fhir-kit-client.
 *
 * @param baseUrl of the server
 * @param language in which the server reports issues
 */
export function withFhirKitClient(baseUrl: string, language: 'en' | 'fr' = 'en'): StudyClient {
  const client = new Client({ baseUrl, customHeaders: { 'accept-language': language } });
  return {
    send: async (study) => {
      try {
        // The client takes objects with an index signature, which interfaces lack and spread values have.
        return studyOf(await client.create({ resourceType: 'ImagingStudy', body: { ...study } }));
      } catch (error) {
        throw rejectionIn(error) ?? error;
      }
    },
    search: async (uid) =>
      foundIn(
        await client.search({
          resourceType: 'ImagingStudy',
          searchParams: { identifier: `urn:dicom:uid|${uid}` },
        }),
      ),
  };
}

/** Errors of the client contain the response: `error.response.data`. */
function rejectionIn(error: unknown): Rejected | undefined {
  if (!(error instanceof Error) || !('response' in error)) return undefined;
  const { response } = error;
  const data = typeof response === 'object' && response !== null && 'data' in response ? response.data : undefined;
  const issues = issuesIn(data);
  return issues && new Rejected(issues);
}
