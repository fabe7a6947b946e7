import { isIn } from './codes.js';
import { equal, isObject, matches, type Verdict } from './json.js';
import { hostOf, type Node, nodesOf, nodesOnPath, UNRESOLVED } from './node.js';
import type { Rule, Slice, Step, Test } from './rule.js';
import type { Run } from './run.js';
import { capital } from './shape.js';
import type { ProfileTable } from './table.js';
import { targetOf } from './target.js';

/** Whether a value conforms to a profile. */
export type Conforms = (run: Run, table: ProfileTable, node: Node) => Verdict;

/**
 * Whether an item belongs to a slice (FHIR R4, Profiling FHIR, "Discriminator").
 *
 * @param conforms for discriminators of type profile
 * @returns `undefined` when it cannot be told: nothing is guessed
 */
export function belongs(run: Run, slice: Slice, node: Node, conforms: Conforms): Verdict {
  let verdict: Verdict = true;
  for (const test of slice.when) {
    verdict = and(verdict, holds(run, test, node, conforms));
    if (verdict === false) break;
  }
  return verdict;
}

function holds(run: Run, test: Test, node: Node, conforms: Conforms): Verdict {
  const { source, steps, is, text } = test;
  if (!steps) return undefined;
  if (text) {
    // The commonest test by far, as that of extensions: a text in a member.
    const found = isObject(node.value) ? node.value[text.name] : undefined;
    if (typeof found === 'string') return found === text.fixed;
  }
  if ('exists' in source) {
    const found = some(run, steps, 0, node, () => true);
    return found === undefined ? found : found === source.exists;
  }
  if (is) return some(run, steps, 0, node, (value) => satisfies(is, value));
  return some(run, steps, 0, node, (value) => {
    if ('types' in source) return hasType(value, source.types);
    if (!('profiles' in source)) return undefined;
    let verdict: Verdict = false;
    for (const profile of source.profiles) verdict = or(verdict, conforms(run, profile(), value));
    return verdict;
  });
}

/** Whether a test holds for some value at the end of a path. */
function some(run: Run, steps: readonly Step[], at: number, node: Node, test: (node: Node) => Verdict): Verdict {
  const step = steps[at];
  if (!step) return test(node);
  if (step.kind === 'type') {
    // A value that is no choice has the one type that the profile could mean.
    return node.type === undefined || node.type === step.text ? some(run, steps, at + 1, node, test) : false;
  }
  if (step.kind === 'resolve') {
    const { resource, type } = targetOf(run, node.value);
    const target = { value: resource ?? UNRESOLVED, twin: undefined, type, index: undefined };
    return some(run, steps, at + 1, target, test);
  }
  if (node.value === UNRESOLVED) return undefined;
  let verdict: Verdict = false;
  for (const next of nodesOnPath(node, step.child)) {
    if (step.kind === 'extension' && !(isObject(next.value) && next.value.url === step.text)) continue;
    verdict = or(verdict, some(run, steps, at + 1, next, test));
    if (verdict) break;
  }
  return verdict;
}

/** Whether a value has what a discriminator of type value or pattern asks for. */
function satisfies(rule: Rule, node: Node): Verdict {
  const { value } = node;
  if (value === UNRESOLVED) return undefined;
  if (rule.fixed !== undefined && !equal(rule.fixed, value)) return false;
  if (rule.pattern !== undefined && !matches(rule.pattern, value)) return false;
  let verdict: Verdict = rule.codes ? isIn(rule.codes, value) : true;
  const host = hostOf(node);
  for (const { child, rule: below } of rule.children) {
    let found: Verdict = false;
    if (host) for (const next of nodesOf(host, child)) found = or(found, satisfies(below, next));
    verdict = and(verdict, found);
  }
  return verdict;
}

function hasType({ value, type }: Node, types: readonly string[]): Verdict {
  const actual = type ?? (isObject(value) ? value.resourceType : undefined);
  if (typeof actual !== 'string') return undefined;
  return types.some((each) => capital(each) === actual || each === 'Resource' || each === 'DomainResource');
}

function and(a: Verdict, b: Verdict): Verdict {
  return a === false || b === false ? false : a && b;
}

function or(a: Verdict, b: Verdict): Verdict {
  return a || b ? true : a === false ? b : a;
}
