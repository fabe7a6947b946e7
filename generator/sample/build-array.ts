import { groupedBy } from '../order.js';
import { type Build, markAlternatives, Unbuildable } from './plan.js';
import { conceptIn, conceptOf, isIn } from './codes.js';
import { belongs, contains } from './matches.js';
import { jsonOf, type ValueNode } from './node.js';
import { below, type At } from './place.js';
import { extensionUrl, isResolved, item, itemOfSlice, type Slice, type Slicing, slicingOf } from './slices.js';
import { all, type Context, type Demand, maxOf, minOf, type Spec, typesOf } from './spec.js';
import type { Json } from '../fhir/json.js';

/**
 * Builds the items of an array: first those of required slices, in slice order, then those that a pattern or a binding
 * requires, then optional ones (the order that the generated types require of a literal).
 *
 * @param spec the constraints on the array
 * @param at its place
 * @throws Unbuildable when too many items are required, or an item cannot be built
 */
export function buildItems(build: Build, spec: Spec, at: At): ValueNode[] {
  const max = maxOf(spec, all);
  const min = Math.max(minOf(spec, all), 1);
  const slicing = slicingOf(spec.facets);
  const nodes: ValueNode[] = [];
  const add: Add = (one, { slice, leading = false, more = false } = {}) => {
    const place = below(at, nodes.length, nodes.length, itemPlace(at, slice));
    const known = build.contradictions.size;
    const node = { ...buildItem(build, one, place, slice, leading), more };
    // An optional item without a valid value is left out.
    const impossible = more ? [...build.contradictions].slice(known) : [];
    for (const text of impossible) {
      build.contradictions.delete(text);
      build.leftOut.add(text);
    }
    if (impossible.length > 0) return;
    const other = otherSlice(node, slice, slicing, build.context);
    // An optional slice whose items would also be in another slice gets none.
    if (other !== undefined) {
      (more ? build.leftOut : build.contradictions).add(`${place.place}: is in ${other.name} too`);
      if (more) return;
    }
    nodes.push(node);
  };
  const fixed = spec.items.find((demand) => demand.kind === 'fixed' && Array.isArray(demand.value));
  if (fixed !== undefined) {
    for (const demand of each(fixed)) add({ ...item(spec), demands: [demand] });
    return nodes;
  }
  const named = build.plan.named === true;
  for (const slice of slicing?.slices ?? []) addRequired(spec, slicing, slice, add, slice.min, named);
  addForced(spec, slicing, nodes, add, build);
  for (const demand of spec.items.flatMap(each)) {
    const { value } = demand;
    const isPresent = value === undefined || nodes.some((node) => contains(jsonOf(node), value));
    if (!isPresent) add({ ...item(spec), demands: [demand], within: [] });
  }
  if (spec.within.length > 0 && !nodes.some((node) => isWithin(node, spec))) addCodings(spec, add);
  if (slicing !== undefined) addMore(build, spec, slicing, at, nodes, add, max);
  while (nodes.length < min) addFiller(spec, slicing, nodes, at, add, named);
  if (nodes.length > max) throw new Unbuildable(`${at.place}: needs ${nodes.length} items, may have ${max}`);
  return nodes;
}

/**
 * Adds a coding that is in all value sets, or else one for each of them: one coding of a concept has to be in a value
 * set (FHIR R4, Terminologies, "Binding strengths", required). The one for the element's own binding comes first, as
 * the types require.
 */
function addCodings(spec: Spec, add: Add): void {
  if (spec.within.length < 2 || conceptIn(spec.within, {}) !== undefined) return add(item(spec));
  const bounds = [...spec.within].sort((a, b) => Number(b.seen) - Number(a.seen));
  for (const bound of bounds) add({ ...item(spec), within: [bound] });
}

/** Adds an item; `leading` and `more` as in {@link ValueNode}. */
type Add = (spec: Spec, as?: { slice?: Slice; leading?: boolean; more?: boolean }) => void;

/** Another slice that an item of a slice also belongs to, which is not allowed (FHIR R4, Profiling, "Slicing"). */
function otherSlice(
  node: ValueNode,
  slice: Slice | undefined,
  slicing: Slicing | undefined,
  context: Context,
): Slice | undefined {
  if (slice === undefined) return undefined;
  const json = jsonOf(node);
  return slicing?.slices.find(
    (one) =>
      one !== slice &&
      one.name !== '' &&
      belongs(json, one.tests, context) === true &&
      belongs(json, slice.tests, context) === true,
  );
}

function itemPlace(at: At, slice: Slice | undefined): string {
  return slice === undefined ? `${at.place}[]` : `${at.place}:${slice.name}`;
}

/** The items that a demand on an array requires, one by one. */
function each(demand: Demand): Demand[] {
  const { value } = demand;
  const items: readonly Json[] = Array.isArray(value) ? value : [];
  return items.map((one) => ({ ...demand, value: one }));
}

