/**
 * The primitive types of FHIR R5, Data Types, "Primitive Types". The regular expressions there are kept where they
 * run in linear time; that of base64Binary is replaced, as no value may make a guard hang.
 */

import { lengthOf } from './json.js';
import { narrativeFault } from './narrative.js';

/** Whether a JSON value is one of a type. */
export type Check = (value: unknown) => boolean;

/** Largest size of a string: 1024*1024 characters, says the specification; what holds documents may be larger. */
const STRING_LIMIT = 1024 * 1024;

const TIME = /(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?/.source;
const ZONE = /(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))/.source;
const DATE = new RegExp(`^(\\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\\d|3[01])(T${TIME}${ZONE})?)?)?$`);

/** A date, with or without time; there is no year 0, and day 0 of the next month is the last of this one. */
function date(isRight: (time: string | undefined) => boolean): Check {
  return like(DATE, (text) => {
    const [, year, month, day, time] = DATE.exec(text) ?? [];
    const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    return Number(year) > 0 && !(Number(day) > last) && isRight(time);
  });
}

function whole(min: number): Check {
  return (value) => Number.isInteger(value) && Number(value) >= min && Number(value) < 2 ** 31;
}

function like(form: RegExp, isRight?: (text: string) => boolean, limit = STRING_LIMIT): Check {
  return (value) =>
    typeof value === 'string' &&
    (value.length <= limit || lengthOf(value) <= limit) &&
    form.test(value) &&
    (!isRight || isRight(value));
}

// Control characters are what the specification forbids.
const string = /* @__PURE__ */ like(/^[^\0-\x08\x0b\x0c\x0e-\x1f]+$/);
const uri = /* @__PURE__ */ like(/^\S+$/);

/** Every primitive type. */
export const primitives: ReadonlyMap<string, Check> = /* @__PURE__ */ new Map<string, Check>([
  ['boolean', (value) => typeof value === 'boolean'],
  ['decimal', Number.isFinite],
  ['integer', whole(-(2 ** 31))],
  // A number of JSON does not hold 64 bits, so it is a string there.
  [
    'integer64',
    like(
      /^(?:0|[-+]?[1-9]\d{0,18})$/,
      (text) => BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', '')),
    ),
  ],
  ['unsignedInt', whole(0)],
  ['positiveInt', whole(1)],
  ['string', string],
  ['markdown', string],
  ['xhtml', (value) => typeof value === 'string' && !narrativeFault(value)],
  ['code', like(/^\S+(?: \S+)*$/)],
  ['id', like(/^[A-Za-z0-9.-]{1,64}$/)],
  ['uri', uri],
  ['url', uri],
  ['canonical', uri],
  ['oid', like(/^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/)],
  ['uuid', like(/^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/)],
  ['base64Binary', like(/^[A-Za-z0-9+/]+={0,2}$/, (text) => text.length % 4 === 0, Infinity)],
  ['date', date((time) => !time)],
  ['dateTime', date(() => true)],
  ['instant', date(Boolean)],
  ['time', like(new RegExp(`^${TIME}$`))],
]);
