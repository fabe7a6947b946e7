/** A JSON value, from which a literal type or a value can be built. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/**
 * Whether a JSON value is an array: `Array.isArray` does not narrow readonly arrays.
 *
 * @param value any
 */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
