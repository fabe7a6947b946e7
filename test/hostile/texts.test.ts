import { beforeAll, describe, expect, it } from 'vitest';
import { verifyModels } from '../verified.js';
import { checkPaths, fold } from '../../generator/write/path.js';
import type { SampleElement } from '../model/sample.js';
import {
  codes,
  codeSystem,
  compiled,
  outcomeOf,
  profile,
  run,
  valueSet,
  written,
  type Outcome,
  type Running,
} from './guide.js';
import { PAYLOADS } from './payloads.js';

/** The canonical of the profile named by a text; a bar would separate url and version (FHIR R4, canonical). */
function urlOf(text: string): string {
  return `https://example.org/${text.replaceAll('|', '%7C')}`;
}

/** A dot separates elements in an id (FHIR R4, ElementDefinition, "Element Ids"), so slice names have none. */
const SLICES = PAYLOADS.filter((text) => !text.includes('.'));

/** A text in each place where a profile has one. */
function elementsOf(text: string): SampleElement[] {
  const sliceName = SLICES.includes(text) ? text : 'slice';
  return [
    {
      id: 'Observation',
      short: text,
      constraints: [{ key: text, severity: 'error', expression: text }],
    },
    {
      id: 'Observation.category',
      short: text,
      slicing: { discriminators: [{ type: 'pattern', path: '$this' }], rules: 'open' },
    },
    {
      id: `Observation.category:${sliceName}`,
      path: 'Observation.category',
      sliceName,
      min: 1,
      max: '1',
      base: { path: 'Observation.category', min: 0, max: '*' },
      short: text,
      types: [{ code: 'CodeableConcept' }],
      pattern: { type: 'CodeableConcept', value: { coding: [{ system: text, code: text, display: text }] } },
    },
    { id: 'Observation.code', short: text, pattern: { type: 'CodeableConcept', value: { text } } },
    { id: 'Observation.method', min: 1, binding: { strength: 'required', valueSet: valueSet('all') } },
    {
      id: 'Observation.subject',
      types: [{ code: 'Reference', targetProfiles: [urlOf(text)] }],
    },
  ];
}

/** A value that the profile with a text rejects, with another text. */
function observation(profileText: string, text: string): object {
  return {
    resourceType: 'Observation',
    meta: { profile: [urlOf(profileText)] },
    status: 'final',
    category: [{ coding: [{ system: text, code: text, display: text }] }],
    code: { text },
    method: { coding: [{ system: codeSystem('all'), code: text }] },
  };
}

/** Issues about the text itself, except those about length and characters of a FHIR string. */
function differences(running: Running, resource: object): string[] {
  return running
    .validateByProfile(resource)
    .filter((one) => one.severity === 'error' && /^Observation\.(?:category|code|method)$/.test(one.expression))
    .map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`);
}

// 86 profiles are generated, compiled and executed.
describe('a package whose texts are all attacks', { timeout: 300_000 }, () => {
  let outcome: Outcome;
  let folder: string;
  let running: Running;
  beforeAll(async () => {
    outcome = await outcomeOf([
      ...PAYLOADS.map((text) =>
        profile({ id: text, name: text, url: urlOf(text), title: text, elements: elementsOf(text) }),
      ),
      ...codes(
        'all',
        PAYLOADS.map((text) => ({ code: text, display: text })),
      ),
    ]);
    folder = written(outcome);
    running = await run(folder);
  }, 300_000);

  it('generates all its profiles', () => {
    const made = new Set(outcome.manifest.profiles.map(({ url }) => url));
    expect(PAYLOADS.filter((text) => !made.has(urlOf(text)))).toEqual([]);
  });

  it('compiles without errors', async () => {
    expect(await compiled(folder)).toBe('');
  });

  it('names no file outside the folder, and none for two profiles', () => {
    const paths = outcome.files.map(({ path }) => path);
    expect(() => checkPaths(paths)).not.toThrow();
    expect(new Set(paths.map(fold)).size).toBe(paths.length);
    const own = paths.filter((path) => path.startsWith('example.hostile/') && path.split('/').length === 2);
    expect(own.filter((path) => path !== 'example.hostile/references.ts')).toHaveLength(PAYLOADS.length);
  });

  it('runs no code and changes no prototype', () => {
    expect('pwned' in globalThis).toBe(false);
    expect('pwned' in {}).toBe(false);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('exports each profile under its own names', () => {
    const names = outcome.manifest.profiles.flatMap(({ exports }) => Object.values(exports));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(name))).toEqual([]);
    const functions = outcome.manifest.profiles.flatMap(({ exports }) => [exports.guard, exports.create]);
    expect(functions.filter((name) => typeof running[name] !== 'function')).toEqual([]);
  });

  it.each(PAYLOADS.map((text) => [JSON.stringify(text), text]))('keeps %s unchanged', (_, text) => {
    expect(differences(running, observation(text, text))).toEqual([]);
    const other = differences(running, observation(text, `${text}!`));
    expect(other.some((line) => line.startsWith('Observation.code'))).toBe(true);
    expect(other.some((line) => line.startsWith('Observation.method'))).toBe(true);
    expect(other.some((line) => line.startsWith('Observation.category'))).toBe(true);
  });
});

describe('a slice with a dot in its name', () => {
  it('fails only its profile', async () => {
    const sliced = (id: string, sliceName: string): object => profile({ id, elements: elementsOf(sliceName) });
    const { snapshot, manifest, allWarnings } = await outcomeOf([sliced('good', 'a'), broken()]);
    expect(snapshot.profiles).toHaveLength(2);
    expect(manifest.profiles.map(({ name }) => name)).toEqual(['good']);
    expect(allWarnings.some(({ where }) => where?.profile?.endsWith('/bad') === true)).toBe(true);
  });

  function broken(): object {
    const [root, category, slice] = elementsOf('a.b');
    if (root === undefined || category === undefined || slice === undefined) throw new Error('no slice');
    return profile({
      id: 'bad',
      elements: [root, category, { ...slice, id: 'Observation.category:a.b', sliceName: 'a.b' }],
    });
  }
});

describe('a profile with each attack as a slice name', () => {
  it('compiles, runs no code, and has a slice for each', async () => {
    const slices = SLICES.map((text): SampleElement => ({
      id: `Observation.category:${text}`,
      path: 'Observation.category',
      sliceName: text,
      min: 1,
      max: '1',
      base: { path: 'Observation.category', min: 0, max: '*' },
      types: [{ code: 'CodeableConcept' }],
      pattern: { type: 'CodeableConcept', value: { text } },
    }));
    const outcome = await outcomeOf([
      profile({
        id: 'slices',
        elements: [
          {
            id: 'Observation.category',
            slicing: { discriminators: [{ type: 'pattern', path: '$this' }], rules: 'open' },
          },
          ...slices,
        ],
      }),
    ]);
    expect(await verifyModels(outcome.files)).toEqual([]);
    const running = await run(written(outcome));
    expect('pwned' in globalThis).toBe(false);
    const whole = {
      resourceType: 'Observation',
      meta: { profile: [outcome.snapshot.profiles[0]] },
      status: 'final',
      code: { text: 'x' },
      category: SLICES.map((text) => ({ text })),
    };
    expect(differences(running, whole)).toEqual([]);
    const unnoticed = SLICES.filter((text) => {
      const without = { ...whole, category: whole.category.filter((one) => one.text !== text) };
      return differences(running, without).length !== 1;
    });
    expect(unnoticed).toEqual([]);
  });
});
