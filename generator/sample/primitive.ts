import type { Json } from '../fhir/json.js';

/** A value of each primitive type (FHIR R4, Data Types). */
const SAMPLES: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['base64Binary', 'AAAA'],
  ['boolean', true],
  ['canonical', 'https://example.org/fhir/canonical'],
  ['code', 'example'],
  ['date', '2024-02-03'],
  ['dateTime', '2024-02-03T04:05:06+01:00'],
  ['decimal', 1.5],
  ['id', 'example'],
  ['instant', '2024-02-03T04:05:06.789Z'],
  ['integer', 1],
  ['integer64', '1'],
  ['markdown', 'Some text'],
  ['oid', 'urn:oid:1.2.3'],
  ['positiveInt', 1],
  ['string', 'text'],
  ['time', '04:05:06'],
  ['unsignedInt', 1],
  ['uri', 'https://example.org/uri'],
  ['url', 'https://example.org/url'],
  ['uuid', 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
  ['xhtml', '<div xmlns="http://www.w3.org/1999/xhtml"><p>text</p></div>'],
]);

/** Other values for types where appending text to a sample is not valid. */
const OTHERS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['base64Binary', 'BBBB'],
  ['date', '1999-12-31'],
  ['dateTime', '1999-12-31T00:00:00Z'],
  ['instant', '1999-12-31T00:00:00Z'],
  ['oid', 'urn:oid:1.2.3.4'],
  ['time', '23:00:00'],
  ['uuid', 'urn:uuid:00000000-ec9a-4326-a141-556f43239520'],
]);

/** Values that the type's regular expression or range rejects (FHIR R4, Data Types, "Primitive Types"). */
const MALFORMED: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['base64Binary', 'not base64!'],
  ['canonical', 'has space'],
  ['code', ' two  spaces '],
  ['date', '2024-13-45'],
  ['dateTime', '2024-02-03 04:05'],
  ['id', 'not an id!'],
  ['instant', '2024-02-03'],
  ['integer', 1.5],
  ['integer64', '9223372036854775808'],
  ['markdown', ''],
  ['oid', '1.2.3'],
  ['positiveInt', 0],
  ['string', ''],
  ['time', '25:61'],
  ['unsignedInt', -1],
  ['uri', 'has space'],
  ['url', 'has space'],
  ['uuid', 'urn:uuid:not-a-uuid'],
]);

/** A value of a primitive type. */
export function sample(code: string): Json {
  return SAMPLES.get(code) ?? 'text';
}

/** Another value of the same primitive type. */
export function other(code: string, value: Json): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return OTHERS.get(code) ?? `${String(value)}-other`;
}

/** A value of another JSON type. */
export function otherJson(value: Json): Json {
  return typeof value === 'string' ? 7 : String(value);
}

/** A value of the right JSON type that is not valid for the primitive type; `undefined` when there is none. */
export function malformed(code: string): Json | undefined {
  return MALFORMED.get(code);
}
