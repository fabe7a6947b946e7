import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, it } from 'vitest';
import type { ElementRule, ProfileTable, TypeTable } from '../../templates/runtime/table.js';
import { type FhirPathEngine, validate } from '../../templates/runtime/validate.js';

/** Two FHIR resource types, with the elements of these tests: the engine knows them by name. */
const observation: TypeTable = {
  extension: '0..* Extension',
  contained: '0..* Resource',
  status: '1..1 code',
  code: '1..1 CodeableConcept',
  'effective[x]': '0..1 dateTime|Period|Timing|instant',
  'value[x]': '0..1 Quantity|string|boolean',
  component: {
    is: '0..* BackboneElement',
    children: {
      extension: '0..* Extension',
      code: '1..1 CodeableConcept',
      'value[x]': '0..1 Quantity|string|boolean',
      referenceRange: '0..* #Observation.referenceRange',
    },
  },
  referenceRange: {
    is: '0..* BackboneElement',
    children: { low: '0..1 SimpleQuantity', text: '0..1 string' },
  },
};
const medicationRequest: TypeTable = { extension: '0..* Extension', dosageInstruction: '0..* Dosage' };

/** A profile with an invariant on the element at a path. */
function profile(type: string, base: TypeTable, path: readonly string[], expression: string): ProfileTable {
  const invariant: ElementRule = { invariants: [{ key: 'x', severity: 'error', expression }] };
  const rule = path.reduceRight<ElementRule>((below, name) => ({ children: { [name]: below } }), invariant);
  return { url: 'https://example.org/x', type, base, rule };
}

const engine: FhirPathEngine = (node, expression, { path, ...env }) =>
  fhirpath.evaluate(node, { base: path, expression }, env, r4) as unknown;

const url = 'https://example.org/e';
const nested = [{ url, extension: [{ url: 'a', valueBoolean: true }] }];
const OBSERVATION = {
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  extension: nested,
  effectiveDateTime: '2020-11-06',
  valueQuantity: { value: 1, extension: [{ url, valueDateTime: '2020' }] },
  _status: { extension: [{ url, valueString: 'x' }] },
  component: [{ code: { text: 'y' }, valueString: 'z', referenceRange: [{ low: { value: 2 }, text: 'low' }] }],
};
const MEDICATION_REQUEST = {
  resourceType: 'MedicationRequest',
  dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 2 } }], timing: { repeat: { count: 1 } } }],
};

describe('the path passed to a FHIRPath engine', () => {
  const CASES: readonly (readonly [path: readonly string[], typed: string, expression: string])[] = [
    [[], 'Observation', 'effective is dateTime and value.value = 1'],
    [['effective[x]'], 'dateTime', '$this is dateTime and $this > @2020-11-05'],
    [['value[x]'], 'Quantity', '$this is Quantity and value = 1'],
    [['value[x]', 'extension'], 'Extension', 'value is dateTime'],
    [['value[x]', 'extension', 'value[x]'], 'dateTime', '$this is dateTime'],
    [['extension', 'extension'], 'Extension', 'value = true and (value as boolean) = true'],
    [['extension', 'extension', 'value[x]'], 'boolean', '$this is boolean'],
    [['status'], 'code', "$this is code and $this = 'final'"],
    [['status', 'extension'], 'Extension', "value = 'x'"],
    [['code'], 'CodeableConcept', "text = 'x'"],
    [['component'], 'Observation.component', "value is string and value = 'z'"],
    [['component', 'value[x]'], 'string', '$this is string'],
    [['component', 'referenceRange'], 'Observation.referenceRange', 'low.value = 2'],
    [['component', 'referenceRange', 'low'], 'Quantity', '$this is Quantity'],
  ];

  it.each(CASES)('has the type of the element: %j is %s', (path, typed, expression) => {
    const table = profile('Observation', observation, path, expression);
    const paths: string[] = [];
    const fhirpath: FhirPathEngine = (node, each, context) => {
      if (each === expression) paths.push(context.path);
      return engine(node, each, context);
    };
    expect(validate(table, OBSERVATION, { fhirpath })).toEqual([]);
    expect(paths).toEqual([typed]);
  });

  it.each([
    [['dosageInstruction', 'doseAndRate'], 'dose.ofType(Quantity).value > 0'],
    [['dosageInstruction', 'doseAndRate', 'dose[x]'], '$this is Quantity'],
    [['dosageInstruction', 'timing', 'repeat'], 'count = 1'],
  ])('has the datatype within a datatype: %j', (path, expression) => {
    const table = profile('MedicationRequest', medicationRequest, path, expression);
    expect(validate(table, MEDICATION_REQUEST, { fhirpath: engine })).toEqual([]);
    const broken = profile('MedicationRequest', medicationRequest, path, `(${expression}).not()`);
    expect(validate(broken, MEDICATION_REQUEST, { fhirpath: engine })).toMatchObject([{ code: 'invariant' }]);
  });

  it('starts with the datatype that is validated alone', () => {
    const rule: ElementRule = { invariants: [{ key: 'x', severity: 'error', expression: 'value is boolean' }] };
    const table: ProfileTable = { url, type: 'Extension', rule: { children: { extension: rule } } };
    expect(validate(table, nested[0], { fhirpath: engine })).toEqual([]);
  });

  it('ends with names of elements if the type is unknown', () => {
    const table = profile('Custom', { part: '0..* BackboneElement' }, ['part', 'name'], 'true');
    const paths: string[] = [];
    const fhirpath: FhirPathEngine = (_node, _expression, { path }) => [paths.push(path) > 0];
    validate(table, { resourceType: 'Custom', part: [{ name: 'x' }] }, { fhirpath });
    expect(paths).toContain('Custom.part.name');
  });
});
