import { isObject, type JsonObject, listOf } from './json.js';
import { isResourceType } from './resource-types.js';
import type { Entries, Index, Run } from './run.js';

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
  let resource: JsonObject | undefined;
  if (isContained) resource = text === '#' ? container : containedOf(run, container?.['contained']).get(text.slice(1));
  // A logical reference has no text, and leads nowhere.
  else if (typeof text === 'string' && bundle) resource = entryOf(entriesOf(run, bundle['entry']), text, container);
  const types: readonly unknown[] = [resource?.['resourceType'], typeOfText(text), typeName(type)];
  return { resource, type: types.find((each): each is string => typeof each === 'string'), isContained };
}

/**
 * The type that the text of a reference tells: of `Type/id`, with or without history and base, and `Type?query`. In an
 * address only the name of a resource type is one: `https://hospital.example/Dossiers/123` tells nothing.
 *
 * @returns `undefined` when it does not tell
 */
export function typeOfText(text: unknown): string | undefined {
  const [, base, type] = (typeof text === 'string' && TYPE.exec(text)) || [];
  return type && (!base || isResourceType(type)) ? type : undefined;
}

const TYPE = /^([^?#]*\/)?([A-Z][A-Za-z]+)(?:\?|\/[^/?#]+(?:\/_history\/[^/?#]*)?(?:#|$))/;

/** Reference.type: a type of FHIR by its name or by its address (FHIR R4, Reference.type). */
export function typeName(type: unknown): unknown {
  return typeof type === 'string' ? type.replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\//, '') : type;
}

/**
 * The entry that a reference leads to (FHIR R4, Bundle, "Resolving references in Bundles"): by its address; a relative
 * one is relative to the server that the entry it stands in is from, and where that is none, to whatever has that id.
 */
function entryOf({ byUrl, byId, urls }: Entries, text: string, from: JsonObject | undefined): JsonObject | undefined {
  if (/^[A-Za-z][\w+.-]*:/.test(text)) return byUrl.get(text);
  const url = urls.get(from);
  const [, base, type = ''] =
    (typeof url === 'string' && /^(https?:\/\/.*\/)([A-Z][A-Za-z]+)\/[\w.-]+$/.exec(url)) || [];
  return base && isResourceType(type) ? byUrl.get(base + text) : byId.get(text);
}

function entriesOf(run: Run, items: unknown): Entries {
  const known = run.entries.get(items);
  if (known) return known;
  const [byUrl, byId] = [new Map<unknown, JsonObject | undefined>(), new Map<unknown, JsonObject | undefined>()];
  const urls = new Map<unknown, unknown>();
  for (const item of listOf(items)) {
    if (!isObject(item) || !isObject(item['resource'])) continue;
    const { fullUrl, resource } = item;
    const { resourceType, id, meta } = resource;
    const version = isObject(meta) ? meta['versionId'] : undefined;
    const versioned = typeof version === 'string' ? [`/_history/${version}`] : [];
    urls.set(resource, fullUrl);
    for (const end of ['', ...versioned]) {
      if (typeof fullUrl === 'string') addTo(byUrl, fullUrl + end, resource);
      if (typeof id === 'string') addTo(byId, `${String(resourceType)}/${id}${end}`, resource);
    }
  }
  const entries = { byUrl, byId, urls };
  run.entries.set(items, entries);
  return entries;
}

function containedOf(run: Run, items: unknown): Index {
  const known = run.indexes.get(items);
  if (known) return known;
  const index = new Map<unknown, JsonObject | undefined>();
  for (const item of listOf(items)) if (isObject(item)) addTo(index, item['id'], item);
  run.indexes.set(items, index);
  return index;
}

/** What two resources are called leads to neither. */
function addTo(index: Map<unknown, JsonObject | undefined>, key: unknown, resource: JsonObject): void {
  index.set(key, index.has(key) && index.get(key) !== resource ? undefined : resource);
}
