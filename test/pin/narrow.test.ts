import { describe, expect, test } from 'vitest';
import { narrow } from '../../generator/pin/narrow.js';
import { FHIR, GUIDE, VALUE_SET, CODE_SYSTEM, codeSystem, element, pinned, profile, valueSet } from './samples.js';

const bound = (strength: string, id: string) => ({
  type: [{ code: 'code' }],
  binding: { strength, valueSet: VALUE_SET + id },
});

/** Profiles that depend on each other, on value sets and on missing definitions. */
const RESOURCES = [
  profile('alone', 'Patient', [element('Patient.gender', bound('required', 'one'))]),
  profile('derived', 'Patient', [], { baseDefinition: `${GUIDE}alone` }),
  profile('user', 'Observation', [
    element('Observation.subject', {
      type: [{ code: 'Reference', targetProfile: [`${GUIDE}derived`, `${FHIR}Practitioner`, `${GUIDE}missing`] }],
    }),
    element('Observation.code', bound('required', 'incomplete')),
    element('Observation.status', bound('extensible', 'two')),
    element('Observation.identifier', { type: [{ code: 'Identifier', profile: [`${GUIDE}uid`] }] }),
  ]),
  profile('uid', 'Identifier', [element('Identifier.system', { min: 1, type: [{ code: 'string' }] })]),
  profile('other', 'Observation', [element('Observation.code', bound('required', 'nowhere'))]),
  valueSet('one', { compose: { include: [{ system: `${CODE_SYSTEM}c` }] } }),
  valueSet('two', { compose: { include: [{ system: `${CODE_SYSTEM}c`, concept: [{ code: 'b' }] }] } }),
  valueSet('incomplete', { compose: { include: [{ system: `${CODE_SYSTEM}unknown` }] } }),
  codeSystem('c', [{ code: 'a' }, { code: 'b' }]),
];

describe('narrow', () => {
  test.each([
    [['alone']],
    [['derived']],
    [['user']],
    [['uid']],
    [['other']],
    [['other', 'alone']],
    [['alone', 'derived', 'user', 'uid', 'other']],
  ])('pins the same for the profile %j as pin does', (wanted) => {
    const all = pinned(RESOURCES).snapshot;
    const direct = pinned(RESOURCES, { profiles: wanted }).snapshot;
    // The snapshot does not show which packages become unused; no model depends on it.
    expect({ ...narrow(all, wanted), packages: [] }).toEqual({ ...direct, packages: [] });
  });

  test.each(['derived', `${GUIDE}derived`, `${GUIDE}derived|1.0.0`])('finds a profile by %s', (name) => {
    expect(narrow(pinned(RESOURCES).snapshot, [name]).profiles).toEqual([`${GUIDE}derived`]);
  });

  test('finds by its canonical a profile that was not requested but is needed', () => {
    const some = pinned(RESOURCES, { profiles: ['user'] }).snapshot;
    expect(narrow(some, [`${GUIDE}uid`]).profiles).toEqual([`${GUIDE}uid`]);
    expect(() => narrow(some, ['uid'])).toThrow('there is no profile "uid"');
  });

  test('rejects an unknown profile in one line with suggestions', () => {
    expect(() => narrow(pinned(RESOURCES).snapshot, ['derivd'])).toThrow(
      'there is no profile "derivd": did you mean derived?',
    );
  });
});
