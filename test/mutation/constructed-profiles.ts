import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import {
  bound,
  canonical,
  constructedSnapshot,
  fixed,
  pattern,
  type Sketch,
  slicedBy,
  valueSet,
} from './constructed.js';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
const COLOURS = 'https://example.org/colours';
const SHAPES = 'https://example.org/shapes';

const VALUE_SETS = [
  valueSet('colours', { [COLOURS]: ['red', 'green'] }),
  valueSet('things', { [COLOURS]: ['red'], [SHAPES]: ['round', 'square'] }),
  valueSet('units', { [UCUM]: ['mg', 'kg'] }),
  valueSet('words', { [COLOURS]: ['red', 'green', 'blue'] }),
];

const code = (text: string): object => pattern('CodeableConcept', { coding: [{ system: LOINC, code: text }] });
const reference = (...targets: string[]): object => ({ types: [{ code: 'Reference', targetProfiles: targets }] });
const fhir = (type: string): string => `http://hl7.org/fhir/StructureDefinition/${type}`;

/** Slicing in all its forms (FHIR R4, Profiling FHIR, "Slicing" and "Discriminator"). */
const SLICINGS: readonly Sketch[] = [
  {
    name: 'ClosedComponents',
    type: 'Observation',
    edits: {
      'Observation.component': { ...slicedBy('pattern', 'code', { rules: 'closed', ordered: true }), min: 1 },
      'Observation.component:first': { min: 1, max: '1' },
      'Observation.component:first.code': code('1-1'),
      'Observation.component:first.value[x]': { min: 1, types: [{ code: 'Quantity' }], ...bound('units') },
      'Observation.component:second': { max: '2' },
      'Observation.component:second.code': code('2-2'),
      'Observation.component:second.value[x]': { min: 1, types: [{ code: 'string' }] },
    },
  },
  {
    name: 'OrderedToTheEnd',
    type: 'Patient',
    edits: {
      'Patient.identifier': slicedBy('value', 'system', { rules: 'openAtEnd', ordered: true }),
      'Patient.identifier:one': { min: 1, max: '1' },
      'Patient.identifier:one.system': { min: 1, ...fixed('Uri', 'https://example.org/one') },
      'Patient.identifier:one.value': { min: 1 },
      'Patient.identifier:two': { min: 1, max: '*' },
      'Patient.identifier:two.system': { min: 1, ...pattern('Uri', 'https://example.org/two') },
      'Patient.identifier:two.type': { min: 1 },
      'Patient.telecom': slicedBy('exists', 'period', { rules: 'closed' }),
      'Patient.telecom:past': { max: '1' },
      'Patient.telecom:past.period': { min: 1 },
      'Patient.telecom:past.value': { min: 1 },
      'Patient.telecom:present': { min: 1 },
      'Patient.telecom:present.period': { max: '0' },
      'Patient.telecom:present.system': { min: 1, ...fixed('Code', 'email') },
    },
  },
  {
    name: 'SlicedAgain',
    type: 'Patient',
    edits: {
      'Patient.identifier': slicedBy('value', 'use'),
      'Patient.identifier:official': { min: 1, max: '3', ...slicedBy('value', 'system') },
      'Patient.identifier:official.use': { min: 1, ...fixed('Code', 'official') },
      'Patient.identifier:official/national': { min: 1, max: '1' },
      'Patient.identifier:official/national.system': { min: 1, ...fixed('Uri', 'https://example.org/national') },
      'Patient.identifier:official/national.value': { min: 1 },
      'Patient.name': slicedBy('value', 'use'),
      'Patient.name:usual': { max: '1' },
      'Patient.name:usual.use': { min: 1, ...fixed('Code', 'usual') },
      'Patient.name:usual.given': { min: 2, max: '3' },
    },
  },
  {
    name: 'Sections',
    type: 'Composition',
    edits: {
      'Composition.section': { min: 1, ...slicedBy('pattern', 'code') },
      'Composition.section:results': { min: 1, max: '1' },
      'Composition.section:results.code': { min: 1, ...code('30954-2') },
      'Composition.section:results.entry': { min: 1, ...reference(canonical('ClosedComponents')) },
      'Composition.section:results.section': { max: '0' },
      'Composition.section:notes': { max: '1' },
      'Composition.section:notes.code': { min: 1, ...code('48767-8') },
      'Composition.section:notes.text': { min: 1 },
    },
  },
  {
    name: 'Entries',
    type: 'Bundle',
    edits: {
      'Bundle.type': fixed('Code', 'collection'),
      'Bundle.entry': { min: 1, ...slicedBy('type', 'resource', { rules: 'closed' }) },
      'Bundle.entry:patient': { min: 1, max: '1' },
      'Bundle.entry:patient.resource': {
        min: 1,
        types: [{ code: 'Patient', profiles: [canonical('SlicedAgain')] }],
      },
      'Bundle.entry:observation': { max: '2' },
      'Bundle.entry:observation.resource': {
        min: 1,
        types: [{ code: 'Observation', profiles: [canonical('FixedValues')] }],
      },
    },
  },
  {
    name: 'ResolvedTargets',
    type: 'Observation',
    edits: {
      'Observation.hasMember': slicedBy('type', 'resolve()'),
      'Observation.performer': { min: 1, ...slicedBy('type', 'resolve()', { rules: 'closed' }) },
      'Observation.performer:human': { min: 1, max: '1', ...reference(fhir('Practitioner')) },
      'Observation.performer:human.display': { min: 1 },
      'Observation.performer:group': { max: '1', ...reference(fhir('Organization')) },
      'Observation.category': { min: 1, ...slicedBy('value', '$this') },
      'Observation.category:thing': { min: 1, max: '1', ...bound('things') },
      'Observation.subject': { min: 1, ...reference(canonical('SlicedAgain')) },
    },
  },
];

