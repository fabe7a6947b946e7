import { check } from './check.js';
import { complete } from './complete.js';
import type { ProfileCompletion } from './completion.js';
import { ProfileError } from './error.js';
import type { Issue } from './issue.js';
import type { ProfileTable } from './table.js';
import { issuesAbout } from './validate.js';

/**
 * Makes a value of a profile from what the profile leaves open: see {@link complete}.
 *
 * @param completion of the profile
 * @param input left as it is
 * @returns a new value that lacks nothing that is required; whether it conforms in all else is for the validator to say
 * @throws {ProfileError} when a required part is missing, naming it, and as `complete` does
 */
export function create<T = unknown>(completion: ProfileCompletion, input: unknown): T {
  const made = complete(completion, input);
  const missing = missingParts(completion.table, made);
  if (missing.length > 0) throw new ProfileError(completion.table.url, missing);
  return made as T;
}

/** The issues about required parts that a value does not have (FHIR R4, ElementDefinition.min). */
export function missingParts(table: ProfileTable, value: unknown): readonly Issue[] {
  return check(table, value, {}) ? [] : issuesAbout(table, value, {}, ['min']);
}
