/**
 * The primitive types of FHIR R5, Data Types, "Primitive Types". The regular expressions of the specification are kept
 * where they run in linear time; that of base64Binary is replaced, because no value may make a guard hang.
 */

import { narrativeFault } from './narrative.js';
import { type Check, dates, like, string, uri, whole } from './primitive-check.js';

const TIME = /(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?/.source;
const date = /* @__PURE__ */ dates(TIME);

/** Every primitive type. */
export const primitives: ReadonlyMap<string, Check> = /* @__PURE__ */ new Map<string, Check>([
  ['boolean', (value) => typeof value === 'boolean'],
  ['decimal', Number.isFinite],
  ['integer', whole(-(2 ** 31))],
  // A JSON number does not hold 64 bits, so integer64 is a string in JSON.
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
