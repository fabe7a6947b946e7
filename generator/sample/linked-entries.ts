import { buildValue } from './build.js';
import { withFirstEntry } from './first-entry.js';
import type { Build } from './plan.js';
import { type MemberNode, memberOf, resourceOf, type ValueNode } from './node.js';
import { type At, below } from './place.js';
import { childrenOf, plain, type Spec } from './spec.js';

/**
 * Completes a Bundle: its first entry is the one that its type requires, each entry has a unique fullUrl, and in a
 * document the references of the Composition resolve to entries (FHIR R4, bdl-7; Documents, "Document Content").
 *
 * @param build the build of the Bundle
 * @param built any instance; one that is not a Bundle is returned unchanged
 * @param at its place
 * @throws Unbuildable when the Bundle does not allow the first entry that its type requires
 */
export function withLinkedEntries(build: Build, built: ValueNode, at: At): ValueNode {
  if (built.code !== 'Bundle') return built;
  const root = withFirstEntry(build, built, at);
  const entries = memberOf(root, 'entry');
  if (entries === undefined) return root;
  const items = entries.items.map((entry, index) => addressed(build, entry, index));
  const isDocument = memberOf(root, 'type')?.items[0]?.value === 'document';
  const linked = isDocument ? withTargets(build, entries, items, at) : items;
  return { ...root, members: root.members.map((one) => (one === entries ? { ...one, items: linked } : one)) };
}

function addressOf(index: number): string {
  return `urn:uuid:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

function addressed(build: Build, entry: ValueNode, index: number): ValueNode {
  const known = memberOf(entry, 'fullUrl');
  const spec = childOf(build, entry.spec, 'fullUrl');
  if (spec === undefined) return entry;
  const at: At = { ...entry, trail: [], depth: 1 };
  const member = known ?? memberAt(below(at, 'fullUrl', 'fullUrl', `${entry.place}.fullUrl`), spec, 'fullUrl');
  const { path, steps, place } = member;
  const own = { ...member, items: [{ path, steps, place, spec, code: 'uri', value: addressOf(index), members: [] }] };
  return {
    ...entry,
    members: known ? entry.members.map((one) => (one === known ? own : one)) : [own, ...entry.members],
  };
}

function childOf(build: Build, spec: Spec, name: string): Spec | undefined {
  return childrenOf(spec, 'BackboneElement', build.context).find(({ base }) => base.name === name);
}

function memberAt({ path, steps, place }: At, spec: Spec, key: string): MemberNode {
  return { path, steps, place, spec, key, items: [] };
}

/** The entries of a document, including those that the Composition refers to. */
function withTargets(build: Build, entries: MemberNode, items: readonly ValueNode[], at: At): readonly ValueNode[] {
  const all = [...items];
  const [first] = all;
  if (first === undefined) return all;
  const indexOf = (type: string): number => {
    const known = all.findIndex((entry) => resourceOf(entry)?.code === type);
    if (known !== -1) return known;
    const index = all.length;
    const made = entryOf(build, entries, first, type, index, at);
    if (made !== undefined) all.push(addressed(build, made, index));
    return made === undefined ? -1 : index;
  };
  all[0] = relinked(first, (text) => {
    const index = indexOf(/^[A-Z]\w*(?=\/)/.exec(text)?.[0] ?? '');
    return index === -1 ? text : addressOf(index);
  });
  all[0] = withNarrative(build, all[0], all.slice(1).map(addressIn));
  return all;
}

function addressIn(entry: ValueNode): string {
  return String(memberOf(entry, 'fullUrl')?.items[0]?.value);
}

/**
 * A Composition whose narrative links to entries: every resource in a document must be referenced from the Composition.
 */
function withNarrative(build: Build, entry: ValueNode, addresses: readonly string[]): ValueNode {
  const resource = resourceOf(entry);
  if (resource === undefined) return entry;
  const known = memberOf(resource, 'text');
  const spec = childrenOf(resource.spec, resource.code, build.context).find(({ base }) => base.name === 'text');
  if (spec === undefined) return entry;
  const at: At = { ...resource, trail: [], depth: 1 };
  const here = below(at, 'text', 'text', `${resource.place}.text`);
  const value = known?.items[0] ?? buildValue(build, spec, 'Narrative', here);
  const links = addresses.map((address) => `<a href="${address}">${address}</a>`).join(' ');
  const members = value.members.map((member): MemberNode => {
    if (member.key !== 'div') return member;
    const div = `<div xmlns="http://www.w3.org/1999/xhtml"><p>text ${links}</p></div>`;
    return { ...member, items: member.items.map((item) => ({ ...item, value: div })) };
  });
  const text: MemberNode = { ...(known ?? memberAt(here, spec, 'text')), items: [{ ...value, members }] };
  const linked = { ...resource, members: [...resource.members.filter((one) => one !== known), text] };
  return {
    ...entry,
    members: entry.members.map((one) => (one.key === 'resource' ? { ...one, items: [linked] } : one)),
  };
}

/** An entry in addition to those of slices. For a type whose elements the snapshot lacks, the resource is empty. */
function entryOf(
  build: Build,
  entries: MemberNode,
  like: ValueNode,
  type: string,
  index: number,
  at: At,
): ValueNode | undefined {
  const spec = childOf(build, like.spec, 'resource');
  if (spec === undefined || type === '') return undefined;
  const here = below(below(at, 'entry', 'entry', entries.place), index, index, `${entries.place}[]`);
  const inside = below(here, 'resource', 'resource', `${here.place}.resource`);
  const isKnown = build.context.types.get(type)?.kind === 'resource';
  const resource = isKnown ? buildValue(build, plain(spec.base), type, inside) : bareResource(spec, type, inside);
  const { path, steps, place } = here;
  const members = [{ ...memberAt(inside, plain(spec.base), 'resource'), items: [resource] }];
  return { path, steps, place, spec: plain(entries.spec.base), code: 'BackboneElement', members, more: true };
}

function bareResource(spec: Spec, type: string, { path, steps, place }: At): ValueNode {
  return { path, steps, place, spec: plain(spec.base), code: type, resource: true, members: [] };
}

/** A value with changed reference strings. */
function relinked(node: ValueNode, textOf: (text: string) => string): ValueNode {
  const members = node.members.map((member): MemberNode => {
    const isText = node.code === 'Reference' && member.key === 'reference';
    return {
      ...member,
      items: member.items.map((item) =>
        isText && typeof item.value === 'string' ? { ...item, value: textOf(item.value) } : relinked(item, textOf),
      ),
    };
  });
  return { ...node, members };
}
