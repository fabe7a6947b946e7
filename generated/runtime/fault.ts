import { expressionOf } from './expression.js';
import type { MessageName } from './messages.js';
import type { Broken } from './run.js';

/** Rules about a single value: if it breaks several, the first one in this list is the fault. */
const ON_VALUE: readonly MessageName[] = ['json', 'format', 'fixed', 'exact', 'pattern', 'code', 'suggested'];

/** Rules about whether an element is present, and with which type. */
const ON_PRESENCE: readonly MessageName[] = ['min', 'max', 'choice', 'empty', 'unknown', 'type', 'json'];

/**
 * One broken rule for each fault: leaves out rules that are broken because another is.
 *
 * @param broken in the order of discovery
 */
export function faultsOf(broken: readonly Broken[]): readonly Broken[] {
  const at = new Map<string, Broken[]>();
  /** Elements of an object that are missing or not allowed, by the expression of the object. */
  const below = new Map<string, Set<string>>();
  for (const one of broken) {
    const { path, rule } = one;
    const place = expressionOf(path);
    at.set(place, [...(at.get(place) ?? []), one]);
    if (!ON_PRESENCE.includes(rule)) continue;
    const own = typeof path.at(-1) === 'number' ? path.slice(0, -1) : path;
    const host = expressionOf(own.slice(0, -1));
    below.set(host, (below.get(host) ?? new Set()).add(String(own.at(-1))));
  }
  return [...at].flatMap(([place, there]) => {
    const names = below.get(place);
    const parent = /^(.*)\.[^.]*$/.exec(place)?.[1] ?? '';
    const isInEmpty = isEmptyAt(at.get(parent) ?? []);
    const seen = new Set<string>();
    return there.filter((one) => {
      const { rule, details } = one;
      // A requirement of both the profile and the FHIR type is reported once, as the profile's.
      const key = [rule, sliceOf(one), /^(?:invariant|warning|unevaluated|modifier)$/.test(rule) && details[0]].join(
        ' ',
      );
      if (seen.has(key)) return false;
      seen.add(key);
      const rank = ON_VALUE.indexOf(rule);
      if (rank > 0 && there.some((other) => ON_VALUE.slice(0, rank).includes(other.rule))) return false;
      // For an empty element, an invariant adds nothing.
      if (INVARIANTS.test(rule) && isEmptyAt(there)) return false;
      if (rule === 'min' || rule === 'max') return !isInEmpty && !isOfSlices(one, there);
      return !names || !concerns(one, names);
    });
  });
}

/** The slice that has too few or too many items. */
export function sliceOf({ rule, details }: Broken): string | undefined {
  const slice = rule === 'min' || rule === 'max' ? details[2] : undefined;
  return typeof slice === 'string' ? slice : undefined;
}

/** Whether there are too few or too many items because slices have too few or too many. */
function isOfSlices(one: Broken, there: readonly Broken[]): boolean {
  if (sliceOf(one) !== undefined) return false;
  const slices = there.filter((other) => other.rule === one.rule && sliceOf(other) !== undefined);
  const isNone = one.rule === 'min' && one.details[1] === 0;
  return slices.length > 0 && (isNone || slices.reduce((sum, slice) => sum + excess(slice), 0) >= excess(one));
}

function excess({ details: [wanted, found] }: Broken): number {
  return Math.abs(Number(wanted) - Number(found));
}

/** Rules that are invariants. */
const INVARIANTS = /^(?:invariant|warning|ext-1)$/;

function isEmptyAt(there: readonly Broken[]): boolean {
  return there.some(({ rule }) => rule === 'empty');
}

/** Whether an invariant is about elements that have a fault already. */
function concerns({ rule, details }: Broken, names: ReadonlySet<string>): boolean {
  if (rule === 'ext-1') return [...names].some((name) => /^(?:extension$|value)/.test(name));
  if (rule !== 'invariant' && rule !== 'warning') return false;
  return (
    String(details[2])
      .match(/\w+/g)
      ?.some((word) => names.has(word)) ?? false
  );
}
