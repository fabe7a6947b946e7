import { describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { bound, constructedSnapshot, fixed, pattern, slicedBy, valueSet } from '../mutation/constructed.js';

const S = 'https://example.org/s';
const CODES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

describe('slices whose discriminators one item can match at once', () => {
  const { warnings } = buildModel(
    constructedSnapshot(
      [
        {
          name: 'Overlapping',
          type: 'Observation',
          edits: {
            'Observation.category': slicedBy('value', '$this'),
            'Observation.category:one': pattern('CodeableConcept', { coding: [{ system: S, code: 'a' }] }),
            'Observation.category:other': pattern('CodeableConcept', { coding: [{ system: S, code: 'z' }] }),
            'Observation.category:elsewhere': pattern('CodeableConcept', { coding: [{ system: 'urn:x', code: 'a' }] }),
            'Observation.category:some': bound('codes'),
          },
        },
        {
          name: 'Distinct',
          type: 'Patient',
          edits: {
            'Patient.identifier': {
              slicing: {
                discriminators: [
                  { type: 'value', path: 'system' },
                  { type: 'value', path: 'use' },
                ],
                rules: 'open',
              },
            },
            'Patient.identifier:a.system': { min: 1, ...fixed('Uri', 'urn:a') },
            'Patient.identifier:a.use': { min: 1, ...fixed('Code', 'usual') },
            'Patient.identifier:b.system': { min: 1, ...fixed('Uri', 'urn:b') },
            'Patient.identifier:b.use': { min: 1, ...fixed('Code', 'usual') },
          },
        },
      ],
      [valueSet('codes', { [S]: CODES }), valueSet('more', { [S]: CODES })],
    ),
  );
  const ofSlices = warnings.filter(({ message }) => message.includes('overlap'));

  it('cause one warning for each pair, which names the shared codes', () => {
    const all = 'matches both, so no instance with it can be valid';
    expect(ofSlices.map(({ message }) => message)).toEqual([
      `the slices one and some overlap: an item with ${S}|a ${all}`,
    ]);
  });

  it('are named with their element', () => {
    expect(new Set(ofSlices.map(({ where }) => where.element))).toEqual(new Set(['Observation.category']));
  });
});

it('of many shared codes the warning names the first', () => {
  const { warnings } = buildModel(
    constructedSnapshot(
      [
        {
          name: 'Long',
          type: 'Observation',
          edits: {
            'Observation.category': slicedBy('value', '$this'),
            'Observation.category:some': bound('codes'),
            'Observation.category:more': bound('more'),
          },
        },
      ],
      [valueSet('codes', { 'urn:s': CODES }), valueSet('more', { 'urn:s': [...CODES, 'h'] })],
    ),
  );
  expect(warnings.map(({ message }) => message)).toContainEqual(
    'the slices some and more overlap: an item with urn:s|a, urn:s|b, urn:s|c, urn:s|d, urn:s|e and 2 more matches both, ' +
      'so no instance with it can be valid',
  );
});
