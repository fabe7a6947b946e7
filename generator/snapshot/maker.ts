import { CodegenError, type Warning, type Where } from '../errors.js';
import type { ConformanceResource, PackagedResource } from '../fhir/package.js';
import { isCore } from '../fhir/release.js';
import type { CanonicalLookup, Match } from '../fhir/canonical-lookup.js';
import { Application, type AppliedDifferential } from './application.js';
import { type ElementSource, snapshotApplier } from './apply.js';
import { differentialOf } from './differential.js';
import type { SnapshotLimits } from './limits.js';
import { differentialElements, publishedElements, type RawElement, rawElements, typesOf } from './raw-element.js';
import type { PackageIdentity } from '../fhir/package-id.js';
import { fhirTypeCanonical } from '../fhir/canonical.js';

const NOTHING: AppliedDifferential = { elements: [], warnings: [] };

/** The context of {@link SnapshotMaker}. */
export interface MakerContext {
  readonly lookup: CanonicalLookup;
  /** FHIR's own package. */
  readonly core: PackageIdentity;
  readonly limits: SnapshotLimits;
}

/**
 * Gives the elements of any definition: those of its published snapshot, or else those of its base with its
 * differential applied (FHIR R4, Profiling, "Differential and snapshot"). Each snapshot is generated once.
 */
export class SnapshotMaker {
  /** The elements, or the error that prevents them. */
  private readonly known = new Map<ConformanceResource, readonly RawElement[] | CodegenError>();
  /** Profile on a type, as elements refer to it → the type. */
  private readonly codes = new Map<string, string>();
  private readonly inProgress = new Set<ConformanceResource>();
  private readonly found: Warning[] = [];
  private total = 0;

  constructor(private readonly context: MakerContext) {}

  /** Warnings about the generated snapshots. */
  get warnings(): readonly Warning[] {
    return this.found;
  }

  /**
   * @param located a StructureDefinition
   * @throws CodegenError that names the profile, when it has no snapshot and none can be generated
   */
  async elementsOf(located: PackagedResource): Promise<readonly RawElement[]> {
    const chain = this.chainOf(located);
    // From the FHIR type down, in a loop: a chain of ten thousand profiles must not overflow the stack.
    for (let link = chain.pop(); link !== undefined; link = chain.pop()) await this.settle(link);
    const elements = this.known.get(located.resource) ?? published(located);
    if (elements instanceof CodegenError) throw elements;
    return elements;
  }

  /** The definition, its base, the base of that, and so on, as long as a snapshot has to be generated. */
  private chainOf(located: PackagedResource): PackagedResource[] {
    const chain: PackagedResource[] = [];
    const seen = new Set<ConformanceResource>();
    let next: PackagedResource | undefined = located;
    while (next !== undefined && this.isNew(next) && !seen.has(next.resource)) {
      seen.add(next.resource);
      chain.push(next);
      next = isFinal(next) ? undefined : this.baseOf(next);
    }
    return chain;
  }

  private isNew({ resource }: PackagedResource): boolean {
    return !this.known.has(resource) && !this.inProgress.has(resource);
  }

  private async settle(located: PackagedResource): Promise<void> {
    if (!this.isNew(located)) return;
    const { resource } = located;
    this.inProgress.add(resource);
    try {
      const elements = isFinal(located) ? published(located) : await this.makeOrTake(located);
      if (elements !== undefined) this.keep(resource, elements);
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      this.known.set(resource, error);
    } finally {
      this.inProgress.delete(resource);
    }
  }

  private async makeOrTake(located: PackagedResource): Promise<readonly RawElement[] | undefined> {
    try {
      return await this.make(located);
    } catch (error) {
      if (!(error instanceof CodegenError) || publishedElements(located.resource) === undefined) throw error;
      return published(located);
    }
  }

  private keep(resource: ConformanceResource, elements: readonly RawElement[]): void {
    this.known.set(resource, elements);
    this.learn(elements);
  }

  private learn(elements: readonly RawElement[]): void {
    for (const { code, profiles } of elements.flatMap(typesOf)) {
      for (const profile of profiles) if (!this.codes.has(profile)) this.codes.set(profile, code);
    }
  }

