import { CodegenError } from '../../errors.js';
import type { Find, Found } from '../closure.js';
import { packageId } from '../closure.js';
import type { PinLimits } from '../limits.js';
import { Members } from '../members.js';
import type { PinnedConcept } from '../snapshot.js';
import { type UnresolvedLog, withoutVersion } from '../unresolved.js';
import {
  ANYTHING,
  type CodeSet,
  difference,
  intersection,
  isExact,
  NOTHING,
  openSystem,
  systemSet,
  union,
} from './code-set.js';
import { type CodeSystemConcept, type CodeSystemTable, codeSystemTable, displayOf, frenchOf } from './code-system.js';
import { publishedExpansion } from './expansion.js';
import { filterTest, UnknownFilter } from './filter.js';
import { isExternal } from './external.js';

/** A value set as far as it can be expanded, and what could not be, in a sentence each. */
export interface Expanded {
  readonly set: CodeSet;
  readonly notes: readonly string[];
}

/** What expansion works with. */
export interface ExpansionContext {
  readonly find: Find;
  readonly unresolved: UnresolvedLog;
  readonly limits: PinLimits;
}

/** Value sets that may be expanded again because they import each other in circles. */
const CIRCLE_BUDGET = 10_000;

/**
 * Expands value sets from the packages at hand (FHIR R4, ValueSet, "Value Set Expansion"), with nothing but their
 * definitions: no terminology server. Keeps what it has expanded.
 */
export class Expander {
  private readonly tables = new Map<Found['resource'], CodeSystemTable | string>();
  private readonly done = new Map<Found['resource'], Expanded>();
  /** Value sets under way, outermost first. */
  private readonly path: Found['resource'][] = [];
  /** The outermost value set under way that the one being expanded leads back to. */
  private circle = Infinity;
  private circles = 0;

  constructor(private readonly context: ExpansionContext) {}

