import { buildItems } from './build-array.js';
import { buildValue } from './build.js';
import { type MemberNode, memberOf, resourceOf, type ValueNode } from './node.js';
import { type At, below } from './place.js';
import { type Build, Unbuildable } from './plan.js';
import { slicingOf } from './slices.js';
import { all, childrenOf, maxOf, plain, type Spec, typesOf } from './spec.js';

/** The first resource of Bundles of each type (FHIR R4, Bundle, bdl-11 and bdl-12; R5, bdl-13). */
const FIRST: ReadonlyMap<unknown, string> = new Map([
  ['document', 'Composition'],
  ['message', 'MessageHeader'],
  ['subscription-notification', 'SubscriptionStatus'],
]);

/** Further members that a document requires (FHIR R4, Bundle, bdl-9 and bdl-10). */
const OF_DOCUMENTS = ['identifier', 'timestamp'];

/**
 * Adds what the type of a Bundle requires beyond the profile: the first entry of a document is a Composition, that of a
 * message a MessageHeader, and a document has an identifier and a timestamp.
 *
 * @param build the build of the Bundle
 * @param bundle the Bundle
 * @param at its place
 * @throws Unbuildable when the profile does not allow that entry
 */
export function withFirstEntry(build: Build, bundle: ValueNode, at: At): ValueNode {
  const type = memberOf(bundle, 'type')?.items[0]?.value;
  const wanted = FIRST.get(type);
  if (wanted === undefined) return bundle;
  const names = type === 'document' ? [...OF_DOCUMENTS, 'entry'] : ['entry'];
  const whole = names.reduce((node, name) => withMember(build, node, name, at), bundle);
  const entries = memberOf(whole, 'entry');
  if (entries === undefined) throw new Unbuildable(`${at.place}.entry: the ${wanted} is not allowed`);
  const items = withFirst(build, entries, wanted, at);
  return { ...whole, members: whole.members.map((one) => (one === entries ? { ...one, items } : one)) };
}

/** Adds a member to a value, if it may have it. */
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

/**
 * The entries with a required resource first: it is there already, or an unconstrained entry gets it, or it is moved or
 * added.
 */
function withFirst(build: Build, entries: MemberNode, wanted: string, at: At): readonly ValueNode[] {
  const [first, ...rest] = entries.items;
  if (first === undefined || resourceOf(first)?.code === wanted) return entries.items;
  const made = first.slice === undefined ? withResource(build, first, wanted) : undefined;
  if (made !== undefined) return [made, ...rest];
  const known = entries.items.find((entry) => resourceOf(entry)?.code === wanted);
  const others = entries.items.filter((entry) => entry !== known);
  const begin = known ?? added(build, entries, wanted);
  return [begin, ...others].map((entry, index) => movedTo(entry, at.path.length + 1, index));
}

/** The entry with another resource; `undefined` when that is not allowed. */
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

/** An entry in addition to those of slices. */
function added(build: Build, entries: MemberNode, wanted: string): ValueNode {
  const spec = plain(entries.spec.base);
  const at = { path: [...entries.path, 0], steps: [...entries.steps, 0], place: `${entries.place}[]` };
  const empty: ValueNode = { ...at, spec, code: 'BackboneElement', members: [] };
  const isFull = entries.items.length >= maxOf(entries.spec, all) || entries.slicing?.rules === 'closed';
  const made = isFull ? undefined : withResource(build, empty, wanted);
  if (made === undefined) throw new Unbuildable(`${entries.place}: cannot begin with a ${wanted}`);
  return made;
}

/** The value at another index of its array; `depth` is the position of the index in its path. */
function movedTo<T extends ValueNode | MemberNode>(node: T, depth: number, index: number): T {
  const path = node.path.with(depth, index);
  const steps = node.steps.with(depth, index);
  if ('items' in node) return { ...node, path, steps, items: node.items.map((one) => movedTo(one, depth, index)) };
  return { ...node, path, steps, members: node.members.map((one) => movedTo(one, depth, index)) };
}
