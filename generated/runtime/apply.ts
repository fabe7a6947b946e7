import { boundText, exceeds } from './bound.js';
import { codedOf } from './coded-value.js';
import { isIn } from './codes.js';
import { UNRESOLVED } from './discriminator.js';
import { fits, isObject, type JsonObject, lengthOf, listOf, memo, quote, type Verdict } from './json.js';
import { EMPTY, hostOf, type Node, nodesOf } from './node.js';
import { type AllowedType, type ChildRule, type Rule, ruleOf, type Slicing } from './rule.js';
import type { Broken, Run } from './run.js';
import { isResourceType } from './resource-types.js';
import { capital } from './shape.js';
import { namesOf, sortIntoSlices } from './slicing.js';
import type { CodeSet, ElementRule, ProfileTable } from './table.js';
import { type Target, targetOf, typeName } from './target.js';
import { applyInvariants } from './invariant.js';

/** Applies what a profile says of an item beyond its FHIR type, cardinality of the item itself aside. */
export function applyRule(run: Run, rule: Rule, node: Node): void {
  if (rule.isPlain) {
    if (rule.children) applyChildren(run, rule.children, node);
    return;
  }
  const { value, type } = node;
  const { types, fixed, pattern, codes, maxCodes, suggested, maxLength, minValue, maxValue, children, invariants } =
    rule;
  if (types && !applyTypes(run, types, node)) return;
  if (fixed !== undefined) applyValue(run, fixed, node, 'fixed');
  if (pattern !== undefined) applyValue(run, pattern, node, 'pattern');
  // A binding leaves the types of a choice free that it does not apply to (FHIR R4, Terminologies, "Binding"); that of a
  // CodeableReference stands at its concept.
  if (!type || /^(?:Cod(?!.*Ref)|Quantity|String|Uri)/.test(type)) {
    if (codes) applyCodes(run, codes, value);
    rule.codesWhere?.(run, value);
    // What may not be there at all is not remarked as well.
    if (maxCodes && isIn(maxCodes, value, run.options.complete) === false) applyCodes(run, maxCodes, value);
    else if (suggested && isIn(suggested, value, false) === false) run.remark('suggested', codedOf(suggested, value));
  }
  if (typeof value === 'string' && value.length > maxLength) {
    const length = lengthOf(value);
    if (length > maxLength) run.fail('length', maxLength, length);
  }
  if (rule.valued && value === undefined && !standsIn(rule.valued, node)) run.fail('min', 1, 0);
  if (minValue !== undefined && exceeds(minValue, value)) run.fail('least', boundText(minValue), boundText(value));
  if (maxValue !== undefined && exceeds(value, maxValue)) run.fail('most', boundText(maxValue), boundText(value));
  if (children) applyChildren(run, children, node);
  if (value !== undefined) applyInvariants(run, invariants, value);
}

/** Whether one of the extensions stands for the value (FHIR R5, ElementDefinition.valueAlternatives). */
function standsIn(urls: readonly string[], { twin }: Node): boolean {
  const extensions = isObject(twin) ? listOf(twin['extension']) : [];
  return extensions.some((each) => isObject(each) && urls.includes(String(each['url'])));
}

/** A value of another JSON type than the wanted one is reported where the FHIR type is known, and only there. */
function applyValue(run: Run, wanted: unknown, { value, twin, type }: Node, rule: 'fixed' | 'pattern'): void {
  if (fits(wanted, value, rule === 'fixed')) {
    // "Missing elements/attributes must also be missing" (FHIR R4, ElementDefinition.fixed[x]): id and extensions too.
    if (rule === 'fixed' && isObject(twin)) run.fail('exact', quote(wanted), quote(twin));
    return;
  }
  if (typeof wanted === typeof value || value === undefined || type) {
    run.fail(rule, quote(typeof wanted === 'object' ? JSON.stringify(wanted) : wanted), quote(value));
  }
}

/** A required binding (FHIR R4, Terminologies, "Binding Strengths"). */
export function applyCodes(run: Run, codes: CodeSet, value: unknown): void {
  if (isIn(codes, value, run.options.complete) === false) run.fail('code', codedOf(codes, value));
}

function applyChildren(run: Run, children: readonly ChildRule[], node: Node): void {
  const host = hostOf(node) ?? {};
  run.depth++;
  run.spend(1);
  for (const child of children) {
    const { name, rule } = child;
    // A primitive has these two only; that it should be an object is reported where the FHIR type is known.
    if (host !== node.value && name !== 'extension' && name !== 'id') continue;
    const nodes = nodesOf(host, child);
    const { min, max, slicing } = rule;
    if (nodes === EMPTY || (nodes.length === 0 && !min && !slicing)) continue;
    run.path.push(name);
    const there = run.count(nodes);
    if (there < min) run.fail('min', min, there);
    if (nodes.length > max) run.fail('max', max, nodes.length);
    applyToAll(run, rule, nodes);
    if (slicing) applySlicing(run, slicing, nodes, EMPTY);
    run.path.pop();
  }
  run.depth--;
}

