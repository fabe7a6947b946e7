import { readFileSync } from 'node:fs';
import { buildModel } from '../../generator/model/build.js';
import type { ElementModel, Model, ProfileModel } from '../../generator/model/model.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import type {
  PinnedElement,
  PinnedSnapshot,
  PinnedStructureDefinition,
  PinnedValueSet,
} from '../../generator/pin/snapshot.js';

const file = new URL('../../generator/pinned.json', import.meta.url);

/** The committed snapshot. */
export const pinned: PinnedSnapshot = parseSnapshot(readFileSync(file, 'utf8'), 'generator/pinned.json');

/** The FHIR types, the base of all samples. */
const core = pinned.structureDefinitions.filter((one) => one.derivation !== 'constraint');

/** The constraints of an element of a sample; the rest is as in FHIR. */
export type SampleElement = Partial<PinnedElement> & { readonly id: string };

/** A profile of a sample. */
export interface SampleProfile {
  readonly name: string;
  readonly type: string;
  readonly elements: readonly SampleElement[];
  readonly base?: string;
}

/** Canonical of a profile of a sample. */
export function canonical(name: string): string {
  return `https://example.org/StructureDefinition/${name}`;
}

/**
 * A snapshot of hand-written profiles: elements that they do not constrain are as in FHIR.
 *
 * @param profiles all of them
 * @param valueSets that they bind
 */
export function sampleSnapshot(
  profiles: readonly SampleProfile[],
  valueSets: readonly PinnedValueSet[] = [],
): PinnedSnapshot {
  return {
    ...pinned,
    package: { name: 'example.sample', version: '1.0.0' },
    packages: [...pinned.packages, { name: 'example.sample', version: '1.0.0', canonical: 'https://example.org' }],
    profiles: profiles.map((profile) => canonical(profile.name)),
    structureDefinitions: [...core, ...profiles.map(definition)],
    valueSets: [...pinned.valueSets.filter((one) => one.url.startsWith('http://hl7.org/')), ...valueSets],
    unresolved: [],
  };
}

function definition(profile: SampleProfile): PinnedStructureDefinition {
  const base = core.find((one) => one.type === profile.type);
  if (base === undefined) throw new Error(`no ${profile.type}`);
  const stated = new Map(profile.elements.map((element) => [element.id, element]));
  const known = base.elements.flatMap((element) => [
    { ...element, ...stated.get(element.id) },
    ...profile.elements.filter((one) => one.id !== element.id && belongsTo(one.id, element.id)).map(complete),
  ]);
  return {
    url: canonical(profile.name),
    version: '1.0.0',
    id: profile.name,
    name: profile.name,
    kind: base.kind,
    type: profile.type,
    derivation: 'constraint',
    baseDefinition: profile.base ?? base.url,
    package: 'example.sample#1.0.0',
    elements: known,
  };

  /** An element of a slice or a datatype follows the element of FHIR that it belongs to. */
  function belongsTo(id: string, owner: string): boolean {
    if (!id.startsWith(`${owner}:`) && !id.startsWith(`${owner}.`)) return false;
    return !base?.elements.some(
      (one) =>
        one.id.length > owner.length && (id === one.id || id.startsWith(`${one.id}:`) || id.startsWith(`${one.id}.`)),
    );
  }
}

function complete(element: SampleElement): PinnedElement {
  const path = element.id.replace(/:[^.]+/g, '');
  const slice = /:([^.:]+)$/.exec(element.id)?.[1];
  return { path, min: 0, max: '*', ...(slice === undefined ? {} : { sliceName: slice }), ...element };
}

/**
 * The model of hand-written profiles.
 *
 * @param profiles all of them
 * @param valueSets that they bind
 */
export function sampleModel(profiles: readonly SampleProfile[], valueSets: readonly PinnedValueSet[] = []): Model {
  return buildModel(sampleSnapshot(profiles, valueSets));
}

/**
 * A profile of a model.
 *
 * @param model that has it
 * @param name of the profile
 */
export function profileNamed(model: Model, name: string): ProfileModel {
  const found = model.profiles.find((profile) => profile.name === name);
  if (found === undefined) throw new Error(`no profile ${name}`);
  return found;
}

/**
 * An element of a profile.
 *
 * @param profile that has it
 * @param id ElementDefinition.id, slices included
 */
export function elementWithId(profile: ProfileModel, id: string): ElementModel {
  const found = search(profile.root, id);
  if (found === undefined) throw new Error(`no element ${id}`);
  return found;
}

function search(element: ElementModel, id: string): ElementModel | undefined {
  if (element.id === id) return element;
  const below = [...element.children, ...(element.slicing?.slices.map((slice) => slice.element) ?? [])];
  for (const one of below) {
    const found = search(one, id);
    if (found !== undefined) return found;
  }
  return undefined;
}
