import type { Issue } from './issue.js';
import { languageOf, message } from './language.js';
import type { ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';
import { validate } from './validate.js';

/** A value that conforms, or what is wrong with it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * Reads JSON, or takes a value as it is, and validates it.
 *
 * @param json a JSON text, or a value that was read already
 * @returns the value, of the type that the profile stands for, and remarks; or issues, one of them an error
 */
export function parse<T>(table: ProfileTable, json: unknown, options?: ValidateOptions | null): Parsed<T> {
  let value = json;
  if (typeof json === 'string') {
    try {
      // RFC 8259, 8.1: a parser may ignore a byte order mark, which some editors write at the beginning of a file.
      value = JSON.parse(json.replace(/^\uFEFF/, ''));
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      const diagnostics = message(languageOf(options?.language), 'syntax', [reason]);
      return { ok: false, issues: [{ severity: 'error', code: 'structure', expression: table.type, diagnostics }] };
    }
  }
  const issues = validate(table, value, options);
  if (issues.some(({ severity }) => severity === 'error')) return { ok: false, issues };
  return { ok: true, value: value as T, issues };
}
