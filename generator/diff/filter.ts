import { lastSegment, withoutVersion } from '../fhir/canonical.js';
import type { Change, Impact } from './change.js';

/** Restricts a report. */
export interface ReportFilter {
  /**
   * Canonicals, ids or names of profiles: only changes to these, to their value sets and to the package count; all if
   * absent.
   */
  readonly profiles?: readonly string[] | undefined;
  /** The impacts whose changes are listed; all if absent. The counts include all impacts. */
  readonly impacts?: readonly Impact[] | undefined;
}

/**
 * The changes that concern certain profiles: changes to the profiles, to value sets that they bind, to canonicals that
 * they refer to, and to the whole package.
 *
 * @param changes all changes of a comparison
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

/** Whether a change is to a requested profile, whose canonical or name may differ on the old side. */
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
