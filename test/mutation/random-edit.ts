import fc from 'fast-check';
import { edited, REMOVED } from './edit.js';
import { membersOf } from '../../generator/sample/matches.js';
import type { Path } from '../../generator/sample/node.js';
import type { Json } from '../../generator/fhir/json.js';

/** Members of instances: property → values. */
export type Material = ReadonlyMap<string, readonly Json[]>;

/** One change at a random place: `at`, `by` and `from` select among the candidates. */
export interface RandomEdit {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly by: number;
  readonly from: number;
}

const KINDS = ['remove', 'replace', 'add member', 'add item', 'move item', 'give reason'] as const;

/** References in all forms whose text shows the type, and one that does not. */
const REFERENCES = [
  'Patient/1',
  'Practitioner?identifier=x|1',
  'https://example.org/fhir/Device/1/_history/2',
  'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
  '#',
];
const ODD: readonly Json[] = [null, '', ' ', 'x', 0, 1.5, true, [], {}, [null], ['x'], [{}], ...REFERENCES];

/** A few changes. */
export const randomEdits: fc.Arbitrary<readonly RandomEdit[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), at: fc.nat(), by: fc.nat(), from: fc.nat() }),
  { minLength: 1, maxLength: 4 },
);

/**
 * Members of values at all levels.
 *
 * @param values instances
 */
export function materialOf(values: readonly Json[]): Material {
  const material = new Map<string, Json[]>();
  const seen = new Set<string>();
  for (const value of values) {
    for (const path of pathsOf(value)) {
      const key = path.at(-1);
      const found = valueAt(value, path);
      const pair = `${String(key)} ${JSON.stringify(found)}`;
      if (typeof key !== 'string' || found === undefined || seen.has(pair)) continue;
      seen.add(pair);
      material.set(key, [...(material.get(key) ?? []), found]);
    }
  }
  return material;
}

/**
 * A value with changes, which may be valid or not.
 *
 * @param value an instance
 * @param edits random changes
 * @param material values to insert
 */
export function withEdits(value: Json, edits: readonly RandomEdit[], material: Material): Json {
  return edits.reduce((current, edit) => withEdit(current, edit, material), value);
}

function withEdit(value: Json, { kind, at, by, from }: RandomEdit, material: Material): Json {
  const paths = pathsOf(value);
  const path = chosen(paths, at);
  if (path === undefined) return value;
  const key = [...path].reverse().find((step) => typeof step === 'string') ?? '';
  const alike = material.get(key) ?? [];
  switch (kind) {
    case 'remove':
      return edited(value, path, () => REMOVED);
    case 'replace':
      return edited(value, path, (old) => chosen(by % 2 === 0 ? alike : ODD, from) ?? old ?? null);
    case 'add member': {
      const added = chosen([...material.keys()], by) ?? '';
      const host = [...path].slice(0, lastObject(value, path));
      return edited(value, [...host, added], (old) => old ?? chosen(material.get(added) ?? [], from) ?? null);
    }
    case 'add item':
      return edited(value, path, (old) => {
        if (!Array.isArray(old)) return old ?? null;
        const items = alike.flatMap((one): readonly Json[] => (Array.isArray(one) ? one : []));
        const item = chosen(by % 4 === 0 ? ODD : items, from);
        return item === undefined ? old : [...old, item];
      });
    case 'move item':
      return edited(value, path, (old) => {
        if (!Array.isArray(old)) return old ?? null;
        const items: Json[] = [...old];
        const [item] = items.splice(by % items.length, 1);
        if (item !== undefined) items.splice(from % (items.length + 1), 0, item);
        return items;
      });
    case 'give reason': {
      const last = path.at(-1);
      if (typeof last !== 'string') return value;
      const reason = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' };
      const twin = edited(value, [...path.slice(0, -1), `_${last}`], () => ({ extension: [reason] }));
      return by % 2 === 0 ? twin : edited(twin, path, () => REMOVED);
    }
  }
}

/** The length of the path to the nearest object at or above a place. */
function lastObject(value: Json, path: Path): number {
  let length = path.length;
  for (; length > 0; length--) {
    const found = valueAt(value, path.slice(0, length));
    if (found !== null && typeof found === 'object' && !Array.isArray(found)) break;
  }
  return length;
}

function chosen<T>(items: readonly T[], at: number): T | undefined {
  return items[at % items.length];
}

function valueAt(value: Json, path: Path): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') current = Array.isArray(current) ? (current as readonly Json[])[step] : undefined;
    else current = membersOf(current ?? null).get(step);
  }
  return current;
}

/** Without contained resources, which the validators of their own profiles check. */
function pathsOf(value: Json, path: Path = []): Path[] {
  if (path.length > 0 && membersOf(value).has('resourceType')) return [];
  const below = Array.isArray(value)
    ? (value as readonly Json[]).flatMap((item, index) => pathsOf(item, [...path, index]))
    : [...membersOf(value)].flatMap(([key, member]) => pathsOf(member, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}
