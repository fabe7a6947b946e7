import type { ReferenceType } from '../emit/type.js';
import type { ResolvedElement } from '../model/resolved.js';
import { fhirType, runtimeType } from './scope.js';

/** The choice that makes extensions long. */
export const EXTENSION_VALUE = 'Extension.value[x]';

/** Type of the runtime: an extension without a value. */
export const BARE_EXTENSION: ReferenceType = runtimeType('BareExtension');

/**
 * What the type of a datatype extends. An extension of which the profile restricts the value stands on one without
 * any: fifty prohibited members would tell its readers nothing.
 *
 * @param element with all that holds for it
 * @param code of the datatype
 */
export function fhirBase(element: ResolvedElement, code: string): ReferenceType {
  const value = element.members.find((member) => member.base.path === EXTENSION_VALUE);
  const isRestricted = value !== undefined && value.removed.length > 0;
  return code === 'Extension' && isRestricted ? BARE_EXTENSION : fhirType(code);
}
