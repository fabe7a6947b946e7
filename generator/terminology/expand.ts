import { CodegenError } from '../errors.js';
import { canonicalWithin } from '../fhir/canonical.js';
import type { FhirPackage } from '../fhir/package.js';
import type { CanonicalLookup } from '../fhir/canonical-lookup.js';
import type { ConformanceResource, PackagedResource } from '../fhir/package.js';
import type { ExpansionLimits } from './limits.js';
import { Members } from '../fhir/members.js';
import type { Concept } from './concept.js';
import {
  ANYTHING,
  type CodeSet,
  countOf,
  difference,
  intersection,
  isExact,
  NOTHING,
  openSystem,
  systemSet,
  union,
} from './code-set.js';
import { type CodeSystemTable, isCaseInsensitive } from './code-system.js';
import { CodeSystems } from './code-systems.js';
import { conceptOf } from './concept.js';
import { publishedExpansion } from './published-expansion.js';
import { isExternal } from '../fhir/external-code-system.js';
import { filterTest, UnknownFilter } from './filter.js';
import { packageId } from '../fhir/package-id.js';

/** A value set, expanded as far as possible, with notes about what could not be expanded. */
interface Expanded {
  readonly set: CodeSet;
  readonly notes: readonly string[];
  readonly cycle?: readonly string[] | undefined;
}

/** The codes of a value set, as far as they are known. */
export interface Expansion extends CodeSet {
  /** Whether the value set is closed. */
  readonly isExact: boolean;
  /** The number of codes that are named. */
  readonly count: number;
  /** Its systems whose codes are case-insensitive (FHIR R4, CodeSystem.caseSensitive). */
  readonly caseInsensitive: ReadonlySet<string>;
  /** What could not be expanded, one sentence each. */
  readonly notes: readonly string[];
  /** Canonicals of value sets that include each other and to which it belongs or refers. */
  readonly cycle?: readonly string[] | undefined;
}

/** The result of {@link expandValueSets}. */
export interface Expansions {
  /** The expansions by requested resource. */
  readonly valueSets: ReadonlyMap<ConformanceResource, Expansion>;
  /** References of value sets to undefined resources, with repetitions. */
  readonly unresolved: readonly UnresolvedTerminology[];
  /** `name#version` of the packages that code systems were taken from. */
  readonly packages: ReadonlySet<string>;
}

/** A canonical in a value set that no package defines. */
export interface UnresolvedTerminology {
  readonly kind: 'ValueSet' | 'CodeSystem';
  readonly canonical: string;
  /** The value sets that refer to it. */
  readonly usedBy: readonly string[];
}

/** The context of expansion. */
export interface ExpansionContext {
  readonly lookup: CanonicalLookup;
  readonly limits: ExpansionLimits;
}

/**
 * Expands value sets from their definitions in the loaded packages (FHIR R4, ValueSet, "Value Set Expansion"), without
 * a terminology server.
 *
 * @param valueSets in a fixed order, as the limits on all value sets together hit the last ones
 * @param context see {@link ExpansionContext}
 * @returns the expansion of each; malformed, missing or too large parts are open, with a note
 */
export function expandValueSets(valueSets: readonly PackagedResource[], context: ExpansionContext): Expansions {
  const expander = new Expander(context);
  const expansions = new Map<ConformanceResource, Expansion>();
  for (const valueSet of valueSets) {
    const { set, notes, cycle } = expander.expand(valueSet);
    const caseInsensitive = new Set(
      [...set.systems.keys()].filter((system) => {
        const codeSystem = context.lookup.find('CodeSystem', system, valueSet.package);
        return codeSystem !== undefined && isCaseInsensitive(codeSystem.resource);
      }),
    );
    expansions.set(valueSet.resource, {
      ...set,
      isExact: isExact(set),
      count: countOf(set),
      caseInsensitive,
      notes,
      cycle,
    });
  }
  return { valueSets: expansions, unresolved: expander.unresolved, packages: expander.packages };
}

/** The value set that is being expanded. */
interface Current {
  readonly url: string;
  readonly package: FhirPackage;
  /** `compose.inactive` is false: inactive codes are left out. */
  readonly activeOnly: boolean;
  readonly notes: Notes;
}

