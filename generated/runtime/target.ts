import { isObject, type JsonObject, listOf } from './json.js';
import { isResourceType } from './resource-types.js';
import type { Index, Run } from './run.js';

/** What is known about the target of a reference. */
export interface Target {
  /** The target, when it can be resolved. */
  readonly resource: JsonObject | undefined;
  /** FHIR type. */
  readonly type: string | undefined;
  /** The type that the text of the reference states. */
  readonly stated: string | undefined;
  /** The target is a contained resource, or should be. */
  readonly isContained: boolean;
}

/**
 * Follows a reference, within the resource and its Bundle (FHIR R4, References, "Literal References" and
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
  // A logical reference has no text to follow.
  else if (typeof text === 'string' && bundle) resource = bundle.find(text, container);
  const stated = typeOfText(text);
  const own = resource?.['resourceType'];
  const named = stated ?? typeName(type);
  const known = typeof own === 'string' ? own : typeof named === 'string' ? named : undefined;
  return { resource, type: known, stated, isContained };
}

/**
 * The type that the text of a reference states: `Type/id`, with or without history and base, or `Type?query`. In an
 * absolute URL only the name of a FHIR resource type counts: `https://hospital.example/Dossiers/123` states none.
 *
 * @returns `undefined` when it states none
 */
export function typeOfText(text: unknown): string | undefined {
  const [, base, type] = (typeof text === 'string' && TYPE.exec(text)) || [];
  return type && (!base || isResourceType(type)) ? type : undefined;
}

const TYPE = /^(https?:\/\/[^?#]+\/)?([A-Z][A-Za-z]+)(?:\?|\/[^/?#]+(?:\/_history\/[^/?#]+)?$)/;

/** Reference.type: a FHIR type by its name or by its URL (FHIR R4, Reference.type). */
export function typeName(type: unknown): unknown {
  return typeof type === 'string' ? type.replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\//, '') : type;
}

function containedOf(run: Run, items: unknown): Index {
  const known = run.indexes.get(items);
  if (known) return known;
  const index = new Map<unknown, JsonObject | undefined>();
  for (const item of listOf(items)) {
    // A duplicate id is a separate error.
    if (isObject(item) && !index.has(item['id'])) index.set(item['id'], item);
  }
  run.indexes.set(items, index);
  return index;
}
