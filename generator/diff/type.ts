import type { PinnedElement, PinnedType } from '../pin/snapshot.js';
import type { ChangeFact } from './change.js';
import type { Sides } from './sides.js';
import { listed, without } from '../facts/list.js';
import { parseCanonical } from '../fhir/canonical.js';

/** A reference to it may point to anything. */
const ANY = 'http://hl7.org/fhir/StructureDefinition/Resource';

/**
 * How the types of an element changed: which there are, which profiles hold for them, what references point to
 * (FHIR R4, ElementDefinition.type).
 *
 * @param id of the element, for sentences
 * @param before the element in the old snapshot
 * @param after the element in the new snapshot
 * @param sides of the comparison
 */
export function typeChanges(id: string, before: PinnedElement, after: PinnedElement, sides: Sides): ChangeFact[] {
  const old = new Map((before.types ?? []).map((type) => [codeOf(id, type), type]));
  const next = new Map((after.types ?? []).map((type) => [codeOf(id, type), type]));
  const removed = without(old.keys(), next.keys());
  const added = without(next.keys(), old.keys());
  const both = { before: listed(old.keys()), after: listed(next.keys()) };
  const facts: ChangeFact[] = [];
  if (removed.length > 0) {
    const sentence = `${id} can no longer be ${listed(removed)}`;
    facts.push({ kind: 'type-removed', impact: 'breaking', ...both, sentence });
  }
  if (added.length > 0 && old.size > 0) {
    // A new member of an optional choice stands beside the others; a required one may now be there in their place.
    const isBeside = id.endsWith('[x]') && before.min === 0;
    const sentence = `${id} can also be ${listed(added)}${isBeside ? '' : ': whoever reads it must expect that'}`;
    facts.push({ kind: 'type-added', impact: isBeside ? 'compatible' : 'breaking', ...both, sentence });
  }
  for (const [code, type] of next) {
    const former = old.get(code);
    if (former === undefined) continue;
    const label = old.size > 1 || next.size > 1 ? `${id} as ${code}` : id;
    facts.push(...profileChanges(label, former, type, sides), ...targetChanges(label, former, type, sides));
  }
  return facts;
}

/** Published snapshots call the id of resources and elements now `id`, now `string` (FHIR R4, Element.id, Resource.id). */
function codeOf(id: string, { code }: PinnedType): string {
  return code === 'string' && id.endsWith('.id') ? 'id' : code;
}

function profileChanges(label: string, before: PinnedType, after: PinnedType, sides: Sides): ChangeFact[] {
  const old = (before.profiles ?? []).map((canonical) => sides.translate(canonical));
  const next = (after.profiles ?? []).map((canonical) => parseCanonical(canonical).url);
  if (without(old, next).length + without(next, old).length === 0) return [];
  const both = { before: named(old, sides), after: named(next, sides) };
  const sentence =
    next.length === 0
      ? `${label} no longer has to conform to ${both.before}: whoever reads it gets less`
      : `${label} has to conform to ${both.after}${old.length === 0 ? '' : ` in place of ${both.before}`}`;
  return [{ kind: 'type-profiles', impact: 'breaking', ...both, sentence }];
}

function targetChanges(label: string, before: PinnedType, after: PinnedType, sides: Sides): ChangeFact[] {
  const old = (before.targetProfiles ?? []).map((canonical) => sides.translate(canonical));
  const next = (after.targetProfiles ?? []).map((canonical) => parseCanonical(canonical).url);
  if (without(old, next).length + without(next, old).length === 0) return [];
  const both = { before: targets(old, sides), after: targets(next, sides) };
  const accepts = (canonical: string): boolean =>
    isAny(next) || sides.after.lineage(canonical).some((ancestor) => next.includes(ancestor));
  const refused = isAny(old) ? (isAny(next) ? [] : [ANY]) : old.filter((canonical) => !accepts(canonical));
  if (refused.length > 0) {
    const what = isAny(refused) ? 'anything' : named(refused, sides);
    const sentence = `${label} can no longer point to ${what}; it can to ${both.after}`;
    return [{ kind: 'target-profiles', impact: 'breaking', ...both, sentence }];
  }
  const sentence = `${label} can point to ${both.after}, was ${both.before}`;
  return [{ kind: 'target-profiles', impact: 'compatible', ...both, sentence }];
}

function isAny(canonicals: readonly string[]): boolean {
  return canonicals.length === 0 || canonicals.includes(ANY);
}

function targets(canonicals: readonly string[], sides: Sides): string {
  return isAny(canonicals) ? 'anything' : named(canonicals, sides);
}

function named(canonicals: readonly string[], sides: Sides): string {
  return listed(canonicals.map((canonical) => sides.nameOf(canonical)));
}
