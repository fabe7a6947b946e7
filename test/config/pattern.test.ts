import { expect, test } from 'vitest';
import { matches } from '../../generator/config/pattern.js';

test.each<[string, string, boolean]>([
  ['Patient', 'Patient', true],
  ['Patient', 'patient', false],
  ['Patient', 'PatientX', false],
  ['', '', true],
  ['', 'x', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['**', 'anything', true],
  ['https://guide.example/*', 'https://guide.example/StructureDefinition/a', true],
  ['https://guide.example/*', 'https://guide_example/', false],
  ['*Extension', 'SomeExtension', true],
  ['*Extension', 'ExtensionSome', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c', false],
  ['ab*ba', 'aba', false],
  ['a*aa*a', 'aaa', false],
  ['a*aa*a', 'aaaa', true],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
])('the pattern %j matches %j: %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test('a pattern with thousands of stars matches in linear time', () => {
  expect(matches(`${'a*'.repeat(20_000)}b`, 'a'.repeat(100_000))).toBe(false);
});
