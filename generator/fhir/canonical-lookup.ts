import { byKey } from '../order.js';
import { decodedCanonical, parseCanonical, withoutFragment, withoutVersion } from './canonical.js';
import { type PackageIdentity, packageId } from './package-id.js';
import { type ConformanceResource, type FhirPackage, type PackagedResource, wantedPackages } from './package.js';
import { bestVersion, byVersion } from './version.js';

/** The kinds of definition that a canonical can be looked up among. */
export type DefinitionKind = ConformanceResource['resourceType'];

/** A definition found by its canonical. */
export interface Match extends PackagedResource {
  /** False when the requested version is missing and another version was found instead. */
  readonly isRequestedVersion: boolean;
}

/**
 * Finds definitions by their canonical. Of several with the same canonical, it finds the first in the order of the
 * packages: the root package before its dependencies, the nearest first; within a package, the first by file name.
 */
export class CanonicalLookup {
  private readonly candidates: ReadonlyMap<string, readonly PackagedResource[]>;
  private readonly found = new Map<string, Match | undefined>();
  private readonly wanted = new Set<ConformanceResource>();
  private readonly orders = new Map<string, ReadonlyMap<FhirPackage, number>>();

  /**
   * @param definitions packages in order of precedence; they must not change while the lookup is in use
   */
  constructor(private readonly definitions: { readonly packages: readonly FhirPackage[] }) {
    const resources = definitions.packages.flatMap((owner) =>
      owner.resources.map((resource): PackagedResource => ({ resource, package: owner })),
    );
    this.candidates = byKey(resources, ({ resource }) => keyOf(resource.resourceType, resource.url));
  }

  /**
   * Finds the definition with a canonical.
   *
   * @param kind the resource type of the definition
   * @param canonical `url` or `url|version`; percent-encoded or not, however the definition itself writes it
   * @param from the package in which the canonical is written: when several versions of a package are loaded, its own
   *   definitions and those of its dependencies take precedence over the others
   * @returns `undefined` when no package defines it; the highest available version when the requested one is missing
   */
  find(kind: DefinitionKind, canonical: string, from?: PackageIdentity): Match | undefined {
    const origin = from === undefined ? '' : packageId(from);
    // Neither a package id nor a kind contains a line break.
    const key = `${origin}\n${kind}\n${canonical}`;
    if (this.found.has(key)) return this.found.get(key);
    const match = this.search(kind, canonical, origin);
    this.found.set(key, match);
    if (match !== undefined) this.wanted.add(match.resource);
    return match;
  }

  /**
   * Whether {@link find} has returned a definition.
   *
   * @param resource a resource of the packages
   */
  hasFound(resource: ConformanceResource): boolean {
    return this.wanted.has(resource);
  }

  private search(kind: DefinitionKind, canonical: string, origin: string): Match | undefined {
    const { url, version } = parseCanonical(canonical);
    const candidates = this.inOrder(this.candidates.get(keyOf(kind, url)) ?? [], origin);
    const first = candidates[0];
    if (first === undefined) return this.inherited(kind, canonical, origin);
    if (version === undefined) return { ...first, isRequestedVersion: true };
    const exact = candidates.find(({ resource }) => resource.version === version);
    if (exact !== undefined) return { ...exact, isRequestedVersion: true };
    const highest = candidates.reduce((best, candidate) =>
      byVersion(candidate.resource.version ?? '', best.resource.version ?? '') > 0 ? candidate : best,
    );
    return { ...highest, isRequestedVersion: false };
  }

  /** A snapshot repeats the `#id` of its base, which contains the definition: `derived#id` then means `base#id`. */
  private inherited(kind: DefinitionKind, canonical: string, origin: string): Match | undefined {
    const owner = withoutFragment(canonical);
    if (owner === canonical) return undefined;
    const fragment = canonical.slice(owner.length);
    const seen = new Set<unknown>();
    let base = this.search('StructureDefinition', owner, origin)?.resource['baseDefinition'];
    while (typeof base === 'string' && !seen.has(base)) {
      seen.add(base);
      const found = this.inOrder(this.candidates.get(keyOf(kind, withoutVersion(base) + fragment)) ?? [], origin)[0];
      if (found !== undefined) return { ...found, isRequestedVersion: true };
      base = this.search('StructureDefinition', base, origin)?.resource['baseDefinition'];
    }
    return undefined;
  }

  private inOrder(candidates: readonly PackagedResource[], origin: string): readonly PackagedResource[] {
    const order = candidates.length > 1 ? this.orderFrom(origin) : undefined;
    if (order === undefined) return candidates;
    const rank = (candidate: PackagedResource) => order.get(candidate.package) ?? Infinity;
    // Packages without a rank keep their place behind those that have one: the sort is stable.
    return [...candidates].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  }

  /** A package, then its dependencies, breadth first; `undefined` for a package that is not loaded. */
  private orderFrom(origin: string): ReadonlyMap<FhirPackage, number> | undefined {
    const known = this.orders.get(origin);
    if (known !== undefined) return known;
    const start = this.definitions.packages.find((candidate) => packageId(candidate) === origin);
    if (start === undefined) return undefined;
    const order = new Map<FhirPackage, number>([[start, 0]]);
    for (const current of order.keys()) {
      for (const dependency of this.dependenciesOf(current)) {
        if (!order.has(dependency)) order.set(dependency, order.size);
      }
    }
    this.orders.set(origin, order);
    return order;
  }

  private dependenciesOf(from: FhirPackage): FhirPackage[] {
    return wantedPackages(from.dependencies).flatMap(({ name, version: wanted }) => {
      const sameName = this.definitions.packages.filter((candidate) => candidate.name === name);
      const exact = sameName.find(({ version }) => version === wanted);
      if (exact !== undefined) return [exact];
      const versions = sameName.map(({ version }) => version);
      const best = bestVersion(versions, wanted);
      return sameName.filter(({ version }) => version === best);
    });
  }
}

/**
 * Two spellings of one address are one address (RFC 3986, section 6.2.2.2): guides write
 * `…/extension-Goal.acceptance%5Bx%5D` where the definition has `[x]`, and the other way round.
 */
function keyOf(kind: DefinitionKind, url: string): string {
  return `${kind}\n${decodedCanonical(url)}`;
}
