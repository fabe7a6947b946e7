import type { OperationOutcomeIssue } from './fhir.js';

/** Codes of FHIR R4, http://hl7.org/fhir/ValueSet/issue-type. */
export type IssueType = OperationOutcomeIssue['code'];

/** How grave an issue is; only `error` makes a guard say no. */
export type Severity = 'error' | 'warning' | 'information';

/** One thing that a validator has to say of a value. */
export interface Issue {
  readonly severity: Severity;
  readonly code: IssueType;
  /** FHIRPath of the element, from the root type: `Observation.component[0].code`. A missing element is named too. */
  readonly expression: string;
  /** The element, the rule and the value, in a sentence. */
  readonly diagnostics: string;
}
