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
export function validate(table: ProfileTable, value: unknown, options?: ValidateOptions | null): readonly Issue[] {
  const broken: Broken[] = [];
  check(table, value, options ?? {}, broken);
  if (broken.length >= ISSUE_LIMIT) {
    broken.splice(ISSUE_LIMIT - 1, Infinity, { rule: 'many', expression: table.type, details: [ISSUE_LIMIT] });
  }
  const issues = new Map<string, Issue>();
  for (const { rule, expression, details, tried } of broken) {
    const { [rule]: entry } = rules;
    const [code, , , severity = 'error'] = entry as (typeof rules)['warning'];
    const slice = details[2] === undefined ? '' : `:${String(details[2])}`;
    const nearest = tried === undefined ? '' : ` (${message(rules.tried, options?.language, [tried])})`;
    const diagnostics = `${expression}${slice}: ${message(entry, options?.language, details)}${nearest}`;
    // What the profile and the FHIR type both ask for is said once, in the words of the profile.
    const key = [expression, slice, rule, rule === 'invariant' && details[0]].join(' ');
    if (!issues.has(key)) issues.set(key, { severity, code, expression, diagnostics });
  }
  return [...issues.values()];
}
