import { isObject, type JsonObject } from './json.js';
import { merged, plain } from './merge.js';
import { expectedRules } from './expected.js';
import { type Rule, ruleOf, type Slice } from './rule.js';
import { datatypeShape, type Element, type Member, resourceShape, type Shape, capital } from './shape.js';
import type { ProfileTable } from './table.js';

/** The key of what belongs to no slice. */
const OTHERS = 'others';

/** How far required elements are followed down, so that profiles in a circle come to an end. */
const DEPTH_LIMIT = 50;

/** What holds for a value: its shape, where it is known, and rules of the profile, of slices and of profiles on types. */
interface Site {
  readonly shape: Shape | undefined;
  readonly rules: readonly Rule[];
  readonly depth: number;
}

/**
 * Makes a value of a profile from what a profile does not say by itself.
 *
 * The input is FHIR JSON, except that a sliced array may be an object keyed by slice, `others` for what belongs to no
 * slice; an item may be given by the one value that it is about. Fixed values and patterns are written where an
 * element is required or tells a slice from others, along chains of required elements only: an optional element that
 * is absent stays absent. A resource gets its `resourceType` and the profile in `meta.profile`.
 *
 * @param table the profile
 * @param input left as it is
 * @returns a new value; whether it conforms is for the validator to say
 * @throws {TypeError} when a sliced array is keyed by something that is no slice
 */
export function create<T = unknown>(table: ProfileTable, input: unknown): T {
  const { base, type, url } = table;
  const shape = base ? resourceShape(base, type) : datatypeShape(type);
  const value = base && isObject(input) ? { ...input, resourceType: type } : input;
  const made = completed(value, { shape, rules: [ruleOf(table.rule)], depth: 0 });
  return (base && shape && isObject(made) ? ordered(shape, claiming(made, url)) : made) as T;
}

/** The resource with the profile in `meta.profile` (FHIR R4, Resource, "Resource Metadata"). */
function claiming(resource: JsonObject, url: string): ReadonlyMap<string, unknown> {
  const meta = isObject(resource.meta) ? resource.meta : {};
  const claimed: readonly unknown[] = Array.isArray(meta.profile) ? meta.profile : [];
  const isClaimed = claimed.some((each) => typeof each === 'string' && each.split('|')[0] === url);
  const made = new Map(Object.entries(meta)).set('profile', isClaimed ? claimed : [...claimed, url]);
  const shape = datatypeShape('Meta');
  return new Map(Object.entries(resource)).set('meta', shape ? ordered(shape, made) : Object.fromEntries(made));
}

/** A value with all that holds for it anyway. */
function completed(value: unknown, { shape, rules, depth }: Site): unknown {
  let made = value;
  for (const { pattern } of rules) if (pattern !== undefined) made = merged(pattern, made);
  return isObject(made) ? completedObject(made, { shape, rules, depth }) : plain(made);
}

function completedObject(value: JsonObject, { shape, rules, depth }: Site): JsonObject {
  const made = new Map<string, unknown>();
  for (const [key, item] of Object.entries(value)) {
    const member = shape?.members.get(key);
    const each = item === undefined || !member ? plain(item) : completedMember(member, item, rules, depth);
    if (each !== undefined) made.set(key, each);
  }
  if (!shape) return Object.fromEntries(made);
  if (depth < DEPTH_LIMIT) {
    for (const element of shape.elements.values()) {
      if (element.members.some(({ json }) => made.has(json) || made.has(`_${json}`))) continue;
      const member = theMember(element, rules);
      const each = member && absentMember(member, rules, depth);
      if (each !== undefined) made.set(member?.json ?? '', each);
    }
  }
  return ordered(shape, made);
}

/** In the order of the type; what the type does not know comes last. */
function ordered(shape: Shape, made: ReadonlyMap<string, unknown>): JsonObject {
  const known = [...shape.members.keys()].filter((key) => made.has(key)).map((key) => [key, made.get(key)] as const);
  return Object.fromEntries([...known, ...[...made].filter(([key]) => !shape.members.has(key))]);
}

function completedMember(member: Member, value: unknown, around: readonly Rule[], depth: number): unknown {
  const rules = rulesFor(member, around);
  const site = { shape: member.shape(), rules, depth: depth + 1 };
  if (!member.element.list) return completed(value, site);
  if (Array.isArray(value)) return value.map((item) => completed(item, site));
  const slices = slicesOf(rules);
  if (!isObject(value) || slices.length === 0) return completed(value, site);
  const items = slicedItems(value, slices, site);
  return items.length > 0 ? items : undefined;
}

/** The items of a sliced array that is given by slice: in the order of the slices, others last. */
function slicedItems(value: JsonObject, slices: readonly Slice[], site: Site): unknown[] {
  const keys = new Set([OTHERS, ...slices.map(keyOf)]);
  const stray = Object.keys(value).find((key) => !keys.has(key));
  if (stray !== undefined) throw new TypeError(`No slice ${JSON.stringify(stray)}, but ${[...keys].join(', ')}`);
  const others = Object.hasOwn(value, OTHERS) ? value[OTHERS] : undefined;
  return [
    ...slices.flatMap((slice) => {
      const given = Object.hasOwn(value, keyOf(slice)) ? value[keyOf(slice)] : undefined;
      const own = { ...site, rules: [...site.rules, ...slicedRules(slice)] };
      return given === undefined ? absentSlice(slice, own) : sliceItems(slice, given, own);
    }),
    ...(Array.isArray(others) ? others : others === undefined ? [] : [others]).map((item) => completed(item, site)),
  ];
}

