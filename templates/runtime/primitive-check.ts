import { lengthOf } from './json.js';

/** Whether a JSON value is one of a type. */
export type Check = (value: unknown) => boolean;

/** Largest size of a string: 1024*1024 characters, says the specification; what holds documents may be larger. */
const STRING_LIMIT = 1024 * 1024;

const ZONE = /(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))/.source;

/**
 * The checks of dates, with or without time; there is no year 0, and day 0 of the next month is the last of this one.
 *
 * @param time form of a time, which releases of FHIR have in different precision
 * @returns takes what the time has to be: `undefined` is none
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

/** Longest text that is kept to be compared. */
const SHORT = 200;

/** A check that knows the text again that was right last time: the same addresses stand in many items. */
export function repeated(check: Check): Check {
  let last: unknown;
  return (value) => {
    if (value === last) return last !== undefined;
    if (!check(value)) return false;
    if (typeof value === 'string' && value.length < SHORT) last = value;
    return true;
  };
}

/** An integer from `min` to the largest of 32 bits. */
export function whole(min: number): Check {
  return (value) => Number.isInteger(value) && Number(value) >= min && Number(value) < 2 ** 31;
}

/** A string of a form, of at most `limit` characters. */
export function like(form: RegExp, isRight?: (text: string) => boolean, limit = STRING_LIMIT): Check {
  return (value) =>
    typeof value === 'string' &&
    (value.length <= limit || lengthOf(value) <= limit) &&
    form.test(value) &&
    (!isRight || isRight(value));
}

// Control characters are what the specification forbids.
export const string: Check = /* @__PURE__ */ like(/^[^\0-\x08\x0b\x0c\x0e-\x1f]+$/);
export const uri: Check = /* @__PURE__ */ like(/^\S+$/);
