import { expect } from 'vitest';
import { conforms } from '../../templates/runtime/guard.js';
import type { CodeSet, ElementRule, ProfileTable, SliceRule, TypeTable } from '../../templates/runtime/table.js';
import { validate, type ValidateOptions } from '../../templates/runtime/validate.js';

/** A resource type invented for these tests, with an element of every kind. */
export const sampleType: TypeTable = {
  id: '0..1 id',
  meta: '0..1 Meta',
  implicitRules: '0..1 uri',
  language: '0..1 code',
  text: '0..1 Narrative',
  contained: '0..* Resource',
  extension: '0..* Extension',
  modifierExtension: '0..* Extension',
  identifier: '0..* Identifier',
  status: {
    is: '1..1 code',
    codes: { url: 'https://example.org/status', systems: [['https://example.org/s', ['draft', 'final']]] },
  },
  code: '0..1 CodeableConcept',
  category: '0..* CodeableConcept',
  coding: '0..1 Coding',
  'value[x]': '0..1 Quantity|CodeableConcept|string|boolean|dateTime|Range',
  subject: '0..1 Reference(Patient|Group)',
  focus: '0..* Reference',
  alias: '0..* string',
  date: '0..1 dateTime',
  count: '0..1 integer',
  definition: '0..1 canonical(Sample)',
  part: {
    is: '0..* BackboneElement',
    children: {
      id: '0..1 string',
      extension: '0..* Extension',
      modifierExtension: '0..* Extension',
      name: '1..1 string',
      unit: '0..1 SimpleQuantity',
      part: '0..* #Sample.part',
    },
  },
};

/** A profile of the sample type. */
export function sampleProfile(
  children: Readonly<Record<string, ElementRule>> = {},
  rule: ElementRule = {},
): ProfileTable {
  return { url: 'https://example.org/sample', type: 'Sample', base: sampleType, rule: { ...rule, children } };
}

/** A valid value of the sample type, with the given members. */
export function sample(members: object = {}): object {
  return { resourceType: 'Sample', status: 'final', ...members };
}

/** A value set of one system. */
export function codeSet(codes: readonly string[] | true, more: Partial<CodeSet> = {}): CodeSet {
  return { url: 'https://example.org/codes', systems: [['https://example.org/s', codes]], ...more };
}

/** A profile of an extension with one value. */
export function extensionProfile(url: string, type: string): ProfileTable {
  const children = { url: { fixed: url }, extension: { max: 0 }, 'value[x]': { min: 1, types: [{ code: type }] } };
  return { url, type: 'Extension', rule: { children } };
}

/** A slice of extensions with such a profile. */
export function extensionSlice(name: string, profile: ProfileTable, rule: ElementRule = {}): SliceRule {
  return {
    name,
    when: [{ at: 'url', is: { fixed: profile.url } }],
    rule: { types: [{ code: 'Extension', profiles: [() => profile] }], ...rule },
  };
}

/** The issues of a value, in short: `error required Sample.status`; checks that the guard agrees. */
export function issuesOf(table: ProfileTable, value: unknown, options: ValidateOptions = {}): string[] {
  const issues = validate(table, value, options);
  const isValid = !issues.some(({ severity }) => severity === 'error');
  expect(conforms(table, value, options), 'the guard agrees with the validator').toBe(isValid);
  for (const { diagnostics, expression } of issues)
    expect(diagnostics.startsWith(expression), 'the path is said once').toBe(false);
  return issues.map(({ severity, code, expression }) => `${severity} ${code} ${expression}`);
}
