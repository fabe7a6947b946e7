import type { MemberNode, Path, ValueNode } from '../../generator/sample/node.js';
import { all, minOf } from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** JSON, and the path in it that corresponds to a path of the instance. */
export interface Pruned {
  readonly json: Json;
  readonly path: Path;
}

/**
 * An instance without optional parts outside the path: a fault in a small instance is the same, and compilers and
 * readers process it sooner.
 * @param node the instance, or a value in it
 * @param path from there
 */
export function pruned(node: ValueNode, path: Path): Pruned {
  if (node.value !== undefined) return { json: node.value, path };
  const [key, ...rest] = path;
  let onward: Path = path;
  const isKept = (member: MemberNode): boolean => !member.more || member.key === key;
  const kept = node.members.filter(isKept);
  // An element is never empty (FHIR R4, Element, invariant ele-1).
  const members = kept.length === 0 && !node.resource ? node.members.slice(0, 1) : kept;
  const json = members.map((member): [string, Json] => {
    const one = prunedMember(member, member.key === key ? rest : []);
    if (member.key === key) onward = [member.key, ...one.path];
    return [member.key, one.json];
  });
  return { json: Object.fromEntries(node.resource ? [['resourceType', node.code], ...json] : json), path: onward };
}

/** A value without its optional parts. */
export function lean(node: ValueNode): Json {
  return pruned(node, []).json;
}

function prunedMember({ spec, items, twin }: MemberNode, path: Path): Pruned {
  const [first] = items;
  if ((!spec.base.array || twin) && first !== undefined) return pruned(first, path);
  const [index, ...rest] = path;
  if (typeof index !== 'number') return { json: items.map(lean), path };
  let spare = items.length - Math.max(1, minOf(spec, all));
  const kept = items.filter((item, at) => at === index || !item.more || spare-- <= 0);
  const target = items[index];
  if (target === undefined) return { json: items.map(lean), path };
  const at = kept.indexOf(target);
  const inner = pruned(target, rest);
  return { json: kept.map((item) => (item === target ? inner.json : lean(item))), path: [at, ...inner.path] };
}
