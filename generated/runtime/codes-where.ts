import { fits, isObject, listOf } from './json.js';
import { hostOf, type Node, nodeOf, nodesOf } from './node.js';
import { childOf } from './rule.js';
import type { Run } from './run.js';
import type { CheckCodes, CodeSet, Json } from './table.js';
import { applyCodes } from './value-rule.js';

/** A required binding that applies where an element of the resource has one of some values. */
export interface CodesWhere {
  /** Path of the element: `Observation.category`. */
  readonly at: string;
  /** Codes, each with its system where it matters, or quantities. */
  readonly is: readonly Readonly<Record<string, Json>>[];
  readonly codes: CodeSet;
}

/**
 * Checks codes against value sets that are bound in some usage contexts, which the resource itself shows (FHIR R5,
 * ElementDefinition.binding.additional.usage).
 *
 * @param bindings the value sets, and where they apply
 */
export function codesWhere(bindings: readonly CodesWhere[]): CheckCodes {
  return (run, value) => {
    for (const { at, is, codes } of bindings) if (isThere(run, at, is)) applyCodes(run, codes, value);
  };
}

/** Whether an element of the nearest resource has one of some values; false in a resource of another type. */
function isThere(run: Run, path: string, is: CodesWhere['is']): boolean {
  const [type, ...names] = path.split('.');
  const resource = run.scope?.resource;
  if (resource?.['resourceType'] !== type) return false;
  let nodes: readonly Node[] = [nodeOf(resource)];
  for (const name of names) {
    nodes = nodes.flatMap((node) => nodesOf(hostOf(node) ?? {}, childOf(name)));
    run.spend(nodes.length);
  }
  return nodes.some(({ value }) => is.some((wanted) => hasValue(value, wanted)));
}

/** Whether a code, Coding, CodeableConcept, CodeableReference or Quantity has the wanted value. */
function hasValue(value: unknown, wanted: CodesWhere['is'][number]): boolean {
  if (!isObject(value)) return typeof value === 'string' && value === wanted['code'];
  const { concept = value } = value;
  return [value, ...listOf(isObject(concept) && concept['coding'])].some((each) => fits(wanted, each, false));
}
