import { steps } from '../model/discriminator.js';
import type { SliceModel, SliceTestModel, ValueTest } from '../model/model.js';
import { groupedBy } from '../order.js';
import { type By, type Facet, type Spec, sure, type Tags, type DiscriminatorPath } from './spec.js';

/** A slice, merged from all descriptions of the sliced element. */
export interface Slice {
  readonly name: string;
  readonly parts: readonly (Tags & { readonly model: SliceModel })[];
  readonly tests: readonly SliceTestModel[];
  /** Whether it is decidable that an item belongs to it. */
  readonly decidable: boolean;
  readonly min: number;
  readonly max: number;
}

/** The slicing of an element. */
export interface Slicing {
  readonly slices: readonly Slice[];
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered: boolean;
}

/**
 * The slicing of an element, from all its descriptions; for an item of a slice, its reslicing.
 *
 * @param facets the descriptions of the element
 */
export function slicingOf(facets: readonly Facet[]): Slicing | undefined {
  const sliced = facets.flatMap(({ element: { slicing, base }, seen, sure, discriminators }) =>
    slicing === undefined || base.choice ? [] : [{ slicing, seen, sure, discriminators }],
  );
  if (sliced.length === 0) return undefined;
  const slicings = sliced.map(({ slicing }) => slicing);
  const parts = sliced.flatMap(({ slicing, ...tags }) => slicing.slices.map((model) => ({ model, ...tags })));
  return {
    slices: groupedBy(parts, ({ model }) => model.name).map((same) => sliceOf(same[0].model.name, same)),
    rules: slicings.find((one) => one.rules !== 'open')?.rules ?? 'open',
    ordered: slicings.some((one) => one.ordered),
  };
}

function sliceOf(name: string, parts: Slice['parts']): Slice {
  const tests = parts.findLast(({ model }) => model.tests.length > 0)?.model.tests ?? [];
  return {
    name,
    parts,
    tests,
    decidable: tests.length > 0 && tests.every((test) => test.kind !== 'undecidable'),
    min: Math.max(...parts.map(({ model }) => model.element.min)),
    max: Math.min(...parts.map(({ model }) => model.element.max)),
  };
}

/**
 * The constraints on an item of a slice.
 *
 * @param spec the constraints on the sliced element
 * @param slicing the slicing of that element
 * @param slice the slice
 * @param leading whether the type of a literal shows the item as one of this slice, as the slice is required and comes
 *   first
 * @param named whether the type always shows it as one of this slice, as it is given by the slice's key
 */
export function itemOfSlice(spec: Spec, slicing: Slicing, slice: Slice, leading: boolean, named = false): Spec {
  const isRequired = (by: By): boolean => leading && slice.parts.some((part) => by(part) && part.model.element.min > 0);
  const isClosed = slicing.rules === 'closed';
  const shown = named || isClosed || isRequired((tags) => tags.seen);
  const discriminators = slice.tests.flatMap((test): DiscriminatorPath[] =>
    test.kind === 'undecidable'
      ? []
      : // When a value is removed, another slice may require its absence.
        [{ path: pathOf(test.at), isRequired: isRequired(sure) || (isClosed && test.kind !== 'exists') }],
  );
  const facets = slice.parts.map((part): Facet => ({
    element: part.model.element,
    seen: part.seen && shown,
    sure: part.sure && slice.decidable,
    discriminators: [...part.discriminators, ...discriminators],
  }));
  return { ...item(spec), facets: [...spec.facets, ...facets], forced: forcedBy(slice) };
}

/** The constraints on any item. */
export function item(spec: Spec): Spec {
  return { ...spec, items: [], forced: [] };
}

function forcedBy(slice: Slice): string[][] {
  return slice.tests.flatMap((test) => {
    if (test.kind === 'undecidable' || (test.kind === 'exists' && !test.exists)) return [];
    const at = steps(test.at).filter((step) => step !== 'resolve()');
    const inner = test.kind === 'value' ? pathsIn(test.is) : [];
    return inner.length === 0 ? [at] : inner.map((path) => [...at, ...path]);
  });
}

/** Members of a value that a discriminator requires. */
function pathsIn(test: ValueTest): string[][] {
  return Object.entries(test.children ?? {}).flatMap(([name, child]) => {
    const inner = pathsIn(child);
    return inner.length === 0 ? [[name]] : inner.map((path) => [name, ...path]);
  });
}

/** The element names in a discriminator's path. */
function pathOf(at: string): string[] {
  return steps(at)
    .filter((step) => step !== 'resolve()' && step !== '$this')
    .map((step) => (step.startsWith('extension(') ? 'extension' : step));
}

/** The url in `extension('…')`. */
export function extensionUrl(step: string | undefined): string | undefined {
  return /^extension\('(.*)'\)$/.exec(step ?? '')?.[1];
}

/** Whether the required profile of an item of the slice is available. */
export function isResolved(slice: Slice): boolean {
  return slice.parts.every(({ model }) => model.element.types.every((type) => type.unresolvedProfiles.length === 0));
}
