import { CodegenError, type Where } from '../errors.js';
import { byCodeUnit } from '../order.js';
import { definitionIndex } from '../fhir/definition-index.js';
import { nearest } from './nearest.js';
import type { PinnedSnapshot, PinnedStructureDefinition, PinnedValueSet } from './snapshot.js';
import { bindingsThatMatter } from './value-sets.js';
import { parseCanonical } from '../fhir/canonical.js';
import { DefinitionWalk } from '../fhir/definition-walk.js';

/**
 * The part of a pinned snapshot that some of its profiles need: the same as `pin` gives for them.
 *
 * @param snapshot pinned for more profiles
 * @param wanted canonicals, ids or names of profiles
 * @throws CodegenError when one of them is not in the snapshot
 */
export function narrow(snapshot: PinnedSnapshot, wanted: readonly string[]): PinnedSnapshot {
  const roots = wanted.flatMap((name) => rootsOf(snapshot, name));
  const structureDefinitions = closureOf(snapshot, roots);
  const canonicals = [...bindingsThatMatter(structureDefinitions)].map(parseCanonical);
  const bindings = new Set(canonicals.map(({ url }) => url));
  // Of several versions of a value set, the requested ones are kept, or all if a binding names none.
  const valueSets = snapshot.valueSets.filter((valueSet) => {
    const same = canonicals.filter(({ url }) => url === valueSet.url);
    const isRequested = (one: (typeof same)[number]): boolean =>
      snapshot.valueSets.some((other) => isVersion(other, valueSet.url, one.version));
    return same.some((one) => !isRequested(one) || isVersion(valueSet, valueSet.url, one.version));
  });
  // A value set that is too large for suggestions is omitted, but its faults were reported.
  const kept = new Set([...structureDefinitions.map(({ url }) => url), ...bindings]);
  const wantedUrls = new Set(roots.map(({ url }) => url));
  return {
    ...snapshot,
    profiles: [...wantedUrls].sort(byCodeUnit),
    structureDefinitions,
    valueSets,
    unresolved: snapshot.unresolved.flatMap((entry) => {
      const usedBy = entry.kind === 'package' ? entry.usedBy : entry.usedBy.filter((user) => kept.has(user));
      return usedBy.length > 0 || wantedUrls.has(entry.canonical) ? [{ ...entry, usedBy }] : [];
    }),
  };
}

function isVersion(valueSet: PinnedValueSet, url: string, version: string | undefined): boolean {
  return valueSet.url === url && version !== undefined && valueSet.version === version;
}

function rootsOf(snapshot: PinnedSnapshot, name: string): readonly PinnedStructureDefinition[] {
  const asked = new Set(snapshot.profiles);
  const profiles = snapshot.structureDefinitions.filter((item) => item.derivation === 'constraint');
  const own = profiles.filter(({ url }) => asked.has(url));
  const found = own.filter((item) => [item.url, item.id, item.name].includes(name));
  if (found.length > 0) return found;
  const elsewhere = profiles.filter(({ url }) => url === parseCanonical(name).url);
  if (elsewhere.length > 0) return elsewhere;
  const where: Where = { package: `${snapshot.package.name}#${snapshot.package.version}` };
  const near = nearest(
    name,
    own.flatMap((item) => [item.url, item.id, item.name]),
  );
  const hint =
    near.length > 0
      ? `did you mean ${near.join(', ')}?`
      : `list shows its ${own.length} profiles; for a profile of another package, name the package`;
  throw new CodegenError(`there is no profile ${JSON.stringify(name)}: ${hint}`, where);
}

/** The definitions that `pin` reaches from them, and all datatypes. */
function closureOf(
  snapshot: PinnedSnapshot,
  roots: readonly PinnedStructureDefinition[],
): readonly PinnedStructureDefinition[] {
  const kept = new Set<PinnedStructureDefinition>();
  const walk = new DefinitionWalk(definitionIndex(snapshot.structureDefinitions), (item) => item);
  const isDatatype = (item: PinnedStructureDefinition) => item.derivation !== 'constraint' && item.kind !== 'resource';
  for (const item of [...snapshot.structureDefinitions.filter(isDatatype), ...roots]) walk.add(item);
  for (let next = walk.next(); next !== undefined; next = walk.next()) {
    kept.add(next);
    walk.follow(next, { ...next, types: next.elements.flatMap((element) => element.types ?? []) });
  }
  return snapshot.structureDefinitions.filter((item) => kept.has(item));
}
