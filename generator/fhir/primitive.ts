/** JSON types of FHIR's primitives that are not strings (FHIR R4, JSON Representation of Resources). */
const NOT_STRINGS: ReadonlyMap<string, 'boolean' | 'number'> = new Map([
  ['boolean', 'boolean'],
  ['integer', 'number'],
  ['unsignedInt', 'number'],
  ['positiveInt', 'number'],
  ['decimal', 'number'],
]);

/**
 * The JSON type of a FHIR primitive.
 *
 * @param code FHIR type code
 */
export function jsonTypeOf(code: string): 'boolean' | 'number' | 'string' {
  return NOT_STRINGS.get(code) ?? 'string';
}
