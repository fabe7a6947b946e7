import { describe, expect, it } from 'vitest';
import { pin } from '../../generator/pin-package.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';
import { CORE } from './core.js';
import {
  diff,
  elementsOf,
  extension,
  failuresOf,
  FHIR,
  guide,
  GUIDE,
  make,
  packageOf,
  profile,
  typed,
} from './samples.js';
import { structureDefinition } from '../guide/definitions.js';

/** Ids of the profiles in the guide that have a snapshot. */
function madeOf(made: Awaited<ReturnType<typeof make>>): readonly string[] {
  return made.definitions.root.resources
    .map((resource) => String(resource['id']))
    .filter((id) => elementsOf(made, id).size > 0);
}

const NONE = 'it has no snapshot, and none can be generated: ';

describe('a generated snapshot', () => {
  it('is not made if none is missing', async () => {
    const definitions = guide([]);
    const made = await withSnapshots(definitions);
    expect(made.definitions).toBe(definitions);
    expect(made).toMatchObject({ warnings: [], failed: [] });
  });

  it('is that of the base with the differential applied; other packages stay unchanged', async () => {
    const definitions = guide([profile('p', 'Patient', [diff('Patient.birthDate', { min: 1, short: 'Born' })])]);
    const made = await withSnapshots(definitions);
    const elements = elementsOf(made, 'p');
    const base = CORE.resources.find(({ url }) => url === `${FHIR}Patient`);
    const ids = (base?.['snapshot'] as { element: { id: string }[] }).element.map(({ id }) => id);
    expect([...elements.keys()]).toEqual(ids);
    expect(elements.get('Patient.birthDate')).toMatchObject({ min: 1, max: '1', short: 'Born' });
    expect(elements.get('Patient.gender')).toMatchObject({ min: 0, max: '1', short: "FHIR's gender" });
    expect(made.definitions.packages[0]).toBe(made.definitions.root);
    expect(made.definitions.packages[1]).toBe(definitions.packages[1]);
    expect(definitions.root.resources[0]).not.toHaveProperty('snapshot');
  });

  it('follows a chain of bases across packages, in any order', async () => {
    const base = packageOf('example.base#1.0.0', [
      profile('c', 'Patient', [diff('Patient.gender', { min: 1 })], { baseDefinition: `${GUIDE}d|1.0.0` }),
      profile('d', 'Patient', [diff('Patient.birthDate', { min: 1 })]),
    ]);
    const root = [
      profile('a', 'Patient', [diff('Patient.identifier', { max: '1' })], { baseDefinition: `${GUIDE}b` }),
      profile('b', 'Patient', [diff('Patient.identifier', { min: 1 })], { baseDefinition: `${GUIDE}c` }),
    ];
    const made = await withSnapshots(guide(root, [base]));
    const elements = elementsOf(made, 'a');
    expect(elements.get('Patient.identifier')).toMatchObject({ min: 1, max: '1' });
    expect(elements.get('Patient.gender')).toMatchObject({ min: 1 });
    expect(elements.get('Patient.birthDate')).toMatchObject({ min: 1 });
    // A base that is pinned with it gets one too.
    expect(made.definitions.packages[1]?.resources.map((resource) => 'snapshot' in resource)).toEqual([true, true]);
    expect((await withSnapshots(guide([...root].reverse(), [base]))).definitions.root.resources).toEqual(
      [...made.definitions.root.resources].reverse(),
    );
  });

  it('is made for the requested profiles and those that they refer to only', async () => {
    const resources = [
      profile('wanted', 'Patient', [
        diff('Patient.identifier', typed('Identifier', 'on-type')),
        diff('Patient.maritalStatus', { type: [{ code: 'Reference', targetProfile: [`${GUIDE}target`] }] }),
      ]),
      profile('on-type', 'Identifier', []),
      profile('target', 'Patient', [], { baseDefinition: `${GUIDE}target-base` }),
      profile('target-base', 'Patient', []),
      profile('other', 'Observation', []),
    ];
    const four = ['wanted', 'on-type', 'target', 'target-base'];
    for (const name of ['wanted', `${GUIDE}wanted`]) {
      expect(madeOf(await make(resources, { profiles: [name] }))).toEqual(four);
    }
    expect(madeOf(await make(resources))).toEqual([...four, 'other']);
  });

  it('uses a published snapshot unchanged, also as the base', async () => {
    const element = [diff('Patient', { min: 0, max: '*' }), diff('Patient.gender', { min: 1, max: '1' })];
    const published = profile('published', 'Patient', [], { snapshot: { element }, differential: undefined });
    const lost = profile('lost', 'Patient', [], { snapshot: { element }, baseDefinition: `${GUIDE}gone` });
    const made = await make([
      published,
      lost,
      profile('p', 'Patient', [diff('Patient.gender', { short: 'Sex' })], { baseDefinition: `${GUIDE}published` }),
      profile('q', 'Patient', [], { baseDefinition: `${GUIDE}lost` }),
    ]);
    expect(made.failed).toEqual([]);
    expect(made.definitions.root.resources.slice(0, 2)).toEqual([published, lost]);
    expect(elementsOf(made, 'p').get('Patient.gender')).toMatchObject({ min: 1, short: 'Sex' });
    expect(elementsOf(made, 'q').get('Patient.gender')).toMatchObject({ min: 1 });
  });

  it('is the same in concurrent runs', async () => {
    const resources = [
      profile('p', 'Patient', [diff('Patient.identifier', { min: 1 }), diff('Patient.identifier.system', { min: 1 })]),
    ];
    const others = [profile('p', 'Patient', [diff('Patient.gender', { min: 1 })])];
    const [one, other, again] = await Promise.all([make(resources), make(others), make(resources)]);
    expect(elementsOf(one, 'p').get('Patient.identifier.system')).toMatchObject({ min: 1 });
    expect(elementsOf(other, 'p').get('Patient.gender')).toMatchObject({ min: 1 });
    expect(elementsOf(other, 'p').get('Patient.identifier')).toMatchObject({ min: 0 });
    expect(again.definitions).toEqual(one.definitions);
  });

  it('does not change what other profiles inherit', async () => {
    const made = await make([
      profile('base', 'Patient', [diff('Patient.identifier', { min: 1 })]),
      profile('a', 'Patient', [diff('Patient.identifier.value', { min: 1 })], { baseDefinition: `${GUIDE}base` }),
      profile('b', 'Patient', [diff('Patient.identifier', { max: '1' })], { baseDefinition: `${GUIDE}base` }),
    ]);
    expect(elementsOf(made, 'base').get('Patient.identifier')).toMatchObject({ min: 1, max: '*' });
    expect(elementsOf(made, 'base').get('Patient.identifier.value')).toBeUndefined();
    expect(elementsOf(made, 'b').get('Patient.identifier.value')).toBeUndefined();
  });

  it('may be an extension that contains itself', async () => {
    const made = await make([
      profile('tree', 'Extension', [
        diff('Extension.url', { fixedUri: `${GUIDE}tree` }),
        diff('Extension.extension:branch', { ...typed('Extension', 'tree') }),
        diff('Extension.extension:branch.value[x]', { max: '0' }),
      ]),
    ]);
    expect(made.failed).toEqual([]);
    expect(elementsOf(made, 'tree').get('Extension.extension:branch.value[x]')).toMatchObject({ max: '0' });
  });

  it('may be profiles with elements of each other', async () => {
    const resources = [
      profile('a', 'Identifier', [
        diff('Identifier.type', typed('CodeableConcept', 'b')),
        diff('Identifier.type.text', { min: 1 }),
      ]),
      profile('b', 'CodeableConcept', [
        diff('CodeableConcept.extension:a', { type: [{ code: 'Identifier', profile: [`${GUIDE}a`] }] }),
        diff('CodeableConcept.extension:a.type', { min: 1 }),
      ]),
    ];
    const made = await make(resources);
    expect(failuresOf(made)).toEqual([]);
    expect(elementsOf(made, 'a').get('Identifier.type.text')).toMatchObject({ min: 1 });
    expect(elementsOf(made, 'b').get('CodeableConcept.extension:a.type')).toMatchObject({ min: 1 });
  });
});

