import { distinct, type Wish } from '../../generator/names/distinct.js';
import { sliceKey } from '../../generator/names/slice-key.js';
import { jsonOf, type MemberNode, type Path, type ValueNode } from '../../generator/sample/node.js';
import { type Pruned, pruned } from './prune.js';
import { all, minOf, type Spec } from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** The form of an input of `create`. */
export interface Form {
  /** Sliced arrays are objects keyed by slice. */
  readonly keyed: boolean;
  /** An extension in a slice is given as its value only. */
  readonly bare: boolean;
  /** Optional members outside the path are omitted. */
  readonly lean: boolean;
  /** Collects the members and slices that the profile requires of each object. */
  readonly required?: Required;
}

/** Keys that the profile requires, by object. */
export type Required = WeakMap<object, ReadonlySet<string>>;

function noted<T extends object>(json: T, required: readonly string[], form: Form): T {
  form.required?.set(json, new Set(required));
  return json;
}

/**
 * An instance as an input of `create`, and the path in it that corresponds to a path of the instance.
 *
 * @param node the instance, or a value in it
 * @param path from there
 * @param form of the input
 */
export function inputOf(node: ValueNode, path: Path, form: Form): Pruned {
  if (!form.keyed) return form.lean ? pruned(node, path) : { json: jsonOf(node), path };
  if (node.value !== undefined) return { json: node.value, path };
  const [key, ...rest] = path;
  const isKept = (member: MemberNode): boolean => !form.lean || !member.more || member.key === key;
  const kept = node.members.filter(isKept);
  // An element is never empty (FHIR R4, Element, invariant ele-1).
  const members = kept.length === 0 && !node.resource ? node.members.slice(0, 1) : kept;
  let onward: Path = path;
  const json = members.map((member): [string, Json] => {
    const one = memberInput(member, member.key === key ? rest : [], form);
    if (member.key === key) onward = [member.key, ...one.path];
    return [member.key, one.json];
  });
  const required = members.filter(({ spec }) => isRequiredByTypes(spec)).map((member) => member.key);
  return { json: noted(Object.fromEntries(json), required, form), path: onward };
}

/**
 * A required choice without constraints in the profile is optional in `@types/fhir`, and `create` cannot fill it in.
 */
function isRequiredByTypes(spec: Spec): boolean {
  return minOf(spec, all) > 0 && !(spec.base.choice && spec.facets.length === 0);
}

/** A resource of an unknown profile needs its resourceType; one in the input of a profile does not. */
function valueInput(node: ValueNode, path: Path, form: Form): Pruned {
  const one = inputOf(node, path, isOfOneProfile(node) ? form : { ...form, keyed: false });
  if (!node.resource || one.json === null || typeof one.json !== 'object' || Array.isArray(one.json)) return one;
  const required = [...(form.required?.get(one.json) ?? [])];
  return { ...one, json: noted({ resourceType: node.code, ...one.json }, required, form) };
}

/** With several types or profiles the intended one is unknown: the input has the value as FHIR JSON. */
function isOfOneProfile({ spec, resource }: ValueNode): boolean {
  const counts = spec.facets.map(({ element }) => element.types.flatMap((type) => type.profiles).length);
  return counts.every((count) => count < 2) && (!resource || counts.includes(1));
}

function memberInput(member: MemberNode, path: Path, form: Form): Pruned {
  const { spec, items, twin } = member;
  const [first] = items;
  if ((!spec.base.array || twin) && first !== undefined) {
    // Types of inputs have no keys for extensions of a choice.
    return valueInput(first, path, twin && spec.base.choice ? { ...form, keyed: false } : form);
  }
  const [index, ...rest] = path;
  let spare = items.length - Math.max(1, minOf(spec, all));
  const kept = items.filter((one, at) => !form.lean || at === index || !one.more || spare-- <= 0);
  const keys = keysOf(member);
  const isKeyed = keys !== undefined && (member.slicing?.rules !== 'closed' || kept.every((one) => one.slice));
  const target = typeof index === 'number' ? items[index] : undefined;
  const inner = (one: ValueNode): Pruned => {
    const at = one === target ? rest : [];
    return isKeyed && form.bare && one.slice ? bareInput(one, at, form) : valueInput(one, at, form);
  };
  if (!isKeyed) {
    const at = target === undefined ? [] : [kept.indexOf(target), ...inner(target).path];
    return { json: kept.map((one) => inner(one).json), path: at };
  }
  const made: Record<string, Json[]> = {};
  const required: string[] = [];
  let onward: Path = [];
  for (const one of kept) {
    const key = keys.get(one.slice?.name ?? '') ?? 'others';
    const list = (made[key] ??= []);
    const { json, path: below } = inner(one);
    if (one === target) onward = [key, list.length, ...below];
    list.push(json);
    if ((one.slice?.min ?? 0) > 0) required.push(key);
  }
  const [key = '', , ...below] = onward;
  const isSingle = (name: string, list: readonly Json[]): boolean => name !== 'others' && list.length === 1;
  const single = onward.length > 0 && isSingle(String(key), made[key] ?? []);
  const entries = Object.entries(made).map(([name, list]): [string, Json] => [
    name,
    isSingle(name, list) ? (list[0] ?? null) : list,
  ]);
  return { json: noted(Object.fromEntries(entries), required, form), path: single ? [key, ...below] : onward };
}

/** Keys of the slices that an input may name; `undefined` if there are none. */
export function keysOf({ slicing }: MemberNode): ReadonlyMap<string, string> | undefined {
  const names = (slicing?.slices ?? [])
    .filter((slice) => slice.max > 0 && slice.name !== '' && slice.name !== '@default')
    .map((slice) => slice.name);
  const wishes = names.map((name): Wish => ({ id: name, names: [sliceKey(name), sliceKey(`${name}Slice`)] }));
  return names.length === 0 ? undefined : distinct(wishes);
}

/** An extension as its value, if it has nothing else. */
function bareInput(node: ValueNode, path: Path, form: Form): Pruned {
  const value = node.members.find((member) => member.spec.base.path === 'Extension.value[x]');
  const [item] = value?.items ?? [];
  const isSimple = node.members.every((member) => member === value || member.key === 'url');
  if (item === undefined || !isSimple || (path.length > 0 && path[0] !== value?.key))
    return valueInput(node, path, form);
  return inputOf(item, path.slice(1), form);
}