function sliceItems(slice: Slice, given: unknown, site: Site): unknown[] {
  const inner = slice.rule.slicing?.slices ?? [];
  const isKeyed = isObject(given) && inner.length > 0;
  if (isKeyed && Object.keys(given).every((key) => key === OTHERS || inner.some((each) => keyOf(each) === key))) {
    return slicedItems(given, inner, site);
  }
  const items: readonly unknown[] = Array.isArray(given) ? given : [given];
  return items.map((item) => completed(dressed(slice, item, site.shape), site));
}

/** An item that is given by its one value alone, as the item that it stands for. */
function dressed({ source: { bare } }: Slice, item: unknown, shape: Shape | undefined): unknown {
  if (bare === undefined) return item;
  const isPrimitive = shape?.members.get(bare)?.check !== undefined;
  const isWhole = isObject(item) && (isPrimitive || [bare, `_${bare}`, 'url', 'extension'].some((key) => key in item));
  return isWhole ? item : { [bare]: item };
}

/** What an element that is absent must be, as far as rules say; `undefined` when it may be absent, or be anything. */
function absentMember(member: Member, around: readonly Rule[], depth: number): unknown {
  const rules = rulesFor(member, around);
  if (rules.length === 0) return undefined;
  const site = { shape: member.shape(), rules, depth: depth + 1 };
  const isRequired = member.element.min > 0 || rules.some(({ min }) => min > 0);
  if (!member.element.list) return isRequired ? absentItem(site) : undefined;
  const sliced = slicesOf(rules).flatMap((slice) =>
    absentSlice(slice, { ...site, rules: [...rules, ...slicedRules(slice)] }),
  );
  if (sliced.length > 0) return sliced;
  const item = isRequired ? absentItem(site) : undefined;
  return item === undefined ? undefined : [item];
}

function absentSlice(slice: Slice, site: Site): unknown[] {
  const item = slice.rule.min > 0 ? absentItem(site) : undefined;
  return item === undefined ? [] : [item];
}

function absentItem(site: Site): unknown {
  const fixed = site.rules.find((rule) => rule.fixed !== undefined);
  if (fixed) return plain(fixed.fixed);
  const hasPattern = site.rules.some(({ pattern }) => pattern !== undefined);
  // Anything with members is made of what its required members must be.
  const made = completed(hasPattern ? undefined : site.shape && {}, site);
  return isObject(made) && Object.keys(made).length === 0 ? undefined : made;
}

/** The member that an absent element would be: a choice only when one type is left. */
function theMember({ members, label }: Element, rules: readonly Rule[]): Member | undefined {
  if (members.length === 1) return members[0];
  const types = rules.flatMap((rule) => below(rule, label)).find((rule) => rule.types.length === 1)?.types;
  return members.find(({ type }) => capital(type) === types?.[0]?.suffix);
}

/** What holds for the items of a slice, beyond what holds for all items. */
function slicedRules(slice: Slice): Rule[] {
  return withProfiles([slice.rule, ...expectedRules(slice)], slice.rule.types[0]?.suffix ?? '');
}

function slicesOf(rules: readonly Rule[]): Slice[] {
  return rules.flatMap(({ slicing }) => slicing?.slices ?? []);
}

function keyOf({ source }: Slice): string {
  return source.key ?? source.name;
}

/** What rules say of a member below, in its type. */
function rulesFor({ element, type, twin }: Member, around: readonly Rule[]): Rule[] {
  const own = around.flatMap((rule) => below(rule, element.label));
  // What holds for the value of a primitive says nothing of its twin.
  if (twin) return own.map((rule) => ({ ...rule, fixed: undefined, pattern: undefined }));
  const suffix = capital(type);
  const typed = element.list
    ? []
    : slicesOf(own).filter(({ when }) =>
        when.every(
          ({ source }) => source.at === '$this' && 'types' in source && source.types.map(capital).includes(suffix),
        ),
      );
  return withProfiles([...own, ...typed.map(({ rule }) => rule)], suffix);
}

function below(rule: Rule, name: string): Rule[] {
  return rule.children.filter(({ child }) => child.name === name).map((each) => each.rule);
}

/** With the profiles that the one type has; where there are several, the input says which one is meant. */
function withProfiles(rules: readonly Rule[], suffix: string): Rule[] {
  const profiles = rules.flatMap(({ types }) => {
    const [own, ...others] = types.filter((type) => type.suffix === suffix);
    return own && others.length === 0 && own.profiles.length === 1 ? own.profiles : [];
  });
  const tables = new Set(profiles.map((profile) => profile()));
  return [...rules, ...[...tables].filter(({ base }) => !base).map((table) => ruleOf(table.rule))];
}
