import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import type { Definitions } from '../../generator/load/definitions.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { pin } from '../../generator/pin-package.js';
import { serialize } from '../../generator/pin/serialize.js';
import { CODE_SYSTEM, codeSystem, element, guide, GUIDE, profile, VALUE_SET, valueSet } from './samples.js';

const BOUND = { strength: 'required', valueSet: `${VALUE_SET}v` };
const french = (value: string) => ({ language: 'fr', value });

/** An example of everything that a pinned file can contain. */
const everything = guide([
  profile(
    'a',
    'Patient',
    [
      element('Patient.x', {
        short: 'quotes " and */ and \u2028 and \ud800',
        base: { path: 'Patient.x', min: 0, max: '*' },
        type: [{ code: 'Reference', profile: [`${GUIDE}gone`], targetProfile: [`${GUIDE}b`] }, { code: 'string' }],
        slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'openAtEnd', ordered: true },
        binding: { strength: 'required', valueSet: `${VALUE_SET}v` },
        constraint: [
          { key: 'k', severity: 'error', expression: 'a' },
          { key: 'k', severity: 'error', expression: 'b' },
          { key: '__proto__', severity: 'warning' },
        ],
        isModifier: true,
        mustSupport: true,
        maxLength: 3,
        minValueInteger: 0,
        maxValueQuantity: { value: 1.5 },
      }),
      element('Patient.x:one', { sliceName: 'one', fixedUri: 'urn:x' }),
      element('Patient.x:two', {
        sliceName: 'two',
        patternCoding: { system: 's', extension: [{ valueBoolean: false }] },
      }),
      element('Patient.y', {
        contentReference: '#Patient.x',
        constraint: [{ key: 'k', severity: 'error', expression: 'b' }],
      }),
    ],
    { title: 'A', abstract: true },
  ),
  profile('b', 'Observation', []),
  valueSet('v', {
    title: 'V',
    compose: {
      include: [
        { system: `${CODE_SYSTEM}s` },
        { system: 'gone' },
        { system: 't', concept: [{ code: '1', display: 'One', designation: [{ language: 'fr', value: 'Un' }] }] },
        { valueSet: ['gone'] },
      ],
    },
  }),
  codeSystem('s', [{ code: 'a' }, { code: 'b', display: 'B' }]),
]);

const snapshot = pin(everything).snapshot;
const text = serialize(snapshot);

