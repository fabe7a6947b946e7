import { isObject, type Verdict } from './json.js';
import type { CodeSet } from './table.js';

/** A value set made ready for look-ups. */
interface Lookup {
  readonly systems: ReadonlyMap<string, ReadonlySet<string> | true>;
  /** Codes of all systems, for elements that hold a code alone; `true` when any code of some system will do. */
  readonly codes: ReadonlySet<string> | true;
}

const lookups = new WeakMap<CodeSet, Lookup>();

function lookupOf(set: CodeSet): Lookup {
  let lookup = lookups.get(set);
  if (!lookup) {
    const any = set.systems.some(([, codes]) => codes === true);
    lookup = {
      systems: new Map(set.systems.map(([system, codes]) => [system, codes === true || new Set(codes)])),
      codes: any || new Set(set.systems.flatMap(([, codes]) => (codes === true ? [] : codes))),
    };
    lookups.set(set, lookup);
  }
  return lookup;
}

/**
 * Whether a value is in a value set (FHIR R4, Terminologies, "Binding Strengths", and for each type "Controlling the
 * use of …" there): a code, string or uri by itself; a Coding or Quantity by system and code; a CodeableConcept when
 * one of its codings is.
 *
 * @returns `undefined` when the value set is not known completely and the value may be in the unknown part, or when
 * the value is nothing that codes apply to
 */
export function isIn(set: CodeSet, value: unknown): Verdict {
  const { systems, codes } = lookupOf(set);
  if (typeof value === 'string') return codes === true || codes.has(value) || unlessOpen(set);
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.coding)) {
    let verdict: Verdict = false;
    for (const coding of value.coding) {
      const each = isObject(coding) ? isIn(set, { system: coding.system, code: coding.code }) : false;
      if (each) return true;
      if (each === undefined) verdict = each;
    }
    return verdict;
  }
  const { system, code } = value;
  // A Quantity may do without a coded unit; what has neither a value nor a unit in words is a concept.
  if (code === undefined && (value.value !== undefined || value.unit !== undefined)) return undefined;
  if (typeof code !== 'string') return false;
  const known = typeof system === 'string' ? systems.get(system) : undefined;
  return known === undefined ? unlessOpen(set) : known === true || known.has(code);
}

function unlessOpen(set: CodeSet): Verdict {
  return set.open ? undefined : false;
}
