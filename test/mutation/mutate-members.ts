import { buildValue } from '../../generator/sample/build.js';
import { type Build, Unbuildable } from '../../generator/sample/plan.js';
import type { Category } from './category.js';
import { type Break, breakIf } from './mutant.js';
import { jsonOf, type MemberNode, type ValueNode } from '../../generator/sample/node.js';
import { lean } from './prune.js';
import { below, rootAt } from '../../generator/sample/place.js';
import {
  all,
  type By,
  childrenOf,
  type Context,
  discriminates,
  isRedeclared,
  keyOf,
  maxOf,
  minOf,
  plain,
  type Spec,
  sure,
  targetsOf,
  typesOf,
} from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** Types list at most so many items of a tuple; the validator counts all. */
const TUPLE_LIMIT = 8;

/** Changes of the members of a value. */
export function breakMembers(node: ValueNode, parents: readonly ValueNode[], context: Context): Break[] {
  if (node.value !== undefined || node.code === 'Element') return [];
  const present = node.members.flatMap((member) => (member.twin ? [] : breakMember(node, member, parents, context)));
  const possible = childrenOf(node.spec, node.code, context);
  return [...present, ...possible.flatMap((child) => addProhibited(node, child, context)), ...addUnknown(node)];
}

function breakMember(node: ValueNode, member: MemberNode, parents: readonly ValueNode[], context: Context): Break[] {
  const { spec } = member;
  return [
    ...removed(node, member, parents),
    ...(spec.base.array ? brokenArray(member) : brokenSingle(member)),
    ...(spec.base.choice ? brokenChoice(node, member, context) : []),
  ];
}

/** Removes a member. */
function removed(node: ValueNode, member: MemberNode, parents: readonly ValueNode[]): Break[] {
  const { spec, key, place, steps } = member;
  const isRequired = (by: By): boolean => spec.facets.some((facet) => by(facet) && facet.element.min > 0);
  const isByPattern = spec.base.min === 0 && !isRequired(all) && minOf({ ...spec, facets: [] }, all) > 0;
  const category = discriminates(spec)
    ? 'slice: discriminator of a required one'
    : isByPattern
      ? 'pattern: member missing'
      : missing(node, parents);
  return breakIf((by) => minOf(spec, by) > 0, {
    category,
    detail: 'removed',
    place,
    steps,
    path: member.path,
    up: true,
    change: (old) => without(without(old ?? {}, key), `_${key}`),
  });
}

function without(json: Json, key: string): Json {
  return json !== null && typeof json === 'object' && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json).filter(([name]) => name !== key))
    : json;
}

function missing(node: ValueNode, parents: readonly ValueNode[]): Category {
  if (parents.length === 0) return node.code === 'Extension' ? OF_EXTENSION : 'required element missing: top level';
  if (node.code === 'Extension') return OF_EXTENSION;
  if ([node, ...parents].some((one) => one.slice !== undefined)) return 'required element missing: in a slice';
  const isProfiled = node.spec.facets.some((facet) => facet.element.base.path === facet.element.base.name);
  return isProfiled ? 'required element missing: profile of a datatype' : 'required element missing: nested';
}

const OF_EXTENSION: Category = 'required element missing: complex extension';

function brokenArray(member: MemberNode): Break[] {
  const { spec, place, steps, path, items } = member;
  const at = { place, steps, path };
  const min = minOf(spec, sure);
  const max = maxOf(spec, sure);
  const json = items.map(lean);
  const last = json.at(-1) ?? {};
  const one = json[0] ?? {};
  const few = breakIf((by) => minOf(spec, by) > 1 && minOf(spec, by) === min, {
    ...at,
    category: 'too few items',
    detail: `${min - 1} items`,
    change: () => json.slice(0, min - 1),
  });
  const empty = breakIf((by) => minOf(spec, by) > 0, {
    ...at,
    category: 'required array empty',
    detail: '[]',
    change: () => [],
  });
  const emptied: Break[] =
    min > 0 ? [] : [{ ...at, category: 'optional array empty', detail: '[]', change: () => [], visible: false }];
  const many = breakIf((by) => maxOf(spec, by) === max && max < Infinity, {
    ...at,
    category: 'max exceeded',
    detail: `${max + 1} items`,
    change: () => [...json, ...Array.from({ length: max + 1 - json.length }, () => last)],
  }).map((broken) => ({ ...broken, visible: broken.visible && max <= TUPLE_LIMIT }));
  const bare: Break = {
    ...at,
    category: 'array instead of one value, or the reverse',
    detail: 'no array',
    change: () => one,
    visible: true,
  };
  return [...few, ...empty, ...emptied, ...many, bare];
}

function brokenSingle(member: MemberNode): Break[] {
  const { place, steps, path } = member;
  return [
    {
      category: 'array instead of one value, or the reverse',
      detail: 'array',
      place,
      steps,
      path,
      change: (old) => [old ?? null],
      visible: true,
    },
  ];
}

