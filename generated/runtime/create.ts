import { isObject, type JsonObject, listOf } from './json.js';
import { merged, plain } from './merge.js';
import { stepsOf } from './path.js';
import { capital, datatypeShape, type Member, type Shape, shapeOf } from './shape.js';
import type { ElementRule, ProfileTable, SliceRule, SliceTest } from './table.js';

/** The key of what belongs to no slice. */
const OTHERS = 'others';

/** How far required elements are followed down, so that profiles in a circle come to an end. */
const DEPTH_LIMIT = 50;

/** What holds for a value: its shape, where it is known, and rules of the profile, of slices and of profiles on types. */
interface Site {
  readonly shape: Shape | undefined;
  readonly rules: readonly ElementRule[];
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
  const { base, type, url, rule } = table;
  const shape = base ? shapeOf(base) : datatypeShape(type);
  const made = completed(input, { shape, rules: [rule], depth: 0 });
  if (!base || !isObject(made)) return made as T;
  const meta = ordered(datatypeShape('Meta'), claiming(isObject(made.meta) ? made.meta : {}, url));
  const members = new Map(Object.entries(made)).set('meta', meta);
  members.delete('resourceType');
  return { resourceType: type, ...ordered(shape, members) } as T;
}

/** The metadata of a resource with the profile that it conforms to (FHIR R4, Resource, "Resource Metadata"). */
function claiming(meta: JsonObject, url: string): ReadonlyMap<string, unknown> {
  const claimed = listOf(meta.profile);
  const isClaimed = claimed.some((each) => typeof each === 'string' && each.split('|')[0] === url);
  return new Map(Object.entries(meta)).set('profile', isClaimed ? claimed : [...claimed, url]);
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
  for (const member of depth < DEPTH_LIMIT && shape ? shape.members.values() : []) {
    const isThere = member.members.some(({ json }) => made.has(json) || made.has(`_${json}`));
    if (isThere || member.twin || !isOnly(member, rules)) continue;
    const each = absentMember(member, rules, depth);
    if (each !== undefined) made.set(member.json, each);
  }
  return ordered(shape, made);
}

/** In the order of the type; what the type does not know comes last. */
function ordered(shape: Shape | undefined, made: ReadonlyMap<string, unknown>): JsonObject {
  const known = [...(shape?.members.keys() ?? [])].filter((key) => made.has(key));
  return Object.fromEntries([
    ...known.map((key) => [key, made.get(key)] as const),
    ...[...made].filter(([key]) => !shape?.members.has(key)),
  ]);
}

function completedMember(member: Member, value: unknown, around: readonly ElementRule[], depth: number): unknown {
  const rules = rulesFor(member, around);
  const site = { shape: member.shape(), rules, depth: depth + 1 };
  if (!member.list) return completed(value, site);
  if (Array.isArray(value)) return value.map((item) => completed(item, site));
  const slices = slicesOf(rules);
  if (!isObject(value) || slices.length === 0) return completed(value, site);
  const items = slicedItems(value, slices, site);
  return items.length > 0 ? items : undefined;
}

/** The items of a sliced array that is given by slice: in the order of the slices, others last. */
function slicedItems(value: JsonObject, slices: readonly SliceRule[], site: Site): unknown[] {
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
    ...listOf(others).map((item) => completed(item, site)),
  ];
}

function sliceItems(slice: SliceRule, given: unknown, site: Site): unknown[] {
  const inner = slice.rule.slicing?.slices ?? [];
  const isKeyed = isObject(given) && inner.length > 0;
  if (isKeyed && Object.keys(given).every((key) => key === OTHERS || inner.some((each) => keyOf(each) === key))) {
    return slicedItems(given, inner, site);
  }
  const items: readonly unknown[] = Array.isArray(given) ? given : [given];
  return items.map((item) => completed(dressed(slice, item, site.shape), site));
}

/** An item that is given by its one value alone, as the item that it stands for. */
function dressed({ bare }: SliceRule, item: unknown, shape: Shape | undefined): unknown {
  if (bare === undefined) return item;
  const isPrimitive = shape?.members.get(bare)?.check !== undefined;
  const isWhole = isObject(item) && (isPrimitive || [bare, `_${bare}`, 'url', 'extension'].some((key) => key in item));
  return isWhole ? item : { [bare]: item };
}

