import type { Warning } from '../errors.js';
import type { ConformanceResource, FhirPackage } from '../fhir/package.js';
import type { Definitions } from '../load/definitions.js';
import type { Patch, Repairs } from './repairs.js';

/**
 * Applies the user's corrections to definitions: published packages have errors at times, and their authors take months
 * to publish new versions.
 *
 * @param definitions the result of load
 * @param repairs what to correct
 * @returns the same packages with corrected resources, and a warning for each correction that applies to nothing
 */
export function repaired(
  definitions: Definitions,
  { patches, leaveOut, terminology }: Repairs,
): { readonly definitions: Definitions; readonly warnings: readonly Warning[] } {
  const unused = new Map<Patch | string, string>([
    ...patches.map((patch): [Patch, string] => [patch, `patches names ${placeOf(patch)}`]),
    ...leaveOut.map((canonical): [string, string] => [canonical, `leaveOut names ${canonical}`]),
  ]);
  const given = new Map(terminology.map((resource) => [keyOf(resource), resource]));

  const resourcesOf = (one: FhirPackage): ConformanceResource[] =>
    one.resources.flatMap((resource) => {
      const own = leaveOut.filter((canonical) => isMeantBy(canonical, resource));
      for (const canonical of own) unused.delete(canonical);
      if (own.length > 0) return [];
      const replacement = given.get(keyOf(resource));
      return [patched(replacement === undefined ? resource : withCodesOf(resource, replacement), patches, unused)];
    });
  const known = new Set(definitions.packages.flatMap(({ resources }) => resources.map(keyOf)));
  const added = terminology.filter((resource) => !known.has(keyOf(resource)));
  const packages = definitions.packages.map((one) => ({
    ...one,
    resources: [...resourcesOf(one), ...(one === definitions.root ? added : [])],
  }));
  const root = packages[definitions.packages.indexOf(definitions.root)] ?? definitions.root;
  return {
    definitions: { ...definitions, root, packages },
    warnings: [...unused.values()].map((what) => ({
      message: `${what}, which no loaded package has: nothing is repaired`,
      where: {},
    })),
  };
}

function placeOf({ canonical, element }: Patch): string {
  return element === undefined ? canonical : `${element} of ${canonical}`;
}

function keyOf({ resourceType, url }: ConformanceResource): string {
  return `${resourceType} ${url}`;
}

function isMeantBy(canonical: string, { url, version }: ConformanceResource): boolean {
  return canonical === url || canonical === `${url}|${version ?? ''}`;
}

/** Name and version stay; the codes are taken from the other resource, which may be the expansion of a server. */
function withCodesOf(resource: ConformanceResource, other: ConformanceResource): ConformanceResource {
  const { compose: _compose, expansion: _expansion, concept: _concept, content: _content, ...rest } = resource;
  const { url: _url, version: _version, id: _id, ...codes } = other;
  return { ...codes, ...rest };
}

function patched(
  resource: ConformanceResource,
  patches: readonly Patch[],
  unused: Map<Patch | string, string>,
): ConformanceResource {
  return patches.reduce((one, patch) => {
    if (!isMeantBy(patch.canonical, one)) return one;
    const { element } = patch;
    const changed = element === undefined ? withMembers(one, patch.set) : withElement(one, element, patch.set);
    if (changed !== one) unused.delete(patch);
    return changed;
  }, resource);
}

/** Corrects an element in the snapshot and in the differential, from which a snapshot may have to be generated. */
function withElement(resource: ConformanceResource, id: string, set: Patch['set']): ConformanceResource {
  let isFound = false;
  const of = (list: unknown): unknown => {
    if (typeof list !== 'object' || list === null || !('element' in list) || !Array.isArray(list.element)) return list;
    const elements: readonly unknown[] = list.element;
    return {
      ...list,
      element: elements.map((element) => {
        if (typeof element !== 'object' || element === null || !('id' in element) || element.id !== id) return element;
        isFound = true;
        return withMembers(element, set);
      }),
    };
  };
  const lists = Object.fromEntries(
    ['snapshot', 'differential'].flatMap((name) => (resource[name] === undefined ? [] : [[name, of(resource[name])]])),
  );
  return isFound ? { ...resource, ...lists } : resource;
}

function withMembers<T extends object>(host: T, set: Patch['set']): T {
  // A member that is `null` counts as absent in all stages.
  return { ...host, ...set };
}

/**
 * Whether there is nothing to repair.
 *
 * @param repairs what to correct
 */
export function isNothing({ patches, leaveOut, terminology }: Repairs): boolean {
  return patches.length + leaveOut.length + terminology.length === 0;
}
