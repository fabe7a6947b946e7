import { isObject, type JsonObject, listOf } from './json.js';
import type { Run } from './run.js';

/** What is known of the target of a reference. */
export interface Target {
  /** When it is within reach. */
  readonly resource: JsonObject | undefined;
  /** FHIR type. */
  readonly type: string | undefined;
  /** It is among the contained resources, or should be. */
  readonly isContained: boolean;
}

/**
 * Follows a reference, within the resource and the Bundle at hand (FHIR R4, References, "Literal References" and
 * "Contained Resources"; Bundle, "Resolving references in Bundles").
 *
 * @param reference a Reference, or the text of a canonical or uri
 */
export function targetOf(run: Run, reference: unknown): Target {
  const { reference: text, type } = isObject(reference) ? reference : { reference, type: undefined };
  const { container, bundle } = run.scope ?? {};
  const isContained = typeof text === 'string' && text.startsWith('#');
  const key = isContained ? text.slice(1) : text;
  const resource = !isContained
    ? bundle && indexOf(run, bundle['entry'], true).get(key)
    : key && container
      ? indexOf(run, container['contained'], false).get(key)
      : container;
  const types: readonly unknown[] = [resource?.['resourceType'], typeOfText(text), type];
  return { resource, type: types.find((each): each is string => typeof each === 'string'), isContained };
}

/**
 * The type that the text of a reference tells: of `Type/id`, with or without history and base, and `Type?query`.
 *
 * @returns `undefined` when it does not tell
 */
export function typeOfText(text: unknown): string | undefined {
  return typeof text === 'string' ? TYPE.exec(text)?.[1] : undefined;
}

const TYPE = /^(?:[^?#]*\/)?([A-Z][A-Za-z]+)(?:\?|\/[^/?#]+(?:\/_history\/[^/?#]*)?(?:#|$))/;

/** Resources by what they are referred to with: id, fullUrl, `Type/id`. Made once, so that many references stay cheap. */
function indexOf(run: Run, items: unknown, areEntries: boolean): ReadonlyMap<unknown, JsonObject | undefined> {
  const known = run.indexes.get(items);
  if (known) return known;
  const index = new Map<unknown, JsonObject | undefined>();
  for (const item of listOf(items)) {
    const resource = isObject(item) && areEntries ? item['resource'] : item;
    if (!isObject(item) || !isObject(resource)) continue;
    const { resourceType, id } = resource;
    for (const key of areEntries ? [item['fullUrl'], `${String(resourceType)}/${String(id)}`] : [id]) {
      // What two resources are called leads to neither.
      index.set(key, index.has(key) && index.get(key) !== resource ? undefined : resource);
    }
  }
  run.indexes.set(items, index);
  return index;
}
