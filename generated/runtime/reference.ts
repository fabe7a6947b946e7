import type { UntypedReference } from './fhir.js';
import { isObject, type JsonObject, quote } from './json.js';
import { isResourceType } from './resource-types.js';
import { typeName, typeOfText } from './target.js';
import type { LiteralReferenceTo } from './coded.js';
import type { LiteralReference, ReferenceText, ResourceType, WithText } from './types.js';

/**
 * Makes a relative reference (FHIR R4, References, "Literal References").
 *
 * @param type FHIR resource type of the target
 * @param id logical id of the target
 * @returns a reference that is assignable to any reference to that type, whatever the profile
 */
export function ref<Type extends ResourceType>(type: Type, id: string): WithText<LiteralReference<Type>, Type> {
  return { reference: `${type}/${id}` };
}

/**
 * Makes a reference to a given resource; its type keeps the profiles of the resource.
 *
 * @param resource the target
 * @param reference how to refer to it: the `fullUrl` of its entry (`urn:uuid:…`, an absolute URL), or `#id`; without it,
 * `Type/id`
 * @throws {TypeError} when neither `reference` nor `resource.id` is given, or when `reference` states another type
 */
export function referenceTo<
  const Target extends { readonly resourceType: string; readonly id?: string | undefined },
  Text extends string = never,
>(
  resource: Target,
  reference?: Text & (string extends Text ? unknown : ReferenceText<Target['resourceType']>),
): LiteralReferenceTo<Target> {
  const type: Target['resourceType'] = resource.resourceType;
  if (reference !== undefined) {
    const text: string = reference;
    if (isTextOf(text, [type])) return { reference: text };
    throw new TypeError(`"${text}" is not a reference to a ${type}`);
  }
  if (!resource.id) throw new TypeError(`The ${type} has no id to refer to`);
  return { reference: `${type}/${resource.id}` };
}

/**
 * Whether a reference may lead to a resource of one of the given types: its text and its `type` are well formed and
 * state no other type. A reference that states no type (`urn:uuid:…`, `#id`, an identifier) may.
 *
 * @param reference any Reference
 * @param types FHIR resource types
 */
export function isReferenceTo<Type extends ResourceType>(
  reference: UntypedReference,
  ...types: readonly [Type, ...Type[]]
): reference is LiteralReference<Type> {
  if (!isObject(reference)) return false;
  const { reference: text, type }: JsonObject = reference;
  if (text !== undefined && typeof text !== 'string') return false;
  const own: readonly unknown[] = types;
  if (type !== undefined && !own.includes(typeName(type))) return false;
  const stated = typeOfText(text);
  return (text === undefined || isTextOf(text, types)) && (!type || !stated || typeName(type) === stated);
}

/**
 * Makes a typed reference from an untyped one, or from its text.
 *
 * @param from a Reference, or the text of one, from any source
 * @param types FHIR resource types that it may lead to
 * @returns the reference
 * @throws {TypeError} when it states another type, or is not a reference
 */
export function referenceFrom<Type extends ResourceType>(
  from: UntypedReference | string,
  ...types: readonly [Type, ...Type[]]
): LiteralReference<Type> {
  const reference: UntypedReference = typeof from === 'string' ? { reference: from } : from;
  if (isReferenceTo(reference, ...types)) return reference;
  const given: unknown = reference;
  const text = isObject(given) ? (given['reference'] ?? given) : given;
  throw new TypeError(`${text === undefined ? 'undefined' : quote(text)} is not a reference to ${types.join(' or ')}`);
}

function isTextOf<Type extends string>(text: string, types: readonly Type[]): text is ReferenceText<Type> {
  const stated = typeOfText(text);
  if (stated === undefined) return /^(?:#|[A-Za-z][\w+.-]*:)/.test(text);
  return isResourceType(stated) && types.some((type) => type === stated);
}
