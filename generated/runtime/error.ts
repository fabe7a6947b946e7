import { check } from './check.js';
import type { Issue } from './issue.js';
import type { ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';
import { validate } from './validate.js';

/** How many issues the message of an error lists. */
const LISTED = 5;

/** A value does not conform to a profile. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  /** Canonical of the profile. */
  readonly profile: string;
  /** All issues from the validator. */
  readonly issues: readonly Issue[];

  /**
   * @param profile canonical of the profile
   * @param issues all issues from the validator
   */
  constructor(profile: string, issues: readonly Issue[]) {
    const errors = issues
      .filter(({ severity }) => severity === 'error')
      .map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`);
    const more = errors.length > LISTED ? `\n… +${errors.length - LISTED}` : '';
    super(`${profile}\n${errors.slice(0, LISTED).join('\n')}${more}`);
    this.profile = profile;
    this.issues = issues;
  }
}

/**
 * Asserts that a value conforms to a profile. A generated `assertX` gives it the type `(value: unknown) => asserts
 * value is X`.
 *
 * @throws {ProfileError} when there is an issue of severity `error`
 */
export function assertConforms(table: ProfileTable, value: unknown, options?: ValidateOptions | null): void {
  if (!check(table, value, options ?? {})) throw new ProfileError(table.url, validate(table, value, options));
}
