import type { MissingPackage } from '../load/definitions.js';
import { byCodeUnit } from '../order.js';
import type { Unresolved } from './snapshot.js';
import { parseCanonical } from '../fhir/canonical.js';

/** Collects what could not be resolved: each canonical once, whoever and however many refer to it. */
export class UnresolvedLog {
  private readonly entries = new Map<string, { readonly kind: Unresolved['kind']; readonly usedBy: Set<string> }>();

  /**
   * @param kind what it would be
   * @param canonical with or without `|version`: the version does not make another entry
   * @param usedBy canonicals of those that refer to it
   */
  add(kind: Unresolved['kind'], canonical: string, usedBy: Iterable<string>): void {
    const bare = kind === 'package' ? canonical : parseCanonical(canonical).url;
    const key = `${kind} ${bare}`;
    const entry = this.entries.get(key) ?? { kind, usedBy: new Set<string>() };
    for (const user of usedBy) entry.usedBy.add(user);
    this.entries.set(key, entry);
  }

  /** A dependency that load could not have. */
  addPackage(missing: MissingPackage): void {
    this.add('package', `${missing.name}#${missing.version}`, missing.wantedBy);
  }

  /** Sorted by canonical, as the pinned file wants it. */
  list(): readonly Unresolved[] {
    return [...this.entries]
      .map(([key, entry]) => ({
        canonical: key.slice(entry.kind.length + 1),
        kind: entry.kind,
        usedBy: [...entry.usedBy].sort(byCodeUnit),
      }))
      .sort((a, b) => byCodeUnit(a.canonical, b.canonical) || byCodeUnit(a.kind, b.kind));
  }
}
