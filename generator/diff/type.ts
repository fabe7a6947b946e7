import { listed, without } from '../facts/list.js';
import { NARROWER_TYPE, SAFE, STRICTER_RULE, typeVerdicts, UNKNOWN, WIDER_TYPE } from '../facts/verdict.js';
import type { Verdicts } from '../facts/fact.js';
import { withoutVersion } from '../fhir/canonical.js';
import type { TargetModel } from '../model/model.js';
import type { ResolvedElement, ResolvedType } from '../model/resolved.js';
import type { ChangeFact } from './change.js';
import type { ElementView, Side } from './side.js';
import type { Sides } from './sides.js';

/**
 * How the types of an element changed: their codes, their profiles, and the targets of references (FHIR R4,
 * ElementDefinition.type).
 *
 * @param id of the element, for sentences
 * @param before the element on the old side
 * @param after the element on the new side
 * @param sides of the comparison
 */
export function typeChanges(id: string, before: ElementView, after: ElementView, sides: Sides): ChangeFact[] {
  const old = new Map(before.types.map((type) => [codeOf(id, type), type]));
  const next = new Map(after.types.map((type) => [codeOf(id, type), type]));
  const removed = without(old.keys(), next.keys());
  const added = without(next.keys(), old.keys());
  const both = { before: [...old.keys()].join(', '), after: [...next.keys()].join(', ') };
  const facts: ChangeFact[] = [];
  if (removed.length > 0) {
    facts.push({
      kind: 'type-removed',
      ...NARROWER_TYPE,
      ...both,
      sentence: `${id} can no longer be ${listed(removed)}`,
    });
  }
  if (added.length > 0 && old.size > 0) {
    const sentence = `${id} can also be ${listed(added)}: readers must expect this`;
    facts.push({ kind: 'type-added', ...WIDER_TYPE, ...both, sentence });
  }
  for (const [code, type] of next) {
    const former = old.get(code);
    if (former === undefined) continue;
    const label = old.size > 1 || next.size > 1 ? `${id} as ${code}` : id;
    facts.push(...profileChanges(label, former, type, sides), ...targetChanges(label, former, type, sides));
  }
  return facts;
}

/**
 * Published snapshots give the id of resources and elements either type `id` or type `string` (FHIR R4, Element.id,
 * Resource.id).
 */
function codeOf(id: string, { code }: ResolvedType): string {
  return code === 'string' && id.endsWith('.id') ? 'id' : code;
}

function profileChanges(label: string, before: ResolvedType, after: ResolvedType, sides: Sides): ChangeFact[] {
  const isUnresolved = before.unresolvedProfiles.length + after.unresolvedProfiles.length > 0;
  const old = profilesOf(before).map((canonical) => sides.translate(canonical));
  const next = profilesOf(after);
  const [removed, added] = [without(old, next), without(next, old)];
  // The canonicals are the same, but one side could resolve more of them.
  const isResolution = before.unresolvedProfiles.length !== after.unresolvedProfiles.length;
  if (removed.length + added.length === 0 && !isResolution) return [];
  const both = { before: old.join(', ') || 'none', after: next.join(', ') || 'none' };
  const kind = 'type-profiles';
  if (isUnresolved) {
    const sentence = `${label} has to conform to ${named(next, sides)} (previously ${named(old, sides)}); not all of these can be resolved, so the effect is not known`;
    return [{ kind, ...UNKNOWN, ...both, sentence }];
  }
  const sentence =
    next.length === 0
      ? `${label} no longer has to conform to ${named(old, sides)}: readers get a wider type`
      : `${label} has to conform to ${named(next, sides)}${old.length === 0 ? '' : ` instead of ${named(old, sides)}`}`;
  return [{ kind, ...profileVerdicts(old, next, sides), ...both, sentence }];
}

function profilesOf({ profiles, unresolvedProfiles }: ResolvedType): readonly string[] {
  return [...profiles, ...unresolvedProfiles].map(withoutVersion);
}

/** A value conforms to one of the profiles; none allows any value. */
function profileVerdicts(old: readonly string[], next: readonly string[], sides: Sides): Verdicts {
  const isIn = (canonical: string, list: readonly string[], side: Side): boolean =>
    list.length === 0 || side.lineage(canonical).some((ancestor) => list.includes(ancestor));
  const isNarrower = old.length === 0 || !old.every((canonical) => isIn(canonical, next, sides.after));
  const isWider = next.length === 0 || !next.every((canonical) => isIn(canonical, old, sides.after));
  if (old.length === 0) return isShown(next, sides.after) ? NARROWER_TYPE : STRICTER_RULE;
  if (next.length === 0) return isShown(next, sides.before) || isShown(old, sides.before) ? WIDER_TYPE : SAFE;
  return typeVerdicts(isNarrower, isWider);
}

