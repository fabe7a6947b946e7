import type { ValueSetModel } from '../model/model.js';
import type { Bound } from './spec.js';
import type { Json } from '../fhir/json.js';

/** A code with its system. */
export interface Concept {
  readonly system: string;
  readonly code: string;
}

/** The known parts of a concept. */
export type Wanted = Partial<Concept>;

/** A code for systems that allow any code. */
const ANY = 'example';
/** A system for unknown value sets. */
const SYSTEM = 'https://example.org/codes';

/** A concept that is in no value set. */
export const OUTSIDE: Concept = { system: 'https://example.org/other-codes', code: 'not-a-code' };

/**
 * A concept that is in all value sets, as far as their codes are known.
 *
 * @param bounds required bindings
 * @param wanted the system and code, where they are given
 * @param offset the offset of the first candidate
 * @returns `undefined` when there is none
 */
export function conceptIn(bounds: readonly Bound[], wanted: Wanted, offset = 0): Concept | undefined {
  const sets = bounds.map((bound) => bound.valueSet);
  const candidates = [...sets].reverse().flatMap((set) => conceptsOf(set, wanted));
  if (sets.length === 0 || candidates.length === 0) return undefined;
  return from(candidates, offset).find(
    (concept) => isWanted(concept, wanted) && sets.every((set) => isIn(set, concept) !== false),
  );
}

/**
 * A code that is in all value sets, whatever its system.
 *
 * @param bounds required bindings
 * @param hint the preferred code, used if allowed
 * @param offset the offset of the first candidate
 */
export function codeIn(bounds: readonly Bound[], hint?: Json, offset = 0): string | undefined {
  const sets = bounds.map((bound) => bound.valueSet);
  const candidates = [...sets].reverse().flatMap((set) => conceptsOf(set, {}).map(({ code }) => code));
  const wanted = sets.length > 0 && typeof hint === 'string' ? [hint] : [];
  return [...wanted, ...from(candidates, offset)].find((code) => sets.every((set) => hasCode(set, code)));
}

/** A list rotated by an offset. */
function from<T>(list: readonly T[], offset: number): readonly T[] {
  const start = list.length === 0 ? 0 : offset % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

function conceptsOf(set: ValueSetModel, wanted: Wanted): Concept[] {
  const known = set.systems.flatMap(({ system, open, concepts }) => [
    ...concepts.map(({ code }) => ({ system, code })),
    ...(open ? [{ system, code: wanted.code ?? ANY }] : []),
  ]);
  const unknown = set.systemsKnown ? [] : [{ system: wanted.system ?? SYSTEM, code: wanted.code ?? ANY }];
  return [...known, ...unknown];
}

function isWanted(concept: Concept, { system, code }: Wanted): boolean {
  return (system === undefined || concept.system === system) && (code === undefined || concept.code === code);
}

/**
 * Whether a concept is in a value set.
 *
 * @returns `undefined` when not all codes of the value set are known
 */
export function isIn(set: ValueSetModel, { system, code }: Wanted): boolean | undefined {
  const known = set.systems.find((one) => one.system === system);
  if (known === undefined) return set.systemsKnown ? false : undefined;
  return known.concepts.some((concept) => concept.code === code) || (known.open ? undefined : false);
}

/** Whether a value set has a code of any system, as far as its codes are known. */
export function hasCode(set: ValueSetModel, code: string): boolean {
  return (
    !set.systemsKnown ||
    set.systems.some((system) => system.open || system.concepts.some((concept) => concept.code === code))
  );
}

/** System and code of a Coding or Quantity. */
export function conceptOf(value: Json | undefined): Wanted {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  const members = new Map(Object.entries(value));
  const system = members.get('system');
  const code = members.get('code');
  return {
    ...(typeof system === 'string' ? { system } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  };
}

/** Codings of a CodeableConcept. */
export function codingsOf(value: Json | undefined): Wanted[] {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const coding = new Map(Object.entries(value)).get('coding');
  return Array.isArray(coding) ? coding.map((one: Json) => conceptOf(one)) : [];
}
