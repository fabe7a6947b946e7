import type { LiteralReference, ProfilesOf, Reference, ReferenceText } from './types.js';

/**
 * A relative reference (FHIR R4, References, "Literal References").
 *
 * @param type type of the target
 * @param id logical id of the target
 * @returns a reference that fits wherever a reference to that type is wanted, whatever the profile
 */
export function ref<Type extends string>(type: Type, id: string): LiteralReference<Type> {
  return { reference: `${type}/${id}` };
}

/**
 * A reference to a resource at hand, which remembers the profiles of the resource.
 *
 * @param resource the target
 * @param reference how to refer to it (`urn:uuid:…`, `#id`, an absolute URL); without it, `Type/id`
 * @throws {TypeError} when neither `reference` nor `resource.id` is given
 */
export function referenceTo<const Target extends { readonly resourceType: string; readonly id?: string | undefined }>(
  resource: Target,
  reference?: ReferenceText<Target['resourceType']>,
): Reference<Target['resourceType'], ProfilesOf<Target>> {
  const type: Target['resourceType'] = resource.resourceType;
  if (reference !== undefined) return { reference };
  if (!resource.id) throw new TypeError(`The ${type} has no id to refer to`);
  return { reference: `${type}/${resource.id}` };
}
