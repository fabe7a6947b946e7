import { check } from './check.js';
import type { Issue } from './issue.js';
import { message, rules } from './messages.js';
import { type Broken, ISSUE_LIMIT, type ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';

export type { FhirPathEngine, ValidateOptions } from './run.js';

/**
 * Validates a value against a profile and all that it stands on (FHIR R4, Validating Resources).
 *
 * @param table the profile
 * @param value anything; nothing makes this throw
 * @returns the issues, at most {@link ISSUE_LIMIT}; the value conforms when none has severity `error`
 */
export function validate(table: ProfileTable, value: unknown, options: ValidateOptions = {}): readonly Issue[] {
  const broken: Broken[] = [];
  check(table, value, options, broken);
  if (broken.length >= ISSUE_LIMIT) {
    broken.splice(ISSUE_LIMIT - 1, Infinity, { rule: 'many', expression: table.type, details: [ISSUE_LIMIT] });
  }
  const issues = new Map<string, Issue>();
  for (const { rule, expression, details } of broken) {
    // What the profile and the FHIR type both ask for is said once, in the words of the profile.
    const key = `${rule} ${expression} ${rule.startsWith('slice') || rule === 'invariant' ? String(details[0]) : ''}`;
    if (issues.has(key)) continue;
    const [severity, code] = rules[rule];
    const diagnostics = `${expression}: ${message(rule, options.language ?? 'en', details)}`;
    issues.set(key, { severity, code, expression, diagnostics });
  }
  return [...issues.values()];
}
