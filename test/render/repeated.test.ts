import { describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import type { PinnedElement } from '../../generator/pin/snapshot.js';
import { canonical, type SampleElement, type SampleProfile, sampleSnapshot } from '../model/sample.js';
import { renderedFile } from '../rendered.js';

/** The module of the profile `Sliced`. */
function moduleOf(elements: readonly SampleElement[]): Promise<string> {
  const own: SampleProfile = {
    name: 'OwnIdentifier',
    type: 'Identifier',
    elements: [
      { id: 'Identifier.system', min: 1, types: [{ code: 'uri' }] },
      { id: 'Identifier.value', min: 1, types: [{ code: 'string' }] },
    ],
  };
  const model = buildModel(sampleSnapshot([own, { name: 'Sliced', type: 'Patient', elements }]));
  return renderedFile(model, 'example.sample/sliced.ts');
}

const RULE = { key: 'sys-1', severity: 'error', expression: 'system.exists()' } as const;
const TYPE = { max: '1', base: { path: 'Identifier.type', min: 0, max: '1' }, types: [{ code: 'CodeableConcept' }] };
const SYSTEM = { max: '1', base: { path: 'Identifier.system', min: 0, max: '1' }, types: [{ code: 'uri' }] };
const VALUE = { max: '1', base: { path: 'Identifier.value', min: 0, max: '1' }, types: [{ code: 'string' }] };
const BINDING = { strength: 'extensible', valueSet: 'http://hl7.org/fhir/ValueSet/identifier-type' } as const;
const OTHER = { strength: 'extensible', valueSet: 'http://hl7.org/fhir/ValueSet/identifier-use' } as const;

/** A sliced element, what holds for all items, and one slice. */
function sliced(
  all: Partial<PinnedElement>,
  children: readonly SampleElement[],
  slice: Partial<PinnedElement>,
  own: readonly SampleElement[],
): readonly SampleElement[] {
  return [
    {
      id: 'Patient.identifier',
      slicing: { discriminators: [{ type: 'value', path: 'system' }], rules: 'open' },
      ...all,
    },
    ...children,
    { id: 'Patient.identifier:a', min: 1, max: '2', ...slice },
    { id: 'Patient.identifier:a.system', ...SYSTEM, min: 1, fixed: { type: 'Uri', value: 'urn:a' } },
    ...own,
  ];
}

describe('a snapshot that repeats in a slice what holds for all items', () => {
  it.each<[string, readonly SampleElement[], readonly SampleElement[]]>([
    [
      'a cardinality',
      sliced({}, [{ id: 'Patient.identifier.value', ...VALUE, min: 1 }], {}, []),
      sliced({}, [{ id: 'Patient.identifier.value', ...VALUE, min: 1 }], {}, [
        { id: 'Patient.identifier:a.value', ...VALUE, min: 1 },
      ]),
    ],
    [
      'a binding, or the one of FHIR in its place',
      sliced({}, [{ id: 'Patient.identifier.type', ...TYPE, binding: OTHER }], {}, [
        { id: 'Patient.identifier:a.type', ...TYPE, min: 1, binding: BINDING },
      ]),
      sliced({}, [{ id: 'Patient.identifier.type', ...TYPE, binding: OTHER }], {}, [
        { id: 'Patient.identifier:a.type', ...TYPE, min: 1, binding: OTHER },
      ]),
    ],
    [
      'a constraint',
      sliced({ constraints: [RULE] }, [], {}, []),
      sliced({ constraints: [RULE] }, [], { constraints: [RULE] }, []),
    ],
    [
      'the profile on the type',
      sliced({ types: [{ code: 'Identifier', profiles: [canonical('OwnIdentifier')] }] }, [], {}, []),
      sliced(
        { types: [{ code: 'Identifier', profiles: [canonical('OwnIdentifier')] }] },
        [],
        { types: [{ code: 'Identifier', profiles: [canonical('OwnIdentifier')] }] },
        [],
      ),
    ],
  ])('gives the same code as one that does not: %s', async (_, once, repeated) => {
    expect(await moduleOf(repeated)).toBe(await moduleOf(once));
  });

  it('leaves what the slice alone says', async () => {
    const text = await moduleOf(
      sliced({ constraints: [RULE] }, [{ id: 'Patient.identifier.value', ...VALUE, min: 1 }], {}, [
        { id: 'Patient.identifier:a.value', ...VALUE, min: 1, maxLength: 7 },
      ]),
    );
    expect(text).toContain(
      "rule: { min: 1, max: 2, children: { system: { min: 1, fixed: 'urn:a' }, value: { maxLength: 7 } } }",
    );
    expect(text.match(/sys-1/g)).toHaveLength(1);
  });
});
