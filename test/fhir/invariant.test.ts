import { describe, expect, it } from 'vitest';
import { simpleCheck } from '../../generator/fhir/invariant.js';

describe('an invariant without an engine', () => {
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
    ['low.empty() or (low <= high)', ['or', ['not', 'low'], ['<=', 'low', 'high']]],
    ['duration.exists() implies duration >= 0', ['or', ['not', 'duration'], ['>=', 'duration', 0]]],
    ["where(use = 'home').empty()", ['not', ['where', '', ['is', 'use', 'home']]]],
    ['(identifier.count() + name.count()) > 0', ['or', 'identifier', 'name']],
    ['system = %ucum', ['is', 'system', 'http://unitsofmeasure.org']],
    ["status in ('proposed' | 'cancelled')", ['is', 'status', 'proposed', 'cancelled']],
    ["type.startsWith('data-') implies data.exists()", ['or', ['not', ['starts', 'type', 'data-']], 'data']],
    ["value.toString().contains('.').not()", ['not', ['contains', 'value', '.']]],
    [
      "a.coding.where(system='s' and code='c').exists()",
      ['where', 'a.coding', ['and', ['is', 'system', 's'], ['is', 'code', 'c']]],
    ],
    ["a.exists(b = 'c')", ['where', 'a', ['is', 'b', 'c']]],
    [
      "x.where(url='u').y.where(url = 'v').value.code = 'VALI'",
      ['is', ['where', ['where', 'x', ['is', 'url', 'u'], 'y'], ['is', 'url', 'v'], 'value.code'], 'VALI'],
    ],
  ])('is evaluated: %s', (expression, check) => {
    expect(simpleCheck(expression)).toEqual(check);
  });

  it.each([
    'entry.first().resource.is(Composition)',
    'type.count() <= 1',
    '(identifier.count() + name.count()) > 1',
    "value.matches('^[0-9]+$')",
    'type.select(code).isDistinct()',
    'low <= high.value + 1',
    "a.where(b = 'c'",
    'a.where(b).exists()',
    "a.startsWith('b' | 'c')",
    'value is CodeableConcept',
    'iif(a.exists(), true, false)',
    "start.exists() and end.exists()) or (status in ('proposed' | 'cancelled'))",
    'system = %sct',
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
