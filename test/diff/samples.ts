import { compare } from '../../generator/compare.js';
import type { Change } from '../../generator/diff/change.js';
import type {
  PinnedElement,
  PinnedSnapshot,
  PinnedStructureDefinition,
  PinnedValueSet,
} from '../../generator/pin/snapshot.js';

export const CORE = 'http://hl7.org/fhir/StructureDefinition/';
export const GUIDE = 'https://guide.example/StructureDefinition/';

/** An element: id, cardinality as FHIR writes it, and other members. */
export function element(id: string, cardinality: string, more: Partial<PinnedElement> = {}): PinnedElement {
  const [min = '0', max = '*'] = cardinality.split('..');
  const sliceName = /:([^.:]*)$/.exec(id)?.[1];
  return {
    id,
    path: id.replace(/:[^.]*/g, ''),
    min: Number(min),
    max,
    base: { path: id, min: 0, max: '*' },
    ...(sliceName === undefined ? {} : { sliceName }),
    ...more,
  };
}

/** A FHIR type with the elements that the tests need. */
function fhirType(
  type: string,
  elements: readonly PinnedElement[],
  base?: string,
  kind: PinnedStructureDefinition['kind'] = base === 'Resource' ? 'resource' : 'complex-type',
): PinnedStructureDefinition {
  return {
    url: `${CORE}${type}`,
    version: '4.0.1',
    id: type,
    name: type,
    kind,
    type,
    derivation: 'specialization',
    ...(base === undefined ? {} : { baseDefinition: `${CORE}${base}` }),
    package: 'hl7.fhir.r4.core#4.0.1',
    elements: [element(type, '0..*'), ...elements],
  };
}

const single = { base: { path: 'x', min: 0, max: '1' } };

const TYPES: readonly PinnedStructureDefinition[] = [
  fhirType('Coding', [
    element('Coding.system', '0..1', { ...single, types: [{ code: 'uri' }] }),
    element('Coding.code', '0..1', { ...single, types: [{ code: 'code' }] }),
  ]),
  fhirType('ContactPoint', [
    element('ContactPoint.system', '0..1', { ...single, types: [{ code: 'code' }] }),
    element('ContactPoint.value', '0..1', { ...single, types: [{ code: 'string' }] }),
  ]),
  fhirType('Extension', [
    element('Extension.url', '1..1', { ...single, types: [{ code: 'uri' }] }),
    element('Extension.value[x]', '0..1', { ...single, types: [{ code: 'string' }, { code: 'Quantity' }] }),
  ]),
  fhirType('Group', [], 'Resource'),
  fhirType('Identifier', [
    element('Identifier.system', '0..1', { ...single, types: [{ code: 'uri' }] }),
    element('Identifier.value', '0..1', { ...single, types: [{ code: 'string' }] }),
  ]),
  fhirType('Observation', [], 'Resource'),
  fhirType('Patient', [], 'Resource'),
  fhirType('Quantity', [element('Quantity.unit', '0..1', { ...single, types: [{ code: 'string' }] })]),
  fhirType('Resource', []),
  ...['boolean', 'code', 'id', 'string', 'uri'].map((type) => fhirType(type, [], undefined, 'primitive-type')),
];

/** The FHIR types, with the elements that profiles in the tests constrain. */
function typesFor(profiles: readonly PinnedStructureDefinition[]): readonly PinnedStructureDefinition[] {
  return TYPES.map((type) => {
    const known = new Map(type.elements.map((one) => [one.path, one]));
    for (const { elements } of profiles.filter((one) => one.type === type.type)) {
      for (const { path, base, types, contentReference } of elements) {
        const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
        const owner = known.get(parent);
        const isDatatype =
          owner?.contentReference !== undefined ||
          owner?.types?.some(({ code }) => code !== 'BackboneElement') === true;
        if (known.has(path) || isDatatype || owner === undefined) continue;
        // A choice has all types that a test gives it.
        const codes = path.endsWith('[x]')
          ? ['string', 'Quantity']
          : [...new Set((types ?? []).map(({ code }) => code))];
        known.set(path, {
          id: path,
          path,
          min: 0,
          max: base?.max ?? '*',
          ...(codes.length > 0 && { types: codes.map((code) => ({ code })) }),
          ...(contentReference !== undefined && { contentReference }),
        });
      }
    }
    return { ...type, elements: [...known.values()] };
  });
}

/** A profile with the given elements. */
export function profile(
  id: string,
  type: string,
  elements: readonly PinnedElement[] = [],
  more: Partial<PinnedStructureDefinition> = {},
): PinnedStructureDefinition {
  return {
    url: `${GUIDE}${id}`,
    version: '1.0.0',
    id,
    name: id,
    kind: 'resource',
    type,
    derivation: 'constraint',
    baseDefinition: `${CORE}${type}`,
    package: 'guide.example#1.0.0',
    elements: [element(type, '0..*'), ...elements],
    ...more,
  };
}

/** A value set of one system with the given codes; `code=display` has a display. */
export function valueSet(id: string, codes: readonly string[], more: Partial<PinnedValueSet> = {}): PinnedValueSet {
  return {
    url: `https://guide.example/ValueSet/${id}`,
    name: id,
    package: 'guide.example#1.0.0',
    systems: [
      {
        system: 'urn:system',
        concepts: codes.map((text) => {
          const [code = '', display] = text.split('=');
          return { code, ...(display === undefined ? {} : { display }) };
        }),
      },
    ],
    ...more,
  };
}

/** A snapshot of profiles and value sets. */
export function snapshot(
  profiles: readonly PinnedStructureDefinition[],
  valueSets: readonly PinnedValueSet[] = [],
  more: Partial<PinnedSnapshot> = {},
): PinnedSnapshot {
  return {
    format: 1,
    package: { name: 'guide.example', version: '1.0.0' },
    fhirVersion: '4.0.1',
    packages: [
      { name: 'guide.example', version: '1.0.0' },
      { name: 'hl7.fhir.r4.core', version: '4.0.1' },
    ],
    profiles: profiles.map(({ url }) => url),
    structureDefinitions: [...typesFor(profiles), ...profiles],
    valueSets,
    unresolved: [],
    ...more,
  };
}

/** The changes from one snapshot to another, each as `impact kind: sentence`. */
export function changes(old: PinnedSnapshot, next: PinnedSnapshot): string[] {
  return compare(old, next).map(brief);
}

/** A change in one line. */
export function brief(change: Change): string {
  return `${change.impact} ${change.kind}: ${change.sentence}`;
}
