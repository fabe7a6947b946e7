import { expect, test } from 'vitest';
import { nearest } from '../../generator/pin/nearest.js';

test('names that were meant, nearest first', () => {
  expect(nearest('derivd', ['base', 'derived', 'derive'])).toEqual(['derive', 'derived']);
  expect(nearest('xyz', ['derived'])).toEqual([]);
});

test('of names that contain what was typed, the one that adds least comes first', () => {
  const names = ['FRCorePatientBirthPlaceExtension', 'FRCorePatientContactExtension', 'FRCorePatientProfile'];
  expect(nearest('Patient', names, 1)).toEqual(['FRCorePatientProfile']);
});
