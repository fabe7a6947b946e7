import { buildValue } from '../../generator/sample/build.js';
import { newBuild } from '../../generator/sample/instance.js';
import { Unbuildable } from '../../generator/sample/plan.js';
import { edited, REMOVED } from './edit.js';
import { belongs, needsTarget } from '../../generator/sample/matches.js';
import { breakMembers } from './mutate-members.js';
import { type Break, breakIf } from './mutant.js';
import { jsonOf, type MemberNode, type ValueNode } from '../../generator/sample/node.js';
import { rootAt } from '../../generator/sample/place.js';
import { lean } from './prune.js';
import { item, type Slice, type Slicing } from '../../generator/sample/slices.js';
import { all, type By, type Context, maxOf, sure, type Tags, typesOf } from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** Changes of the slices in the arrays of a value. */
export function breakSlices(node: ValueNode, context: Context): Break[] {
  return node.members.flatMap((member) => {
    const { slicing } = member;
    if (slicing === undefined || member.items.length === 0) return [];
    const rest = itemOutside(member, slicing, context);
    return [
      ...slicing.slices.flatMap((slice) => [
        ...missing(member, slice, rest),
        ...tooMany(member, slicing, slice),
        ...amongOthers(member, slice, context),
      ]),
      ...outside(member, slicing, rest),
      ...disordered(member, slicing),
    ];
  });
}

/** An item that certainly belongs to no slice; `undefined` if there is none. */
function itemOutside(member: MemberNode, slicing: Slicing, context: Context): Json | undefined {
  const spec = item(member.spec);
  const [code] = typesOf(spec, all, context);
  const build = newBuild(context, { more: 'nothing', turn: 0, reach: new Set() });
  try {
    const json = jsonOf(buildValue(build, { ...spec, within: [] }, code ?? 'BackboneElement', rootAt(code ?? '')));
    const isOutside = slicing.slices.every((slice) => belongs(json, slice.tests, context) === false);
    return isOutside ? json : undefined;
  } catch (error) {
    if (!(error instanceof Unbuildable)) throw error;
    return undefined;
  }
}

/** Constraints of a slice itself: they apply as far as the description with the slice does. */
function holds(slice: Slice, by: By, what: (part: Slice['parts'][number]) => boolean): boolean {
  return slice.decidable && slice.parts.some((part) => by(part) && what(part));
}

function missing(member: MemberNode, slice: Slice, rest: Json | undefined): Break[] {
  const { place, steps, path, items } = member;
  const kept = items.filter((one) => one.slice?.name !== slice.name).map(lean);
  const isKnown = items.every((one) => one.slice !== undefined);
  const breaks = (by: By): boolean => holds(slice, by, ({ model }) => model.element.min > 0);
  const at = { category: 'slice: required one missing', place: `${place}:${slice.name}`, steps } as const;
  const removed = kept.length === 0 ? [] : breakIf(breaks, { ...at, detail: 'removed', path, change: () => kept });
  const replaced =
    rest === undefined || !isKnown
      ? []
      : breakIf(breaks, {
          ...at,
          detail: 'another in its place',
          path,
          change: () => items.map((one) => (one.slice?.name === slice.name ? rest : lean(one))),
        });
  return [...removed, ...replaced];
}

function tooMany(member: MemberNode, slicing: Slicing, slice: Slice): Break[] {
  const { place, steps, path, items, spec } = member;
  const own = items.filter((one) => one.slice?.name === slice.name).map(lean);
  const [first] = own;
  if (first === undefined || slice.max === Infinity) return [];
  const more = slice.max + 1 - own.length;
  if (items.length + more > maxOf(spec, sure)) return [];
  const sum = slicing.slices.reduce((total, one) => total + one.max, 0);
  return breakIf((by) => holds(slice, by, ({ model }) => model.element.max === slice.max), {
    category: 'slice: more than max',
    detail: `${slice.max + 1} items`,
    place: `${place}:${slice.name}`,
    steps,
    path,
    change: () => [...items.map(lean), ...Array.from({ length: more }, () => first)],
    // A type does not count the items of one slice, only those of all, where no others are allowed.
  }).map((one) => ({ ...one, visible: one.visible && slicing.rules === 'closed' && items.length + more > sum }));
}

/**
 * An additional invalid item of a slice where a type expects any item: its discriminator still makes it an item of the
 * slice.
 */
function amongOthers(member: MemberNode, slice: Slice, context: Context): Break[] {
  const { place, steps, path, items, spec } = member;
  const own = items.filter((one) => one.slice?.name === slice.name);
  const [first] = own;
  if (first === undefined || !slice.decidable || own.length >= slice.max) return [];
  if (items.length >= maxOf(spec, sure)) return [];
  const required = breakMembers(first, [first], context).find(({ category }) =>
    category.startsWith('required element'),
  );
  const key = required?.path.at(-1);
  const step = required?.steps.at(-1);
  if (typeof key !== 'string' || step === undefined) return [];
  return [
    {
      category: 'slice: broken item among the others',
      detail: `without ${key}`,
      place: `${place}:${slice.name}`,
      steps: [...steps, items.length, step],
      path,
      change: () => [...items.map(lean), edited(lean(first), [key], () => REMOVED)],
      visible: false,
    },
  ];
}

function outside(member: MemberNode, slicing: Slicing, rest: Json | undefined): Break[] {
  const { place, steps, path, items, spec } = member;
  if (rest === undefined || items.length >= maxOf(spec, sure)) return [];
  const parts: readonly Tags[] = slicing.slices.flatMap((slice) => slice.parts);
  const at = { place: `${place}[]`, path };
  if (slicing.rules === 'closed') {
    return breakIf((by) => parts.some(by), {
      ...at,
      steps: [...steps, items.length],
      category: 'slice: item outside a closed slicing',
      detail: 'added',
      change: () => [...items.map(lean), rest],
    });
  }
  if (slicing.rules !== 'openAtEnd' || !items.some((one) => one.slice !== undefined)) return [];
  return breakIf((by) => parts.some(by), {
    ...at,
    // The item after it is out of order.
    steps: [...steps, 1],
    category: 'slice: wrong order',
    detail: 'an item of no slice first',
    change: () => [rest, ...items.map(lean)],
  }).map((one) => ({ ...one, visible: false }));
}

function disordered(member: MemberNode, slicing: Slicing): Break[] {
  const { place, steps, path, items } = member;
  // An item that is recognized by the target of a reference may be at any index.
  const sliced = items.filter((one) => one.slice?.decidable === true && !one.slice.tests.some(needsTarget));
  const names = new Set(sliced.map((one) => one.slice?.name));
  if (!slicing.ordered || names.size < 2) return [];
  const reversed = [...sliced].reverse();
  const late = reversed.findIndex((one, index) => index > 0 && one.slice !== reversed[index - 1]?.slice);
  const others = items.filter((one) => one.slice === undefined).map(lean);
  return breakIf((by) => slicing.slices.flatMap((slice) => slice.parts).some(by), {
    category: 'slice: wrong order',
    detail: 'reversed',
    place,
    steps: [...steps, late],
    path,
    change: () => [...reversed.map(lean), ...others],
  }).map((one) => ({ ...one, visible: false }));
}
