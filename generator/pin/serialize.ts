import { byCodeUnit } from '../order.js';
import type { PinnedConstraint, PinnedElement, PinnedSnapshot } from './snapshot.js';

/**
 * The pinned file: JSON with one line for each element and each concept, so that the difference between two versions of
 * a guide reads as a list of what changed.
 *
 * The constraints that nearly every element repeats (`ele-1`) are listed once in a separate table, `constraints`, a
 * list of pairs; elements name them. `parseSnapshot` resolves them.
 *
 * @param snapshot a pinned snapshot
 * @returns text that ends with a line break
 */
export function serialize(snapshot: PinnedSnapshot): string {
  const { structureDefinitions, valueSets, packages, profiles, unresolved, ...head } = snapshot;
  const constraints = new ConstraintTable(structureDefinitions.flatMap((definition) => definition.elements));
  const elementLine = (element: PinnedElement) =>
    compact(
      inOrder(
        element.constraints === undefined
          ? element
          : { ...element, constraints: element.constraints.map((constraint) => constraints.nameOf(constraint)) },
      ),
    );
  const members = [
    ...Object.entries(head).map(([name, value]) => `${compact(name)}: ${compact(value)}`),
    `"packages": ${lines(packages.map(compact), 1)}`,
    `"profiles": ${lines(profiles.map(compact), 1)}`,
    `"constraints": ${lines(constraints.entries.map(compact), 1)}`,
    `"structureDefinitions": ${lines(
      structureDefinitions.map(({ elements, ...rest }) => withList(rest, 'elements', elements.map(elementLine), 2)),
      1,
    )}`,
    `"valueSets": ${lines(
      valueSets.map(({ systems, ...rest }) =>
        withList(
          rest,
          'systems',
          systems.map(({ concepts, ...system }) => withList(system, 'concepts', concepts.map(compact), 3)),
          2,
        ),
      ),
      1,
    )}`,
    `"unresolved": ${lines(unresolved.map(compact), 1)}`,
  ];
  return `{\n  ${members.join(',\n  ')}\n}\n`;
}

/** Members that readers look for come first; the others follow in the order of the facts. */
const MEMBERS = [
  'id',
  'path',
  'short',
  'min',
  'max',
  'base',
  'types',
  'contentReference',
  'fixed',
  'pattern',
  'slicing',
  'sliceName',
  'binding',
  'constraints',
  'isModifier',
  'mustSupport',
];

function inOrder(element: object): object {
  const members = new Map(Object.entries(element));
  const known = MEMBERS.flatMap((name): [string, unknown][] => (members.has(name) ? [[name, members.get(name)]] : []));
  return Object.fromEntries([...known, ...[...members].filter(([name]) => !MEMBERS.includes(name))]);
}

/** Gives each constraint a name: its key, with a number where guides use one key for different constraints. */
class ConstraintTable {
  /** Sorted by name. */
  readonly entries: readonly (readonly [name: string, constraint: PinnedConstraint])[];
  private readonly names = new Map<string, string>();

  constructor(elements: readonly PinnedElement[]) {
    const distinct = new Map<string, PinnedConstraint>();
    for (const { constraints } of elements) {
      for (const constraint of constraints ?? []) distinct.set(compact(constraint), constraint);
    }
    const entries = new Map<string, PinnedConstraint>();
    for (const [text, constraint] of [...distinct].sort(([a], [b]) => byCodeUnit(a, b))) {
      let name = constraint.key;
      for (let number = 2; entries.has(name); number++) name = `${constraint.key}#${number}`;
      entries.set(name, constraint);
      this.names.set(text, name);
    }
    this.entries = [...entries].sort(([a], [b]) => byCodeUnit(a, b));
  }

  nameOf(constraint: PinnedConstraint): string {
    return this.names.get(compact(constraint)) ?? constraint.key;
  }
}

/** JSON on one line. Lone surrogates are escaped, so the text can be written as UTF-8 (ECMA-262, JSON.stringify). */
function compact(value: unknown): string {
  return JSON.stringify(value);
}

/** An array with one item per line. */
function lines(items: readonly string[], depth: number): string {
  if (items.length === 0) return '[]';
  const indent = '  '.repeat(depth + 1);
  return `[\n${items.map((item) => indent + item).join(',\n')}\n${'  '.repeat(depth)}]`;
}

/** An object on one line, except one list in it, which has one item per line. */
function withList(rest: object, name: string, items: readonly string[], depth: number): string {
  const head = compact(rest).slice(0, -1);
  return `${head}${head === '{' ? '' : ','}${compact(name)}:${lines(items, depth)}}`;
}
