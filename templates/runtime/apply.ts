import { isIn } from './codes.js';
import { equal, isObject, matches, quote, type Verdict } from './json.js';
import { EMPTY, hostOf, type Node, nodesOf, UNRESOLVED } from './node.js';
import { type AllowedType, type Rule, ruleOf } from './rule.js';
import type { Broken, Run } from './run.js';
import { sortIntoSlices } from './slicing.js';
import { capital } from './shape.js';
import type { InvariantRule, ProfileTable } from './table.js';
import { targetOf, type Targets } from './target.js';

/** Applies what a profile says of an item beyond its FHIR type, cardinality of the item itself aside. */
export function applyToItem(run: Run, rule: Rule, node: Node): void {
  const { value, type } = node;
  const { types, fixed, pattern, codes, suggested } = rule;
  if (types.length > 0 && !applyTypes(run, types, node)) return;
  if (fixed !== undefined && !equal(fixed, value) && isDue(fixed, node))
    run.fail('fixed', inShort(fixed), quote(value));
  if (pattern !== undefined && !matches(pattern, value) && isDue(pattern, node)) {
    run.fail('pattern', inShort(pattern), quote(value));
  }
  if (codes && isBindable(type) && isIn(codes, value) === false) run.fail('code', codes.url, quoteCode(value));
  if (suggested && run.broken && isBindable(type) && isIn(suggested, value) === false) {
    run.remark('suggested', suggested.url, quoteCode(value));
  }
  if (typeof value === 'string' && value.length > rule.maxLength) run.fail('length', rule.maxLength, value.length);
  if (rule.children.length > 0) {
    run.enter();
    applyToChildren(run, rule, node);
    run.depth--;
  }
  if (value !== undefined) for (const invariant of rule.invariants) applyInvariant(run, invariant, value);
}

/** A value of another JSON type than the wanted one is reported where the FHIR type is known, and only there. */
function isDue(wanted: unknown, { value, type }: Node): boolean {
  return typeof wanted === typeof value || value === undefined || type !== undefined;
}

function applyToChildren(run: Run, rule: Rule, node: Node): void {
  const host = hostOf(node) ?? {};
  for (const { child, rule: below } of rule.children) {
    // A primitive has these two only; that it should be an object is reported where the FHIR type is known.
    if (host !== node.value && child.name !== 'extension' && child.name !== 'id') continue;
    const nodes = nodesOf(host, child);
    if (nodes === EMPTY || (nodes.length === 0 && below.min === 0 && !below.slicing)) continue;
    run.path.push(child.name);
    // Of nothing at all it is said which slices are missing.
    const isSaid = nodes.length === 0 && below.slicing?.slices.some(({ rule }) => rule.min > 0);
    if (nodes.length < below.min && !isSaid) run.fail('min', below.min, nodes.length);
    if (nodes.length > below.max) run.fail('max', below.max, nodes.length);
    applyToEach(run, below, nodes);
    applySlicing(run, below, nodes, 0);
    run.path.pop();
  }
}

function applyToEach(run: Run, rule: Rule, nodes: readonly Node[]): void {
  for (const node of nodes) {
    if (node.index !== undefined) run.path.push(node.index);
    applyToItem(run, rule, node);
    if (node.index !== undefined) run.path.pop();
  }
}

/** @param doubtful how many items may or may not be among the nodes */
function applySlicing(run: Run, { slicing }: Rule, nodes: readonly Node[], doubtful: number): void {
  if (!slicing) return;
  for (const { slice, nodes: own, unsure } of sortIntoSlices(run, slicing, nodes, conformsTo)) {
    const { name, rule } = slice;
    if (own.length + unsure + doubtful < rule.min) run.fail('sliceMin', name, rule.min, own.length);
    if (own.length > rule.max) run.fail('sliceMax', name, rule.max, own.length);
    if (run.path.at(-1) === 'modifierExtension') for (const { value } of own) run.known.add(value);
    applyToEach(run, rule, own);
    applySlicing(run, rule, own, unsure + doubtful);
  }
}

/** @returns whether the value has one of the types */
function applyTypes(run: Run, types: readonly AllowedType[], node: Node): boolean {
  const [first] = types;
  if (first && types.length === 1 && fits(first, node)) {
    if (first.profiles.length > 0) applyProfiles(run, first.profiles, node);
    if (first.targets) applyTargets(run, first.targets, node.value);
    return true;
  }
  const allowed = types.filter((type) => fits(type, node));
  if (allowed.length === 0) {
    const found = node.type ?? (isObject(node.value) ? node.value.resourceType : node.value);
    run.fail('type', types.map(({ code }) => code).join(', '), quote(found));
    return false;
  }
  // Where a type is named twice, what the one says does not bind those that the other admits.
  if (allowed.every(({ profiles }) => profiles.length > 0)) {
    const profiles = allowed.flatMap((type) => type.profiles);
    applyProfiles(run, profiles, node);
  }
  const targets = allowed.flatMap((type) => (type.targets ? [...type.targets] : []));
  if (allowed.every((type) => type.targets)) applyTargets(run, new Map(targets), node.value);
  return true;
}

