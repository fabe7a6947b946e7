import type {
  PinnedElement,
  PinnedSnapshot,
  PinnedStructureDefinition,
  PinnedValueSet,
} from '../../generator/pin/snapshot.js';
import { byCodeUnit } from '../../generator/order.js';
import { pinnedSnapshot } from './subject.js';
import type { Json } from '../../generator/fhir/json.js';

/** The canonical base of the constructed guide. */
export const CONSTRUCTED = 'https://example.org/constructed';

const PACKAGE = 'constructed#1.0.0';

/** The constraints of a profile: element id → facts that differ from the base. */
export type Edits = Readonly<Record<string, Partial<PinnedElement>>>;

/** A profile to be constructed. */
export interface Sketch {
  readonly name: string;
  /** FHIR type. */
  readonly type: string;
  /** The name of an earlier sketch that it derives from; the FHIR type by default. */
  readonly of?: string;
  readonly edits: Edits;
}

/**
 * A guide of sketches, on the FHIR types of the pinned snapshot. Missing elements (slices, members of datatypes) are
 * added as in a snapshot.
 *
 * @param sketches profiles
 * @param valueSets that these bind to
 */
export function constructedSnapshot(sketches: readonly Sketch[], valueSets: readonly PinnedValueSet[]): PinnedSnapshot {
  const pinned = pinnedSnapshot();
  const types = pinned.structureDefinitions.filter((one) => one.derivation !== 'constraint');
  const profiles: PinnedStructureDefinition[] = [];
  for (const sketch of sketches) profiles.push(profileOf(sketch, types, profiles));
  const bound = new Set(
    types.flatMap((type) => type.elements.map((element) => element.binding?.valueSet?.replace(/\|.*$/, ''))),
  );
  return {
    ...pinned,
    package: { name: 'constructed', version: '1.0.0', canonical: CONSTRUCTED },
    profiles: profiles.map((profile) => profile.url).sort(byCodeUnit),
    structureDefinitions: [...types, ...profiles].sort((a, b) => byCodeUnit(a.url, b.url)),
    valueSets: [...pinned.valueSets.filter((one) => bound.has(one.url)), ...valueSets].sort((a, b) =>
      byCodeUnit(a.url, b.url),
    ),
    unresolved: [],
  };
}

/** Canonical of a sketched profile. */
export function canonical(name: string): string {
  return `${CONSTRUCTED}/StructureDefinition/${name}`;
}

/**
 * A value set of complete lists of codes.
 *
 * @param name last part of its canonical
 * @param systems codes by system
 */
export function valueSet(name: string, systems: Readonly<Record<string, readonly string[]>>): PinnedValueSet {
  return {
    url: `${CONSTRUCTED}/ValueSet/${name}`,
    name,
    package: PACKAGE,
    systems: Object.entries(systems).map(([system, codes]) => ({ system, concepts: codes.map((code) => ({ code })) })),
  };
}

/** A required binding to a sketched value set. */
export function bound(name: string): Partial<PinnedElement> {
  return { binding: { strength: 'required', valueSet: `${CONSTRUCTED}/ValueSet/${name}` } };
}

/** `fixed[x]` */
export function fixed(type: string, value: Json): Partial<PinnedElement> {
  return { fixed: { type, value } };
}

/** `pattern[x]` */
export function pattern(type: string, value: Json): Partial<PinnedElement> {
  return { pattern: { type, value } };
}

/** Slicing by one discriminator. */
export function slicedBy(
  type: 'value' | 'pattern' | 'exists' | 'type' | 'profile',
  path: string,
  more: { readonly rules?: 'closed' | 'open' | 'openAtEnd'; readonly ordered?: true } = {},
): Partial<PinnedElement> {
  return { slicing: { discriminators: [{ type, path }], rules: 'open', ...more } };
}

function profileOf(
  sketch: Sketch,
  types: readonly PinnedStructureDefinition[],
  before: readonly PinnedStructureDefinition[],
): PinnedStructureDefinition {
  const { of } = sketch;
  const parent = of === undefined ? undefined : before.find((one) => one.name === of);
  if (of !== undefined && parent === undefined)
    throw new Error(`${sketch.name} derives from ${of}, which is not there`);
  const base = parent ?? definitionOf(sketch.type, types);
  let elements = [...base.elements];
  for (const [id, change] of Object.entries(sketch.edits)) {
    elements = withElement(elements, id, types);
    elements = elements.map((element) => (element.id === id ? { ...element, ...change } : element));
  }
  return {
    url: canonical(sketch.name),
    version: '1.0.0',
    id: sketch.name,
    name: sketch.name,
    kind: base.kind,
    type: sketch.type,
    derivation: 'constraint',
    baseDefinition: base.url,
    package: PACKAGE,
    elements,
  };
}

function definitionOf(type: string, types: readonly PinnedStructureDefinition[]): PinnedStructureDefinition {
  const found = types.find((one) => one.type === type);
  if (found === undefined) throw new Error(`${type} is not among the pinned types`);
  return found;
}

/** The elements with that of an id and all its parents. */
function withElement(
  elements: PinnedElement[],
  id: string,
  types: readonly PinnedStructureDefinition[],
): PinnedElement[] {
  if (elements.some((element) => element.id === id)) return elements;
  const colon = id.lastIndexOf(':');
  const dot = id.lastIndexOf('.');
  const slash = id.lastIndexOf('/');
  if (slash > dot) return sliced(elements, id, id.slice(0, slash), types);
  if (colon > dot) return sliced(elements, id, id.slice(0, colon), types);
  const parents = withElement(elements, id.slice(0, dot), types);
  const parent = elementWith(parents, id.slice(0, dot));
  return after(parents, parent.id, memberOf(parent, id.slice(dot + 1), parents, types));
}

/** A slice: an optional copy of the sliced element. */
function sliced(
  elements: PinnedElement[],
  id: string,
  of: string,
  types: readonly PinnedStructureDefinition[],
): PinnedElement[] {
  const wider = withElement(elements, of, types);
  const { slicing: _slicing, ...element } = elementWith(wider, of);
  return after(wider, of, { ...element, id, min: 0, sliceName: id.slice(id.lastIndexOf(':') + 1) });
}

/** A member as the profile, the FHIR type or the datatype defines it. */
function memberOf(
  parent: PinnedElement,
  name: string,
  elements: readonly PinnedElement[],
  types: readonly PinnedStructureDefinition[],
): PinnedElement {
  const path = `${parent.path}.${name}`;
  const id = `${parent.id}.${name}`;
  const known = elements.find((element) => element.id === path);
  if (known !== undefined) return { ...known, id };
  const code = parent.types?.[0]?.code ?? '';
  const own = definitionOf(code, types).elements.find((element) => element.path === `${code}.${name}`);
  if (own === undefined) throw new Error(`${code} has no element ${name}`);
  return { ...own, id, path };
}

function elementWith(elements: readonly PinnedElement[], id: string): PinnedElement {
  const found = elements.find((element) => element.id === id);
  if (found === undefined) throw new Error(`no element ${id}`);
  return found;
}

/** Inserts an element after another one and all elements below that. */
function after(elements: readonly PinnedElement[], id: string, added: PinnedElement): PinnedElement[] {
  const isBelow = (element: PinnedElement): boolean =>
    element.id === id || [`${id}.`, `${id}:`, `${id}/`].some((prefix) => element.id.startsWith(prefix));
  const at = elements.findLastIndex(isBelow) + 1;
  return [...elements.slice(0, at), added, ...elements.slice(at)];
}
