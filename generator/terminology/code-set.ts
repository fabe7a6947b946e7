import type { Concept } from './concept.js';

/**
 * How completely the codes of one system are known. `exact`: these and no others. `atLeast`: these belong, and any
 * other code of the system may. `atMost`: only these may belong, but not all of them need to.
 */
export type Extent = 'exact' | 'atLeast' | 'atMost';

/** The codes of one system: code → concept, in the order of the value set. */
export interface SystemCodes {
  readonly extent: Extent;
  readonly concepts: ReadonlyMap<string, Concept>;
}

/**
 * A set of codes as far as the loaded packages define it. Nothing in it is ever narrower than the truth:
 * a code that may belong is never ruled out.
 */
export interface CodeSet {
  readonly systems: ReadonlyMap<string, SystemCodes>;
  /** A part of the set could not be resolved and its system is not known either: any code of any system may belong. */
  readonly anything: boolean;
}

const NO_CONCEPTS: ReadonlyMap<string, Concept> = new Map();

/** The set without codes. */
export const NOTHING: CodeSet = { systems: new Map(), anything: false };

/** The completely unknown set. */
export const ANYTHING: CodeSet = { systems: new Map(), anything: true };

/** The codes of one system. */
export function systemSet(system: string, extent: Extent, concepts: ReadonlyMap<string, Concept>): CodeSet {
  return { systems: new Map([[system, { extent, concepts }]]), anything: false };
}

/** A system whose codes may all be in the set. */
export function openSystem(system: string): CodeSet {
  return systemSet(system, 'atLeast', NO_CONCEPTS);
}

/** Whether the set is closed. */
export function isExact(set: CodeSet): boolean {
  return !set.anything && [...set.systems.values()].every((codes) => codes.extent === 'exact');
}

/** The number of codes that a set names. */
export function countOf(set: CodeSet): number {
  let count = 0;
  for (const codes of set.systems.values()) count += codes.concepts.size;
  return count;
}

/** Codes that are in any of the sets (FHIR R4, ValueSet.compose: "the union of all the includes"). */
export function union(sets: readonly CodeSet[]): CodeSet {
  // Most value sets have one include: no need to copy 100,000 codes.
  if (sets.length === 1 && sets[0] !== undefined) return sets[0];
  const systems = new Map<string, { extent: Extent; concepts: Map<string, Concept> }>();
  for (const set of sets) {
    for (const [system, codes] of set.systems) {
      const before = systems.get(system);
      if (before === undefined) {
        systems.set(system, { extent: codes.extent, concepts: new Map(codes.concepts) });
        continue;
      }
      // Codes that may belong cannot be in a list of codes that certainly belong.
      const open = before.extent === 'atLeast' || codes.extent === 'atLeast';
      if (open && before.extent === 'atMost') before.concepts.clear();
      if (!open || codes.extent !== 'atMost') {
        for (const [code, concept] of codes.concepts)
          if (!before.concepts.has(code)) before.concepts.set(code, concept);
      }
      before.extent = open ? 'atLeast' : before.extent === codes.extent ? before.extent : 'atMost';
    }
  }
  return { systems, anything: sets.some((set) => set.anything) };
}

/** Codes that are in both sets (FHIR R4, ValueSet.compose.include: its value sets and its system all hold). */
export function intersection(a: CodeSet, b: CodeSet): CodeSet {
  const systems = new Map<string, SystemCodes>();
  for (const system of new Set([...a.systems.keys(), ...b.systems.keys()])) {
    const left = codesOf(a, system);
    const right = codesOf(b, system);
    if (left !== undefined && right !== undefined) systems.set(system, bothOf(left, right));
  }
  return { systems, anything: a.anything && b.anything };
}

/** Codes of `a` that are not in `b` (FHIR R4, ValueSet.compose.exclude). */
export function difference(a: CodeSet, b: CodeSet): CodeSet {
  const systems = new Map<string, SystemCodes>();
  for (const [system, codes] of a.systems) {
    const excluded = codesOf(b, system);
    if (excluded === undefined) {
      systems.set(system, codes);
      continue;
    }
    const concepts = new Map<string, Concept>();
    const unsure = excluded.extent === 'atLeast';
    for (const [code, concept] of codes.concepts) {
      const named = excluded.concepts.has(code);
      const surelyOut = named && excluded.extent !== 'atMost';
      const surelyIn = !named && !unsure;
      if (codes.extent === 'atLeast' ? surelyIn : !surelyOut) concepts.set(code, concept);
    }
    const exact = codes.extent !== 'exact' || (excluded.extent === 'exact' && !unsure);
    systems.set(system, { extent: exact ? codes.extent : 'atMost', concepts });
  }
  return { systems, anything: a.anything };
}

/** The part of a set for one system; it may contain any code of a system that it does not name. */
function codesOf(set: CodeSet, system: string): SystemCodes | undefined {
  const codes = set.systems.get(system);
  if (!set.anything) return codes;
  if (codes === undefined || codes.extent === 'atMost') return { extent: 'atLeast', concepts: NO_CONCEPTS };
  return { extent: 'atLeast', concepts: codes.concepts };
}

function bothOf(a: SystemCodes, b: SystemCodes): SystemCodes {
  const [left, right] = a.extent === 'atLeast' && b.extent !== 'atLeast' ? [b, a] : [a, b];
  const concepts = new Map<string, Concept>();
  if (right.extent === 'atLeast' && left.extent !== 'atLeast') {
    // All codes of the closed side may belong to the open one; they do if the open one names all of them.
    const sure = left.extent === 'exact' && [...left.concepts.keys()].every((code) => right.concepts.has(code));
    return { extent: sure ? 'exact' : 'atMost', concepts: left.concepts };
  }
  for (const [code, concept] of left.concepts) if (right.concepts.has(code)) concepts.set(code, concept);
  const extent = left.extent === right.extent ? left.extent : 'atMost';
  return { extent, concepts };
}