function isWithin(node: ValueNode, spec: Spec): boolean {
  return spec.within.every((bound) => isIn(bound.valueSet, conceptOf(jsonOf(node))) !== false);
}

function addRequired(
  spec: Spec,
  slicing: Slicing | undefined,
  slice: Slice,
  add: Add,
  count: number,
  named: boolean,
): void {
  if (slicing === undefined || count === 0) return;
  const one = itemOfSlice(spec, slicing, slice, true, named);
  // A slice may be resliced; items that the reslicing requires count for the slice as well.
  const again = slicingOf(slice.parts.map(({ model, ...tags }) => ({ ...tags, element: model.element })));
  let left = count;
  for (const inner of again?.slices ?? []) {
    for (let index = 0; index < inner.min; index++, left--) {
      if (again !== undefined) add(itemOfSlice(one, again, inner, true, named), { slice, leading: true });
    }
  }
  for (; left > 0; left--) add(one, { slice, leading: true });
}

/** Adds the items that a discriminator of a parent element reads. */
function addForced(
  spec: Spec,
  slicing: Slicing | undefined,
  nodes: readonly ValueNode[],
  add: Add,
  { context, plan }: Build,
): void {
  const paths = spec.forced.filter((path) => path.length > 0);
  const plainPaths = paths.filter(([first]) => extensionUrl(first) === undefined);
  const extensions = paths.flatMap(([first, ...rest]) => {
    const url = extensionUrl(first);
    return url === undefined ? [] : [{ url, rest }];
  });
  for (const same of groupedBy(extensions, ({ url }) => url)) {
    const [{ url }] = same;
    const slice = slicing?.slices.find((one) => belongs({ url }, one.tests, context) === true);
    if (slicing === undefined || slice === undefined || nodes.some((node) => node.slice === slice)) continue;
    const one = itemOfSlice(spec, slicing, slice, false, plan.named);
    add({ ...one, forced: [...one.forced, ...same.map(({ rest }) => rest)] }, { slice });
  }
  if (plainPaths.length > 0 && nodes.length === 0) add({ ...item(spec), forced: plainPaths });
}

/** Adds as many optional slices as fit, and an item of no slice. */
function addMore(
  build: Build,
  spec: Spec,
  slicing: Slicing,
  at: At,
  nodes: readonly ValueNode[],
  add: Add,
  max: number,
): void {
  if (build.plan.more === 'nothing') return;
  const isRequested = ({ parts }: Slice): boolean =>
    build.plan.more !== 'supported' || parts.some(({ model }) => model.element.mustSupport === true);
  const last = slicing.slices.findLastIndex((slice) => slice.min > 0);
  const optional = slicing.slices.filter(
    (slice, index) =>
      slice.min === 0 && slice.max > 0 && isResolved(slice) && isRequested(slice) && !(slicing.ordered && index < last),
  );
  const room = max - nodes.length;
  if (room < optional.length && room > 0) markAlternatives(build, at.place, optional.length, at);
  const start = optional.length === 0 ? 0 : build.plan.turn % optional.length;
  const turned = slicing.ordered ? optional : [...optional.slice(start), ...optional.slice(0, start)];
  for (const slice of turned.slice(0, Math.max(0, room)))
    add(itemOfSlice(spec, slicing, slice, false, build.plan.named), { slice, more: true });
  const isFree = nodes.length < max && slicing.rules !== 'closed' && spec.base.name !== 'modifierExtension';
  if (!isFree || build.plan.more !== 'all') return;
  const rest = buildItem(build, { ...item(spec), within: [] }, below(at, nodes.length, nodes.length, `${at.place}[]`));
  const json = jsonOf(rest);
  if (slicing.slices.every((slice) => belongs(json, slice.tests, build.context) === false)) {
    add({ ...item(spec), within: [] }, { more: true });
  }
}

/** Adds an item to reach the minimum: of no slice or, in a closed slicing, of a slice that is not full. */
function addFiller(
  spec: Spec,
  slicing: Slicing | undefined,
  nodes: readonly ValueNode[],
  at: At,
  add: Add,
  named: boolean,
): void {
  if (slicing?.rules !== 'closed') return add({ ...item(spec), within: [] });
  const slice = slicing.slices.find((one) => nodes.filter((node) => node.slice?.name === one.name).length < one.max);
  if (slice === undefined) throw new Unbuildable(`${at.place}: all slices are full`);
  add(itemOfSlice(spec, slicing, slice, false, named), { slice });
}

function buildItem(build: Build, spec: Spec, at: At, slice?: Slice, leading = false): ValueNode {
  const [code] = typesOf(spec, all, build.context);
  if (code === undefined && spec.base.types.length > 0) {
    throw new Unbuildable(`${at.place}: its descriptions have no type in common`);
  }
  const node = build.value(build, spec, code ?? 'BackboneElement', at);
  return slice === undefined ? node : { ...node, slice, leading };
}
