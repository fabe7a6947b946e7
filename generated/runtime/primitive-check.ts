import { lengthOf } from './json.js';

/** Whether a JSON value is a value of a primitive type. */
export type Check = (value: unknown) => boolean;

/** Largest size of a string: 1024*1024 characters in the specification; types that hold documents may be larger. */
const STRING_LIMIT = 1024 * 1024;

const ZONE = /(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))/.source;

/**
 * Makes the checks of dates, with or without time. Year 0 does not exist; day 0 of the next month is the last of this
 * one.
 *
 * @param time pattern of a time, whose precision depends on the FHIR release
 * @returns a function that makes a check from a test of the time, which is `undefined` for a date
 */
export function dates(time: string): (isRight: (time: string | undefined) => boolean) => Check {
  const form = new RegExp(`^(\\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\\d|3[01])(T${time}${ZONE})?)?)?$`);
  return (isRight) => (value) => {
    const match = typeof value === 'string' && value.length <= STRING_LIMIT && form.exec(value);
    if (!match) return false;
    const [, year, month, day, rest] = match;
    const last = Number(day) > 28 && new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    return Number(year) > 0 && (last === false || Number(day) <= last) && isRight(rest);
  };
}

/** Longest text kept for comparison. */
const SHORT = 200;

/** A check that remembers the last valid text, because many items repeat the same addresses. */
export function repeated(check: Check): Check {
  let last: unknown;
  return (value) => {
    if (value === last) return last !== undefined;
    if (!check(value)) return false;
    if (typeof value === 'string' && value.length < SHORT) last = value;
    return true;
  };
}

/** An integer from `min` to the largest 32-bit integer. */
export function whole(min: number): Check {
  return (value) => Number.isInteger(value) && Number(value) >= min && Number(value) < 2 ** 31;
}

/** A string that matches a pattern, of at most `limit` characters. */
export function like(form: RegExp, isRight?: (text: string) => boolean, limit = STRING_LIMIT): Check {
  return (value) =>
    typeof value === 'string' &&
    (value.length <= limit || lengthOf(value) <= limit) &&
    form.test(value) &&
    (!isRight || isRight(value));
}

// The specification forbids these control characters.
export const string: Check = /* @__PURE__ */ like(/^[^\0-\x08\x0b\x0c\x0e-\x1f]+$/);
export const uri: Check = /* @__PURE__ */ like(/^\S+$/);
