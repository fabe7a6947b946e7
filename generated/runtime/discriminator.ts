import { isIn } from './codes.js';
import { allOf, anyOf, fits, isObject, type Verdict } from './json.js';
import { hostOf, type Node, nodeOf, nodesOf } from './node.js';
import type { Step } from './path.js';
import { childOf, type Rule, type Slice, type Test } from './rule.js';
import type { Run } from './run.js';
import { capital } from './shape.js';
import type { ProfileTable } from './table.js';
import { targetOf } from './target.js';

/** Represents the target of a reference that cannot be resolved. */
export const UNRESOLVED: unique symbol = /* @__PURE__ */ Symbol();

/** Whether a value conforms to a profile. */
export type Conforms = (run: Run, table: ProfileTable, node: Node) => Verdict;

/**
 * Whether an item belongs to a slice (FHIR R4, Profiling FHIR, "Discriminator").
 *
 * @param conforms for discriminators of type profile
 * @returns `undefined` when it cannot be decided: nothing is guessed
 */
export function belongs(run: Run, { when }: Slice, node: Node, conforms: Conforms): Verdict {
  let verdict: Verdict = true;
  for (const test of when) {
    const each = holds(run, test, node, conforms);
    if (each === false) return each;
    verdict &&= each;
  }
  return verdict;
}

function holds(run: Run, { source, steps, is, any }: Test, node: Node, conforms: Conforms): Verdict {
  if (!steps || 'undecidable' in source) return undefined;
  if ('from' in source) return Number(node.index) >= source.from && Number(node.index) < source.to;
  // By far the most common test, such as that of extensions: a string in a member.
  const text = is && isObject(node.value) ? node.value[source.at] : undefined;
  if (typeof text === 'string' && typeof is?.source.fixed === 'string') return text === is.source.fixed;
  const found = some(run, steps, node, (value) => {
    if (is) return satisfies(run, is, value);
    if (any) return anyOf(any, (each) => satisfies(run, each, value));
    if ('types' in source) return hasType(value, source.types);
    if ('profiles' in source) return anyOf(source.profiles, (profile) => conforms(run, profile(), value));
    return 'exists' in source;
  });
  return 'exists' in source && found !== undefined ? found === source.exists : found;
}

/** Whether a test holds for some value at the end of a path. */
function some(run: Run, [step, ...rest]: readonly Step[], node: Node, test: (node: Node) => Verdict): Verdict {
  if (!step) return test(node);
  const { kind, text } = step;
  const go = (next: Node): Verdict => some(run, rest, next, test);
  // A value that is not a choice has the only type that the profile could mean.
  if (kind === 'type') return (node.type ?? text) === text && go(node);
  if (kind === 'resolve') {
    const { resource, type } = targetOf(run, node.value);
    return go(nodeOf(resource ?? UNRESOLVED, type));
  }
  if (node.value === UNRESOLVED) return undefined;
  const host = hostOf(node) ?? {};
  const nodes = nodesOf(host, childOf(kind === 'name' ? text : kind));
  if (kind === 'name') return anyOf(nodes.length > 0 ? nodes : nodesOf(host, childOf(`${text}[x]`)), go);
  return anyOf(nodes, (next) => isObject(next.value) && next.value['url'] === text && go(next));
}

/** Whether a value satisfies a discriminator of type value or pattern. */
function satisfies(run: Run, { source, children = [] }: Rule, node: Node): Verdict {
  const { fixed, pattern, codes } = source;
  const { value } = node;
  if (value === UNRESOLVED) return undefined;
  if (fixed !== undefined && !fits(fixed, value, true)) return false;
  if (pattern !== undefined && !fits(pattern, value, false)) return false;
  const isKnown = codes ? isIn(codes, value, run.options.complete) : true;
  const host = hostOf(node) ?? {};
  const below = allOf(children, (child) => anyOf(nodesOf(host, child), (next) => satisfies(run, child.rule, next)));
  return isKnown === false ? isKnown : below && isKnown;
}

function hasType({ value, type }: Node, types: readonly string[]): Verdict {
  const actual = type ?? (isObject(value) ? value['resourceType'] : undefined);
  if (typeof actual !== 'string') return undefined;
  return types.some((each) => capital(each) === actual || /^(?:Domain)?Resource$/.test(each));
}