/** Another type in place of that of a choice, or in addition to it (FHIR R4, Formats, "Choice of Data Types"). */
function brokenChoice(node: ValueNode, member: MemberNode, context: Context): Break[] {
  const { spec, place, steps, path, key } = member;
  const codes = spec.base.types.map((type) => type.code);
  const own = member.items[0]?.code ?? '';
  const isExtension = spec.base.path === 'Extension.value[x]';
  // The type that programs most often confuse with others comes first.
  const wrong = ['boolean', ...codes].find(
    (code) => codes.includes(code) && code !== own && !typesOf(spec, sure, context).includes(code),
  );
  const replaced =
    wrong === undefined
      ? []
      : breakIf((by) => !typesOf(spec, by, context).includes(wrong), {
          category: isExtension ? 'extension: wrong value type' : 'choice: wrong type',
          detail: wrong,
          place,
          steps,
          path,
          up: true,
          change: (old) => withMember(without(old ?? {}, key), keyOf(spec.base, wrong), valueOf(spec, wrong, context)),
        });
  const second = typesOf(spec, all, context).find((code) => code !== own);
  const both =
    second === undefined
      ? []
      : breakIf(
          (by) =>
            by === sure || (isExclusive(node, spec, context) && (isRedeclared(spec, context) || isNarrowed(spec, by))),
          {
            category: 'choice: two at once',
            detail: second,
            place,
            steps,
            path,
            up: true,
            change: (old) => withMember(old ?? {}, keyOf(spec.base, second), valueOf(spec, second, context)),
          },
        );
  return [...replaced, ...both];
}

/** Choices of more types are not exclusive in types, as the work of compilers grows with the square. */
const EXCLUSIVE_LIMIT = 16;

/** Nor are choices above this number of combinations with earlier ones in the same object, as compilers expand them. */
const COMBINATION_LIMIT = 100;

function isExclusive(node: ValueNode, spec: Spec, context: Context): boolean {
  let combinations = 1;
  for (const child of childrenOf(node.spec, node.code, context)) {
    const types = typesOf(child, all, context).length;
    if (!child.base.choice || types < 2 || maxOf(child, all) === 0) continue;
    const isRequired = minOf(child, all) > 0;
    const arms = isRequired ? types : types + 1;
    const isWithin = isRequired || combinations * arms <= COMBINATION_LIMIT;
    if (child.base.path === spec.base.path) return isWithin && types <= EXCLUSIVE_LIMIT;
    if (isWithin) combinations *= arms;
  }
  return typesOf(spec, all, context).length <= EXCLUSIVE_LIMIT;
}

/** Whether a profile constrains a choice. */
function isNarrowed({ base, facets }: Spec, by: By): boolean {
  return facets.some(
    (facet) => by(facet) && (facet.element.types.length < base.types.length || facet.element.min > base.min),
  );
}

function withMember(json: Json, key: string, value: Json): Json {
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? { ...json, [key]: value } : json;
}

/** A value of an element's type, as FHIR itself defines it. */
function valueOf(spec: Spec, code: string, context: Context): Json {
  const build: Build = {
    value: buildValue,
    context,
    plan: { more: 'nothing', turn: 0, reach: new Set() },
    alternatives: new Map(),
    reached: new Set(),
    contradictions: new Set(),
    leftOut: new Set(),
    values: 0,
  };
  const base = spec.base.choice
    ? { ...spec.base, types: spec.base.types.filter((type) => type.code === code) }
    : spec.base;
  return jsonOf(buildValue(build, plain(base), code, rootAt(code)));
}

/** An element of the FHIR type that the profile prohibits. */
function addProhibited(node: ValueNode, child: Spec, context: Context): Break[] {
  const { base } = child;
  const [type] = base.types;
  if (base.max === 0) return [];
  const code = type?.code ?? 'BackboneElement';
  const key = keyOf(base, code);
  const place = `${node.place}.${base.name}${base.choice ? '[x]' : ''}`;
  const { path, steps } = below({ ...node, trail: [], depth: 0 }, key, base.name, place);
  return breakIf((by) => maxOf(child, by) === 0, {
    category: 'prohibited element',
    detail: code,
    place,
    steps,
    path,
    change: () => {
      const value = valueOrText(child, code, context);
      return base.array ? [value] : value;
    },
  });
}

function valueOrText(child: Spec, code: string, context: Context): Json {
  try {
    return valueOf(child, code, context);
  } catch (error) {
    if (!(error instanceof Unbuildable)) throw error;
    return {};
  }
}

function addUnknown(node: ValueNode): Break[] {
  const key = 'unknownProperty';
  return [
    {
      category: 'unknown property',
      detail: key,
      place: node.place,
      steps: [...node.steps, key],
      path: [...node.path, key],
      change: () => true,
      visible: true,
    },
  ];
}

/** Another resource in place of one with a given type. */
export function breakResource(node: ValueNode, context: Context): Break[] {
  if (!node.resource) return [];
  const other = ['Slot', 'Basic'].find((type) => type !== node.code) ?? 'Basic';
  const { place, steps, path } = node;
  const allowing = new Set([other, 'Resource', 'DomainResource']);
  const isAny = (by: By): boolean => typesOf(node.spec, by, context).some((type) => allowing.has(type));
  return breakIf((by) => path.length === 0 || !isAny(by), {
    category: discriminates(node.spec) ? 'slice: discriminator of a required one' : 'wrong resource type',
    detail: other,
    place,
    steps,
    path: [...path, 'resourceType'],
    change: () => other,
  });
}

/** References to a resource of another type. */
export function breakReference(node: ValueNode, context: Context): Break[] {
  if (node.code !== 'Reference' || !node.members.some((member) => member.key === 'reference')) return [];
  const targets = targetsOf(node.spec, 'Reference', sure, context);
  const wrong = ['Device', 'Slot', 'Basic', 'Patient'].find((type) => targets?.includes(type) === false);
  if (wrong === undefined || !context.types.has('Reference')) return [];
  const { place, steps, path } = node;
  return breakIf((by) => targetsOf(node.spec, 'Reference', by, context)?.includes(wrong) === false, {
    category: 'reference: wrong target',
    detail: wrong,
    place,
    steps,
    path: [...path, 'reference'],
    change: () => `${wrong}/example`,
  });
}
