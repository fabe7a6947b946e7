import { anyOf, isObject, listOf, memo, type Verdict } from './json.js';
import type { CodeSet } from './table.js';

/** The codes of a value set. */
interface Lookup {
  /** By system; under the empty string the codes of all systems, for elements that hold only a code. */
  readonly codes: ReadonlyMap<unknown, Codes | true>;
  /** The last system looked up, which is likely to come next: comparing texts is faster than a lookup. */
  system: unknown;
  last: Codes | true | undefined;
}

/** As the system writes them, and in lower case where case does not matter. */
interface Codes {
  readonly exact: ReadonlySet<string>;
  readonly folded: ReadonlySet<string>;
}

const lookupOf = /* @__PURE__ */ memo(({ systems }: CodeSet): Lookup => {
  const isAny = systems.some(([, codes]) => codes === true);
  const lookup = systems.map((system) => [system[0], system[1] === true || codesOf([system])] as const);
  const codes = new Map<unknown, Codes | true>([...lookup, ['', isAny || codesOf(systems)]]);
  return { codes, system: undefined, last: codes.get(undefined) };
});

function codesOf(systems: CodeSet['systems']): Codes {
  const codesIn = (some: CodeSet['systems']): string[] => some.flatMap(([, codes]) => (codes === true ? [] : codes));
  const folded = codesIn(systems.filter(([, , anyCase]) => anyCase)).map((code) => code.toLowerCase());
  return { exact: new Set(codesIn(systems)), folded: new Set(folded) };
}

/**
 * Whether a value is in a value set (FHIR R4, Terminologies, "Binding Strengths", and for each type "Controlling the
 * use of …" there): a code, string or uri by its value; a Coding or Quantity by system and code; a CodeableConcept when
 * one of its codings is. A Quantity need not have a coded unit.
 *
 * @param asWritten case matters everywhere: types list codes as their system writes them
 * @returns `undefined` when the value set is not known completely and the value may be in the unknown part, or when
 *   codes do not apply to the value
 */
export function isIn(set: CodeSet, value: unknown, asWritten: boolean | undefined): Verdict {
  if (typeof value === 'string') return hasCode(set, '', value, asWritten);
  if (!isObject(value)) return undefined;
  const { coding, system, code } = value;
  if (Array.isArray(coding)) {
    return anyOf(
      listOf(coding),
      (each) =>
        isObject(each) && typeof each['code'] === 'string' && hasCode(set, each['system'], each['code'], asWritten),
    );
  }
  if (typeof code === 'string') return hasCode(set, system, code, asWritten);
  return code === undefined && (value['value'] !== undefined || value['unit'] !== undefined) ? undefined : false;
}

function hasCode(set: CodeSet, system: unknown, code: string, asWritten: boolean | undefined): Verdict {
  const lookup = lookupOf(set);
  if (lookup.system !== system) [lookup.system, lookup.last] = [system, lookup.codes.get(system)];
  const codes = lookup.last;
  // A listed system is listed completely; other systems, and the codes of all systems, may be incomplete.
  if (codes === true || codes?.exact.has(code)) return true;
  if (!asWritten && codes?.folded.has(code.toLowerCase())) return true;
  return set.open && (!codes || system === '') ? undefined : false;
}
