import type { Warning } from '../errors.js';
import { packageId } from '../fhir/package-id.js';
import { byCodeUnit, groupedBy } from '../order.js';
import type { PinnedSnapshot, PinnedStructureDefinition } from '../pin/snapshot.js';

/**
 * Whether a version of a definition is later than another. Versions of definitions are more often numbers or dates than
 * those of packages: `1.3.0`, `20260223120000`.
 *
 * @param a version
 * @param b version
 */
export function isLater(a: string, b: string): boolean {
  const [left, right] = [a.split('.'), b.split('.')];
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? '';
    if (part === other) continue;
    const isNumbers = /^\d+$/.test(part) && /^\d+$/.test(other);
    return isNumbers ? Number(part) > Number(other) : byCodeUnit(part, other) > 0;
  }
  return false;
}

/** The definitions in a model. */
export interface UsedDefinitions {
  /** One for each canonical. */
  readonly definitions: readonly PinnedStructureDefinition[];
  /** Names the canonicals that had several versions. */
  readonly warnings: readonly Warning[];
}

/**
 * Selects one version of each StructureDefinition: the models have one type for each canonical. That of the root
 * package comes first, then the latest (FHIR R4, References, "Canonical URLs").
 *
 * @param snapshot the pinned facts
 */
export function oneVersion(snapshot: PinnedSnapshot): UsedDefinitions {
  const own = packageId(snapshot.package);
  const definitions: PinnedStructureDefinition[] = [];
  const warnings: Warning[] = [];
  for (const versions of groupedBy(snapshot.structureDefinitions, ({ url }) => url)) {
    const used = versions.reduce((best, other) => (goesBefore(other, best, own) ? other : best));
    definitions.push(used);
    if (versions.length === 1) continue;
    const all = versions.map(versionOf).sort(byCodeUnit);
    const message = `is needed in several versions (${all.join(', ')}): ${versionOf(used)} is used for all of them`;
    const others = versions.filter((one) => one !== used).map((one) => one.package);
    warnings.push({
      message,
      where: { package: used.package, profile: used.url },
      versions: { used: used.package, others: [...new Set(others)].sort(byCodeUnit) },
    });
  }
  return { definitions, warnings };
}

function goesBefore(a: PinnedStructureDefinition, b: PinnedStructureDefinition, own: string): boolean {
  const isOwn = a.package === own;
  return isOwn === (b.package === own) ? isLater(a.version ?? '', b.version ?? '') : isOwn;
}

function versionOf({ version }: PinnedStructureDefinition): string {
  return version ?? 'one without a version';
}
