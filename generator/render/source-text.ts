import { memberName } from './literal.js';

/** Members of an object literal: name and source text; those without text are left out. */
export type Members = readonly (readonly [name: string, source: string | undefined])[];

/**
 * An object literal as source text.
 *
 * @param members in their order
 */
export function objectSource(members: Members): string {
  const there = members.flatMap(([name, source]) => (source === undefined ? [] : [`${memberName(name)}: ${source}`]));
  return there.length === 0 ? '{}' : `{ ${there.join(', ')} }`;
}

/**
 * An array literal as source text.
 *
 * @param items source texts
 */
export function listSource(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}
