import { ABSTRACT } from './abstract-types.js';
import { isObject } from './json.js';

/** Whether a resource type is abstract: only its specialisations have instances. */
export function isAbstract(type: string): boolean {
  return ABSTRACT.has(type);
}

/**
 * The type of a value checked against a profile: the type of the profile, or a specialisation where that is abstract.
 *
 * @param type FHIR type of the profile
 * @param value anything
 */
export function typeOf(type: string, value: unknown): string {
  const others = ABSTRACT.get(type);
  const own = others && isObject(value) ? value['resourceType'] : undefined;
  return typeof own === 'string' && /^[A-Z]\w*$/.test(own) && others?.test(own) === false ? own : type;
}