/** What an element that is absent must be, as far as rules say; `undefined` when it may be absent, or be anything. */
function absentMember(member: Member, around: readonly ElementRule[], depth: number): unknown {
  const rules = rulesFor(member, around);
  if (rules.length === 0) return undefined;
  const site = { shape: member.shape(), rules, depth: depth + 1 };
  const isRequired = member.min > 0 || rules.some(({ min }) => min);
  if (!member.list) return isRequired ? absentItem(site) : undefined;
  const sliced = slicesOf(rules).flatMap((slice) =>
    absentSlice(slice, { ...site, rules: [...rules, ...slicedRules(slice)] }),
  );
  if (sliced.length > 0) return sliced;
  const item = isRequired ? absentItem(site) : undefined;
  return item === undefined ? undefined : [item];
}

function absentSlice(slice: SliceRule, site: Site): unknown[] {
  const item = slice.rule.min ? absentItem(site) : undefined;
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

/** Whether an absent element would be this member: of a choice, when one type is left. */
function isOnly({ members, name, type }: Member, around: readonly ElementRule[]): boolean {
  const left = around.map((rule) => below(rule, name)?.types).find((types) => types?.length === 1);
  return members.length === 1 || (left !== undefined && capital(left[0]?.code ?? '') === capital(type));
}

/** What holds for the items of a slice, beyond what holds for all items. */
function slicedRules({ rule, when }: SliceRule): ElementRule[] {
  return withProfiles([rule, ...when.flatMap((test) => expected(test) ?? [])], rule.types?.[0]?.code);
}

/**
 * What a discriminator looks for, as a rule for items: whatever tells a slice from others is required of its items,
 * even where the profile does not say so. `undefined` where it does not say what to write, or where: behind a
 * reference or an extension.
 */
function expected(test: SliceTest): ElementRule | undefined {
  let rule = 'is' in test ? required(test.is) : undefined;
  for (const { kind, text } of [...(stepsOf(test.at) ?? [])].reverse()) {
    if (!rule || kind === 'extension' || kind === 'resolve') return undefined;
    rule = kind === 'name' ? { min: 1, children: { [text]: rule } } : { ...rule, types: [{ code: text }] };
  }
  return rule;
}

function required({ fixed, pattern, children = {} }: ElementRule): ElementRule {
  return {
    min: 1,
    ...(fixed === undefined ? {} : { fixed }),
    ...(pattern === undefined ? {} : { pattern }),
    children: Object.fromEntries(Object.entries(children).map(([name, rule]) => [name, required(rule)])),
  };
}

function slicesOf(rules: readonly ElementRule[]): SliceRule[] {
  return rules.flatMap(({ slicing }) => slicing?.slices ?? []);
}

function keyOf({ key, name }: SliceRule): string {
  return key ?? name;
}

/** What rules say of a member below, in its type. */
function rulesFor({ name, type, twin, list }: Member, around: readonly ElementRule[]): ElementRule[] {
  const own = around.flatMap((rule) => below(rule, name) ?? []);
  // What holds for the value of a primitive says nothing of its twin.
  if (twin) return own.map(({ children = {} }) => ({ children }));
  const typed = list ? [] : slicesOf(own).filter(({ when }) => when.every((test) => isOfType(test, type)));
  return withProfiles([...own, ...typed.map(({ rule }) => rule)], type);
}

function isOfType(test: SliceTest, type: string): boolean {
  return test.at === '$this' && 'types' in test && test.types.includes(type);
}

function below({ children }: ElementRule, name: string): ElementRule | undefined {
  return children?.[name] ?? children?.[`${name}[x]`];
}

/** With the profiles that the one type has; where there are several, the input says which one is meant. */
function withProfiles(rules: readonly ElementRule[], code: string | undefined): ElementRule[] {
  const tables = rules.flatMap(({ types = [] }) => {
    const [own, ...others] = types.filter((type) => type.code === code);
    const [profile, ...more] = own?.profiles ?? [];
    return profile && others.length === 0 && more.length === 0 ? profile() : [];
  });
  return [...rules, ...new Set(tables.filter(({ base }) => !base).map(({ rule }) => rule))];
}