/** Whether types show the constraints of profiles. The type of every profile shows the targets of FHIR's references. */
function isShown(canonicals: readonly string[], side: Side): boolean {
  return canonicals.some(
    (canonical) =>
      side.profile(canonical)?.root.members.some((member) => member.isConstrained || isReference(member)) ?? true,
  );
}

function isReference({ types }: ResolvedElement): boolean {
  return types.some(({ code, targets }) => code === 'Reference' && targets?.every(({ type }) => type !== ANY) === true);
}

function targetChanges(label: string, before: ResolvedType, after: ResolvedType, sides: Sides): ChangeFact[] {
  const old = targetsOf(before.targets).map((target) => translated(target, sides));
  const next = targetsOf(after.targets);
  const [removed, added] = [without(old, next), without(next, old)];
  const kind = 'target-profiles';
  const both = { before: all(old), after: all(next) };
  const isUnresolved = [...(before.targets ?? []), ...(after.targets ?? [])].some(isUnresolvedTarget);
  if (removed.length + added.length === 0) {
    const isResolution = unresolvedCount(before) !== unresolvedCount(after);
    if (!isResolution) return [];
    const sentence = `${label} points to the same profiles, but the two versions of the guide could resolve different ones: the effect is not known`;
    return [{ kind, ...UNKNOWN, ...both, sentence }];
  }
  const [was, is] = [shownTargets(old, sides), shownTargets(next, sides)];
  if (isUnresolved) {
    const sentence = `${label} can point to ${is} (previously ${was}); not all of these can be resolved, so the effect is not known`;
    return [{ kind, ...UNKNOWN, ...both, sentence }];
  }
  const rejected = isAny(next) ? [] : isAny(old) ? [ANY] : old.filter((target) => !accepts(next, target, sides.after));
  const news = isAny(old) ? [] : isAny(next) ? [ANY] : next.filter((target) => !accepts(old, target, sides.after));
  const verdicts = typeVerdicts(rejected.length > 0, news.length > 0);
  const sentence =
    rejected.length > 0
      ? `${label} can no longer point to ${shownTargets(rejected, sides)}, only to ${is}`
      : `${label} can point to ${is} (previously ${was})`;
  return [{ kind, ...verdicts, ...both, sentence }];
}

const ANY = 'Resource';

/** Targets: a profile by its canonical, a resource type by its name; `Resource` when there are none. */
function targetsOf(targets: readonly TargetModel[] | undefined): readonly string[] {
  return targets === undefined ? [ANY] : targets.map(({ type, canonical }) => canonical ?? type);
}

function translated(target: string, sides: Sides): string {
  return target.includes(':') ? sides.translate(target) : target;
}

function isUnresolvedTarget({ profile, canonical }: TargetModel): boolean {
  return profile === undefined && canonical !== undefined && canonical !== ANY_RESOURCE;
}

const ANY_RESOURCE = 'http://hl7.org/fhir/StructureDefinition/Resource';

function unresolvedCount({ targets }: ResolvedType): number {
  return (targets ?? []).filter(isUnresolvedTarget).length;
}

/** A profile is accepted if the list has it, one of its ancestors, or its resource type. */
function accepts(list: readonly string[], target: string, side: Side): boolean {
  const type = side.profile(target)?.type;
  return (
    side.lineage(target).some((ancestor) => list.includes(ancestor)) || (type !== undefined && list.includes(type))
  );
}

function isAny(targets: readonly string[]): boolean {
  return targets.includes(ANY) || targets.includes(ANY_RESOURCE);
}

function all(targets: readonly string[]): string {
  return isAny(targets) ? 'anything' : targets.join(', ');
}

function shownTargets(targets: readonly string[], sides: Sides): string {
  return isAny(targets) ? 'anything' : named(targets, sides);
}

function named(canonicals: readonly string[], sides: Sides): string {
  return canonicals.length === 0 ? 'no profile' : listed(canonicals.map((canonical) => sides.nameOf(canonical)));
}
