import { buildItems } from './build-array.js';
import { buildValue } from './build.js';
import { type MemberNode, memberOf, resourceOf, type ValueNode } from './node.js';
import { type At, below } from './place.js';
import { type Build, Unbuildable } from './plan.js';
import { slicingOf } from './slices.js';
import { all, childrenOf, maxOf, plain, type Spec, typesOf } from './spec.js';

/** The resource that Bundles of a type begin with (FHIR R4, Bundle, bdl-11 and bdl-12; R5, bdl-13). */
const FIRST: ReadonlyMap<unknown, string> = new Map([
  ['document', 'Composition'],
  ['message', 'MessageHeader'],
  ['subscription-notification', 'SubscriptionStatus'],
]);

/** The other members of a document (FHIR R4, Bundle, bdl-9 and bdl-10). */
const OF_DOCUMENTS = ['identifier', 'timestamp'];

/**
 * A Bundle with what its type asks for beyond the profile: the first entry of a document is a Composition, that of a
 * message a MessageHeader, and a document has an identifier and a timestamp.
 *
 * @param build what the Bundle was built with
 * @param bundle the Bundle
 * @param at where it stands
 * @throws Unbuildable when the profile leaves no room for that entry
 */
export function withFirstEntry(build: Build, bundle: ValueNode, at: At): ValueNode {
  const type = memberOf(bundle, 'type')?.items[0]?.value;
  const wanted = FIRST.get(type);
  if (wanted === undefined) return bundle;
  const names = type === 'document' ? [...OF_DOCUMENTS, 'entry'] : ['entry'];
  const whole = names.reduce((node, name) => withMember(build, node, name, at), bundle);
  const entries = memberOf(whole, 'entry');
  if (entries === undefined) throw new Unbuildable(`${at.place}.entry: no room for the ${wanted}`);
  const items = begun(build, entries, wanted, at);
  return { ...whole, members: whole.members.map((one) => (one === entries ? { ...one, items } : one)) };
}

/** The value with a member that it may have. */
function withMember(build: Build, node: ValueNode, name: string, at: At): ValueNode {
  if (memberOf(node, name) !== undefined) return node;
  const spec = childrenOf(node.spec, node.code, build.context).find(({ base }) => base.name === name);
  if (spec === undefined || maxOf(spec, all) === 0) return node;
  const here = below(at, name, name, `${at.place}.${name}`);
  const [code = ''] = typesOf(spec, all, build.context);
  const items = spec.base.array ? buildItems(build, spec, here) : [buildValue(build, spec, code, here)];
  const { path, steps, place } = here;
  const slicing = slicingOf(spec.facets);
  return { ...node, members: [...node.members, { path, steps, place, spec, key: name, items, slicing }] };
}

/** The entries, the wanted one first: as it stands, made of an entry for anything, moved, or added. */
function begun(build: Build, entries: MemberNode, wanted: string, at: At): readonly ValueNode[] {
  const [first, ...rest] = entries.items;
  if (first === undefined || resourceOf(first)?.code === wanted) return entries.items;
  const made = first.slice === undefined ? withResource(build, first, wanted) : undefined;
  if (made !== undefined) return [made, ...rest];
  const known = entries.items.find((entry) => resourceOf(entry)?.code === wanted);
  const others = entries.items.filter((entry) => entry !== known);
  const begin = known ?? added(build, entries, wanted);
  return [begin, ...others].map((entry, index) => movedTo(entry, at.path.length + 1, index));
}

/** The entry with another resource; `undefined` where it may not have that. */
function withResource(build: Build, entry: ValueNode, wanted: string): ValueNode | undefined {
  const spec =
    memberOf(entry, 'resource')?.spec ??
    childrenOf(entry.spec, 'BackboneElement', build.context).find(({ base }) => base.name === 'resource');
  if (spec === undefined || !mayBe(spec, wanted, build)) return undefined;
  const at = below({ ...entry, trail: [], depth: 1 }, 'resource', 'resource', `${entry.place}.resource`);
  const { path, steps, place } = at;
  const member: MemberNode = {
    path,
    steps,
    place,
    spec,
    key: 'resource',
    items: [buildValue(build, spec, wanted, at)],
  };
  return { ...entry, members: [...entry.members.filter(({ key }) => key !== 'resource'), member] };
}

function mayBe(spec: Spec, wanted: string, { context }: Build): boolean {
  const allowed = typesOf(spec, all, context);
  const isKnown = context.types.get(wanted)?.kind === 'resource';
  return isKnown && ['Resource', 'DomainResource', wanted].some((type) => allowed.includes(type));
}

/** An entry that no slice requires. */
function added(build: Build, entries: MemberNode, wanted: string): ValueNode {
  const spec = plain(entries.spec.base);
  const at = { path: [...entries.path, 0], steps: [...entries.steps, 0], place: `${entries.place}[]` };
  const empty: ValueNode = { ...at, spec, code: 'BackboneElement', members: [] };
  const isFull = entries.items.length >= maxOf(entries.spec, all) || entries.slicing?.rules === 'closed';
  const made = isFull ? undefined : withResource(build, empty, wanted);
  if (made === undefined) throw new Unbuildable(`${entries.place}: cannot begin with a ${wanted}`);
  return made;
}

/** The value as another item of its array; `depth` is the place of the index in its path. */
function movedTo<T extends ValueNode | MemberNode>(node: T, depth: number, index: number): T {
  const path = node.path.with(depth, index);
  const steps = node.steps.with(depth, index);
  if ('items' in node) return { ...node, path, steps, items: node.items.map((one) => movedTo(one, depth, index)) };
  return { ...node, path, steps, members: node.members.map((one) => movedTo(one, depth, index)) };
}
