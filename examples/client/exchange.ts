import {
  type FRImagingStudyDocument,
  parseFRImagingStudyDocument,
} from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import type { fhir4 } from 'ans-document-fr-core';

/** The operations of a client, whichever library implements them. */
export interface StudyClient {
  /**
   * Sends a study to the server.
   *
   * @throws Rejected with the issues that the server reports
   */
  readonly send: (study: FRImagingStudyDocument) => Promise<FRImagingStudyDocument>;
  /**
   * Searches studies by their DICOM UID.
   *
   * @param uid with `urn:oid:`
   */
  readonly search: (uid: string) => Promise<Found>;
}

/** The results of a search: a server may have studies that do not conform to the profile. */
export interface Found {
  readonly studies: readonly FRImagingStudyDocument[];
  /** What is wrong with the others, with the place of each in the Bundle. */
  readonly others: readonly string[];
}

/** A server rejected a resource; the error has the issues of its OperationOutcome. */
export class Rejected extends Error {
  override readonly name = 'Rejected';

  /**
   * @param issues of the OperationOutcome
   */
  constructor(readonly issues: readonly fhir4.OperationOutcomeIssue[]) {
    super(issues.map(({ expression, diagnostics }) => `${expression?.join() ?? ''}: ${diagnostics ?? ''}`).join('\n'));
  }
}

/**
 * The study in a server's response.
 *
 * @param body as it was received
 * @throws TypeError when the server has changed it so that it no longer conforms
 */
export function studyOf(body: unknown): FRImagingStudyDocument {
  const parsed = parseFRImagingStudyDocument(body);
  if (parsed.ok) return parsed.value;
  throw new TypeError(parsed.issues.map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`).join('\n'));
}

/**
 * The studies of a searchset.
 *
 * @param body a Bundle, as it was received
 */
export function foundIn(body: unknown): Found {
  const studies: FRImagingStudyDocument[] = [];
  const others: string[] = [];
  for (const [index, entry] of entriesOf(body).entries()) {
    const parsed = parseFRImagingStudyDocument(entry.resource);
    if (parsed.ok) studies.push(parsed.value);
    else others.push(...parsed.issues.map((issue) => `entry[${index}]: ${issue.expression}: ${issue.diagnostics}`));
  }
  return { studies, others };
}

function entriesOf(body: unknown): readonly { readonly resource?: unknown }[] {
  const entries = isObject(body) ? body['entry'] : undefined;
  return Array.isArray(entries) ? entries.filter(isObject) : [];
}

/**
 * The issues of an OperationOutcome.
 *
 * @param body the body of an error response
 * @returns `undefined` when it is something else, such as the page of a proxy
 */
export function issuesIn(body: unknown): readonly fhir4.OperationOutcomeIssue[] | undefined {
  if (!isObject(body) || body['resourceType'] !== 'OperationOutcome') return undefined;
  const { issue } = body;
  return Array.isArray(issue) ? issue.filter(isIssue) : [];
}

function isIssue(value: unknown): value is fhir4.OperationOutcomeIssue {
  return isObject(value) && typeof value['severity'] === 'string' && typeof value['code'] === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
