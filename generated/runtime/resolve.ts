import { bundleRules } from './bundle.js';
import type { Bundle, FhirResource, UntypedReference } from './fhir.js';
import { isObject, type JsonObject, listOf } from './json.js';
import { typeName, typeOfText } from './target.js';
import type { ResourceOf, ResourceType } from './types.js';

/** The resource type that the type of a reference states; any resource when it states none. */
export type TargetOf<Given> = Given extends { readonly type?: infer Type | undefined }
  ? string extends Type
    ? FhirResource
    : ResourceOf<Extract<Type, ResourceType>>
  : FhirResource;

/** Finds the targets of references within one Bundle. */
export interface Resolve {
  /**
   * @param reference from the Bundle, or any other
   * @param is guard of the profile that the target must conform to
   * @returns the target; `undefined` when it is not in the Bundle, or does not conform
   */
  <Target>(reference: UntypedReference, is: (value: unknown) => value is Target): Target | undefined;
  /**
   * @param reference from the Bundle, or any other
   * @returns the target, typed by the reference; `undefined` when it is not in the Bundle, or has another type
   */
  <Given extends UntypedReference>(reference: Given): TargetOf<Given> | undefined;
}

/**
 * Follows references within a Bundle (FHIR R4, Bundle, "Resolving references in Bundles"): by `fullUrl`; relative ones
 * from the server of the entry that contains them; `#id` among the contained resources of that entry. A relative
 * reference that is in no entry leads to the only entry with that type and id.
 *
 * @param bundle read when the first reference is followed; later changes have no effect
 */
export function resolver(bundle: Bundle): Resolve {
  const rules = bundleRules({ ...bundle });
  const entries = listOf(bundle.entry).flatMap((entry) => {
    const resource = isObject(entry) ? entry['resource'] : undefined;
    return isObject(resource) ? [resource] : [];
  });
  let made: ReadonlyMap<unknown, JsonObject> | undefined;
  const find = (reference: UntypedReference): JsonObject | undefined => {
    const { reference: text, type } = reference;
    if (typeof text !== 'string') return undefined;
    const from = (made ??= hostsOf(entries)).get(reference);
    const target = text.startsWith('#')
      ? containedIn(from, text.slice(1))
      : (rules.find(text, from) ?? (from ? undefined : onlyOne(entries, text)));
    const own = target?.['resourceType'];
    const stated = [typeOfText(text), typeName(type)].filter((each) => typeof each === 'string');
    return stated.every((each) => each === own) ? target : undefined;
  };
  // One function implements both call signatures.
  return ((reference: UntypedReference, is?: (value: unknown) => boolean) => {
    const target = find(reference);
    return is === undefined || is(target) ? target : undefined;
  }) as Resolve;
}

/**
 * Follows one reference within a Bundle: {@link resolver} is faster for many.
 *
 * @param bundle that contains the target
 * @param reference from the Bundle, or any other
 * @param is guard of the profile that the target must conform to
 * @returns the target; `undefined` when it is not in the Bundle, or does not conform
 */
export function resolve<Target>(
  bundle: Bundle,
  reference: UntypedReference,
  is: (value: unknown) => value is Target,
): Target | undefined;
/**
 * Follows one reference within a Bundle: {@link resolver} is faster for many.
 *
 * @param bundle that contains the target
 * @param reference from the Bundle, or any other
 * @returns the target, typed by the reference; `undefined` when it is not in the Bundle, or has another type
 */
export function resolve<Given extends UntypedReference>(bundle: Bundle, reference: Given): TargetOf<Given> | undefined;
export function resolve(
  bundle: Bundle,
  reference: UntypedReference,
  is?: (value: unknown) => value is FhirResource,
): FhirResource | undefined {
  const follow = resolver(bundle);
  return is === undefined ? follow(reference) : follow(reference, is);
}

/** Each object within the entries, with its entry. */
function hostsOf(entries: readonly JsonObject[]): ReadonlyMap<unknown, JsonObject> {
  const hosts = new Map<unknown, JsonObject>();
  for (const entry of entries) {
    const open: unknown[] = [entry];
    for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
      if (typeof next !== 'object' || next === null || hosts.has(next)) continue;
      hosts.set(next, entry);
      // One by one: too many arguments of one call overflow the stack.
      for (const member of Object.values(next) as unknown[]) open.push(member);
    }
  }
  return hosts;
}

function containedIn(host: JsonObject | undefined, id: string): JsonObject | undefined {
  if (id === '') return host;
  const [only, ...others] = listOf(host?.['contained'])
    .filter(isObject)
    .filter((each) => each['id'] === id);
  return others.length === 0 ? only : undefined;
}

function onlyOne(entries: readonly JsonObject[], text: string): JsonObject | undefined {
  const [only, ...others] = entries.filter(({ resourceType, id }) => `${String(resourceType)}/${String(id)}` === text);
  return others.length === 0 ? only : undefined;
}
