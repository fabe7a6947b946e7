import { check } from './check.js';
import { complete } from './complete.js';
import type { ProfileCompletion } from './completion.js';
import { ProfileError } from './error.js';
import type { Issue } from './issue.js';
import type { ProfileTable } from './table.js';
import { issuesAbout } from './validate.js';

/**
 * Makes a value of a profile from the parts that the profile leaves open: see {@link complete}.
 *
 * @param completion of the profile
 * @param input not changed
 * @returns a new value with all required parts; the validator checks whether it conforms otherwise
 * @throws {ProfileError} when a required part is missing, with its name, and as `complete` does
 */
export function create<T = unknown>(completion: ProfileCompletion, input: unknown): T {
  const made = complete(completion, input);
  const missing = missingParts(completion.table, made);
  if (missing.length > 0) throw new ProfileError(completion.table.url, missing);
  return made as T;
}

/** The issues about missing required parts of a value (FHIR R4, ElementDefinition.min). */
export function missingParts(table: ProfileTable, value: unknown): readonly Issue[] {
  return check(table, value, {}) ? [] : issuesAbout(table, value, {}, ['min']);
}