  /**
   * @param found a ValueSet and its package
   * @returns never fails: what is malformed or too large is open, with a note
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
    if (this.path.length >= this.context.limits.imports || this.circles > CIRCLE_BUDGET) {
      return { set: ANYTHING, notes: [`${resource.url} is imported too far down`] };
    }

    const depth = this.path.push(resource) - 1;
    const outer = this.circle;
    this.circle = Infinity;
    const notes = new Set<string>();
    const expanded = this.limited({ set: this.define(found, notes), notes: [...notes] }, found);
    this.path.pop();
    if (this.circle >= depth) this.done.set(resource, expanded);
    // Part of a circle that is still open: what was left out there is not left out elsewhere.
    else this.circles++;
    this.circle = Math.min(outer, this.circle < depth ? this.circle : Infinity);
    return expanded;
  }

  private define(found: Found, notes: Set<string>): CodeSet {
    const where = { package: packageId(found.package), profile: found.resource.url };
    try {
      const members = Members.of(found.resource, '', where);
      const compose = members.object('compose');
      const composed = compose === undefined ? undefined : this.compose(compose, found.resource.url, notes);
      if (composed !== undefined && isExact(composed)) return composed;
      const published = publishedExpansion(members, this.context.limits);
      if (published !== undefined && (composed === undefined || isExact(published))) {
        notes.clear();
        if (!isExact(published)) notes.add('the published expansion is incomplete');
        return published;
      }
      if (composed === undefined) notes.add('the value set has neither a definition nor an expansion');
      return composed ?? ANYTHING;
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      notes.add(`the value set is malformed: ${error.message}`);
      return ANYTHING;
    }
  }

  private compose(compose: Members, url: string, notes: Set<string>): CodeSet {
    const active = compose.boolean('inactive') === false;
    const expandAll = (name: string) => compose.objects(name).map((item) => this.include(item, url, active, notes));
    const included = union(expandAll('include'));
    return expandAll('exclude').reduce(difference, included);
  }

  private include(include: Members, url: string, active: boolean, notes: Set<string>): CodeSet {
    const system = include.string('system');
    const sets = include.strings('valueSet').map((canonical) => this.import(canonical, url, notes));
    if (system !== undefined) sets.unshift(this.system(system, include, url, active, notes));
    const [first, ...others] = sets;
    if (first === undefined) {
      notes.add('an include names neither a code system nor a value set');
      return ANYTHING;
    }
    return others.reduce(intersection, first);
  }

  private import(canonical: string, url: string, notes: Set<string>): CodeSet {
    const found = this.context.find('ValueSet', canonical);
    if (found === undefined) {
      this.context.unresolved.add('ValueSet', canonical, [url]);
      notes.add(`${canonical}, which it imports, cannot be resolved`);
      return ANYTHING;
    }
    const expanded = this.expand(found);
    for (const note of expanded.notes) notes.add(note);
    return expanded.set;
  }

  private system(system: string, include: Members, url: string, active: boolean, notes: Set<string>): CodeSet {
    const version = include.string('version');
    const listed = include.objects('concept');
    const filters = include.objects('filter');
    // A list says all by itself: the code system only adds displays.
    if (listed.length > 0) return systemSet(system, 'exact', this.listed(system, version, listed));

    const table = this.table(system, version);
    if (table === undefined) {
      if (!isExternal(system)) this.context.unresolved.add('CodeSystem', system, [url]);
      notes.add(`${system} is not among the packages`);
      return openSystem(system);
    }
    if (typeof table === 'string') {
      notes.add(`${system} is malformed: ${table}`);
      return openSystem(system);
    }
    const tests = filters.map((filter) => filterTest(filter, table));
    const unknown = tests.find((test) => test instanceof UnknownFilter);
    if (unknown !== undefined || (!table.complete && filters.length > 0)) {
      notes.add(
        table.complete && unknown !== undefined
          ? `a filter on ${system} cannot be evaluated: ${unknown.reason}`
          : `${system} is not complete in the packages, so its filter cannot be evaluated`,
      );
      return openSystem(system);
    }
    const concepts = new Map<string, PinnedConcept>();
    try {
      for (const concept of table.concepts.values()) {
        if (concept.abstract || (active && concept.inactive)) continue;
        if (tests.every((test) => test instanceof UnknownFilter || test(concept))) {
          concepts.set(concept.code, pinnedConcept(concept));
        }
      }
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      notes.add(`a filter on ${system} cannot be evaluated: ${error.message}`);
      return openSystem(system);
    }
    if (!table.complete) notes.add(`${system} is not complete in the packages`);
    return systemSet(system, table.complete ? 'exact' : 'atLeast', concepts);
  }

  private listed(
    system: string,
    version: string | undefined,
    concepts: readonly Members[],
  ): ReadonlyMap<string, PinnedConcept> {
    const table = this.table(system, version);
    const known = table === undefined || typeof table === 'string' ? undefined : table.concepts;
    const listed = new Map<string, PinnedConcept>();
    for (const concept of concepts) {
      const code = concept.requiredString('code');
      const display = displayOf(concept, this.context.limits) ?? known?.get(code)?.display;
      const fr = frenchOf(concept, display, this.context.limits) ?? known?.get(code)?.fr;
      listed.set(
        code,
        pinnedConcept({ code, ...(display !== undefined && { display }), ...(fr !== undefined && { fr }) }),
      );
    }
    return listed;
  }

  /** The code system as a table, what is wrong with it, or `undefined` when it is not there. */
  private table(system: string, version: string | undefined): CodeSystemTable | string | undefined {
    const url = withoutVersion(system);
    const found = this.context.find('CodeSystem', version === undefined ? system : `${url}|${version}`);
    if (found === undefined) return undefined;
    const known = this.tables.get(found.resource);
    if (known !== undefined) return known;
    const table = this.read(found);
    this.tables.set(found.resource, table);
    return table;
  }

  private read(found: Found): CodeSystemTable | string {
    try {
      return codeSystemTable(found, this.context.limits);
    } catch (error) {
      if (error instanceof CodegenError) return error.message;
      throw error;
    }
  }

  /** A set with more codes than allowed leaves its systems open. */
  private limited(expanded: Expanded, found: Found): Expanded {
    let count = 0;
    for (const codes of expanded.set.systems.values()) count += codes.concepts.size;
    if (count <= this.context.limits.codes) return expanded;
    return {
      set: {
        systems: union([...expanded.set.systems.keys()].map(openSystem)).systems,
        anything: expanded.set.anything,
      },
      notes: [...expanded.notes, `${found.resource.url} has more than ${this.context.limits.codes} codes`],
    };
  }
}

/** Only what is pinned; `fr` goes where it repeats the display. */
function pinnedConcept(concept: PinnedConcept | CodeSystemConcept): PinnedConcept {
  return {
    code: concept.code,
    ...(concept.display !== undefined && { display: concept.display }),
    ...(concept.fr !== undefined && concept.fr !== concept.display && { fr: concept.fr }),
  };
}