describe('a serialized snapshot', () => {
  it('is parsed to an equal snapshot', () => {
    expect(parseSnapshot(text, 'pinned.json')).toEqual(snapshot);
    expect(serialize(parseSnapshot(text, 'pinned.json'))).toBe(text);
  });

  it.each(['', ' ', '\n', '\u2028'])('is parsed to an equal snapshot if texts are blank: %j', (words) => {
    const { snapshot: blank } = pin(
      guide([
        profile('a', 'Patient', [element('Patient.x', { short: words, binding: BOUND })], { title: words }),
        valueSet('v', {
          title: words,
          name: words,
          compose: {
            include: [{ system: 's', concept: [{ code: 'c', display: words, designation: [french(words)] }] }],
          },
        }),
      ]),
    );
    expect(parseSnapshot(serialize(blank), 'blank')).toEqual(blank);
    expect(blank.structureDefinitions.find(({ url }) => url === `${GUIDE}a`)?.title).toBeUndefined();
    expect(blank.valueSets.flatMap(({ systems }) => systems)).toEqual([{ system: 's', concepts: [{ code: 'c' }] }]);
  });

  it('is parsed to an equal snapshot if a canonical ends with a slash', () => {
    const url = `${GUIDE}a/`;
    const { snapshot: slashed } = pin(guide([profile('a', 'Patient', [], { url, id: undefined, name: undefined })]));
    expect(parseSnapshot(serialize(slashed), 'slashed')).toEqual(slashed);
    expect(slashed.structureDefinitions.find((one) => one.url === url)?.name).toBe('a');
  });

  it('contains no profile with a canonical beyond the limit', () => {
    const url = `${GUIDE}${'a'.repeat(3_000)}`;
    const { snapshot: long, warnings } = pin(guide([profile('a', 'Patient', [], { url })]));
    expect(parseSnapshot(serialize(long), 'long')).toEqual(long);
    expect(warnings.some(({ message }) => message.includes('the limit "idLength" is 2000'))).toBe(true);
  });

  it('is parsed with the limits that it was pinned with', () => {
    const url = `${GUIDE}${'a'.repeat(3_000)}`;
    const { snapshot: long } = pin(guide([profile('a', 'Patient', [], { url })]), { limits: { idLength: 4_000 } });
    expect(long.profiles).toEqual([url]);
    expect(parseSnapshot(serialize(long), 'long', undefined, { idLength: 4_000 })).toEqual(long);
    expect(() => parseSnapshot(serialize(long), 'long')).toThrow('the limit "idLength" is 2000');
  });

  it('is parsed to an equal snapshot if the canonical of a value set is beyond the limit', () => {
    const url = `${GUIDE}${'v'.repeat(3_000)}`;
    const [valueSet] = snapshot.valueSets;
    const long = { ...snapshot, valueSets: valueSet === undefined ? [] : [{ ...valueSet, url }] };
    expect(parseSnapshot(serialize(long), 'long')).toEqual(long);
  });

  it('has a line for each element and each concept, and ends with a line feed', () => {
    const lines = text.split('\n');
    expect(lines.filter((line) => line.includes('"id":"Patient.x:one"'))).toHaveLength(1);
    expect(lines.filter((line) => line.trim() === '{"code":"b","display":"B"}')).toHaveLength(1);
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toMatchObject({ format: 1 });
  });

  it('is UTF-8, with lone surrogates escaped', () => {
    expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text);
  });

  it('distinguishes constraints with the same key', () => {
    const line = text.split('\n').find((item) => item.includes('"id":"Patient.x",'));
    expect(line).toContain('"constraints":["k","k#2","__proto__"]');
  });

  it('is the same for any order of files and packages', () => {
    const shuffled = (definitions: Definitions, resources: Definitions['root']['resources']): Definitions => {
      const root = { ...definitions.root, resources };
      return { ...definitions, root, packages: [root, ...definitions.packages.slice(1)] };
    };
    const { resources } = everything.root;
    fc.assert(
      fc.property(fc.shuffledSubarray([...resources], { minLength: resources.length }), (order) => {
        expect(serialize(pin(shuffled(everything, order)).snapshot)).toBe(text);
      }),
      { numRuns: 30 },
    );
  });
});

/** The error that a user sees for a changed file. */
function failure(change: (text: string) => string): string {
  try {
    parseSnapshot(change(text), 'generator/pinned.json');
  } catch (error) {
    return oneLine(error);
  }
  return 'nothing failed';
}

const replaced = (from: string, to: string) => (before: string) => {
  expect(before).toContain(from);
  return before.replace(from, to);
};