/** Values, codes, choices, profiles on datatypes and extensions. */
const VALUES: readonly Sketch[] = [
  {
    name: 'FixedValues',
    type: 'Observation',
    edits: {
      'Observation.status': fixed('Code', 'final'),
      'Observation.code': fixed('CodeableConcept', { coding: [{ system: LOINC, code: '3-3', display: 'Three' }] }),
      'Observation.identifier': {
        min: 1,
        max: '1',
        ...pattern('Identifier', { system: 'https://example.org/id', type: { coding: [{ code: 'ID' }] } }),
      },
      'Observation.method': { min: 1, ...bound('things') },
      'Observation.bodySite': bound('colours'),
      'Observation.value[x]': {
        min: 1,
        types: [{ code: 'Quantity' }],
        ...pattern('Quantity', { system: UCUM, code: 'mg' }),
      },
      'Observation.effective[x]': { min: 1, types: [{ code: 'dateTime' }, { code: 'Period' }] },
      'Observation.note': { max: '2' },
      'Observation.device': { max: '0' },
      'Observation.interpretation': { min: 2, max: '4' },
      'Observation.referenceRange.text': { min: 1, maxLength: 20 },
      'Observation.component.value[x]': { types: [{ code: 'string' }, { code: 'boolean' }], ...bound('words') },
      'Observation.component.referenceRange': { max: '1' },
    },
  },
  {
    name: 'ChoicesByType',
    type: 'Observation',
    edits: {
      'Observation.value[x]': {
        min: 1,
        types: [{ code: 'Quantity' }, { code: 'CodeableConcept' }, { code: 'Range' }],
        ...slicedBy('type', '$this'),
      },
      'Observation.value[x]:valueQuantity': { types: [{ code: 'Quantity', profiles: [canonical('Mass')] }] },
      'Observation.value[x]:valueCodeableConcept': { types: [{ code: 'CodeableConcept' }], ...bound('colours') },
      'Observation.component': slicedBy('type', 'value.ofType(Quantity)'),
      'Observation.derivedFrom': { max: '0' },
    },
  },
  {
    name: 'Mass',
    type: 'Quantity',
    edits: {
      'Quantity.value': { min: 1 },
      'Quantity.system': { min: 1, ...fixed('Uri', UCUM) },
      'Quantity.code': { min: 1, ...bound('units') },
      'Quantity.comparator': { max: '0' },
    },
  },
  {
    name: 'Label',
    type: 'Extension',
    edits: {
      'Extension.url': fixed('Uri', canonical('Label')),
      'Extension.extension': { max: '0' },
      'Extension.value[x]': { min: 1, types: [{ code: 'string' }, { code: 'Coding' }], ...bound('words') },
    },
  },
  {
    name: 'Details',
    type: 'Extension',
    edits: {
      'Extension.url': fixed('Uri', canonical('Details')),
      'Extension.extension': { min: 2, ...slicedBy('value', 'url', { rules: 'closed' }) },
      'Extension.extension:amount': { min: 1, max: '1' },
      'Extension.extension:amount.extension': { max: '0' },
      'Extension.extension:amount.url': fixed('Uri', 'amount'),
      'Extension.extension:amount.value[x]': { min: 1, types: [{ code: 'Quantity', profiles: [canonical('Mass')] }] },
      'Extension.extension:who': { min: 1, max: '2' },
      'Extension.extension:who.extension': { max: '0' },
      'Extension.extension:who.url': fixed('Uri', 'who'),
      'Extension.extension:who.value[x]': { min: 1, ...reference(fhir('Patient'), fhir('Practitioner')) },
      'Extension.value[x]': { max: '0' },
    },
  },
  {
    name: 'Extended',
    type: 'Patient',
    edits: {
      'Patient.extension': { min: 1, ...slicedBy('value', 'url') },
      'Patient.extension:details': {
        min: 1,
        max: '1',
        types: [{ code: 'Extension', profiles: [canonical('Details')] }],
      },
      'Patient.extension:label': { max: '2', types: [{ code: 'Extension', profiles: [canonical('Label')] }] },
      'Patient.modifierExtension': slicedBy('value', 'url'),
      'Patient.modifierExtension:label': {
        max: '1',
        types: [{ code: 'Extension', profiles: [canonical('Label')] }],
      },
      'Patient.birthDate': { min: 1 },
      'Patient.birthDate.extension': slicedBy('value', 'url'),
      'Patient.birthDate.extension:label': {
        max: '1',
        types: [{ code: 'Extension', profiles: [canonical('Label')] }],
      },
      'Patient.contact': { max: '0' },
      'Patient.deceased[x]': { max: '0' },
      'Patient.multipleBirth[x]': { min: 1, types: [{ code: 'integer' }] },
      'Patient.maritalStatus.coding': { min: 1, max: '1' },
      'Patient.maritalStatus.coding.system': { min: 1 },
      'Patient.generalPractitioner': { max: '1', ...reference(fhir('Organization')) },
      'Patient.communication.language': bound('things'),
    },
  },
];

