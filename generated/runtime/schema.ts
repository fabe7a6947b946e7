import type { ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';
import { validate } from './validate.js';

/** Standard Schema, version 1 (https://standardschema.dev): what form, router and RPC libraries take validators as. */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<T>;
    readonly types?: { readonly input: T; readonly output: T } | undefined;
  };
  /** What the validator checks. */
  readonly table: ProfileTable;
  /** The same schema with other options: libraries call `validate` without any. */
  with(options: ValidateOptions | null): StandardSchema<T>;
}

/** What a Standard Schema says of a value. */
export type StandardResult<T> =
  { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/** One issue; `path` leads through the value. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
}

/** Steps of an expression: a name, one between backticks, or an index. */
const STEP = /`((?:[^`\\]|\\.)*)`|\[(\d+)\]|([^.[\]`]+)/g;

/**
 * A profile as a Standard Schema: remarks are dropped, and texts are not parsed.
 *
 * @param table the profile
 * @param options those of `validate`
 */
export function schema<T>(table: ProfileTable, options?: ValidateOptions | null): StandardSchema<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'fhir-profile-codegen',
      validate(value) {
        const errors = validate(table, value, options).filter(({ severity }) => severity === 'error');
        if (errors.length === 0) return { value: value as T };
        return {
          issues: errors.map(({ diagnostics, expression }) => ({
            // Many libraries show the message alone.
            message: `${expression}: ${diagnostics}`,
            path: [...expression.matchAll(STEP)]
              .slice(1)
              .map(([, quoted, index, name]) => (index === undefined ? (quoted ?? name ?? '') : Number(index))),
          })),
        };
      },
    },
    table,
    with: (other) => schema(table, other),
  };
}
