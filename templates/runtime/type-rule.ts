import { UNRESOLVED } from './discriminator.js';
import { isObject, type JsonObject, listOf, memo, type Verdict } from './json.js';
import { type Node, nodeOf } from './node.js';
import type { AllowedType } from './rule.js';
import type { Broken, Run } from './run.js';
import { isResourceType } from './resource-types.js';
import { capital } from './shape.js';
import type { ElementRule, ProfileTable } from './table.js';
import { type Target, targetOf, typeName } from './target.js';

/** The rule for a resource that needs no profile; one object, so that it is prepared once. */
const NO_RULE: ElementRule = {};

/** @returns whether the value has one of the types */
export function applyTypes(run: Run, types: readonly AllowedType[], node: Node): boolean {
  const { value } = node;
  const actual = isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : undefined;
  // Of several types with the same name the first one counts: the specification allows each type once.
  for (const { source, capital, isAny } of types) {
    const { code, profiles, base, bundle, targets } = source;
    if (node.type ? capital !== node.type : actual && code !== actual && !isAny) continue;
    if (profiles) applyProfiles(run, profiles, node);
    else if (base)
      run.check(run, { url: '', type: code, base, rule: NO_RULE, ...(bundle && { bundle }) }, node, isContained(run));
    if (targets && code === 'Reference' && isObject(value)) applyTargets(run, targets, value);
    return true;
  }
  run.fail(
    'type',
    types.map(({ source }) => source.code),
    node.type ?? actual,
  );
  return false;
}

/** Checks that the value conforms to one of the profiles; otherwise reports the issues of the nearest one. */
function applyProfiles(run: Run, profiles: readonly (() => ProfileTable)[], node: Node): void {
  const [only] = profiles;
  if (only && profiles.length === 1) return applyProfile(run, only(), node);
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
  run.check(run, table, node, table.base !== undefined && isContained(run));
}

/** Whether the path leads to a contained resource. */
export function isContained({ path }: Run): boolean {
  return path.includes('contained', -2);
}

/**
 * Whether a discriminator of type profile holds: the value claims the profile, which is checked separately, or
 * conforms.
 */
export function isOf(run: Run, table: ProfileTable, node: Node): Verdict {
  return (isObject(node.value) && isClaimed(run, node.value, table)) || conformsTo(run, table, node);
}

/** Whether a resource claims a profile, or one that derives from it. */
function isClaimed(run: Run, resource: JsonObject, { url }: ProfileTable): boolean {
  return profilesOf(run, resource).some((claimed) => claimed.url === url || claimed.ancestors?.includes(url));
}

/** Whether a value conforms to a profile; `undefined` for an unresolved target. */
function conformsTo(run: Run, table: ProfileTable, node: Node): Verdict {
  const { value, type } = node;
  if (type && type !== capital(table.type)) return false;
  if (value === UNRESOLVED) return undefined;
  return run.verdict(value, table, () => applyProfile(run, table, node));
}

/**
 * Checks whether a reference leads to one of the targets, as far as is known (FHIR R4, References).
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
  const named = typeName(value['type']);
  const stray = [type, named].find((each) => typeof each === 'string' && !allowed.has(each));
  if (stray !== undefined && !allowed.has('Resource')) {
    // If the target has no FHIR type, the target is wrong, not the reference.
    const about = resource && !isResourceType(String(resource['resourceType'])) ? resource : undefined;
    return run.failFor(about, 'target', targets, { value: value['reference'] ?? stray });
  }
  // A bare type accepts any profile.
  if (!resource || (type !== undefined && targets.includes(type))) return;
  const wanted = targets.filter((target) => target.startsWith(`${type}|`));
  const tables = wanted.flatMap((target) => run.profile(target.slice(target.indexOf('|') + 1)) ?? []);
  // The target may have a profile that is not loaded.
  if (tables.length < wanted.length) return;
  const isOne = tables.some(
    (table) =>
      isClaimed(run, resource, table) ||
      run.verdict(resource, table, () => run.check(run, table, nodeOf(resource), isContained)),
  );
  if (!isOne) run.failFor(resource, 'target', wanted, { value: value['reference'] });
}

/** The types of targets, without their profiles. */
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
