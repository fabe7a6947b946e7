import type { Warning } from '../errors.js';
import type { MissingPackage } from '../load/definitions.js';
import { compareText } from './order.js';
import type { Unresolved } from './snapshot.js';

/** Collects what could not be resolved: each canonical once, whoever and however many refer to it. */
export class UnresolvedLog {
  private readonly entries = new Map<string, { readonly kind: Unresolved['kind']; readonly usedBy: Set<string> }>();

  /**
   * @param kind what it would be
   * @param canonical with or without `|version`: the version does not make another entry
   * @param usedBy canonicals of those that refer to it
   */
  add(kind: Unresolved['kind'], canonical: string, usedBy: Iterable<string>): void {
    const bare = kind === 'package' ? canonical : withoutVersion(canonical);
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
        usedBy: [...entry.usedBy].sort(compareText),
      }))
      .sort((a, b) => compareText(a.canonical, b.canonical) || compareText(a.kind, b.kind));
  }
}

/** What an unresolved canonical costs: the widest right type stands in its place. */
const COST: Readonly<Record<Unresolved['kind'], string>> = {
  StructureDefinition: 'what refers to it keeps its FHIR type, without the rules of that profile',
  ValueSet: 'codes where it is bound are neither checked nor suggested',
  CodeSystem: 'codes of that system are neither checked nor suggested',
  package: 'what it defines cannot be resolved',
};

/**
 * An unresolved canonical as a warning that names it, who uses it and what it costs.
 *
 * @param entry of {@link UnresolvedLog.list} or of a pinned file
 */
export function unresolvedWarning(entry: Unresolved): Warning {
  const [first, ...others] = entry.usedBy;
  const users =
    first === undefined ? '' : `, wanted by ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  return { message: `${entry.kind} ${entry.canonical} cannot be resolved${users}: ${COST[entry.kind]}`, where: {} };
}

/** `http://x|1.0` → `http://x`. */
export function withoutVersion(canonical: string): string {
  const bar = canonical.indexOf('|');
  return bar < 0 ? canonical : canonical.slice(0, bar);
}
