import { CodegenError } from '../../errors.js';
import type { LoadedPackage } from '../../load/definitions.js';
import type { CanonicalLookup } from '../../load/lookup.js';
import { type Found } from '../closure.js';
import type { PinLimits } from '../limits.js';
import { Members } from '../members.js';
import type { PinnedConcept } from '../snapshot.js';
import type { UnresolvedLog } from '../unresolved.js';
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
import type { CodeSystemTable } from './code-system.js';
import { CodeSystems } from './code-systems.js';
import { conceptOf } from './concept.js';
import { publishedExpansion } from './expansion.js';
import { isExternal } from './external.js';
import { filterTest, UnknownFilter } from './filter.js';
import { packageId } from '../../fhir/package-id.js';

/** A value set as far as it can be expanded, and what could not be, in a sentence each. */
export interface Expanded {
  readonly set: CodeSet;
  readonly notes: readonly string[];
}

/** What expansion works with. */
export interface ExpansionContext {
  readonly lookup: CanonicalLookup;
  readonly unresolved: UnresolvedLog;
  readonly limits: PinLimits;
}

/** The value set that is being expanded. */
interface Current {
  readonly url: string;
  readonly package: LoadedPackage;
  /** `compose.inactive` is false: codes that are out of use are left out. */
  readonly activeOnly: boolean;
  readonly notes: Set<string>;
}

/** Value sets in circles of imports have to be expanded again from each side; beyond this they are open. */
const CIRCLE_LIMIT = 200;

/**
 * Expands value sets from their definitions in the packages at hand (FHIR R4, ValueSet, "Value Set Expansion"),
 * without a terminology server. Keeps what it has expanded.
 */
export class Expander {
  private readonly codeSystems: CodeSystems;
  private readonly done = new Map<Found['resource'], Expanded>();
  /** Value sets under way, outermost first. */
  private readonly path: Found['resource'][] = [];
  /** Place in the path of the outermost value set that the one being expanded leads back to. */
  private circle = Infinity;
  private circles = 0;
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
   * @returns what is known of it: what is malformed, not at hand or too large is open, with a note
   */
  expand(found: Found): Expanded {
    const { resource } = found;
    const known = this.done.get(resource);
    if (known !== undefined) return known;
    const before = this.path.indexOf(resource);
    if (before >= 0) {
      // A value set that leads back to itself has there nothing that it does not have anyway.
      this.circle = Math.min(this.circle, before);
      return { set: NOTHING, notes: [] };
    }
    const isBeyond = this.path.length >= this.context.limits.imports;
    if (isBeyond || this.circles >= CIRCLE_LIMIT) {
      const limit = isBeyond ? ' (limit "imports")' : '';
      return { set: ANYTHING, notes: [`${resource.url} is imported through too many value sets${limit}`] };
    }

    const outer = this.circle;
    this.circle = Infinity;
    const depth = this.path.push(resource) - 1;
    const expanded = this.define(found);
    this.path.pop();
    if (this.circle < depth) {
      // Part of a circle that is not closed yet: seen from elsewhere it may hold more.
      this.circles++;
      this.circle = Math.min(outer, this.circle);
    } else {
      this.done.set(resource, expanded);
      this.held += countOf(expanded.set);
      this.circle = outer;
    }
    return expanded;
  }

  private define(found: Found): Expanded {
    const notes = new Set<string>();
    try {
      const where = { package: packageId(found.package), profile: found.resource.url };
      const set = this.definition(Members.of(found.resource, '', where), found, notes);
      const { codes, allCodes } = this.context.limits;
      if (countOf(set) > codes) throw new CodegenError(`it has more than ${codes} codes (limit "codes")`);
      if (countOf(set) + this.held > allCodes)
        throw new CodegenError(`all value sets have more than ${allCodes} codes (limit "allCodes")`);
      return { set, notes: [...notes] };
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      return { set: ANYTHING, notes: [`${found.resource.url} cannot be expanded: ${error.message}`] };
    }
  }