describe('a snapshot that cannot be generated', () => {
  const good = profile('good', 'Patient', [diff('Patient.gender', { min: 1 })]);

  it('fails only its profile, and pin reports the same reason', async () => {
    const made = await make([profile('bad', 'Patient', [], { baseDefinition: 'http://example.org/gone|2' }), good]);
    const line =
      `example.guide#1.0.0 › ${GUIDE}bad: ${NONE}its base definition http://example.org/gone|2 cannot be found: ` +
      'add the package that defines it';
    expect(failuresOf(made)).toEqual([line]);
    expect(madeOf(made)).toEqual(['good']);
    const pinned = pin(made.definitions, { failed: made.failed });
    expect(pinned.snapshot.structureDefinitions.map(({ url }) => url)).toContain(`${GUIDE}good`);
    expect(pinned.warnings.filter(({ where }) => where.profile === `${GUIDE}bad`)).toEqual([
      { message: made.failed[0]?.message, where: made.failed[0]?.where },
    ]);
  });

  it('fails the profiles derived from it, each with the first reason', async () => {
    const made = await make([
      profile('c', 'Patient', [], { baseDefinition: `${GUIDE}b` }),
      profile('b', 'Patient', [], { baseDefinition: `${GUIDE}a` }),
      profile('a', 'Patient', [diff('Patient.wings', { min: 2 })]),
      good,
    ]);
    const reason = 'the differential cannot be applied: there is no element wings in Patient';
    expect(failuresOf(made)).toEqual([
      `example.guide#1.0.0 › ${GUIDE}a › Patient.wings: ${NONE}${reason}`,
      `example.guide#1.0.0 › ${GUIDE}b: ${NONE}it is based on ${GUIDE}a, where it fails: ${reason}`,
      `example.guide#1.0.0 › ${GUIDE}c: ${NONE}it is based on ${GUIDE}a, where it fails: ${reason}`,
    ]);
    expect(madeOf(made)).toEqual(['good']);
  });

  it.each([
    ['itself', ['a']],
    ['two', ['a', 'b']],
    ['three', ['a', 'b', 'c']],
  ])('has a cycle of bases: %s', async (_, ids) => {
    const cycle = ids.map((id, index) =>
      profile(id, 'Patient', [], { baseDefinition: GUIDE + (ids[(index + 1) % ids.length] ?? '') }),
    );
    const made = await make([...cycle, profile('d', 'Patient', [], { baseDefinition: `${GUIDE}a` }), good]);
    expect(made.failed.map(({ where }) => where.profile)).toEqual([...ids, 'd'].map((id) => GUIDE + id));
    for (const line of failuresOf(made)) expect(line).toMatch(/its base definitions form a cycle$/);
    expect(madeOf(made)).toEqual(['good']);
  });

  it.each([
    [
      'a base of another type',
      { baseDefinition: `${FHIR}Observation` },
      /it constrains Patient, but its base definition describes Observation$/,
    ],
    ['no base', { baseDefinition: undefined }, /it names no base definition$/],
    ['neither snapshot nor differential', { differential: undefined }, /it has neither snapshot nor differential$/],
    [
      'a base without a snapshot',
      { baseDefinition: `${GUIDE}logical` },
      /logical, where it fails: it was published without a snapshot$/,
    ],
    [
      'a snapshot with nothing in it and no base',
      { snapshot: { element: [] }, baseDefinition: 7 },
      /it names no base definition$/,
    ],
  ])('has %s', async (_, members, line) => {
    const logical = structureDefinition(`${GUIDE}logical`, { derivation: 'specialization' });
    const made = await make([profile('bad', 'Patient', [], members), logical, good]);
    expect(failuresOf(made)).toEqual([expect.stringMatching(line)]);
    expect(madeOf(made)).toEqual(['good']);
  });
});

