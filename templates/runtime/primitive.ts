/**
 * The primitive types of FHIR R4, Data Types, "Primitive Types". The regular expressions there are kept where they
 * run in linear time; the others (code, base64Binary) are rewritten, as no value may make a guard hang.
 */

/** Whether a JSON value is one of a type. */
export type Check = (value: unknown) => boolean;

/** Largest size of a string: 1 MB, says the specification. */
const STRING_LIMIT = 1024 * 1024;

const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/;
const ZONE = /(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;
// eslint-disable-next-line no-control-regex -- control characters are what the specification forbids
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f]/;

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  // There is no year 0, and day 0 of the next month is the last of this one.
  return Number(year) > 0 && !(Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
}

function isInstant(text: string): boolean {
  const zone = ZONE.exec(text)?.[0];
  return zone !== undefined && text[10] === 'T' && isDate(text.slice(0, 10)) && TIME.test(text.slice(11, -zone.length));
}

function isBase64(text: string): boolean {
  const dense = text.replace(/\s+/g, '');
  return dense.length > 0 && dense.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(dense);
}

function whole(min: number): Check {
  return (value) => Number.isInteger(value) && Number(value) >= min && Number(value) < 2 ** 31;
}

function text(form: (value: string) => boolean): Check {
  return (value) => typeof value === 'string' && form(value);
}

function like(form: RegExp): Check {
  return (value) => typeof value === 'string' && form.test(value);
}

const string = text((value) => value.length > 0 && value.length <= STRING_LIMIT && !CONTROL.test(value));
const uri = like(/^\S+$/);

/** Every primitive type. */
export const primitives: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['boolean', (value) => typeof value === 'boolean'],
  ['decimal', Number.isFinite],
  ['integer', whole(-(2 ** 31))],
  ['unsignedInt', whole(0)],
  ['positiveInt', whole(1)],
  ['string', string],
  ['markdown', string],
  ['xhtml', like(/^\s*<div[\s/>]/)],
  ['code', text((value) => value.length > 0 && !/^\s|\s\s|\s$/.test(value))],
  ['id', like(/^[A-Za-z0-9.-]{1,64}$/)],
  ['uri', uri],
  ['url', uri],
  ['canonical', uri],
  ['oid', like(/^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/)],
  ['uuid', like(/^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/)],
  ['base64Binary', text(isBase64)],
  ['date', text(isDate)],
  ['dateTime', text((value) => isDate(value) || isInstant(value))],
  ['instant', text(isInstant)],
  ['time', like(TIME)],
]);

/** The name of the JSON type that a primitive type is written in. */
export function jsonType(type: string): string {
  return type === 'boolean' ? type : /^(?:decimal|integer|unsignedInt|positiveInt)$/.test(type) ? 'number' : 'string';
}
