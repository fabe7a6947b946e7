import type { OperationOutcome } from './fhir.js';
import type { Issue } from './issue.js';
import { languageOf, message } from './language.js';
import type { ValidateOptions } from './run.js';

/**
 * The issues as a resource (FHIR R4, OperationOutcome). An OperationOutcome has at least one issue, so an empty list
 * gives one of severity `information`.
 */
export function toOperationOutcome(
  issues: readonly Issue[],
  { language }: Pick<ValidateOptions, 'language'> = {},
): OperationOutcome {
  const issue = issues.map(({ severity, code, expression, diagnostics, details }) => ({
    severity,
    code,
    expression: [expression],
    diagnostics,
    ...(details !== undefined && { details: { text: details } }),
  }));
  return {
    resourceType: 'OperationOutcome',
    issue:
      issue.length > 0
        ? issue
        : [{ severity: 'information', code: 'informational', diagnostics: message(languageOf(language), 'fine', []) }],
  };
}
