import { memo } from './json.js';
import { tablesWithin } from './reach.js';
import type { Run } from './run.js';
import type { ProfileTable } from './table.js';

const byType = /* @__PURE__ */ memo(
  (tables: ReadonlyMap<string, ProfileTable>): ReadonlyMap<string, ProfileTable> =>
    new Map(
      [...tables.values()].flatMap(({ type, base, bundle }) =>
        base ? [[type, { url: '', type, base, rule: {}, ...(bundle && { bundle }) }] as const] : [],
      ),
    ),
);

/**
 * The FHIR definition of a resource type, where a loaded profile of that type has its elements: it applies to each
 * resource, whatever its profile (FHIR R4, Bundle.entry.resource; DomainResource.contained).
 *
 * @param type `Patient`
 */
export function knownType({ table, options: { profiles } }: Run, type: string): ProfileTable | undefined {
  return byType(tablesWithin(table)).get(type) ?? (profiles && byType(profiles).get(type));
}
