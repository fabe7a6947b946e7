import type { ReferenceType } from '../emit/type.js';
import type { ResolvedElement } from '../model/resolved.js';
import { fhirType, runtimeType } from './scope.js';

/** The choice with many types that makes extensions long. */
export const EXTENSION_VALUE = 'Extension.value[x]';

/** Type of the runtime: an extension without a value. */
export const BARE_EXTENSION: ReferenceType = runtimeType('BareExtension');

/**
 * The base of the type of a datatype. An extension whose value the profile restricts extends one without a value: fifty
 * prohibited members would not help readers.
 *
 * @param element with all that holds for it
 * @param code of the datatype
 */
export function fhirBase(element: ResolvedElement, code: string): ReferenceType {
  const value = element.members.find((member) => member.base.path === EXTENSION_VALUE);
  const isRestricted = value !== undefined && value.removed.length > 0;
  return code === 'Extension' && isRestricted ? BARE_EXTENSION : fhirType(code);
}
