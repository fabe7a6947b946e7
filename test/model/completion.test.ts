import { beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import type { MemberCompletionModel } from '../../generator/model/completion-model.js';
import { resolveModel } from '../../generator/model/resolve.js';
import type { ResolvedModel } from '../../generator/model/resolved.js';
import {
  bound,
  canonical,
  constructedSnapshot,
  fixed,
  pattern,
  type Sketch,
  slicedBy,
  valueSet,
} from '../mutation/constructed.js';

const S = 'https://example.org/s';

/** Profiles on types with slices, and profiles that restate these slices. */
const SKETCHES: readonly Sketch[] = [
  {
    name: 'Kind',
    type: 'Extension',
    edits: {
      'Extension.url': fixed('Uri', canonical('Kind')),
      'Extension.extension': { max: '0' },
      'Extension.value[x]': { min: 1, types: [{ code: 'code' }] },
    },
  },
  {
    name: 'Details',
    type: 'Extension',
    edits: {
      'Extension.url': fixed('Uri', canonical('Details')),
      'Extension.extension': slicedBy('value', 'url'),
      'Extension.extension:text': { min: 1, max: '1' },
      'Extension.extension:text.url': fixed('Uri', 'text'),
      'Extension.extension:text.value[x]': { min: 1, types: [{ code: 'string' }] },
      'Extension.value[x]': { max: '0' },
    },
  },
  {
    name: 'KnownIdentifier',
    type: 'Identifier',
    edits: {
      'Identifier.extension': slicedBy('value', 'url'),
      'Identifier.extension:kind': { max: '1', types: [{ code: 'Extension', profiles: [canonical('Kind')] }] },
    },
  },
  {
    name: 'KnownConcept',
    type: 'CodeableConcept',
    edits: {
      'CodeableConcept.coding': slicedBy('value', 'system'),
      'CodeableConcept.coding:a': { max: '1' },
      'CodeableConcept.coding:a.system': { min: 1, ...fixed('Uri', S) },
    },
  },
  {
    name: 'Again',
    type: 'Observation',
    edits: {
      'Observation.extension': slicedBy('value', 'url'),
      'Observation.extension:details': { max: '1', types: [{ code: 'Extension', profiles: [canonical('Details')] }] },
      'Observation.extension:details.extension': slicedBy('value', 'url'),
      'Observation.extension:details.extension:text': { min: 1, max: '1' },
      'Observation.extension:details.extension:text.value[x]': { min: 1, types: [{ code: 'string' }], maxLength: 9 },
      'Observation.identifier': { types: [{ code: 'Identifier', profiles: [canonical('KnownIdentifier')] }] },
      'Observation.identifier.extension': slicedBy('value', 'url'),
      'Observation.identifier.extension:kind': {
        min: 1,
        types: [{ code: 'Extension', profiles: [canonical('Kind')] }],
      },
      'Observation.code': { types: [{ code: 'CodeableConcept', profiles: [canonical('KnownConcept')] }] },
      'Observation.code.coding': slicedBy('value', 'system'),
      'Observation.code.coding:a': { min: 1 },
    },
  },
  {
    name: 'Written',
    type: 'Observation',
    edits: {
      'Observation.extension': slicedBy('value', 'url'),
      'Observation.extension:kind': { min: 1, max: '1', types: [{ code: 'Extension', profiles: [canonical('Kind')] }] },
      'Observation.status': fixed('Code', 'final'),
      'Observation.language': { min: 1, ...pattern('Code', 'fr') },
      'Observation.language.id': { min: 1 },
      'Observation.implicitRules': fixed('Uri', 'urn:rules'),
      'Observation.implicitRules.id': { max: '1' },
      'Observation.bodySite': { min: 1 },
      'Observation.bodySite.coding': { min: 1, max: '1', ...bound('codes') },
      'Observation.bodySite.coding.system': { min: 1, ...fixed('Uri', S) },
      'Observation.code': { ...pattern('CodeableConcept', { text: 'x' }), ...bound('codes') },
      'Observation.category': {
        min: 1,
        max: '1',
        ...pattern('CodeableConcept', { coding: [{ system: S, code: 'c' }] }),
      },
      'Observation.method': fixed('CodeableConcept', { text: 'optional' }),
      'Observation.subject': { min: 1, ...pattern('Reference', { type: 'Patient' }) },
      'Observation.value[x]': { min: 1, types: [{ code: 'Quantity' }], ...pattern('Quantity', { code: 'mg' }) },
      'Observation.effective[x]': { min: 1, types: [{ code: 'dateTime' }, { code: 'Period' }] },
      'Observation.identifier': slicedBy('pattern', 'type'),
      'Observation.identifier:ins': { max: '1' },
      'Observation.identifier:ins.type': { min: 1, ...pattern('CodeableConcept', { coding: [{ code: 'INS' }] }) },
      'Observation.identifier:ins.use': fixed('Code', 'official'),
      'Observation.identifier:ins.system': fixed('Uri', 'urn:oid:1.2'),
      'Observation.identifier:ins.value': { min: 1 },
    },
  },
];

let model: ResolvedModel;

beforeAll(() => {
  model = resolveModel(buildModel(constructedSnapshot(SKETCHES, [valueSet('codes', { [S]: ['c'] })])));
});

/** The completion of a member, by property names and slice names: `extension:details.extension`. */
function at(profile: string, path: string): MemberCompletionModel | undefined {
  const found = model.profiles.find((one) => one.name === profile);
  let members = found?.completion.members ?? [];
  let member: MemberCompletionModel | undefined;
  for (const step of path.split('.')) {
    const [key, slice] = step.split(':');
    member = members.find((one) => one.key === key);
    const item = slice === undefined ? member?.item : member?.slices?.find((one) => one.name === slice)?.item;
    members = item?.members ?? [];
  }
  return member;
}

describe('a slice that a profile restates', () => {
  it.each([
    ['of an extension', 'extension:details.extension', 'text'],
    ['of an identifier', 'identifier.extension', 'kind'],
    ['of a coding', 'code.coding', 'a'],
  ])('%s remains one slice', (_, path, slice) => {
    expect(at('Again', path)?.slices?.map(({ name }) => name)).toEqual([slice]);
  });

  it('is written once if it is required and its value is known', () => {
    expect(at('Again', 'code.coding')?.write).toEqual([{ system: S }]);
  });
});

describe('an element that the input omits', () => {
  it.each<readonly [string, string, unknown]>([
    ['is written if it is fixed', 'status', 'final'],
    ['is written if its pattern is complete', 'category', [{ coding: [{ system: S, code: 'c' }] }]],
    ['is written in the only type of a choice', 'valueQuantity', { code: 'mg' }],
    ['is not written if it is optional', 'method', undefined],
    ['is not written if the choice has several types', 'effectiveDateTime', undefined],
    ['is not written for a reference without a target', 'subject', undefined],
    ['is not written for a concept whose binding requires a coding', 'code', undefined],
    ['is not written for an extension without a value', 'extension', undefined],
    ['is not written for a coding whose binding requires a code', 'bodySite', undefined],
    ['is not written for a primitive that requires an id', 'language', undefined],
  ])('%s', (_, path, write) => {
    expect(at('Written', path)?.write).toEqual(write);
  });

  it('is written next to extensions of the primitive, even if optional or not complete', () => {
    expect(at('Written', 'implicitRules')).toEqual({ key: 'implicitRules', beside: 'urn:rules' });
    expect(at('Written', 'language')).toEqual({ key: 'language', beside: 'fr' });
    expect(at('Written', 'method')).toBeUndefined();
  });
});

describe('an item of a slice', () => {
  it('gets its discriminating values, and a fixed system even if optional', () => {
    expect(at('Written', 'identifier:ins.type')?.write).toEqual({ coding: [{ code: 'INS' }] });
    expect(at('Written', 'identifier:ins.system')?.write).toBe('urn:oid:1.2');
    expect(at('Written', 'identifier:ins.use')?.write).toBeUndefined();
  });

  it('may be given as the only value that remains open', () => {
    const [slice] = at('Written', 'identifier')?.slices ?? [];
    expect(slice).toMatchObject({ name: 'ins', bare: 'value' });
    expect(at('Written', 'extension')?.slices?.[0]).toMatchObject({ bare: 'valueCode', url: true });
  });
});
