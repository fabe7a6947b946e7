import { ABSTRACT } from './abstract-types.js';
import { isObject } from './json.js';

/** Whether there are no instances of a resource type, only of those that specialise it. */
export function isAbstract(type: string): boolean {
  return ABSTRACT.has(type);
}

/**
 * The type of a value judged by a profile: that of the profile, or one that specialises it where that is abstract.
 *
 * @param type FHIR type of the profile
 * @param value anything
 */
export function typeOf(type: string, value: unknown): string {
  const others = ABSTRACT.get(type);
  const own = others && isObject(value) ? value['resourceType'] : undefined;
  return typeof own === 'string' && /^[A-Z]\w*$/.test(own) && others?.test(own) === false ? own : type;
}
