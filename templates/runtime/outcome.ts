import type { OperationOutcome } from './fhir.js';
import type { Issue } from './issue.js';

/**
 * The issues as a resource (FHIR R4, OperationOutcome). It must have one issue at least, so none become one that
 * says so.
 */
export function toOperationOutcome(issues: readonly Issue[]): OperationOutcome {
  const issue = issues.map(({ severity, code, expression, diagnostics }) => ({
    severity,
    code,
    expression: [expression],
    diagnostics,
  }));
  return {
    resourceType: 'OperationOutcome',
    issue: issue.length > 0 ? issue : [{ severity: 'information', code: 'informational', diagnostics: 'No issues' }],
  };
}
