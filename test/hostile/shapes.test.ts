import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { verifyModels } from '../verified.js';
import { canonical, type SampleElement } from '../model/sample.js';
import { definition } from '../guide/definitions.js';
import { codes, codeSystem, outcomeOf, pinnedGuide, profile, run, valueSet, written, type Outcome } from './guide.js';

/** Names of the generated profiles. */
function made({ manifest }: Outcome): string[] {
  return manifest.profiles.map(({ name }) => name).sort();
}

const subject = (target: string): SampleElement => ({
  id: 'Observation.subject',
  types: [{ code: 'Reference', targetProfiles: [canonical(target)] }],
});

describe('circular definitions terminate:', () => {
  it('profiles whose chain of bases is a cycle', async () => {
    const outcome = await outcomeOf([
      profile({ id: 'self', base: canonical('self') }),
      profile({ id: 'a', base: canonical('b') }),
      profile({ id: 'b', base: canonical('a') }),
      profile({ id: 'sound' }),
    ]);
    expect(made(outcome)).toContain('sound');
    expect(await verifyModels(outcome.files)).toEqual([]);
    for (const name of ['self', 'a', 'b']) {
      const isReported = outcome.allWarnings.some(({ where }) => where.profile === canonical(name));
      expect(made(outcome).includes(name) || isReported).toBe(true);
    }
  });

  it('profiles with differentials only whose chain of bases is a cycle', async () => {
    const bare = (id: string, base: string): object => ({
      ...profile({ id, base: canonical(base) }),
      snapshot: undefined,
      differential: { element: [{ id: 'Observation', path: 'Observation' }] },
    });
    const outcome = await outcomeOf([bare('self', 'self'), bare('a', 'b'), bare('b', 'a'), profile({ id: 'sound' })]);
    expect(made(outcome)).toEqual(['sound']);
    for (const name of ['self', 'a', 'b']) {
      expect(outcome.allWarnings.some(({ where }) => where.profile === canonical(name))).toBe(true);
    }
  });

  it('profiles that refer to each other, and extensions that contain themselves', async () => {
    const outcome = await outcomeOf([
      profile({ id: 'chicken', elements: [subject('egg')] }),
      profile({ id: 'egg', elements: [subject('chicken')] }),
      profile({
        id: 'nest',
        type: 'Extension',
        elements: [
          { id: 'Extension.url', fixed: { type: 'Uri', value: canonical('nest') } },
          {
            id: 'Extension.extension:nest',
            path: 'Extension.extension',
            sliceName: 'nest',
            base: { path: 'Extension.extension', min: 0, max: '*' },
            types: [{ code: 'Extension', profiles: [canonical('nest')] }],
          },
        ],
      }),
    ]);
    expect(made(outcome)).toEqual(expect.arrayContaining(['chicken', 'egg', 'nest']));
    expect(await verifyModels(outcome.files)).toEqual([]);
    const { validateByProfile } = await run(written(outcome));
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
    const claiming = { ...observation, meta: { profile: [canonical('chicken')] } };
    expect(validateByProfile(claiming).filter(({ severity }) => severity === 'error')).toEqual([]);
    // The subject is a Patient, but the profile requires an Observation.
    const other = { ...claiming, subject: { reference: 'Patient/1' } };
    expect(validateByProfile(other).some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('an element whose contentReference names itself', async () => {
    const outcome = await outcomeOf([
      profile({
        id: 'loop',
        elements: [
          { id: 'Observation.component', types: [], contentReference: '#Observation.component' },
          { id: 'Observation.referenceRange', types: [], contentReference: '#Observation.component.referenceRange' },
        ],
      }),
      profile({ id: 'lost', elements: [{ id: 'Observation.component', types: [], contentReference: '#Nowhere.x' }] }),
      profile({ id: 'sound' }),
    ]);
    expect(made(outcome)).toContain('sound');
    expect(await verifyModels(outcome.files)).toEqual([]);
  });
});

// Each takes a minute on a busy machine with two cores.
describe('definitions of absurd size come to an end:', { timeout: 300_000 }, () => {
  const wide = (count: number): object => {
    const slices = Array.from({ length: count }, (_, index): SampleElement => ({
      id: `Observation.category:s${index}`,
      path: 'Observation.category',
      sliceName: `s${index}`,
      max: '1',
      base: { path: 'Observation.category', min: 0, max: '*' },
      types: [{ code: 'CodeableConcept' }],
      pattern: { type: 'CodeableConcept', value: { text: `s${index}` } },
    }));
    const slicing = { discriminators: [{ type: 'pattern' as const, path: '$this' }], rules: 'closed' as const };
    return profile({ id: 'wide', elements: [{ id: 'Observation.category', slicing }, ...slices] });
  };

  it.each([
    ['with a snapshot', (raw: object) => raw],
    [
      'without a snapshot',
      (raw: object) => ({ ...raw, snapshot: undefined, differential: Reflect.get(raw, 'snapshot') }),
    ],
  ])('a slice with 10,000 siblings, %s, which fails only its profile', async (_, as) => {
    const outcome = await outcomeOf([as(wide(10_000)), profile({ id: 'sound' })]);
    expect(made(outcome)).toEqual(['sound']);
    expect(outcome.allWarnings.filter(({ where }) => where.profile === canonical('wide')).map(oneLine)).toEqual([
      `example.hostile#1.0.0 › ${canonical('wide')} › Observation.category: ` +
        'it has 10000 slices, more than the limit "slices" of 1000',
    ]);
  });

  it('a slice with 3,000 siblings under a raised limit', async () => {
    const count = 3000;
    const outcome = await outcomeOf([wide(count)], { slices: count });
    expect(made(outcome)).toEqual(['wide']);
    const { validateByProfile } = await run(written(outcome));
    const issues = (text: string): readonly unknown[] =>
      validateByProfile({
        resourceType: 'Observation',
        meta: { profile: [canonical('wide')] },
        status: 'final',
        code: { text: 'x' },
        category: [{ text }],
      }).filter(({ severity }) => severity === 'error');
    expect(issues(`s${count - 1}`)).toEqual([]);
    expect(issues(`s${count}`)).toHaveLength(1);
  });

  it('a value set of 200,000 codes', async () => {
    const count = 200_000;
    const concepts = Array.from({ length: count }, (_, index) => ({ code: `c${index}`, display: `Code ${index}` }));
    const outcome = await outcomeOf([
      profile({
        id: 'bound',
        elements: [{ id: 'Observation.method', binding: { strength: 'required', valueSet: valueSet('huge') } }],
      }),
      ...codes('huge', concepts),
    ]);
    expect(made(outcome)).toEqual(['bound']);
    const { validateByProfile } = await run(written(outcome));
    const issues = (code: string): readonly unknown[] =>
      validateByProfile({
        resourceType: 'Observation',
        meta: { profile: [canonical('bound')] },
        status: 'final',
        code: { text: 'x' },
        method: { coding: [{ system: codeSystem('huge'), code }] },
      }).filter(({ severity }) => severity === 'error');
    expect(issues(`c${count - 1}`)).toEqual([]);
    expect(issues('none')).toHaveLength(1);
  });

  it('a regular expression with catastrophic backtracking, in a filter and in a constraint', async () => {
    const evil = '(a+)+$';
    const { snapshot } = await pinnedGuide([
      profile({
        id: 'slow',
        elements: [
          {
            id: 'Observation',
            constraints: [{ key: 'evil-1', severity: 'error', expression: `id.matches('${evil}')` }],
          },
          { id: 'Observation.method', binding: { strength: 'required', valueSet: valueSet('filtered') } },
        ],
      }),
      definition('ValueSet', valueSet('filtered'), {
        compose: {
          include: [{ system: codeSystem('letters'), filter: [{ property: 'code', op: 'regex', value: evil }] }],
        },
      }),
      ...codes('letters', [
        { code: 'aaaa', display: 'fits' },
        { code: `${'a'.repeat(60)}!`, display: 'takes an engine that backtracks for ever' },
      ]),
    ]);
    const filtered = snapshot.valueSets.find(({ url }) => url === valueSet('filtered'));
    expect(filtered?.systems.flatMap(({ concepts }) => concepts.map(({ code }) => code))).toEqual(['aaaa']);
  });
});
