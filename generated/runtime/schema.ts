import type { ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';
import { validate } from './validate.js';

/**
 * Standard Schema, version 1 (https://standardschema.dev): the validator interface of form, router and RPC libraries.
 */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<T>;
    readonly types?: { readonly input: T; readonly output: T } | undefined;
  };
  /** The rules that the validator checks. */
  readonly table: ProfileTable;
  /** Returns the same schema with other options: libraries call `validate` without any. */
  with(options: ValidateOptions | null): StandardSchema<T>;
}

/** The result of a Standard Schema for a value. */
export type StandardResult<T> =
  { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/** One issue; `path` leads to the place in the value. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
}

/** Steps of an expression: a name, a name in backticks, or an index. */
const STEP = /`((?:[^`\\]|\\.)*)`|\[(\d+)\]|([^.[\]`]+)/g;

/**
 * Makes a Standard Schema from a profile. It drops remarks, and does not parse JSON texts.
 *
 * @param table the profile
 * @param options of `validate`
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
            // Many libraries show only the message.
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
