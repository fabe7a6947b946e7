import { isObject, listOf, quote } from './json.js';
import { fill, type Language, message } from './language.js';
import type { CodeSet } from './table.js';

/** The codes found where a value set is bound, as texts that can be shown. */
export interface Coded {
  readonly codes: CodeSet;
  readonly found: readonly Code[];
}

/** A code found in a value. */
export interface Code {
  readonly code: string;
  /** `undefined` where the code has none, and where the element holds only a code. */
  readonly system: string | undefined;
  readonly isAlone: boolean;
}

/** The codes of a code, Coding, Quantity or CodeableConcept. */
export function codedOf(codes: CodeSet, value: unknown): Coded {
  if (!isObject(value)) return { codes, found: [{ code: shown(value) ?? '', system: undefined, isAlone: true }] };
  const found = [value, ...listOf(value['coding'])].filter(isObject).flatMap(({ code, system }): Code[] => {
    const text = shown(code);
    return text === undefined ? [] : [{ code: text, system: shown(system), isAlone: false }];
  });
  return { codes, found };
}

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = quote(value);
  return typeof value === 'string' ? text.slice(1, -1) : text;
}

/** How many codes a message lists at most. */
const FEW = 5;

/**
 * Describes what is wrong with a code, and suggests the code that may have been meant.
 *
 * @param isRequired the binding is required
 */
export function codedText(language: Language, { codes, found }: Coded, isRequired: boolean): string {
  const all = codes.systems.flatMap(([system, some]) => (some === true ? [] : some.map((code) => [system, code])));
  const isKnown = !codes.open && codes.systems.every(([, some]) => some !== true);
  const { url } = codes;
  if (found.length === 0) return message(language, 'uncoded', ['', '', url]);
  const texts = found.map(({ code, system, isAlone }) => {
    if (isAlone) return `"${code}"`;
    return system ? `${system}|${code}` : fill(language.words.bare, language.words, [code]);
  });
  const details = [texts.join(', '), all.length, url];
  const listed = [details[0], all.map(([, code]) => code ?? ''), url];
  if (!isRequired) return message(language, 'suggested', details);
  if (!isKnown) return message(language, 'outside', details);
  if (all.length <= FEW) return message(language, url ? 'few' : 'listed', listed);
  const text = url ? message(language, 'code', details) : message(language, 'listed', listed);
  for (const { code, system, isAlone } of found) {
    const meant = closest(all, code, system);
    if (meant) return message(language, 'mean', [text, isAlone ? `"${meant[1]}"` : meant.join('|')]);
  }
  return text;
}

type Listed = readonly [system: string, code: string];

/** Longer codes are not compared. */
const LENGTH_LIMIT = 40;

/** The listed code that is likely meant: the same code in another system or another case, or a similar one. */
function closest(all: readonly (readonly string[])[], code: string, system: string | undefined): Listed | undefined {
  let best: Listed | undefined;
  // Numeric codes look similar and mean different things.
  let least = /[A-Za-z]/.test(code) ? Math.min(3, code.length / 2) : 1;
  if (code.length > LENGTH_LIMIT) return undefined;
  for (const [itsSystem = '', its = ''] of all) {
    const distance = its.toLowerCase() === code.toLowerCase() ? 0.5 : edits(its, code, least);
    if (distance < least || (distance === 0.5 && itsSystem === system)) [best, least] = [[itsSystem, its], distance];
  }
  return best;
}

/** How many insertions, deletions and replacements turn one text into the other (Levenshtein distance). */
function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? Infinity;
}
