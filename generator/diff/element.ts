import type { FactComparison } from '../facts/fact.js';
import type { FactRegistry } from '../facts/registry.js';
import { factChanges, isSameFact } from '../facts/values.js';
import { typeVerdicts } from '../facts/verdict.js';
import { capital } from '../fhir/choice.js';
import type { ResolvedSlice, ResolvedSlicing } from '../model/resolved.js';
import { cardinalityChanges } from './cardinality.js';
import type { ChangeFact } from './change.js';
import type { ElementView, Side } from './side.js';
import { closedCodes, type Sides } from './sides.js';
import {
  discriminatorChange,
  namedSlices,
  type NamedSlices,
  sliceChange,
  sliceRenamed,
  slicingChanges,
} from './slicing.js';
import { typeChanges } from './type.js';

/** A change and the element that it is about: ElementDefinition.id. */
export type ElementChange = ChangeFact & { readonly element: string };

/** The place of an element, and its known changes. */
interface Place {
  readonly id: string;
  /** Facts to compare; facts that an option shares with its choice are reported for the choice. */
  readonly facts: FactRegistry;
  readonly isRoot?: boolean;
  readonly isSlice?: boolean;
  /** Its cardinality and types are those of its choice. */
  readonly isOption?: boolean;
}

/** The slices of a profile that the names of both sides affect, by id. */
export interface KnownSlices {
  /** Slices that have a reader on the old side. */
  readonly readers: ReadonlySet<string>;
  /** Renamed slices: old id, new id. */
  readonly slices: ReadonlyMap<string, string>;
}

/**
 * All changes to the elements of a profile.
 *
 * @param before the root on the old side
 * @param after the root on the new side
 * @param sides the sides of the comparison
 * @param known the slices that names affect
 */
export function elementChanges(
  before: ElementView,
  after: ElementView,
  sides: Sides,
  known: KnownSlices,
): readonly ElementChange[] {
  return new Walk(sides, known).element({ id: after.base.path, facts: sides.facts, isRoot: true }, before, after);
}

/** Walks two trees of elements at once, in the order of the new one. */
class Walk {
  constructor(
    private readonly sides: Sides,
    private readonly known: KnownSlices,
  ) {}

  element(place: Place, before: ElementView, after: ElementView): ElementChange[] {
    const { id, isRoot = false, isOption = false, isSlice = false } = place;
    const at = (facts: readonly ChangeFact[]): ElementChange[] => facts.map((fact) => ({ ...fact, element: id }));
    // The root is the resource itself: its cardinality is decided where it is contained.
    const cardinality = isRoot || isOption ? [] : cardinalityChanges(id, before, after, isSlice);
    if (!isRoot && (after.max === 0 || before.max === 0)) return at(cardinality);
    const facts = factChanges(before.facts, after.facts, this.comparison(id, before, after), place.facts);
    const own = at([
      ...cardinality,
      ...(isRoot || isOption ? [] : typeChanges(id, before, after, this.sides)),
      ...facts,
      ...slicingChanges(id, before.slicing, after.slicing),
    ]);
    // Changes to the elements below follow from the given value.
    const hasOtherValue = facts.some(({ kind }) => kind === 'fixed-value' || kind === 'pattern');
    if (hasOtherValue) return own;
    const found = [...own, ...this.options(place, before, after), ...this.members(id, before, after)];
    const known = bindingMoved(id, found, this.codingMin(before, 'before') > 0, this.codingMin(after, 'after') > 0);
    return [...known, ...this.slices(id, known, before.slicing, after.slicing)];
  }

  /** The minimum number of codings of a concept. */
  private codingMin(concept: ElementView, side: 'before' | 'after'): number {
    const [type] = concept.types;
    return type?.code === 'CodeableConcept' ? (this.sides[side].member(concept, CODING)?.min ?? 0) : 0;
  }

  private comparison(id: string, before: ElementView, after: ElementView): FactComparison {
    const { sides } = this;
    const sideOf = (name: 'before' | 'after'): Side => sides[name];
    return {
      id,
      isSameElement: before.source?.id === after.source?.id && before.source !== undefined,
      isRequired: after.min > 0,
      before: before.facts,
      after: after.facts,
      translate: (canonical) => sides.translate(canonical),
      nameOf: (canonical) => sides.nameOf(canonical),
      codesOf: (side, canonical) => closedCodes(sideOf(side).valueSet(canonical)),
      isResolved: (side, canonical) => sideOf(side).valueSet(canonical) !== undefined,
    };
  }

  private members(id: string, before: ElementView, after: ElementView): ElementChange[] {
    const { sides } = this;
    const paths = new Set([...sides.after.statedMembers(after), ...sides.before.statedMembers(before)]);
    return [...paths].flatMap((path) => {
      const old = sides.before.member(before, path);
      const next = sides.after.member(after, path);
      const base = (next ?? old)?.base;
      if (base === undefined) return [];
      const memberId = `${id}.${base.name}${base.choice ? '[x]' : ''}`;
      if (old !== undefined && next !== undefined) {
        return this.element({ id: memberId, facts: sides.facts }, old, next);
      }
      return [{ ...oneSided(memberId, next), element: memberId }];
    });
  }

  /** Changes to the types of a choice that both sides have. */
  private options({ id, facts, isOption }: Place, before: ElementView, after: ElementView): ElementChange[] {
    if (isOption === true || !after.base.choice || !before.base.choice) return [];
    const old = this.sides.before.options(before);
    const next = this.sides.after.options(after);
    const isOnly = old.size === 1 && next.size === 1;
    return [...next].flatMap(([code, option]) => {
      const former = old.get(code);
      if (former === undefined) return [];
      const own = facts.filter(
        (fact) => !isSameFact(fact, former.facts, before.facts) || !isSameFact(fact, option.facts, after.facts),
      );
      const optionId = isOnly ? id : `${id}:${after.base.name}${capital(code)}`;
      return this.element({ id: optionId, facts: own, isOption: true }, former, option);
    });
  }