/**
 * Features that the others lack: fixed values and patterns of more datatypes, slicing by profile, a derived profile.
 */
const REST: readonly Sketch[] = [
  {
    name: 'FixedDatatypes',
    type: 'Encounter',
    edits: {
      'Encounter.modifierExtension': { min: 1, ...slicedBy('value', 'url') },
      'Encounter.modifierExtension:label': {
        min: 1,
        max: '1',
        types: [{ code: 'Extension', profiles: [canonical('Label')] }],
      },
      'Encounter.identifier': {
        min: 1,
        max: '1',
        ...fixed('Identifier', { system: 'https://example.org/id', value: 'E-1' }),
      },
      'Encounter.class': fixed('Coding', { system: COLOURS, code: 'red' }),
      'Encounter.type': { min: 1, max: '1' },
      'Encounter.type.coding': { min: 1, max: '1', ...pattern('Coding', { system: SHAPES, code: 'round' }) },
      'Encounter.serviceType': { min: 1, ...code('4-4') },
      'Encounter.priority': { min: 1, ...bound('colours') },
      'Encounter.subject': { min: 1, ...pattern('Reference', { type: 'Patient' }) },
      'Encounter.period': { min: 1, ...pattern('Period', { start: '2024-01-01' }) },
      'Encounter.length': { min: 1, ...fixed('Duration', { value: 1, system: UCUM, code: 'd' }) },
    },
  },
  {
    name: 'EntriesByProfile',
    type: 'Bundle',
    edits: {
      'Bundle.type': fixed('Code', 'collection'),
      'Bundle.entry': { min: 1, ...slicedBy('profile', 'resource') },
      'Bundle.entry:encounter': { min: 1, max: '1' },
      'Bundle.entry:encounter.resource': {
        min: 1,
        types: [{ code: 'Encounter', profiles: [canonical('FixedDatatypes')] }],
      },
    },
  },
  {
    name: 'DerivedValues',
    type: 'Observation',
    of: 'FixedValues',
    edits: {
      'Observation.note': { min: 1 },
      'Observation.subject': { min: 1, ...reference(canonical('SlicedAgain')) },
    },
  },
  {
    name: 'DerivedSlices',
    type: 'Patient',
    of: 'SlicedAgain',
    edits: {
      'Patient.name:usual': { min: 1 },
      'Patient.identifier:official': { max: '2' },
    },
  },
];

/**
 * A guide with features of profiles that real guides rarely use: slicing that is closed, ordered, openAtEnd, by type,
 * by existence, of slices; fixed and pattern values of datatypes; units; choices by type.
 */
export function constructedGuide(): PinnedSnapshot {
  return constructedSnapshot([...SLICINGS, ...VALUES, ...REST], VALUE_SETS);
}
