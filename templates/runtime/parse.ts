import type { Issue } from './issue.js';
import { languageOf, message } from './language.js';
import type { ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';
import { validate } from './validate.js';

/** A conforming value, or the issues. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * Parses a JSON text, or takes a parsed value, and validates it.
 *
 * @param json a JSON text, or a parsed value
 * @returns the value, typed by the profile, with any remarks; or the issues, at least one of them an error
 */
export function parse<T>(table: ProfileTable, json: unknown, options?: ValidateOptions | null): Parsed<T> {
  let value = json;
  if (typeof json === 'string') {
    try {
      // RFC 8259, 8.1: a parser may ignore a byte order mark, which some editors write at the start of a file.
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
