import { anyOf, isObject, memo, type Verdict } from './json.js';
import type { CodeSet } from './table.js';

/** Systems and their codes; under the empty name the codes of all, for elements that hold a code alone. */
type Lookup = ReadonlyMap<unknown, ReadonlySet<unknown> | true>;

const lookupOf = /* @__PURE__ */ memo(({ systems }: CodeSet): Lookup => {
  const isAny = systems.some(([, codes]) => codes === true);
  const all = systems.flatMap(([, codes]) => (codes === true ? [] : codes));
  const lookup = systems.map(([system, codes]) => [system, codes === true || new Set(codes)] as const);
  return new Map([...lookup, ['', isAny || new Set(all)] as const]);
});

/**
 * Whether a value is in a value set (FHIR R4, Terminologies, "Binding Strengths", and for each type "Controlling the
 * use of …" there): a code, string or uri by itself; a Coding or Quantity by system and code; a CodeableConcept when
 * one of its codings is. A Quantity may do without a coded unit.
 *
 * @returns `undefined` when the value set is not known completely and the value may be in the unknown part, or when
 * the value is nothing that codes apply to
 */
export function isIn(set: CodeSet, value: unknown): Verdict {
  if (typeof value === 'string') return hasCode(set, '', value);
  if (!isObject(value)) return undefined;
  const { coding, system, code } = value;
  if (Array.isArray(coding)) {
    return anyOf(
      coding,
      (each) => isObject(each) && typeof each['code'] === 'string' && hasCode(set, each['system'], each['code']),
    );
  }
  if (typeof code === 'string') return hasCode(set, system, code);
  return code === undefined && (value['value'] !== undefined || value['unit'] !== undefined) ? undefined : false;
}

function hasCode(set: CodeSet, system: unknown, code: string): Verdict {
  const codes = lookupOf(set).get(system);
  // A system that is listed is listed completely; among all codes, and for other systems, some may be missing.
  return codes === true || codes?.has(code) || (set.open && (!codes || system === '') ? undefined : false);
}