  /** A change to all items is reported once, not again for each slice. */
  private slices(
    id: string,
    known: readonly ElementChange[],
    old: ResolvedSlicing | undefined,
    next: ResolvedSlicing | undefined,
  ): ElementChange[] {
    const reported = new Set(known.map((change) => signature(change, id)));
    const walk = (slicedId: string, separator: string, was: NamedSlices, is: NamedSlices): ElementChange[] =>
      [...new Set([...is.keys(), ...was.keys()])].flatMap((name) => {
        const sliceId = `${slicedId}${separator}${name}`;
        const [before, after] = [was.get(name), is.get(name)];
        const renamed = before !== undefined && after !== undefined && before.name !== after.name;
        if (before === undefined || after === undefined) {
          return sliceChange(sliceId, before, after, old, next).map((fact) => ({ ...fact, element: sliceId }));
        }
        const isHidden = this.isHidden(before, old) && this.isHidden(after, next);
        const changes = this.slice(sliceId, before, after);
        const own = isHidden ? changes.map(hiddenFromReaders) : changes;
        return [
          ...(renamed ? [{ ...sliceRenamed(sliceId, before.name), element: sliceId }] : []),
          ...own.filter((change) => !reported.has(signature(change, sliceId))),
          ...walk(sliceId, '/', this.renamed(before.slices), namedSlices(after.slices)),
        ];
      });
    return walk(id, ':', this.renamed(old?.slices), namedSlices(next?.slices));
  }

  /** Slices of the old side by the name that they have on the new one. */
  private renamed(slices: readonly ResolvedSlice[] | undefined): NamedSlices {
    return new Map(
      [...namedSlices(slices).values()].map((slice) => {
        const id = this.known.slices.get(slice.id);
        return [
          id === undefined ? slice.name : id.slice(Math.max(id.lastIndexOf(':'), id.lastIndexOf('/')) + 1),
          slice,
        ];
      }),
    );
  }

  /** To readers, primitive items of an optional slice without a reader do not differ from other items. */
  private isHidden({ id, item }: ResolvedSlice, slicing: ResolvedSlicing | undefined): boolean {
    return (
      item.content === 'primitive' && item.min === 0 && slicing?.takesOthers === true && !this.known.readers.has(id)
    );
  }

  private slice(id: string, before: ResolvedSlice, after: ResolvedSlice): ElementChange[] {
    const { sides } = this;
    return [
      ...discriminatorChange(id, before, after).map((fact) => ({ ...fact, element: id })),
      ...this.element(
        { id, facts: sides.facts, isSlice: true },
        sides.before.view(before.item),
        sides.after.view(after.item),
      ),
    ];
  }
}

function hiddenFromReaders(change: ElementChange): ElementChange {
  return change.read === 'breaks-compile' ? { ...change, read: 'safe' } : change;
}

/** Identifies a change relative to the sliced element, so that the same change in two places is equal. */
function signature({ element, kind, before = '', after = '' }: ElementChange, from: string): string {
  return JSON.stringify([element.slice(from.length), kind, before, after]);
}

/** Path of the codings of a concept in its FHIR type. */
const CODING = 'CodeableConcept.coding';

/**
 * Combines two changes into one when a required binding moves between a concept, of which one coding must have a bound
 * code, and its codings, of which all must (FHIR R4, Terminologies, "Binding").
 */
function bindingMoved(
  id: string,
  changes: readonly ElementChange[],
  wasCoded: boolean,
  isCoded: boolean,
): ElementChange[] {
  const strengths = changes.filter(({ kind }) => kind === 'binding-strength');
  const concept = strengths.find(({ element }) => element === id);
  const codings = strengths.find(({ element }) => element === `${id}.coding` || element === `${id}.coding.code`);
  const required = (text = ''): string | undefined => (text.endsWith(' (required)') ? text : undefined);
  const toCodings = required(concept?.before) !== undefined && concept?.before === codings?.after;
  const toConcept = required(concept?.after) !== undefined && concept?.after === codings?.before;
  if (concept === undefined || codings === undefined || toCodings === toConcept) return [...changes];
  const valueSet = (toConcept ? concept.after : concept.before) ?? '';
  const [from, to] = toConcept ? [codings.element, id] : [id, codings.element];
  const sentence = toConcept
    ? `the required binding of ${codings.element} moved to ${id}: the value set is the same, and other codings are allowed`
    : `the required binding of ${id} moved to ${codings.element}: the value set is the same, and applies to every coding`;
  const moved: ElementChange = {
    kind: 'binding-moved',
    // A binding on every coding is stricter than one on the concept, if the concept has a coding.
    ...(toConcept ? typeVerdicts(!wasCoded, true) : typeVerdicts(true, !isCoded)),
    before: `${from}: ${valueSet}`,
    after: `${to}: ${valueSet}`,
    sentence,
    element: id,
  };
  return changes.flatMap((change) => (change === concept ? [moved] : change === codings ? [] : [change]));
}

/** An element that only one version of the FHIR type has. */
function oneSided(id: string, after: ElementView | undefined): ChangeFact {
  if (after === undefined) {
    const sentence = `the element ${id} no longer exists`;
    return { kind: 'element-removed', write: 'breaks-compile', read: 'breaks-compile', sentence };
  }
  const must = after.min > 0;
  const sentence = `the element ${id} is new${must ? ' and required' : ''}`;
  return { kind: 'element-added', write: must ? 'breaks-compile' : 'safe', read: 'safe', sentence };
}
