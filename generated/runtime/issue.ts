import type { OperationOutcomeIssue } from './fhir.js';
import type { MessageName } from './messages.js';

/** Codes of FHIR R4, http://hl7.org/fhir/ValueSet/issue-type. */
export type IssueType = OperationOutcomeIssue['code'];

/** How severe an issue is; only `error` makes a guard return false. */
export type Severity = 'error' | 'warning' | 'information';

/** One finding of a validator. */
export interface Issue {
  readonly severity: Severity;
  readonly code: IssueType;
  /** FHIRPath of the element, from the root type: `Observation.component[0].code`. A missing element is named too. */
  readonly expression: string;
  /** The rule and the value, in a sentence; `expression` gives the place. */
  readonly diagnostics: string;
  /** For an invariant: its FHIRPath. */
  readonly details?: string;
}

/** Issue types of the rules that are not about structure (FHIR R4, ValueSet issue-type). */
const TYPES: Partial<Record<MessageName, IssueType>> = {
  min: 'required',
  format: 'value',
  fixed: 'value',
  exact: 'value',
  pattern: 'value',
  length: 'too-long',
  least: 'value',
  most: 'value',
  code: 'code-invalid',
  suggested: 'code-invalid',
  undecided: 'informational',
  modifier: 'extension',
  modifying: 'extension',
  unmodifying: 'extension',
  context: 'extension',
  reference: 'value',
  lost: 'not-found',
  uid: 'value',
  absent: 'not-found',
  misnamed: 'not-found',
  apart: 'invariant',
  backward: 'invariant',
  referring: 'informational',
  address: 'value',
  invariant: 'invariant',
  warning: 'invariant',
  malformed: 'value',
  'txt-1': 'invariant',
  'txt-2': 'invariant',
  'bdl-7': 'invariant',
  'bdl-8': 'invariant',
  'bdl-9': 'invariant',
  first: 'invariant',
  misplaced: 'invariant',
  'ext-1': 'invariant',
  'dom-2': 'invariant',
  'dom-3': 'invariant',
  namesake: 'invariant',
  'dom-4': 'invariant',
  'dom-5': 'invariant',
  unevaluated: 'exception',
  engine: 'not-supported',
  unloaded: 'not-supported',
  unclaimed: 'not-supported',
  deep: 'too-long',
  costly: 'too-costly',
  many: 'too-costly',
  unreadable: 'exception',
};

const SEVERITIES: Partial<Record<MessageName, Severity>> = {
  suggested: 'information',
  uid: 'warning',
  undecided: 'information',
  backward: 'warning',
  referring: 'information',
  warning: 'warning',
  unevaluated: 'information',
  engine: 'information',
  unloaded: 'information',
  unclaimed: 'information',
};

/** The FHIR issue type of a broken rule. */
export function issueTypeOf(rule: MessageName): IssueType {
  return TYPES[rule] ?? 'structure';
}

/** The severity of a broken rule. */
export function severityOf(rule: MessageName): Severity {
  return SEVERITIES[rule] ?? 'error';
}
