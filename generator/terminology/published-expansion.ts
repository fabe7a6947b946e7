import { CodegenError } from '../errors.js';
import type { ExpansionLimits } from './limits.js';
import { type Members } from '../fhir/members.js';
import type { Concept } from './concept.js';
import { type CodeSet, union, systemSet } from './code-set.js';
import { conceptOf } from './concept.js';

/** FHIR R4, ValueSet.expansion: this extension marks the expansion of a server that gave up. */
const TOO_COSTLY = 'http://hl7.org/fhir/StructureDefinition/valueset-toocostly';

/**
 * The expansion that a guide publishes with its value set (FHIR R4, ValueSet.expansion.contains).
 *
 * @param valueSet the resource
 * @param limits see {@link ExpansionLimits}
 * @returns `undefined` when it has none; `atLeast` when it is one page of a longer one
 * @throws CodegenError when it is malformed
 */
export function publishedExpansion(valueSet: Members, limits: ExpansionLimits): CodeSet | undefined {
  const expansion = valueSet.object('expansion');
  if (expansion === undefined) return undefined;
  const systems = new Map<string, Map<string, Concept>>();
  let count = 0;
  // A stack of our own: nesting in a package may be deeper than that of calls.
  const stack = [...expansion.objects('contains')].reverse();
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    stack.push(...[...item.objects('contains')].reverse());
    count++;
    if (count > limits.codes)
      throw new CodegenError(`its expansion has more than ${limits.codes} codes (limit "codes")`);
    const code = item.string('code', limits.idLength);
    const system = item.string('system', limits.idLength);
    // An abstract entry groups others and cannot be chosen.
    if (code === undefined || system === undefined || item.boolean('abstract') === true) continue;
    const concepts = systems.get(system) ?? new Map<string, Concept>();
    systems.set(system, concepts);
    if (!concepts.has(code)) concepts.set(code, conceptOf(code, item, undefined, limits));
  }
  const isPart =
    count === 0 ||
    (expansion.count('total') ?? count) > count ||
    (expansion.count('offset') ?? 0) > 0 ||
    expansion.objects('extension').some((extension) => extension.get('url') === TOO_COSTLY);
  const sets = [...systems].map(([system, concepts]) => systemSet(system, isPart ? 'atLeast' : 'exact', concepts));
  return { systems: union(sets).systems, anything: isPart };
}
