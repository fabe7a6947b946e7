import { check } from './check.js';
import type { ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';

/**
 * Whether a value conforms to a profile: `validate` returns no issue of severity `error`. Faster, as it stops at the
 * first error.
 *
 * @param value any value; never makes the guard throw
 */
export function conforms(table: ProfileTable, value: unknown, options?: ValidateOptions | null): boolean {
  return check(table, value, options ?? {});
}
