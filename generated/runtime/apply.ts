import { applyInvariants } from './invariant.js';
import { EMPTY, hostOf, isComplex, type Node, nodesAt, nodesOf, placesOf } from './node.js';
import type { JsonObject } from './json.js';
import type { Child, ChildRule, ItemCheck, Rule, Slicing } from './rule.js';
import type { Run } from './run.js';
import { namesOf, sortIntoSlices } from './slicing.js';
import { applyTypes, isOf } from './type-rule.js';
import { valueChecks } from './value-rule.js';

/** Applies the rules of a profile to an item, beyond its FHIR type and except its own cardinality. */
export function applyRule(run: Run, rule: Rule, node: Node): void {
  for (const check of (rule.checks ??= checksOf(rule))) if (check(run, node) === false) return;
}

function checksOf(rule: Rule): readonly ItemCheck[] {
  const { source, types, children } = rule;
  const { invariants = [] } = source;
  const checks: ItemCheck[] = types ? [(run, node) => applyTypes(run, types, node)] : [];
  checks.push(...valueChecks(source));
  if (children) checks.push(childrenCheck(children));
  if (invariants.length > 0) {
    checks.push((run, { value }) => {
      if (value !== undefined) applyInvariants(run, invariants, value);
    });
  }
  return checks;
}

/** The rules of child elements, found by the members that are present: few of those that are possible. */
function childrenCheck(children: readonly ChildRule[]): ItemCheck {
  const byKey = new Map(children.flatMap((child) => placesOf(child).map((place) => [place.key, { ...place, child }])));
  const demanding = children.filter(({ rule }) => rule.isDemanding);
  return (run, node) => {
    const host = hostOf(node) ?? NOTHING;
    const isWhole = host === node.value;
    run.depth++;
    run.spend(1);
    const found: Found[] = [];
    for (const key in host) {
      const place = byKey.get(key);
      const item = place && host[key];
      if (item === undefined || !place || !(isWhole || isOfAny(place.child))) continue;
      const { child, type, isTwin } = place;
      let own = found.find((each) => each.child === child);
      if (!own) found.push((own = { child, value: undefined, twin: undefined, type }));
      own.type = type;
      own[isTwin ? 'twin' : 'value'] = item;
    }
    let met = 0;
    for (const { child, value, twin, type } of found) {
      const nodes = nodesAt(value, type === undefined && isComplex(value) ? undefined : twin, type);
      if (nodes.length === 0) continue;
      if (child.rule.isDemanding) met++;
      applyNodes(run, child, nodes);
    }
    if (met < demanding.length) {
      for (const child of demanding) {
        const nodes = isWhole || isOfAny(child) ? nodesOf(host, child) : EMPTY;
        if (nodes.length === 0 && nodes !== EMPTY) applyNodes(run, child, nodes);
      }
    }
    run.depth--;
  };
}

/** The values found for an element. */
interface Found {
  readonly child: ChildRule;
  value: unknown;
  twin: unknown;
  type: string | undefined;
}

/** A primitive has only these two; that it should be an object is reported where the FHIR type is known. */
function isOfAny({ name }: Child): boolean {
  return name === 'extension' || name === 'id';
}

const NOTHING: JsonObject = {};

function applyNodes(run: Run, { name, rule }: ChildRule, nodes: readonly Node[]): void {
  const { min, max, slicing } = rule;
  run.path.push(name);
  const there = run.count(nodes);
  if (there < min) run.fail('min', min, there);
  if (nodes.length > max) run.fail('max', max, nodes.length);
  applyToAll(run, rule, nodes);
  if (slicing) applySlicing(run, slicing, nodes, EMPTY);
  run.path.pop();
}

/** Applies the rules of a profile to all items of an element. */
export function applyToAll(run: Run, rule: Rule, nodes: readonly Node[]): void {
  const checks = (rule.checks ??= checksOf(rule));
  if (checks.length === 0) return;
  for (const node of nodes) {
    if (node.index !== undefined) run.path.push(node.index);
    applyRule(run, rule, node);
    if (node.index !== undefined) run.path.pop();
  }
}

/** @param doubtful items that may or may not be among the nodes */
function applySlicing(run: Run, slicing: Slicing, nodes: readonly Node[], doubtful: readonly Node[]): void {
  const { members, strays } = sortIntoSlices(run, slicing, nodes, isOf);
  const isClosed = slicing.rules === 'closed';
  if (isClosed && members.some(({ unsure }) => unsure.length > 0)) {
    // Whichever slices the undecided items belong to, all slices together may not have room for them.
    const room = members.reduce((sum, { slice }) => sum + slice.rule.max, 0);
    if (nodes.length > room) run.fail('max', room, nodes.length);
  }
  const lacking = members.filter(({ slice, nodes: own, unsure }) => {
    const { min } = slice.rule;
    if (min === 0) return false;
    const there = run.count(own);
    if (there >= min) return false;
    // An item that the slice forbids does not help: it is either not in the slice, or wrong in it.
    const fits = (node: Node) => run.try(() => applyRule(run, slice.rule, node));
    return there + [...unsure, ...doubtful].filter(fits).length < min;
  });
  const explained = run.broken && run.scope?.bundle?.explain(run, isClosed ? members : lacking, strays, isClosed);
  if (isClosed) {
    for (const node of strays) if (!explained?.has(node)) run.failAt(node.index, 'closed', namesOf(members));
  }
  for (const each of members) {
    const { slice, nodes: own, unsure } = each;
    const { name, rule } = slice;
    if (lacking.includes(each) && !explained?.has(each)) run.fail('min', rule.min, run.count(own), name);
    if (own.length > rule.max) run.fail('max', rule.max, own.length, name);
    for (const { value } of own) run.known.add(value);
    for (const { value } of unsure) run.doubtful.add(value);
    applyToAll(run, rule, own);
    if (rule.slicing) applySlicing(run, rule.slicing, own, doubtful.length > 0 ? [...unsure, ...doubtful] : unsure);
  }
}
