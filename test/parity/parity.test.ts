import { describe, expect, it } from 'vitest';
import { compare, type Comparison } from './comparison.js';
import { differences, outOfScope } from './difference.js';
import { agreement, type Fault } from './verdict.js';

const judged = (ours: readonly Fault[], theirs: readonly Fault[], remarks: readonly Fault[]): Comparison =>
  compare({ guide: 'a.guide#1.0.0', ours, theirs, remarks });
const fault = (place: string, text = ''): { place: string; text: string } => ({ place, text });

describe('the comparison with the HL7 validator', () => {
  it('counts as agreement if one location contains the other, in any notation', () => {
    expect(agreement([], [])).toBe('agree');
    expect(agreement([fault('Observation.value.code')], [fault('Observation.value[x].ofType(Quantity)')])).toBe(
      'agree',
    );
    expect(
      agreement([fault('Bundle.entry[1].resource.name')], [fault('Bundle.entry[1].resource/*Patient/p*/.name[0]')]),
    ).toBe('agree');
    expect(agreement([fault('Patient.name[0]')], [fault('Patient.name[1]')])).toBe('elsewhere');
  });

  it('names the validator that rejects alone', () => {
    expect(agreement([fault('Patient')], [])).toBe('stricter');
    expect(agreement([], [fault('Patient')])).toBe('laxer');
  });

  it('ignores errors out of scope and their consequences', () => {
    const unevaluated = fault('Patient.identifier[0]', 'Slicing cannot be evaluated: no value');
    expect(judged([], [unevaluated], [])).toMatchObject({ agreement: 'agree', because: [] });
    expect(judged([], [unevaluated], []).beside).toHaveLength(1);
    expect(judged([], [unevaluated, fault('Patient', 'something new')], [])).toMatchObject({ agreement: 'laxer' });

    const outside = fault('Observation.code', 'urn:x|y is not one of the codes of urn:set');
    const undecided = { ...fault('Observation.code.coding[0].system'), id: 'UNKNOWN_CODESYSTEM' };
    expect(judged([outside], [], [undecided]).agreement).toBe('agree');
    expect(judged([outside], [], [{ ...undecided, place: 'Observation.category' }]).agreement).toBe('stricter');

    const both = fault('Media.operator.extension[0]', 'Element matches more than one slice - performer, author');
    const consequence = fault('Media.operator', 'author: max allowed = 1, but found 2');
    expect(judged([], [both, consequence], []).agreement).toBe('agree');
    expect(judged([], [consequence], []).agreement).toBe('laxer');
  });

  it('counts as agreement if both reject the same location for any reason', () => {
    const unknown = fault('Patient.gender', "Unknown code 'x' in the CodeSystem 'y'");
    expect(judged([fault('Patient.gender', 'is not one of the 4 codes of z')], [unknown], [])).toEqual({
      agreement: 'agree',
      because: [],
      beside: [],
    });
  });

  it('has a rule, a source and valid patterns for each known difference', () => {
    for (const { ours, theirs, rule, citation } of [...differences, ...outOfScope]) {
      expect(ours ?? theirs).toBeDefined();
      for (const pattern of [ours, theirs]) expect(() => new RegExp(pattern ?? '')).not.toThrow();
      expect(rule.length * citation.length).toBeGreaterThan(0);
    }
    for (const { remark, beside } of outOfScope) {
      for (const pattern of [remark, beside]) expect(() => new RegExp(pattern ?? '')).not.toThrow();
    }
  });
});