  private definition(members: Members, found: Found, notes: Set<string>): CodeSet {
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
      notes.clear();
      if (!isExact(published)) notes.add('the published expansion is incomplete');
      return published;
    }
    if (composed === undefined) notes.add('the value set has neither a definition nor an expansion');
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
    const system = include.string('system');
    const sets = include.strings('valueSet').map((canonical) => this.import(canonical, current));
    if (system !== undefined) sets.unshift(this.system(system, include, current));
    const [first, ...others] = sets;
    if (first === undefined) throw new CodegenError('an include names neither a code system nor a value set');
    return others.reduce(intersection, first);
  }

  private import(canonical: string, current: Current): CodeSet {
    const match = this.context.lookup.find('ValueSet', canonical, current.package);
    if (match === undefined) {
      this.context.unresolved.add('ValueSet', canonical, [current.url]);
      current.notes.add(`${canonical}, which it imports, is not among the packages`);
      return ANYTHING;
    }
    const { set, notes } = this.expand(match);
    for (const note of notes) current.notes.add(note);
    this.visit(countOf(set));
    return set;
  }

  private system(system: string, include: Members, current: Current): CodeSet {
    const found = this.codeSystems.find(system, include.string('version'), current.package);
    const listed = include.objects('concept');
    // A list says all by itself: the code system only adds displays.
    if (listed.length > 0) return systemSet(system, 'exact', this.listed(listed, found?.table));
    if (found === undefined) {
      if (!isExternal(system)) this.context.unresolved.add('CodeSystem', system, [current.url]);
      current.notes.add(`${system} is not among the packages`);
      return openSystem(system);
    }
    const { table, isVersionAsked } = found;
    if (typeof table === 'string') {
      current.notes.add(`${system} cannot be read: ${table}`);
      return openSystem(system);
    }
    if (!table.complete) current.notes.add(`${system} is not complete in the packages`);
    if (!isVersionAsked) current.notes.add(`${system} is not among the packages in the version asked for`);
    const isWhole = table.complete && isVersionAsked;
    const filters = include.objects('filter');
    // What a filter would find in a part of a code system says nothing about the rest.
    if (!isWhole && filters.length > 0) return openSystem(system);
    const concepts = this.filtered(table, filters, current);
    return concepts === undefined ? openSystem(system) : systemSet(system, isWhole ? 'exact' : 'atLeast', concepts);
  }

  /** The concepts that pass all filters; `undefined`, with a note, when one cannot be evaluated. */
  private filtered(
    table: CodeSystemTable,
    filters: readonly Members[],
    current: Current,
  ): ReadonlyMap<string, PinnedConcept> | undefined {
    this.visit(table.concepts.size * (1 + filters.length));
    const concepts = new Map<string, PinnedConcept>();
    try {
      const tests = filters.map((filter) => filterTest(filter, table));
      for (const concept of table.concepts.values()) {
        if (concept.abstract || (current.activeOnly && concept.inactive)) continue;
        if (tests.every((test) => test(concept))) concepts.set(concept.pinned.code, concept.pinned);
      }
    } catch (error) {
      if (!(error instanceof UnknownFilter)) throw error;
      current.notes.add(`a filter on ${table.url} cannot be evaluated: ${error.message}`);
      return undefined;
    }
    return concepts;
  }

  private listed(
    concepts: readonly Members[],
    table: CodeSystemTable | string | undefined,
  ): ReadonlyMap<string, PinnedConcept> {
    const { limits } = this.context;
    this.visit(concepts.length);
    const listed = new Map<string, PinnedConcept>();
    for (const concept of concepts) {
      const code = concept.requiredString('code', limits.idLength);
      const known = typeof table === 'object' ? table.concepts.get(code)?.pinned : undefined;
      listed.set(code, conceptOf(code, concept, known, limits));
    }
    return listed;
  }

  private visit(codes: number): void {
    this.visited += codes;
    const { codesVisited } = this.context.limits;
    if (this.visited > codesVisited)
      throw new CodegenError(
        `the value sets have more than ${codesVisited} codes to go through (limit "codesVisited")`,
      );
  }
}
