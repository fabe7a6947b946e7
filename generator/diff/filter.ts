import { lastSegment, withoutVersion } from '../fhir/canonical.js';
import type { Change, Impact } from './change.js';

/** What a report is about, where it is not about everything. */
export interface ReportFilter {
  /** Canonicals, ids or names of profiles: of these, their value sets, and what concerns all; all if absent. */
  readonly profiles?: readonly string[] | undefined;
  /** The impacts whose changes are listed; all if absent. Counts stay those of all. */
  readonly impacts?: readonly Impact[] | undefined;
}

/**
 * The changes that concern some profiles: their own, those of value sets that they bind and of canonicals that they
 * refer to, and those of the whole package.
 *
 * @param changes all of a comparison
 * @param profiles canonicals, ids or names, of either side
 */
export function concerning(changes: readonly Change[], profiles: readonly string[]): readonly Change[] {
  const wanted = new Set(profiles.map(withoutVersion));
  const isNamed = (canonical: string): boolean => wanted.has(canonical) || wanted.has(lastSegment(canonical));
  const canonicals = new Set(
    changes.flatMap((change) => (isWanted(change, isNamed, wanted) ? [change.profile ?? ''] : [])),
  );
  const concerns = (canonical: string): boolean => canonicals.has(canonical) || isNamed(canonical);
  return changes.filter(({ profile, valueSet, canonical, usedBy }) => {
    if (profile !== undefined) return concerns(profile);
    return valueSet === undefined && canonical === undefined ? true : (usedBy ?? []).some(concerns);
  });
}

/** Whether a change is of such a profile, whose canonical or name may have been another on the old side. */
function isWanted(
  { kind, profile, name, before }: Change,
  isNamed: (canonical: string) => boolean,
  wanted: ReadonlySet<string>,
): boolean {
  if (profile === undefined) return false;
  const wasNamed = IDENTITIES.has(kind) && before !== undefined && isNamed(before);
  return isNamed(profile) || wanted.has(name) || wasNamed;
}

const IDENTITIES: ReadonlySet<string> = new Set(['profile-canonical', 'profile-renamed', 'profile-moved']);
