import { mutantOf, type Break, type Mutant } from './mutant.js';
import { breakMembers, breakReference, breakResource } from './mutate-members.js';
import { breakSlices } from './mutate-slices.js';
import { breakValue } from './mutate-values.js';
import type { ValueNode } from '../../generator/sample/node.js';
import type { Context } from '../../generator/sample/spec.js';
import type { Instance } from '../../generator/sample/synthesize.js';

/**
 * Mutants of an instance: each breaks one constraint.
 *
 * @param instance valid
 * @param context all profiles
 * @param tried the changes tried with other instances of the profile; new ones are added
 */
export function mutate(instance: Instance, context: Context, tried: Set<string>): Mutant[] {
  return breaksIn(instance, context, tried).map((one) => mutantOf(instance.root, one));
}

/**
 * The breaks of an instance.
 *
 * @param instance valid
 * @param context all profiles
 * @param tried see {@link mutate}
 */
export function breaksIn(instance: Instance, context: Context, tried: Set<string>): Break[] {
  return breaksOf(instance.root, [], context).filter((one) => {
    const key = `${one.category} ${one.place} ${one.detail}`;
    return !tried.has(key) && tried.add(key);
  });
}

function breaksOf(node: ValueNode, parents: readonly ValueNode[], context: Context): Break[] {
  const own = [
    ...breakMembers(node, parents, context),
    ...breakValue(node, parents, context),
    ...breakSlices(node, context),
    ...breakReference(node, context),
    ...breakResource(node, context),
  ];
  const nested = [node, ...parents];
  return [...own, ...node.members.flatMap((member) => member.items.flatMap((item) => breaksOf(item, nested, context)))];
}
