import { withoutVersion } from '../fhir/canonical.js';
import { byCodeUnit } from '../order.js';
import type { Unresolved } from './snapshot.js';

/**
 * What could not be resolved, as the pinned file wants it: each canonical once, however many elements refer to it.
 *
 * @param entries as they were met: a canonical with or without `|version`, those that refer to it in any order
 * @returns sorted by canonical
 */
export function mergeUnresolved(entries: Iterable<Unresolved>): readonly Unresolved[] {
  const merged = new Map<string, { readonly kind: Unresolved['kind']; canonical: string; usedBy: Set<string> }>();
  for (const { kind, canonical, usedBy } of entries) {
    // Another version of a definition that is not there is not another thing to mend.
    const bare = kind === 'package' ? canonical : withoutVersion(canonical);
    const key = `${kind} ${bare}`;
    const entry = merged.get(key) ?? { kind, canonical: bare, usedBy: new Set<string>() };
    for (const user of usedBy) entry.usedBy.add(user);
    merged.set(key, entry);
  }
  return [...merged.values()]
    .map(({ kind, canonical, usedBy }) => ({ canonical, kind, usedBy: [...usedBy].sort(byCodeUnit) }))
    .sort((a, b) => byCodeUnit(a.canonical, b.canonical) || byCodeUnit(a.kind, b.kind));
}
