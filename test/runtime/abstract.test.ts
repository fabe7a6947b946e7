import { describe, expect, it } from 'vitest';
import { conforms } from '../../templates/runtime/guard.js';
import type { ProfileTable, TypeTable } from '../../templates/runtime/table.js';
import { validate } from '../../templates/runtime/validate.js';

const RESOURCE: TypeTable = { id: '0..1 id', meta: '0..1 Meta', implicitRules: '0..1 uri', language: '0..1 code' };
const DOMAIN_RESOURCE: TypeTable = { ...RESOURCE, text: '0..1 Narrative', extension: '0..* Extension' };

const WITH_ID: ProfileTable = {
  url: 'https://example.org/with-id',
  type: 'Resource',
  base: RESOURCE,
  rule: { children: { id: { min: 1 } } },
};
const WITH_TEXT: ProfileTable = {
  url: 'https://example.org/with-text',
  type: 'DomainResource',
  base: DOMAIN_RESOURCE,
  rule: { children: { text: { min: 1 } } },
};
const TEXT = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' };

function found(table: ProfileTable, value: unknown): readonly string[] {
  return validate(table, value).map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`);
}

describe('a profile on an abstract type', () => {
  it.each([
    [WITH_TEXT, { resourceType: 'Patient', text: TEXT, active: true }],
    [WITH_ID, { resourceType: 'Patient', id: 'a', active: true }],
    [WITH_ID, { resourceType: 'Bundle', id: 'a', type: 'collection' }],
  ])('for %o accepts %o', (table, value) => {
    expect(found(table, value)).toEqual([]);
    expect(conforms(table, value)).toBe(true);
  });

  it('applies to the types that specialise it, with their paths', () => {
    expect(found(WITH_TEXT, { resourceType: 'Patient' })).toEqual(['Patient.text: at least 1 required, 0 found']);
    expect(found(WITH_ID, { resourceType: 'Patient', id: 'not an id!' })).toHaveLength(1);
  });

  it.each([{ id: 'a' }, { resourceType: 'Resource', id: 'a' }, { resourceType: 7, id: 'a' }, 'a', undefined])(
    'rejects %o',
    (value) => {
      expect(found(WITH_ID, value)).not.toEqual([]);
    },
  );

  it.each(['Bundle', 'Binary', 'Parameters'])('on DomainResource rejects a %s', (resourceType) => {
    expect(found(WITH_TEXT, { resourceType, text: TEXT })).not.toEqual([]);
  });

  it('never throws', () => {
    const hostile = Object.defineProperty({}, 'resourceType', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(conforms(WITH_TEXT, hostile)).toBe(false);
    expect(found(WITH_TEXT, hostile)).not.toEqual([]);
  });
});
