import { describe, expect, it } from 'vitest';
import { simpleCheck } from '../../generator/fhir/invariant.js';

describe('invariants that need no engine', () => {
  it.each([
    ['low.exists() or high.exists()', ['or', 'low', 'high']],
    ['dataAbsentReason.empty() or value.empty()', ['or', ['not', 'dataAbsentReason'], ['not', 'value']]],
    ['code.exists() implies value.exists()', ['or', ['not', 'code'], 'value']],
    ['start.exists() = end.exists()', ['not', ['xor', 'start', 'end']]],
    ['path.exists() xor searchParam.exists()', ['xor', 'path', 'searchParam']],
    [
      "total.empty() or (type = 'searchset') or (type = 'history')",
      ['or', ['or', ['not', 'total'], ['is', 'type', 'searchset']], ['is', 'type', 'history']],
    ],
    ["type = 'document' implies (timestamp.hasValue())", ['or', ['not', ['is', 'type', 'document']], 'timestamp']],
    ['Appointment.reason.exists() and (a.b.exists()).not()', ['and', 'reason', ['not', 'a.b']]],
    ['comparator.empty()', ['not', 'comparator']],
  ])('%s', (expression, check) => {
    expect(simpleCheck(expression)).toEqual(check);
  });

  it.each([
    'entry.first().resource.is(Composition)',
    'low.empty() or high.empty() or (low <= high)',
    "where(use = 'home').empty()",
    '(identifier.count() + name.count()) > 0',
    "start.exists() and end.exists()) or (status in ('proposed' | 'cancelled'))",
    'system = %ucum',
    'a.exists() or',
    'a',
    "'text'",
    '',
    "code != 'x'",
    '('.repeat(50) + 'a.exists()' + ')'.repeat(50),
    'a.exists() or '.repeat(100) + 'b.exists()',
  ])('is left to an engine: %s', (expression) => {
    expect(simpleCheck(expression)).toBeUndefined();
  });
});