describe('parseSnapshot', () => {
  it.each<[string, (text: string) => string, string | RegExp]>([
    ['an empty text', () => '', /^generator\/pinned\.json: the pinned snapshot is not JSON: /],
    [
      'half a file',
      (before) => before.slice(0, before.length / 2),
      /^generator\/pinned\.json: the pinned snapshot is not JSON: /,
    ],
    ['a merge conflict', replaced('"profiles"', '<<<<<<< HEAD\n"profiles"'), /not JSON/],
    [
      'another file',
      () => '{"name":"x"}',
      'generator/pinned.json: this is not a pinned snapshot: it has no format number; ' +
        'a package is named by name#version, its folder or its .tgz',
    ],
    ['a list', () => '[]', 'generator/pinned.json: the file is an array, not an object'],
    [
      'a later format',
      replaced('"format": 1', '"format": 2'),
      'generator/pinned.json: the pinned snapshot has format 2; this generator reads format 1: pin the package again',
    ],
    ['no package', replaced('"package":', '"packag":'), 'generator/pinned.json: package is missing'],
    [
      'no definitions',
      replaced('"structureDefinitions"', '"x"'),
      'generator/pinned.json: structureDefinitions is nothing, not an array',
    ],
    ['no value sets', replaced('"valueSets"', '"x"'), 'generator/pinned.json: valueSets is nothing, not an array'],
    ['no profiles', replaced('"profiles"', '"x"'), 'generator/pinned.json: profiles is nothing, not an array'],
    [
      'an element with a bad path',
      replaced('"path":"Patient.y"', '"path":"Patient.y()"'),
      `generator/pinned.json › ${GUIDE}a › Patient.y: path is "Patient.y()", not made of element names`,
    ],
    [
      'an element with a bad id',
      replaced('"id":"Patient.y"', '"id":"Patient.-"'),
      `generator/pinned.json › ${GUIDE}a › Patient.-: id is "Patient.-", not made of element names`,
    ],
    [
      'an element without its parent',
      replaced('"path":"Patient.y"', '"path":"Patient.z.y"'),
      /no parent element before Patient\.z\.y/,
    ],
    [
      'an invalid cardinality',
      replaced('"min":0,"max":"1","contentReference"', '"min":0,"max":"x","contentReference"'),
      `generator/pinned.json › ${GUIDE}a › Patient.y: max is "x", not a number or *`,
    ],
    [
      'an invalid type',
      replaced('{"code":"string"}', '{"code":"str ing"}'),
      /types\[1\]\.code is "str ing", not a FHIR type/,
    ],
    [
      'a constraint missing from the table',
      replaced('"constraints":["k#2"]', '"constraints":["k#3"]'),
      /constraint "k#3" is not in the table/,
    ],
    [
      'a value with a prototype',
      replaced('"value":{"system":"s"', '"value":{"__proto__":"s"'),
      /pattern\.value has a member named __proto__/,
    ],
    ['slicing without rules', replaced('"rules":"openAtEnd"', '"x":0'), /slicing\.rules is missing/],
    ['a concept without code', replaced('{"code":"b",', '{"x":"b",'), /code is missing/],
    [
      'a cycle of bases',
      replaced(`"baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient"`, `"baseDefinition":"${GUIDE}a"`),
      `generator/pinned.json › ${GUIDE}a: its base definitions form a cycle`,
    ],
    ['an unknown kind', replaced('"kind":"StructureDefinition"', '"kind":"Secret"'), /kind is "Secret", not one of/],
  ])('rejects %s in one line', (_, change, message) => {
    const line = failure(change);
    if (typeof message === 'string') expect(line).toBe(message);
    else expect(line).toMatch(message);
  });

  it('throws only its own errors for any damage', () => {
    const json: unknown = JSON.parse(text);
    const places: [object, string][] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, member] of Object.entries(value)) {
        places.push([value, name]);
        collect(member);
      }
    };
    collect(json);
    const anything: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
      null,
      0,
      -1,
      '',
      'x',
      '__proto__',
      true,
      [],
      {},
      [null],
      [{}],
      { x: 1 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: places.length - 1 }), anything, (index, value) => {
        const [holder, name] = places[index] ?? [{}, ''];
        const before: unknown = Reflect.get(holder, name);
        Object.defineProperty(holder, name, { value, writable: true, configurable: true, enumerable: true });
        const damaged = JSON.stringify(json);
        Object.defineProperty(holder, name, { value: before, writable: true, configurable: true, enumerable: true });
        expect(failure(() => damaged)).toMatch(/^(generator\/pinned\.json( ›|:)|nothing failed$)/);
      }),
      { numRuns: 1000 },
    );
  });
});
