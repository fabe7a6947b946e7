import { type Issue, issueTypeOf } from './issue.js';
import { listOf } from './json.js';
import { languageOf, message } from './language.js';
import { ISSUE_LIMIT, type ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';
import { validate } from './validate.js';

/**
 * Validates a resource against the profiles that it claims (FHIR R4, Resource, "Metadata"). A Bundle that claims none of
 * the known ones is a container: its entries are validated instead, each against the profiles that it claims.
 *
 * @param profiles the known profiles, by canonical
 * @param resource anything
 * @param options of the validator; `profiles` is the same unless others are given
 * @returns the issues from all these profiles, each once; an error if the value is no resource; a remark for a resource
 *   that claims none of the profiles
 */
export function validateClaims(
  profiles: ReadonlyMap<string, ProfileTable>,
  resource: unknown,
  options?: ValidateOptions | null,
): readonly Issue[] {
  const own = claimedIssues(profiles, resource, options);
  if (own !== undefined) return own;
  const issues = [unclaimed('Resource', resource, options)];
  for (const [index, entry] of entriesOf(resource).entries()) {
    if (entry === undefined) continue;
    const at = `Bundle.entry[${index}].resource`;
    const found = claimedIssues(profiles, entry, options);
    if (found === undefined) issues.push(unclaimed(at, entry, options));
    else issues.push(...found.map((issue) => ({ ...issue, expression: issue.expression.replace(/^[A-Za-z]+/, at) })));
    if (issues.length >= ISSUE_LIMIT) {
      const diagnostics = message(languageOf(options?.language), 'many', [ISSUE_LIMIT]);
      const last: Issue = { severity: 'error', code: issueTypeOf('many'), expression: 'Bundle', diagnostics };
      return [...issues.slice(0, ISSUE_LIMIT - 1), last];
    }
  }
  return issues;
}

/** The issues from the known profiles that a resource claims, or `undefined` if it claims none. */
function claimedIssues(
  profiles: ReadonlyMap<string, ProfileTable>,
  resource: unknown,
  options?: ValidateOptions | null,
): readonly Issue[] | undefined {
  const tables = claimsOf(resource)
    .flatMap((claim) => profiles.get(claim) ?? [])
    .filter(({ base }) => base);
  if (tables.length === 0) return undefined;
  const issues = tables.flatMap((table) => validate(table, resource, { profiles, ...options }));
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

/** A resource that claims no known profile; a value without `resourceType` is no resource. */
function unclaimed(expression: string, value: unknown, options?: ValidateOptions | null): Issue {
  const language = languageOf(options?.language);
  if (typeof memberOf(value, 'resourceType') === 'string') {
    const diagnostics = message(language, 'unclaimed', []);
    return { severity: 'information', code: 'not-supported', expression, diagnostics };
  }
  const diagnostics = message(language, 'min', [1, 0]);
  return { severity: 'error', code: issueTypeOf('min'), expression: `${expression}.resourceType`, diagnostics };
}

/** The resources of a Bundle, `undefined` for an entry without one; none for any other value. */
function entriesOf(value: unknown): readonly unknown[] {
  if (memberOf(value, 'resourceType') !== 'Bundle') return [];
  return listOf(memberOf(value, 'entry')).map((entry) => memberOf(entry, 'resource'));
}

/** A member, or `undefined` if it is absent or throws. */
function memberOf(value: unknown, name: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** The claimed canonicals, without versions; a value that cannot be read claims nothing. */
function claimsOf(resource: unknown): string[] {
  const claims = listOf(memberOf(memberOf(resource, 'meta'), 'profile'));
  const texts = claims.filter((claim): claim is string => typeof claim === 'string');
  return [...new Set(texts.map((claim) => claim.split('|')[0] ?? claim))];
}
