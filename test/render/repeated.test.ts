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

const BY_SYSTEM = { discriminators: [{ type: 'value', path: 'system' }], rules: 'open' } as const;
const RULE = { key: 'sys-1', severity: 'error', expression: 'system.exists()' } as const;
const TYPE = { max: '1', base: { path: 'Identifier.type', min: 0, max: '1' }, types: [{ code: 'CodeableConcept' }] };
const SYSTEM = { max: '1', base: { path: 'Identifier.system', min: 0, max: '1' }, types: [{ code: 'uri' }] };
const VALUE = { max: '1', base: { path: 'Identifier.value', min: 0, max: '1' }, types: [{ code: 'string' }] };
const BINDING = { strength: 'extensible', valueSet: 'http://hl7.org/fhir/ValueSet/identifier-type' } as const;
const OTHER = { strength: 'extensible', valueSet: 'http://hl7.org/fhir/ValueSet/identifier-use' } as const;

/** A sliced element, the constraints of all items, and one slice. */
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

describe('a slice that repeats the constraints of all items', () => {
  it.each<[string, readonly SampleElement[], readonly SampleElement[]]>([
    [
      'a cardinality',
      sliced({}, [{ id: 'Patient.identifier.value', ...VALUE, min: 1 }], {}, []),
      sliced({}, [{ id: 'Patient.identifier.value', ...VALUE, min: 1 }], {}, [
        { id: 'Patient.identifier:a.value', ...VALUE, min: 1 },
      ]),
    ],
    [
      "a binding, also if it is FHIR's",
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
  ])('generates the same code as one that does not: %s', async (_, once, repeated) => {
    // The comment of a slice names the invariants that the snapshot has for it.
    const code = async (elements: readonly SampleElement[]) =>
      (await moduleOf(elements)).replace(/^ *\* Invariants: .*\n| Invariants: `sys-1`\./gm, '');
    expect(await code(repeated)).toBe(await code(once));
  });

  it('keeps its own constraints', async () => {
    const text = await moduleOf(
      sliced({ constraints: [RULE] }, [{ id: 'Patient.identifier.value', ...VALUE, min: 1 }], {}, [
        { id: 'Patient.identifier:a.value', ...VALUE, min: 1, maxLength: 7 },
      ]),
    );
    expect(text).toContain(
      "rule: { min: 1, max: 2, children: { system: { min: 1, fixed: 'urn:a' }, value: { maxLength: 7 } } }",
    );
    expect(text.match(/key: 'sys-1'/g)).toHaveLength(1);
  });
});

describe('a profile that restates a slice of the profile of the datatype', () => {
  const KIND: SampleProfile = {
    name: 'KindIdentifier',
    type: 'Identifier',
    elements: [
      { id: 'Identifier.type.coding', types: [{ code: 'Coding' }], slicing: BY_SYSTEM },
      { id: 'Identifier.type.coding:kind', max: '1', types: [{ code: 'Coding' }] },
      { id: 'Identifier.type.coding:kind.system', ...SYSTEM, min: 1, fixed: { type: 'Uri', value: 'urn:kind' } },
    ],
  };

  it.each<[string, Partial<PinnedElement>, string | undefined]>([
    ['none', {}, undefined],
    ['maxLength', { maxLength: 3 }, 'display: { maxLength: 3 }'],
    ['minValue', { minValue: 'b' }, "display: { minValue: 'b' }"],
    ['maxValue', { maxValue: 'y' }, "display: { maxValue: 'y' }"],
    ['an invariant', { constraints: [RULE] }, "display: { invariants: [ { key: 'sys-1', severity: 'error'"],
    ['an extensible binding', { binding: BINDING }, 'display: { suggested: IdentifierTypeCodes }'],
  ])('keeps additional constraints: %s', async (_, added, rule) => {
    const repeated = KIND.elements.map(({ id, ...rest }) => ({ ...rest, id: `Patient.${id.replace('I', 'i')}` }));
    const elements: readonly SampleElement[] = [
      { id: 'Patient.identifier', types: [{ code: 'Identifier', profiles: [canonical(KIND.name)] }] },
      { id: 'Patient.identifier.type', ...TYPE },
      ...repeated,
      { id: 'Patient.identifier.type.coding:kind.display', max: '1', types: [{ code: 'string' }], ...added },
    ];
    const valueSet = {
      url: BINDING.valueSet,
      name: 'IdentifierType',
      package: 'example.sample#1.0.0',
      systems: [{ system: 'urn:kinds', concepts: [{ code: 'a' }] }],
    };
    const model = buildModel(sampleSnapshot([KIND, { name: 'Sliced', type: 'Patient', elements }], [valueSet]));
    const text = await renderedFile(model, 'example.sample/sliced.ts');
    const table = text.slice(text.indexOf('Table: ProfileTable = {')).replace(/\s+/g, ' ');
    if (rule === undefined) expect(table).not.toContain("name: 'kind'");
    else expect(table).toContain(rule);
  });
});
