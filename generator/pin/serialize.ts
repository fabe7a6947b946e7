import type { PinnedSnapshot } from './snapshot.js';

/**
 * The pinned file: JSON with one line for each element and each concept, so that the difference between two versions
 * of a guide reads as a list of what changed.
 *
 * @param snapshot as {@link pin} makes it
 * @returns text that ends with a line break
 */
export function serialize(snapshot: PinnedSnapshot): string {
  const { structureDefinitions, valueSets, packages, profiles, unresolved, ...head } = snapshot;
  const members = [
    ...Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
    `"packages": ${lines(packages.map(compact), 1)}`,
    `"profiles": ${lines(profiles.map(compact), 1)}`,
    `"structureDefinitions": ${lines(
      structureDefinitions.map(({ elements, ...rest }) => withList(rest, 'elements', elements.map(compact), 2)),
      1,
    )}`,
    `"valueSets": ${lines(
      valueSets.map(({ systems, ...rest }) =>
        withList(
          rest,
          'systems',
          systems.map(({ concepts, ...system }) => withList(system, 'concepts', concepts.map(compact), 4)),
          2,
        ),
      ),
      1,
    )}`,
    `"unresolved": ${lines(unresolved.map(compact), 1)}`,
  ];
  return `{\n  ${members.join(',\n  ')}\n}\n`;
}

/** Lone surrogates come out escaped, so the text can be written as UTF-8 (ECMA-262, well-formed JSON.stringify). */
function compact(value: unknown): string {
  return JSON.stringify(value);
}

/** An array with one item on each line. */
function lines(items: readonly string[], depth: number): string {
  if (items.length === 0) return '[]';
  const indent = '  '.repeat(depth + 1);
  return `[\n${items.map((item) => indent + item).join(',\n')}\n${'  '.repeat(depth)}]`;
}

/** An object on one line, but for one list in it, which has one item on each line. */
function withList(rest: object, name: string, items: readonly string[], depth: number): string {
  const head = JSON.stringify(rest).slice(0, -1);
  return `${head}${head === '{' ? '' : ','}${JSON.stringify(name)}:${lines(items, depth)}}`;
}
