import { describe, expect, it } from 'vitest';
import { definitionIndex } from '../../generator/fhir/definition-index.js';
import { withOwnShorts } from '../../generator/pin/short.js';
import type { PinnedElement, PinnedStructureDefinition, PinnedType } from '../../generator/pin/snapshot.js';

const FHIR = 'http://hl7.org/fhir/StructureDefinition/';
const GUIDE = 'http://example.org/';

function element(
  id: string,
  short: string | undefined,
  base: string,
  types: readonly PinnedType[] = [],
): PinnedElement {
  const path = id.replace(/:[^.]*/g, '');
  return {
    id,
    path,
    ...(short !== undefined && { short }),
    min: 0,
    max: '*',
    base: { path: base, min: 0, max: '*' },
    ...(types.length > 0 && { types }),
  };
}

function definition(url: string, type: string, elements: readonly PinnedElement[]): PinnedStructureDefinition {
  const isType = url === FHIR + type;
  return {
    url,
    id: type,
    name: type,
    kind: 'complex-type',
    type,
    derivation: isType ? 'specialization' : 'constraint',
    package: 'example#1.0.0',
    elements,
  };
}

const EXTENSION = [{ code: 'Extension', profiles: [`${GUIDE}ext`] }];
const OWN_TYPE = [{ code: 'Identifier', profiles: [`${GUIDE}own`] }];
const DEFINITIONS = [
  definition(`${FHIR}Patient`, 'Patient', [
    element('Patient', 'Information about an individual', 'Patient'),
    element('Patient.extension', 'Additional content', 'DomainResource.extension'),
    element('Patient.identifier', 'An identifier for this patient', 'Patient.identifier'),
  ]),
  definition(`${FHIR}DomainResource`, 'DomainResource', [
    element('DomainResource', 'A resource', 'DomainResource'),
    element('DomainResource.extension', 'Additional content', 'DomainResource.extension'),
  ]),
  definition(`${FHIR}Identifier`, 'Identifier', [
    element('Identifier', 'An identifier intended for computation', 'Identifier'),
    element('Identifier.system', 'The namespace', 'Identifier.system'),
  ]),
  definition(`${FHIR}Extension`, 'Extension', [element('Extension', 'Optional Extensions Element', 'Extension')]),
  definition(`${GUIDE}ext`, 'Extension', [element('Extension', 'How tall', 'Extension')]),
  definition(`${GUIDE}plain`, 'Extension', [element('Extension', 'Extension', 'Extension')]),
  definition(`${GUIDE}own`, 'Identifier', [element('Identifier', 'National identifier', 'Identifier')]),
];

/** The shorts of a profile's elements after completion. */
function shortsOf(...elements: readonly PinnedElement[]): readonly (string | undefined)[] {
  const all = [...DEFINITIONS, definition(`${GUIDE}p`, 'Patient', elements)];
  const found = withOwnShorts(all, definitionIndex(all)).find(({ url }) => url === `${GUIDE}p`);
  return found?.elements.map(({ short }) => short) ?? [];
}

describe('the short of an element', () => {
  it.each<[string, PinnedElement, string | undefined]>([
    [
      'is that of the guide',
      element('Patient.identifier', 'Ours', 'Patient.identifier', [{ code: 'Identifier' }]),
      'Ours',
    ],
    [
      "is FHIR's for the element, not for its datatype",
      element('Patient.identifier', 'An identifier intended for computation', 'Patient.identifier', [
        { code: 'Identifier' },
      ]),
      'An identifier for this patient',
    ],
    [
      'is filled in from FHIR',
      element('Patient.identifier', undefined, 'Patient.identifier'),
      'An identifier for this patient',
    ],
    [
      "is that of the profile on the type, before FHIR's for the element",
      element('Patient.identifier', 'An identifier for this patient', 'Patient.identifier', OWN_TYPE),
      'National identifier',
    ],
    [
      "is that of the profile on the type, before FHIR's for the type",
      element('Patient.identifier', 'An identifier intended for computation', 'Patient.identifier', OWN_TYPE),
      'National identifier',
    ],
    [
      'is that of the guide, before that of the profile on the type',
      element('Patient.identifier', 'Ours', 'Patient.identifier', OWN_TYPE),
      'Ours',
    ],
    [
      'is that of the extension definition',
      element('Patient.extension:e', 'Additional content', 'DomainResource.extension', EXTENSION),
      'How tall',
    ],
    [
      'is that of the extension definition in place of "Extension"',
      element('Patient.extension:e', 'Extension', 'DomainResource.extension', EXTENSION),
      'How tall',
    ],
    [
      'is never just "Extension"',
      element('Patient.extension', 'Extension', 'DomainResource.extension', [{ code: 'Extension' }]),
      'Additional content',
    ],
    [
      "is FHIR's if the extension definition has none either",
      element('Patient.extension:e', 'Extension', 'DomainResource.extension', [
        { code: 'Extension', profiles: [`${GUIDE}plain`] },
      ]),
      'Additional content',
    ],
    [
      "is FHIR's if the type has several profiles",
      element('Patient.identifier', 'An identifier for this patient', 'Patient.identifier', [
        { code: 'Identifier', profiles: [`${GUIDE}own`, `${GUIDE}other`] },
      ]),
      'An identifier for this patient',
    ],
    ['is kept if FHIR has none', element('Patient.wings', 'Two', 'Patient.wings', [{ code: 'Identifier' }]), 'Two'],
  ])('%s', (_, one, short) => {
    expect(shortsOf(one)).toEqual([short]);
  });

  it('of a slice is that of all items, whether or not the snapshot repeats it', () => {
    const general = [
      element('Patient.identifier', 'Ours', 'Patient.identifier', [{ code: 'Identifier' }]),
      element('Patient.identifier.system', 'Whose', 'Identifier.system', [{ code: 'uri' }]),
    ];
    const repeated = shortsOf(
      ...general,
      element('Patient.identifier:a', 'Ours', 'Patient.identifier'),
      element('Patient.identifier:a.system', 'Whose', 'Identifier.system'),
    );
    const withFhirsTexts = shortsOf(
      ...general,
      element('Patient.identifier:a', 'An identifier for this patient', 'Patient.identifier'),
      element('Patient.identifier:a.system', 'The namespace', 'Identifier.system'),
    );
    expect(repeated).toEqual(['Ours', 'Whose', 'Ours', 'Whose']);
    expect(withFhirsTexts).toEqual(repeated);
  });

  it('keeps its place among the members, as pinned files are compared by bytes', () => {
    const all = [
      ...DEFINITIONS,
      definition(`${GUIDE}p`, 'Patient', [element('Patient.identifier', undefined, 'Patient.identifier')]),
    ];
    const found = withOwnShorts(all, definitionIndex(all)).find(({ url }) => url === `${GUIDE}p`);
    expect(Object.keys(found?.elements[0] ?? {}).slice(0, 4)).toEqual(['id', 'path', 'short', 'min']);
  });

  it("of FHIR's own definitions is kept", () => {
    const types = DEFINITIONS.filter(({ derivation }) => derivation === 'specialization');
    expect(withOwnShorts(types, definitionIndex(types))).toEqual(types);
  });
});
