import type { Issue } from './issue.js';
import { listOf } from './json.js';
import { languageOf, message } from './language.js';
import type { ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';
import { validate } from './validate.js';

/**
 * Validates a resource against the profiles that it claims (FHIR R4, Resource, "Metadata").
 *
 * @param profiles the known profiles, by canonical
 * @param resource anything
 * @param options of the validator; `profiles` is the same unless others are given
 * @returns the issues from all these profiles, each once; a remark when the resource claims none of them
 */
export function validateClaims(
  profiles: ReadonlyMap<string, ProfileTable>,
  resource: unknown,
  options?: ValidateOptions | null,
): readonly Issue[] {
  const tables = claimsOf(resource)
    .flatMap((claim) => profiles.get(claim) ?? [])
    .filter(({ base }) => base);
  if (tables.length === 0) {
    const diagnostics = message(languageOf(options?.language), 'unclaimed', []);
    return [{ severity: 'information', code: 'not-supported', expression: 'Resource', diagnostics }];
  }
  const issues = tables.flatMap((table) => validate(table, resource, { profiles, ...options }));
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

/** The claimed canonicals, without versions; a value that cannot be read claims nothing. */
function claimsOf(resource: unknown): string[] {
  try {
    const { profile } = (resource as { readonly meta?: { readonly profile?: unknown } }).meta ?? {};
    const claims: readonly unknown[] = listOf(profile);
    const texts = claims.filter((claim): claim is string => typeof claim === 'string');
    return [...new Set(texts.map((claim) => claim.split('|')[0] ?? claim))];
  } catch {
    return [];
  }
}