describe('an unavailable definition', () => {
  const gone = { type: [{ code: 'Identifier', profile: ['http://example.org/gone'] }] };

  it('of a profile on a type leaves the elements of the type', async () => {
    const made = await make([
      profile('p', 'Patient', [diff('Patient.identifier', gone), diff('Patient.identifier.system', { min: 1 })]),
    ]);
    expect(made).toMatchObject({ failed: [], warnings: [] });
    expect(elementsOf(made, 'p').get('Patient.identifier')).toMatchObject(gone);
    expect(elementsOf(made, 'p').get('Patient.identifier.system')).toMatchObject({ min: 1 });
  });

  it("of a profile on a type omits the differential's elements that only that profile has", async () => {
    const made = await make([
      profile('p', 'Patient', [
        diff('Patient.extension:e', { type: [{ code: 'Extension', profile: ['http://example.org/gone'] }] }),
        diff('Patient.extension:e.value[x].coding', { min: 1 }),
        diff('Patient.gender', { min: 1 }),
      ]),
    ]);
    expect(made.failed).toEqual([]);
    expect(made.warnings).toEqual([
      {
        message:
          'left out, as the profile of Patient.extension:e is not available: ' +
          'there is no element coding in Patient.extension:e.value[x]',
        where: {
          package: 'example.guide#1.0.0',
          profile: `${GUIDE}p`,
          element: 'Patient.extension:e.value[x].coding',
        },
      },
    ]);
    expect(elementsOf(made, 'p').get('Patient.gender')).toMatchObject({ min: 1 });
  });

  it('in one version is replaced by another, with a warning', async () => {
    const made = await make([
      profile('base', 'Patient', []),
      profile('p', 'Patient', [], { baseDefinition: `${GUIDE}base|2.0.0` }),
    ]);
    expect(made.failed).toEqual([]);
    expect(made.warnings).toEqual([
      {
        message: `its snapshot is generated from version 1.0.0 of its base definition: ${GUIDE}base|2.0.0 is not available`,
        where: { package: 'example.guide#1.0.0', profile: `${GUIDE}p` },
      },
    ]);
  });
});

describe('extensions of a guide', () => {
  it('are distinguished by the url in their differential', async () => {
    const made = await make([extension('a', 'string'), extension('b', 'Quantity')]);
    expect(elementsOf(made, 'a').get('Extension.url')).toMatchObject({ fixedUri: `${GUIDE}a` });
    expect(elementsOf(made, 'b').get('Extension.url')).toMatchObject({ fixedUri: `${GUIDE}b` });
  });
});
