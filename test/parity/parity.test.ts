import { describe, expect, it } from 'vitest';
import { differences, explanation } from './difference.js';
import { agreement } from './verdict.js';

const fault = (place: string, text = ''): { place: string; text: string } => ({ place, text });

describe('comparison with the reference', () => {
  it('agrees where one place holds the other, in whatever form it is written', () => {
    expect(agreement([], [])).toBe('agree');
    expect(agreement([fault('Observation.value.code')], [fault('Observation.value[x].ofType(Quantity)')])).toBe(
      'agree',
    );
    expect(
      agreement([fault('Bundle.entry[1].resource.name')], [fault('Bundle.entry[1].resource/*Patient/p*/.name[0]')]),
    ).toBe('agree');
    expect(agreement([fault('Patient.name[0]')], [fault('Patient.name[1]')])).toBe('elsewhere');
  });

  it('names the side that refuses alone', () => {
    expect(agreement([fault('Patient')], [])).toBe('stricter');
    expect(agreement([], [fault('Patient')])).toBe('laxer');
  });

  it('explains a difference only when every error of the stricter side is explained', () => {
    const known = fault('Patient.identifier[0]', 'Slicing cannot be evaluated: no value');
    expect(explanation('laxer', 'x.json', [], [known])).toHaveLength(1);
    expect(explanation('laxer', 'x.json', [], [known, fault('Patient', 'something new')])).toEqual([]);
    expect(explanation('stricter', 'x.json', [known], [])).toEqual([]);
  });

  it('has a rule, a source and valid patterns for every difference', () => {
    for (const { ours, theirs, value, rule, citation } of differences) {
      expect(ours ?? theirs).toBeDefined();
      for (const pattern of [ours, theirs, value]) expect(() => new RegExp(pattern ?? '')).not.toThrow();
      expect(rule.length * citation.length).toBeGreaterThan(0);
    }
  });
});