/** Notes about a value set, collected during its expansion. */
interface Notes {
  readonly sentences: Set<string>;
  /** The first cycle of value sets that it refers to. */
  cycle: readonly string[] | undefined;
}

/**
 * The limit for value sets in cycles of imports, which have to be expanded again from each side; beyond it they are
 * open.
 */
const CYCLE_LIMIT = 200;

/** Expands value sets, and caches the results. */
class Expander {
  readonly unresolved: UnresolvedTerminology[] = [];
  private readonly codeSystems: CodeSystems;
  private readonly done = new Map<PackagedResource['resource'], Expanded>();
  /** Value sets under way, outermost first. */
  private readonly path: PackagedResource['resource'][] = [];
  /** Position in the path of the outermost value set that the current one refers back to. */
  private cycle = Infinity;
  private cycles = 0;
  private visited = 0;
  private held = 0;

  constructor(private readonly context: ExpansionContext) {
    this.codeSystems = new CodeSystems(context.lookup, context.limits);
  }

  /** `name#version` of the packages that code systems were taken from. */
  get packages(): ReadonlySet<string> {
    return this.codeSystems.packages;
  }

  /**
   * @param found a ValueSet and its package
   * @returns its expansion; malformed, missing or too large parts are open, with a note
   */
  expand(found: PackagedResource): Expanded {
    const { resource } = found;
    const known = this.done.get(resource);
    if (known !== undefined) return known;
    const before = this.path.indexOf(resource);
    if (before >= 0) {
      // A value set that refers back to itself adds nothing there.
      this.cycle = Math.min(this.cycle, before);
      return { set: NOTHING, notes: [], cycle: this.path.slice(before).map(({ url }) => url) };
    }
    const isBeyond = this.path.length >= this.context.limits.imports;
    if (isBeyond || this.cycles >= CYCLE_LIMIT) {
      const limit = isBeyond ? ' (limit "imports")' : '';
      return { set: ANYTHING, notes: [`${resource.url} is imported through too many value sets${limit}`] };
    }

    const outer = this.cycle;
    this.cycle = Infinity;
    const depth = this.path.push(resource) - 1;
    const expanded = this.define(found);
    this.path.pop();
    if (this.cycle < depth) {
      // Part of a cycle that is not closed yet: from elsewhere it may contain more.
      this.cycles++;
      this.cycle = Math.min(outer, this.cycle);
    } else {
      this.done.set(resource, expanded);
      this.held += countOf(expanded.set);
      this.cycle = outer;
    }
    return expanded;
  }

  private define(found: PackagedResource): Expanded {
    const notes: Notes = { sentences: new Set(), cycle: undefined };
    try {
      const where = { package: packageId(found.package), profile: found.resource.url };
      const set = this.definition(Members.of(found.resource, '', where), found, notes);
      const { codes, allCodes } = this.context.limits;
      if (countOf(set) > codes) throw new CodegenError(`it has more than ${codes} codes (limit "codes")`);
      if (countOf(set) + this.held > allCodes)
        throw new CodegenError(`all value sets have more than ${allCodes} codes (limit "allCodes")`);
      return { set, notes: [...notes.sentences], cycle: notes.cycle };
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      return { set: ANYTHING, notes: [`${found.resource.url} cannot be expanded: ${error.message}`] };
    }
  }

  private definition(members: Members, found: PackagedResource, notes: Notes): CodeSet {
    const compose = members.object('compose');
    const composed =
      compose === undefined
        ? undefined
        : this.compose(compose, {
            url: found.resource.url,
            package: found.package,
            activeOnly: compose.boolean('inactive') === false,
            notes,
          });
    if (composed !== undefined && isExact(composed)) return composed;
    const published = publishedExpansion(members, this.context.limits);
    if (published !== undefined && (composed === undefined || isExact(published))) {
      notes.sentences.clear();
      if (!isExact(published)) {
        const { givenIn } = found.resource;
        const which = typeof givenIn === 'string' ? `the expansion in ${givenIn}` : 'the published expansion';
        notes.sentences.add(`${which} is incomplete`);
      }
      return published;
    }
    if (composed === undefined) notes.sentences.add('the value set has neither a definition nor an expansion');
    return composed ?? ANYTHING;
  }

  private compose(compose: Members, current: Current): CodeSet {
    const includes = compose.objects('include').map((item) => this.include(item, current));
    return compose
      .objects('exclude')
      .map((item) => this.include(item, current))
      .reduce(difference, union(includes));
  }

