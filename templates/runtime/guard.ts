import { check } from './check.js';
import type { ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';

/**
 * Whether a value conforms to a profile: `validate` has no issue of severity `error`. Faster, as it stops at the
 * first.
 *
 * @param value anything; nothing makes this throw
 */
export function conforms(table: ProfileTable, value: unknown, options?: ValidateOptions | null): boolean {
  return check(table, value, options ?? {});
}
