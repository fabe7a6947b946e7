import { isObject, type JsonObject } from './json.js';
import type { Run } from './run.js';

/** What is known of the target of a reference. */
export interface Target {
  /** When it is within reach. */
  readonly resource: JsonObject | undefined;
  /** FHIR type. */
  readonly type: string | undefined;
  /** It is among the contained resources, or should be. */
  readonly contained: boolean;
}

/** Type → canonicals of profiles; none for any profile. */
export type Targets = ReadonlyMap<string, readonly string[]>;

/**
 * What a reference may point to.
 *
 * @param targets `Patient`, or `Patient|<canonical>`
 */
export function targetsOf(targets: readonly string[]): Targets {
  const all = new Map<string, string[]>();
  for (const target of targets) {
    const [type = '', ...canonical] = target.split('|');
    const profiles = all.get(type);
    // A type that may have any profile may have any, whatever else is said of it.
    if (canonical.length === 0 || profiles?.length === 0) all.set(type, []);
    else all.set(type, [...(profiles ?? []), canonical.join('|')]);
  }
  return all;
}

/**
 * Follows a reference, within the resource and the Bundle at hand (FHIR R4, References, "Literal References" and
 * "Contained Resources"; Bundle, "Resolving references in Bundles").
 *
 * @param reference a Reference, or the text of a canonical or uri
 */
export function targetOf(run: Run, reference: unknown): Target {
  const { reference: text, type } = isObject(reference) ? reference : { reference, type: undefined };
  const stated = typeof type === 'string' ? type : undefined;
  if (typeof text !== 'string') return { resource: undefined, type: stated, contained: false };
  const contained = text.startsWith('#');
  const resource = contained ? inContainer(run, text) : inBundle(run, text);
  const actual = resource?.resourceType;
  return { resource, type: typeof actual === 'string' ? actual : (typeOfText(text) ?? stated), contained };
}

/**
 * The type that the text of a reference tells: of `Type/id`, with or without history and base, and `Type?query`.
 *
 * @returns `undefined` when it does not tell
 */
export function typeOfText(text: string): string | undefined {
  const end = text.search(/[?#]/);
  const query = end < 0 ? '' : text.slice(end);
  const steps = (end < 0 ? text : text.slice(0, end)).split('/');
  if (query.startsWith('?')) return typeName(steps.at(-1));
  const id = steps.at(-2) === '_history' ? -3 : -1;
  return steps.at(id) ? typeName(steps.at(id - 1)) : undefined;
}

function typeName(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Z][A-Za-z]+$/.test(text) ? text : undefined;
}

function inContainer(run: Run, text: string): JsonObject | undefined {
  const { container } = run.scope;
  if (!container || text === '#') return container;
  return indexOf(run, container.contained, (item) => [item, [item.id]]).get(text.slice(1));
}

function inBundle(run: Run, text: string): JsonObject | undefined {
  const { bundle } = run.scope;
  return bundle && indexOf(run, bundle.entry, entryKeys).get(text);
}

function entryKeys(entry: JsonObject): readonly [resource: unknown, keys: readonly unknown[]] {
  const { resource, fullUrl } = entry;
  return [
    resource,
    [fullUrl, isObject(resource) ? `${String(resource.resourceType)}/${String(resource.id)}` : undefined],
  ];
}

/** Resources by what they are referred to with, made once so that many references stay cheap. */
function indexOf(
  run: Run,
  items: unknown,
  keysOf: (item: JsonObject) => readonly [resource: unknown, keys: readonly unknown[]],
): ReadonlyMap<string, JsonObject | undefined> {
  const known = run.indexes.get(items);
  if (known) return known;
  const index = new Map<string, JsonObject | undefined>();
  run.indexes.set(items, index);
  for (const item of Array.isArray(items) ? items : []) {
    if (!isObject(item)) continue;
    const [resource, keys] = keysOf(item);
    if (!isObject(resource)) continue;
    for (const key of keys) {
      // What two resources are called leads to neither.
      if (typeof key === 'string') index.set(key, index.has(key) && index.get(key) !== resource ? undefined : resource);
    }
  }
  return index;
}