function fits({ code, suffix }: AllowedType, { value, type }: Node): boolean {
  if (type !== undefined) return suffix === type;
  const actual = isObject(value) ? value.resourceType : undefined;
  return typeof actual !== 'string' || code === actual || code === 'Resource' || code === 'DomainResource';
}

/** The value conforms to one of the profiles; else the issues of the one that it comes closest to are reported. */
function applyProfiles(run: Run, profiles: readonly (() => ProfileTable)[], node: Node): void {
  const [only] = profiles;
  if (only && profiles.length === 1) return applyProfile(run, only(), node);
  const tables = profiles.map((profile) => profile());
  const fitting = tables.find((table) => conformsTo(run, table, node));
  if (fitting) return applyProfile(run, fitting, node);
  const attempts = run.broken ? tables.map((table) => attempt(run, table, node)) : [];
  const [best = []] = attempts.sort((a, b) => a.length - b.length);
  if (best.length === 0) run.fail('profile', tables.map(({ url }) => url).join(', '));
  run.broken?.push(...best);
}

function attempt(run: Run, table: ProfileTable, node: Node): Broken[] {
  const broken: Broken[] = [];
  run.try(() => applyProfile(run, table, node), broken);
  return broken;
}

function applyProfile(run: Run, table: ProfileTable, node: Node): void {
  if (table.base) run.check(run, table, node.value, run.path.includes('contained', -2));
  else {
    run.enter();
    applyToItem(run, ruleOf(table.rule), node);
    run.depth--;
  }
}

export function conformsTo(run: Run, table: ProfileTable, node: Node): Verdict {
  const { value, type } = node;
  if (value === UNRESOLVED) return type === undefined || type === capital(table.type) ? undefined : false;
  if (type !== undefined && type !== capital(table.type)) return false;
  return run.verdict(value, table, () => applyProfile(run, table, node));
}

/** Whether a reference leads to one of the targets, as far as can be told from here (FHIR R4, References). */
export function applyTargets(run: Run, targets: Targets, value: unknown): void {
  if (!isObject(value)) return;
  const { resource, type, contained } = targetOf(run, value);
  for (const each of [type, value.type]) {
    if (typeof each !== 'string' || targets.has(each) || targets.has('Resource')) continue;
    return run.fail('target', [...targets.keys()].join(', '), quote(each), quote(value.reference));
  }
  const wanted = targets.get(type ?? '') ?? [];
  const tables = wanted.flatMap((canonical) => run.options.profiles?.get(canonical) ?? []);
  // A profile that is not at hand may be the one that the target has.
  if (!resource || wanted.length === 0 || tables.length < wanted.length) return;
  const isOne = tables.some(
    (table) =>
      profilesOf(run, resource).some(({ url, ancestors }) => url === table.url || ancestors?.includes(table.url)) ||
      run.verdict(resource, table, () => run.check(run, table, resource, contained)),
  );
  if (!isOne) run.fail('target', wanted.join(', '), quote(type), quote(value.reference));
}

/** The profiles at hand that a resource claims. */
export function profilesOf(run: Run, resource: Readonly<Record<string, unknown>>): ProfileTable[] {
  const claimed = isObject(resource.meta) && Array.isArray(resource.meta.profile) ? resource.meta.profile : [];
  return claimed.flatMap((canonical) =>
    typeof canonical === 'string' ? (run.options.profiles?.get(canonical.split('|')[0] ?? '') ?? []) : [],
  );
}

function applyInvariant(run: Run, { key, severity, expression }: InvariantRule, value: unknown): void {
  const { fhirpath } = run.options;
  if (!fhirpath || (severity === 'warning' && !run.broken)) return;
  const { type, at, resource, container } = run.scope;
  const path = [type, ...run.path.slice(at).filter((step) => typeof step === 'string')].join('.');
  let result: unknown;
  try {
    result = fhirpath(value, expression, { resource: resource ?? value, rootResource: container ?? value, path });
  } catch (error) {
    return run.remark('unevaluated', key, quote(String(error)));
  }
  const [only, ...others]: readonly unknown[] = Array.isArray(result) ? result : [result];
  // A single value that is not a boolean counts as true (FHIRPath, "Singleton Evaluation of Collections").
  if (others.length === 0 && only !== undefined && only !== null && only !== false) return;
  if (severity === 'error') run.fail('invariant', key, expression);
  else run.remark('warning', key, expression);
}

/** Types that a binding applies to (FHIR R4, Terminologies, "Binding"): the others of a choice stay free. */
function isBindable(type: string | undefined): boolean {
  return type === undefined || /^(?:Code|Coding|CodeableConcept|Quantity|String|Uri)$/.test(type);
}

/** A value that the profile holds, as a message shows it. */
function inShort(wanted: unknown): string {
  return typeof wanted === 'object' ? quote(JSON.stringify(wanted)) : quote(wanted);
}

/** A code with its system, as a message shows it. */
export function quoteCode(value: unknown): string {
  if (!isObject(value)) return quote(value);
  const codings: readonly unknown[] = Array.isArray(value.coding) ? value.coding.slice(0, 3) : [value];
  return quote(
    codings.map((each) => (isObject(each) ? `${String(each.system ?? '')}|${String(each.code ?? '')}` : '')).join(', '),
  );
}