  /**
   * @returns `undefined` while the snapshot of the base is being generated: this one has to be requested again
   */
  private async make(located: PackagedResource): Promise<readonly RawElement[] | undefined> {
    const { resource } = located;
    const where = whereOf(located);
    const differential = differentialElements(resource);
    if (differential === undefined) throw new CodegenError('it has neither snapshot nor differential', where);
    const base = this.baseOf(located);
    if (base === undefined) throw new CodegenError(noBase(baseCanonical(resource)), where);
    const inherited = this.known.get(base.resource);
    const isBusy = this.inProgress.has(base.resource) && base.resource !== resource;
    if (inherited === undefined && isBusy) return undefined;
    if (inherited === undefined) throw new CodegenError('its base definitions form a cycle', where);
    if (inherited instanceof CodegenError) throw withoutBase(inherited, base, where);
    const type = typeof resource['type'] === 'string' ? resource['type'] : '';
    if (inherited[0]?.id !== type) {
      const message = `it constrains ${type || 'nothing'}, but its base definition describes ${inherited[0]?.id}`;
      throw new CodegenError(message, where);
    }
    if (!base.isRequestedVersion && publishedElements(resource) === undefined) {
      const message = `its snapshot is generated from version ${base.resource.version} of its base definition: ${baseCanonical(resource)} is not available`;
      this.found.push({ message, where });
    }
    const { limits } = this.context;
    const stated = differentialOf(differential, type, where, limits);
    this.learn(stated);
    const apply = await snapshotApplier(this.sourceFor(located), this.context.core);
    const application = new Application(inherited, apply, { limits, where });
    const isWithin = this.total <= limits.total;
    const { elements, warnings } = isWithin ? await application.all(stated) : NOTHING;
    this.found.push(...warnings);
    // A long id takes more memory than the rest of its element.
    for (const { id } of elements) this.total += 1 + id.length / 100;
    if (this.total > limits.total) {
      throw new CodegenError(`all snapshots together exceed the limit "total" of ${limits.total}`, where);
    }
    return elements;
  }

  /**
   * The elements that a differential can refer to: those of FHIR types, and those of profiles on them, resolved from
   * the package of the definition.
   */
  private sourceFor({ package: from }: PackagedResource): ElementSource {
    const type = (code: string) => {
      const found = this.context.lookup.find(
        'StructureDefinition',
        fhirTypeCanonical(code.replace(fhirTypeCanonical(''), '')),
        this.context.core,
      );
      const known = found === undefined ? undefined : this.known.get(found.resource);
      if (Array.isArray(known)) return known;
      if (found === undefined || found.resource['derivation'] === 'constraint') {
        throw new CodegenError(`there is no FHIR type ${code}`);
      }
      const elements = published(found);
      this.keep(found.resource, elements);
      return elements;
    };
    const profile = async (canonical: string) => {
      const found = this.context.lookup.find('StructureDefinition', canonical, from);
      try {
        if (found !== undefined) return { elements: await this.elementsOf(found), isGuess: false };
      } catch (error) {
        if (!(error instanceof CodegenError)) throw error;
      }
      // Its type has the same elements with fewer constraints; pin reports the missing profile.
      const code = this.codes.get(canonical);
      if (code === undefined) throw new CodegenError(`${canonical} cannot be resolved`);
      return { elements: type(code), isGuess: true };
    };
    return { type, profile };
  }

  private baseOf({ resource, package: from }: PackagedResource): Match | undefined {
    const canonical = baseCanonical(resource);
    return canonical === undefined ? undefined : this.context.lookup.find('StructureDefinition', canonical, from);
  }
}

/**
 * Whether derived snapshots are based on the published snapshot. For FHIR itself they are. For a guide they are not if
 * its snapshot can be generated: the result is then the same whether or not the guide was published with snapshots, and
 * does not mix the conventions of two tools (pinned versions, slices repeated or not).
 */
function isFinal({ resource, package: from }: PackagedResource): boolean {
  if (resource['derivation'] !== 'constraint') return true;
  const isBound = isCore(from.name) || differentialElements(resource) === undefined;
  return isBound && publishedElements(resource) !== undefined;
}

function published(located: PackagedResource): readonly RawElement[] {
  const where = whereOf(located);
  const elements = publishedElements(located.resource);
  if (elements === undefined) throw new CodegenError('it was published without a snapshot', where);
  return rawElements(elements, where);
}

function baseCanonical(resource: ConformanceResource): string | undefined {
  const canonical = resource['baseDefinition'];
  return typeof canonical === 'string' ? canonical : undefined;
}

function whereOf({ resource, package: from }: PackagedResource): Where {
  return { package: `${from.name}#${from.version}`, profile: resource.url };
}

function noBase(canonical: string | undefined): string {
  if (canonical === undefined) return 'it names no base definition';
  return `its base definition ${canonical} cannot be found: add the package that defines it`;
}

/**
 * Names the definition that failed first: a message that quotes the previous one would grow with each link of the
 * chain.
 */
function withoutBase(failure: CodegenError, base: PackagedResource, where: Where): CodegenError {
  const first = failure.cause instanceof CodegenError && failure.cause.where.profile ? failure.cause : failure;
  const name = first.where.profile ?? base.resource.url;
  return new CodegenError(`it is based on ${name}, where it fails: ${first.message}`, where, { cause: first });
}
