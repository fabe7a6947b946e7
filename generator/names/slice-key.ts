import { camelCase, isIdentifier } from './identifier.js';

/** The key in the input of `create` for the items of no slice. */
const OTHERS = 'others';

/**
 * The key of a slice in the input of `create`, and the base of the names of its methods and reader.
 *
 * @param slice FHIR slice name
 * @returns the name itself if it is an identifier
 */
export function sliceKey(slice: string): string {
  const key = isIdentifier(slice) ? slice : camelCase(slice);
  // Members that every object inherits would be found even when no slice is given.
  return key === OTHERS || key in Object.prototype ? `${key}Slice` : key;
}