/** Applies what a profile says of the items of an element. */
export function applyToAll(run: Run, rule: Rule, nodes: readonly Node[]): void {
  if (rule.isEmpty) return;
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
    // Whichever slice the undecided items belong to, all slices together may have no room for them.
    const room = members.reduce((sum, { slice }) => sum + slice.rule.max, 0);
    if (nodes.length > room) run.fail('max', room, nodes.length);
  }
  const lacking = members.filter(({ slice, nodes: own, unsure }) => {
    const { min } = slice.rule;
    const there = run.count(own);
    if (there >= min) return false;
    // What the slice would forbid is no way out: it is either not in the slice, or wrong there.
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

/** What is said of a resource beyond its type when no profile is asked of it; one object, so that it is made ready once. */
const NO_RULE: ElementRule = {};

/** @returns whether the value has one of the types */
function applyTypes(run: Run, types: readonly AllowedType[], node: Node): boolean {
  const { value } = node;
  const actual = isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : undefined;
  // Of several types that are named alike the first one counts: the specification allows a type but once.
  for (const { code, profiles, base, bundle, targets } of types) {
    const isIt = node.type
      ? capital(code) === node.type
      : !actual || code === actual || /^(?:Domain)?Resource$/.test(code);
    if (!isIt) continue;
    if (profiles) applyProfiles(run, profiles, node);
    else if (base)
      run.check(run, { url: '', type: code, base, rule: NO_RULE, ...(bundle && { bundle }) }, value, isContained(run));
    if (targets && code === 'Reference' && isObject(value)) applyTargets(run, targets, value);
    return true;
  }
  run.fail(
    'type',
    types.map(({ code }) => code),
    node.type ?? actual,
  );
  return false;
}

/** The value conforms to one of the profiles; else the issues of the one that it comes closest to are reported. */
function applyProfiles(run: Run, profiles: readonly (() => ProfileTable)[], node: Node): void {
  const [only, ...others] = profiles;
  if (only && others.length === 0) return applyProfile(run, only(), node);
  const tables = profiles.map((profile) => profile());
  const fitting = tables.find((table) => conformsTo(run, table, node));
  if (fitting) return applyProfile(run, fitting, node);
  const attempts = tables.map((table) => {
    const broken: Broken[] = [];
    if (run.broken) run.try(() => applyProfile(run, table, node), broken);
    return broken;
  });
  const [best = []] = attempts.sort((a, b) => a.length - b.length);
  if (best.length === 0) run.fail('profile', tables.map(({ url }) => url).join(', '));
  run.broken?.push(...best);
}

function applyProfile(run: Run, table: ProfileTable, node: Node): void {
  if (table.base) return run.check(run, table, node.value, isContained(run));
  run.depth++;
  run.spend(1);
  applyRule(run, ruleOf(table.rule), node);
  run.depth--;
}

/** Whether the path leads to a contained resource. */
export function isContained({ path }: Run): boolean {
  return path.includes('contained', -2);
}

/**
 * Whether a value is of a profile, for a discriminator: it claims to be, which is checked by itself, or conforms.
 */
export function isOf(run: Run, table: ProfileTable, node: Node): Verdict {
  return (isObject(node.value) && isClaimed(run, node.value, table)) || conformsTo(run, table, node);
}

/** Whether a resource claims a profile, or one that derives from it. */
function isClaimed(run: Run, resource: JsonObject, { url }: ProfileTable): boolean {
  return profilesOf(run, resource).some((claimed) => claimed.url === url || claimed.ancestors?.includes(url));
}

/** Whether a value conforms to a profile; `undefined` for what is out of reach. */
function conformsTo(run: Run, table: ProfileTable, node: Node): Verdict {
  const { value, type } = node;
  if (type && type !== capital(table.type)) return false;
  if (value === UNRESOLVED) return undefined;
  return run.verdict(value, table, () => applyProfile(run, table, node));
}

/**
 * Whether a reference leads to one of the targets, as far as is known here (FHIR R4, References).
 *
 * @param targets `Patient`, or `Patient|<canonical>`
 * @param target of the reference
 */
export function applyTargets(
  run: Run,
  targets: readonly string[],
  value: JsonObject,
  { resource, type, isContained }: Target = targetOf(run, value),
): void {
  const allowed = typesOf(targets);
  const isStray = (each: unknown): each is string => typeof each === 'string' && !allowed.has(each);
  const named = typeName(value['type']);
  const stray = isStray(type) ? type : isStray(named) ? named : undefined;
  if (stray !== undefined && !allowed.has('Resource')) {
    // A target of no type of FHIR is wrong itself, and the reference is not.
    const about = resource && !isResourceType(String(resource['resourceType'])) ? resource : undefined;
    return run.failFor(about, 'target', targets, quote(value['reference'] ?? stray));
  }
  // Any profile will do for a bare type.
  if (!resource || (type !== undefined && targets.includes(type))) return;
  const wanted = targets.filter((target) => target.startsWith(`${type}|`));
  const tables = wanted.flatMap((target) => run.profile(target.slice(target.indexOf('|') + 1)) ?? []);
  // A profile that is not loaded may be the one that the target has.
  if (tables.length < wanted.length) return;
  const isOne = tables.some(
    (table) =>
      isClaimed(run, resource, table) ||
      run.verdict(resource, table, () => run.check(run, table, resource, isContained)),
  );
  if (!isOne) run.failFor(resource, 'target', wanted, quote(value['reference']));
}

/** Types of targets, whatever their profiles. */
const typesOf = /* @__PURE__ */ memo(
  (targets: readonly string[]) => new Set<unknown>(targets.map((target) => target.replace(/\|.*/, ''))),
);

/** The loaded profiles that a resource claims. */
export function profilesOf(run: Run, { meta }: JsonObject): ProfileTable[] {
  return listOf(isObject(meta) && meta['profile']).flatMap((canonical) => {
    if (typeof canonical !== 'string') return [];
    const table = run.profile(canonical.replace(/\|.*/, ''));
    if (!table) run.unloaded.add(canonical);
    // A resource cannot be an extension.
    return table?.base ? [table] : [];
  });
}