  private include(include: Members, current: Current): CodeSet {
    const system = include.string('system', this.context.limits.idLength);
    const sets = include.strings('valueSet').map((canonical) => this.import(canonical, current));
    if (system !== undefined) sets.unshift(this.system(system, include, current));
    const [first, ...others] = sets;
    if (first === undefined) throw new CodegenError('an include names neither a code system nor a value set');
    return others.reduce(intersection, first);
  }

  private import(written: string, current: Current): CodeSet {
    const canonical = canonicalWithin(written, current.url);
    const match = this.context.lookup.find('ValueSet', canonical, current.package);
    if (match === undefined) {
      this.unresolved.push({ kind: 'ValueSet', canonical, usedBy: [current.url] });
      current.notes.sentences.add(`${canonical}, which it imports, is not among the packages`);
      return ANYTHING;
    }
    const { set, notes, cycle } = this.expand(match);
    for (const note of notes) current.notes.sentences.add(note);
    current.notes.cycle ??= cycle;
    this.visit(countOf(set));
    return set;
  }

  private system(system: string, include: Members, current: Current): CodeSet {
    const found = this.codeSystems.find(system, include.string('version'), current.package);
    const listed = include.objects('concept');
    // A list is complete in itself: the code system only adds displays.
    if (listed.length > 0) return systemSet(system, 'exact', this.listed(listed, found?.table));
    if (found === undefined) {
      if (!isExternal(system)) {
        this.unresolved.push({ kind: 'CodeSystem', canonical: system, usedBy: [current.url] });
      }
      current.notes.sentences.add(`${system} is not among the packages`);
      return openSystem(system);
    }
    const { table, isRequestedVersion } = found;
    if (typeof table === 'string') {
      current.notes.sentences.add(`${system} cannot be read: ${table}`);
      return openSystem(system);
    }
    if (!table.complete) current.notes.sentences.add(`${system} is not complete in the packages`);
    if (!isRequestedVersion) current.notes.sentences.add(`no package has the requested version of ${system}`);
    const isWhole = table.complete && isRequestedVersion;
    const filters = include.objects('filter');
    // The matches of a filter in a part of a code system do not show its matches in the rest.
    if (!isWhole && filters.length > 0) return openSystem(system);
    const concepts = this.filtered(table, filters, current);
    return concepts === undefined ? openSystem(system) : systemSet(system, isWhole ? 'exact' : 'atLeast', concepts);
  }

  /** The concepts that pass all filters; `undefined`, with a note, when one cannot be evaluated. */
  private filtered(
    table: CodeSystemTable,
    filters: readonly Members[],
    current: Current,
  ): ReadonlyMap<string, Concept> | undefined {
    this.visit(table.concepts.size * (1 + filters.length));
    const concepts = new Map<string, Concept>();
    try {
      const tests = filters.map((filter) => filterTest(filter, table));
      for (const concept of table.concepts.values()) {
        if (concept.abstract || (current.activeOnly && concept.inactive)) continue;
        if (tests.every((test) => test(concept))) concepts.set(concept.concept.code, concept.concept);
      }
    } catch (error) {
      if (!(error instanceof UnknownFilter)) throw error;
      current.notes.sentences.add(`a filter on ${table.url} cannot be evaluated: ${error.message}`);
      return undefined;
    }
    return concepts;
  }

  private listed(
    concepts: readonly Members[],
    table: CodeSystemTable | string | undefined,
  ): ReadonlyMap<string, Concept> {
    const { limits } = this.context;
    this.visit(concepts.length);
    const listed = new Map<string, Concept>();
    for (const concept of concepts) {
      const written = concept.requiredString('code', limits.idLength);
      const code = typeof table === 'object' ? table.spelling(written) : written;
      const known = typeof table === 'object' ? table.concepts.get(code)?.concept : undefined;
      listed.set(code, conceptOf(code, concept, known, limits));
    }
    return listed;
  }

  private visit(codes: number): void {
    this.visited += codes;
    const { codesVisited } = this.context.limits;
    if (this.visited > codesVisited)
      throw new CodegenError(`expanding the value sets visits more than ${codesVisited} codes (limit "codesVisited")`);
  }
}
