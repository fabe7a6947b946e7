import { expect, test } from 'vitest';
import { nearest } from '../../generator/pin/nearest.js';

test('suggestions are sorted by similarity', () => {
  expect(nearest('derivd', ['base', 'derived', 'derive'])).toEqual(['derive', 'derived']);
  expect(nearest('xyz', ['derived'])).toEqual([]);
});

test('among names that contain the input, the shortest comes first', () => {
  const names = ['FRCorePatientBirthPlaceExtension', 'FRCorePatientContactExtension', 'FRCorePatientProfile'];
  expect(nearest('Patient', names, 1)).toEqual(['FRCorePatientProfile']);
});
