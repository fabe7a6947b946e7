import type { PinnedElement, PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { canonical, type SampleElement, type SampleProfile, sampleSnapshot } from '../model/sample.js';

/** A place where an element can have a fact. */
export interface Position {
  readonly what: string;
  /** Name of the profile. */
  readonly profile: string;
  /** Path of its module. */
  readonly module: string;
  /** ElementDefinition.id of the element that has the fact. */
  readonly id: string;
  /** The profile without the fact. */
  readonly type: string;
  readonly elements: readonly SampleElement[];
}

/** Required, so that the output has a declaration with a comment. */
const STRING = { min: 1, max: '1', types: [{ code: 'string' }] };

/** A slice that the profile of the datatype defines and `Patient.identifier` restates. */
const KIND: SampleProfile = {
  name: 'KindIdentifier',
  type: 'Identifier',
  elements: [
    {
      id: 'Identifier.type.coding',
      types: [{ code: 'Coding' }],
      slicing: { discriminators: [{ type: 'value', path: 'system' }], rules: 'open' },
    },
    { id: 'Identifier.type.coding:kind', max: '1', types: [{ code: 'Coding' }] },
    {
      id: 'Identifier.type.coding:kind.system',
      min: 1,
      max: '1',
      types: [{ code: 'uri' }],
      fixed: { type: 'Uri', value: 'urn:kind' },
    },
  ],
};

/** All kinds of places. */
export const POSITIONS: readonly Position[] = [
  {
    what: 'an element',
    profile: 'OnElement',
    module: 'on-element',
    type: 'Observation',
    id: 'Observation.component.interpretation.text',
    elements: [{ id: 'Observation.component.interpretation.text', ...STRING }],
  },
  {
    what: 'a member of a datatype',
    profile: 'OnMember',
    module: 'on-member',
    type: 'Patient',
    id: 'Patient.name.text',
    elements: [{ id: 'Patient.name.text', ...STRING }],
  },
  {
    what: 'a slice that the profile of the datatype has',
    profile: 'OnRepeated',
    module: 'on-repeated',
    type: 'Patient',
    id: 'Patient.identifier.type.coding:kind.display',
    elements: [
      { id: 'Patient.identifier', types: [{ code: 'Identifier', profiles: [canonical(KIND.name)] }] },
      { id: 'Patient.identifier.type', max: '1', types: [{ code: 'CodeableConcept' }] },
      ...KIND.elements.map(({ id, ...rest }) => ({ ...rest, id: id.replace('Identifier', 'Patient.identifier') })),
      { id: 'Patient.identifier.type.coding:kind.display', ...STRING },
    ],
  },
  {
    what: 'an extension slice',
    profile: 'OnExtension',
    module: 'on-extension',
    type: 'Patient',
    id: 'Patient.extension:note.value[x]',
    elements: [
      {
        id: 'Patient.extension',
        types: [{ code: 'Extension' }],
        slicing: { discriminators: [{ type: 'value', path: 'url' }], rules: 'open' },
      },
      { id: 'Patient.extension:note', max: '1', types: [{ code: 'Extension' }] },
      {
        id: 'Patient.extension:note.url',
        min: 1,
        max: '1',
        types: [{ code: 'uri' }],
        fixed: { type: 'Uri', value: 'urn:note' },
      },
      { id: 'Patient.extension:note.value[x]', ...STRING },
    ],
  },
  {
    what: 'a choice slice',
    profile: 'OnChoice',
    module: 'on-choice',
    type: 'Observation',
    id: 'Observation.value[x]:valueString',
    elements: [
      {
        id: 'Observation.value[x]',
        max: '1',
        types: [{ code: 'string' }, { code: 'Quantity' }],
        slicing: { discriminators: [{ type: 'type', path: '$this' }], rules: 'open' },
      },
      { id: 'Observation.value[x]:valueString', ...STRING, min: 0 },
    ],
  },
];

/**
 * A snapshot with a profile for each place.
 *
 * @param added additional members of the element at each place
 */
export function snapshotOf(added: Partial<PinnedElement>): PinnedSnapshot {
  const profiles = POSITIONS.map(({ profile, type, id, elements }): SampleProfile => ({
    name: profile,
    type,
    elements: elements.map((element) => (element.id === id ? { ...element, ...added } : element)),
  }));
  return sampleSnapshot([KIND, ...profiles]);
}
