import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import type { ConformanceResource } from '../../generator/fhir/package.js';
import type { PinLimits } from '../../generator/pin/limits.js';
import { pin, type PinOptions } from '../../generator/pin-package.js';
import type { PinnedValueSet } from '../../generator/pin/snapshot.js';
import {
  CODE_SYSTEM,
  codeSystem,
  element,
  guide,
  type Members,
  packageOf,
  profile,
  VALUE_SET,
  valueSet,
} from '../pin/samples.js';

const bound = (id: string, strength = 'required') =>
  profile('a', 'Patient', [element('Patient.x', { binding: { strength, valueSet: VALUE_SET + id } })]);

/** Pins a profile that binds the value set `v`. */
function pinBound(resources: readonly ConformanceResource[], options: PinOptions = {}, strength = 'required') {
  const { snapshot, warnings } = pin(guide([bound('v', strength), ...resources]), options);
  return { snapshot, warnings, found: snapshot.valueSets.find(({ url }) => url === `${VALUE_SET}v`) };
}

/** `system: codes` of a pinned value set, with `+` for an open system and `*` for any system. */
function summary(found: PinnedValueSet | undefined): string {
  if (found === undefined) return 'not pinned';
  const systems = found.systems.map(({ system, open, concepts }) =>
    [`${system.replace(CODE_SYSTEM, '')}:`, ...concepts.map(({ code }) => code), ...(open === true ? ['+'] : [])].join(
      ' ',
    ),
  );
  return [...systems, ...(found.open === true ? ['*'] : [])].join('; ');
}

const expanded = (compose: unknown, ...others: readonly ConformanceResource[]) =>
  pinBound([valueSet('v', { compose }), ...others]).found;

const concept = (...codes: string[]) => codes.map((code) => ({ code }));
const system = (id: string, members: Members = {}) => ({ system: CODE_SYSTEM + id, ...members });

/** cat and dog are pets; siamese and persian are cats; `mammal` is abstract. */
const ANIMALS = codeSystem(
  'animals',
  [
    {
      code: 'mammal',
      property: [{ code: 'notSelectable', valueBoolean: true }],
      concept: [
        {
          code: 'cat',
          display: 'Cat',
          designation: [
            { language: 'de', value: 'Katze' },
            { language: 'fr-CA', value: 'Chat' },
          ],
          property: [
            { code: 'legs', valueInteger: 4 },
            { code: 'home', valueCode: 'house' },
          ],
          concept: [{ code: 'siamese' }, { code: 'persian', property: [{ code: 'inactive', valueBoolean: true }] }],
        },
        {
          code: 'dog',
          property: [
            { code: 'legs', valueInteger: 4 },
            { code: 'home', valueCode: 'garden' },
          ],
        },
      ],
    },
    { code: 'carp', display: 'Carp' },
  ],
  {
    property: [
      { code: 'notSelectable', type: 'boolean' },
      { code: 'legs', type: 'integer' },
      { code: 'home', type: 'code' },
    ],
  },
);

/** The same hierarchy without nesting. */
const LINKED = codeSystem('linked', [
  {
    code: 'kid',
    property: [
      { code: 'parent', valueCode: 'mum' },
      { code: 'parent', valueCode: 'dad' },
    ],
  },
  { code: 'mum', property: [{ code: 'child', valueCode: 'twin' }] },
  { code: 'dad' },
  { code: 'twin' },
  { code: 'loop-1', property: [{ code: 'parent', valueCode: 'loop-2' }] },
  { code: 'loop-2', property: [{ code: 'parent', valueCode: 'loop-1' }] },
]);

const filter = (property: string, op: string, value: unknown) => ({ filter: [{ property, op, value }] });
const animals = (members: Members = {}) => ({ include: [system('animals', members)] });
const linked = (members: Members) => ({ include: [system('linked', members)] });

describe('an expansion contains', () => {
  it.each<[string, unknown, string]>([
    ['listed concepts, in their order', { include: [system('other', { concept: concept('z', 'a') })] }, 'other: z a'],
    ['a whole system, except for abstract concepts', animals(), 'animals: cat siamese persian dog carp'],
    [
      'no inactive concepts, if the value set excludes them',
      { inactive: false, ...animals() },
      'animals: cat siamese dog carp',
    ],
    [
      'several includes',
      {
        include: [
          system('b', { concept: concept('1') }),
          system('a', { concept: concept('2') }),
          system('b', { concept: concept('3', '1') }),
        ],
      },
      'a: 2; b: 1 3',
    ],
    [
      'all codes that are not excluded',
      { ...animals(), exclude: [system('animals', { concept: concept('cat', 'carp') })] },
      'animals: siamese persian dog',
    ],
    [
      'all codes that an exclude filter does not match',
      { ...animals(), exclude: [system('animals', filter('concept', 'is-a', 'cat'))] },
      'animals: dog carp',
    ],
    ['is-a', animals(filter('concept', 'is-a', 'cat')), 'animals: cat siamese persian'],
    ['is-a of an abstract concept', animals(filter('concept', 'is-a', 'mammal')), 'animals: cat siamese persian dog'],
    ['is-a by code', animals(filter('code', 'is-a', 'cat')), 'animals: cat siamese persian'],
    ['descendent-of', animals(filter('concept', 'descendent-of', 'cat')), 'animals: siamese persian'],
    ['is-not-a', animals(filter('concept', 'is-not-a', 'cat')), 'animals: dog carp'],
    ['generalizes', animals(filter('concept', 'generalizes', 'siamese')), 'animals: cat siamese'],
    ['is-a by parent and child properties', linked(filter('concept', 'is-a', 'mum')), 'linked: kid mum twin'],
    ['is-a in a cycle', linked(filter('concept', 'is-a', 'loop-1')), 'linked: loop-1 loop-2'],
    ['= of parent', linked(filter('parent', '=', 'dad')), 'linked: kid'],
    ['= of child', linked(filter('child', '=', 'kid')), 'linked: mum dad'],
    ['= of a property', animals(filter('home', '=', 'garden')), 'animals: dog'],
    ['= of a number', animals(filter('legs', '=', '4')), 'animals: cat dog'],
    ['= of a number that is not text', animals(filter('legs', '=', 4)), 'animals: cat dog'],
    ['= of display', animals(filter('display', '=', 'Carp')), 'animals: carp'],
    ['in', animals(filter('code', 'in', 'cat, carp')), 'animals: cat carp'],
    ['not-in', animals(filter('home', 'not-in', 'house')), 'animals: siamese persian dog carp'],
    ['exists', animals(filter('home', 'exists', 'true')), 'animals: cat dog'],
    ['exists false', animals(filter('home', 'exists', 'false')), 'animals: siamese persian carp'],
    ['regex on code', animals(filter('code', 'regex', 'c.*|d.*')), 'animals: cat dog carp'],
    ['regex on a property', animals(filter('home', 'regex', 'h[a-z]+')), 'animals: cat'],
    [
      'codes that match all filters of an include',
      animals({
        filter: [
          { property: 'legs', op: '=', value: '4' },
          { property: 'code', op: 'regex', value: 'c.*' },
        ],
      }),
      'animals: cat',
    ],
  ])('%s', (_, compose, result) => {
    const found = expanded(compose, ANIMALS, LINKED);
    expect(summary(found)).toBe(result);
    expect(found?.incomplete).toBeUndefined();
  });

  it('another value set, or the intersection of two', () => {
    const others = [
      ANIMALS,
      valueSet('pets', {
        compose: {
          include: [
            system('animals', { concept: concept('cat', 'dog') }),
            system('robots', { concept: concept('aibo') }),
          ],
        },
      }),
      valueSet('silent', { compose: { include: [system('animals', { concept: concept('cat', 'carp') })] } }),
    ];
    const v = (...includes: Members[]) => summary(expanded({ include: includes }, ...others));
    expect(v({ valueSet: [`${VALUE_SET}pets`] })).toBe('animals: cat dog; robots: aibo');
    expect(v({ valueSet: [`${VALUE_SET}pets`, `${VALUE_SET}silent|1.0.0`] })).toBe('animals: cat');
    expect(v({ valueSet: [`${VALUE_SET}pets`] }, { valueSet: [`${VALUE_SET}silent`] })).toBe(
      'animals: cat dog carp; robots: aibo',
    );
    expect(v(system('animals', { valueSet: [`${VALUE_SET}pets`] }))).toBe('animals: cat dog');
  });

  it('value sets that import each other in a cycle', () => {
    const cycle = (id: string, next: string) =>
      valueSet(id, { compose: { include: [{ valueSet: [VALUE_SET + next] }, system('s', { concept: concept(id) })] } });
    const { snapshot } = pin(
      guide([
        bound('x'),
        profile('b', 'Patient', [
          element('Patient.x', { binding: { strength: 'required', valueSet: `${VALUE_SET}y` } }),
        ]),
        cycle('x', 'y'),
        cycle('y', 'z'),
        cycle('z', 'x'),
      ]),
    );
    expect(snapshot.valueSets.map(({ systems }) => systems[0]?.concepts.map(({ code }) => code).sort())).toEqual([
      ['x', 'y', 'z'],
      ['x', 'y', 'z'],
    ]);
  });

  it('no codes for value sets that only include each other, and a warning names the cycle', () => {
    const only = (id: string, next: string) =>
      valueSet(id, { compose: { include: [{ valueSet: [VALUE_SET + next] }] } });
    const chain = (...ids: string[]) =>
      'the value set has no codes, as value sets include each other: ' +
      ids.map((id) => (id.includes(' ') ? id : VALUE_SET + id)).join(' includes ');
    expect(pinBound([only('v', 'v')]).found?.incomplete).toEqual([chain('v', 'v')]);
    expect(pinBound([only('v', 'a'), only('a', 'b'), only('b', 'a')]).found?.incomplete).toEqual([
      chain('a', 'b', 'a'),
    ]);
    const ring = Array.from({ length: 9 }, (_, index) => only(`r${index}`, `r${(index + 1) % 9}`));
    const { found, warnings } = pinBound([only('v', 'r0'), ...ring]);
    expect(found?.incomplete).toEqual([chain('r0', 'r1', 'r2', 'r3', '5 more', 'r0')]);
    expect(warnings.map(oneLine)).toEqual([expect.stringContaining(chain('r0', 'r1'))]);
  });
});

describe('the display of a code', () => {
  const display = (compose: unknown) => expanded(compose, ANIMALS)?.systems[0]?.concepts[0];

  it.each<[string, Members, Members]>([
    [
      'is that of the value set',
      { display: 'Felis', designation: [{ language: 'fr', value: 'Félin' }] },
      { display: 'Felis', fr: 'Félin' },
    ],
    ['is otherwise that of the code system', {}, { display: 'Cat', fr: 'Chat' }],
    ['is also given in French if that differs', { display: 'Chat' }, { display: 'Chat' }],
    ['is on one line', { display: ' a\nb ', designation: [] }, { display: 'a b', fr: 'Chat' }],
  ])('%s', (_, members, result) => {
    expect(display({ include: [system('animals', { concept: [{ code: 'cat', ...members }] })] })).toEqual({
      code: 'cat',
      ...result,
    });
  });

  it('is that of the code system if the whole system is included', () => {
    expect(display(animals())).toEqual({ code: 'cat', display: 'Cat', fr: 'Chat' });
  });
});

describe('an expansion is open, with a warning, because of', () => {
  it.each<[string, unknown, readonly ConformanceResource[], string, RegExp]>([
    ['a missing system', animals(), [], 'animals: +', /animals is not among the packages/],
    [
      'a filter on a missing system',
      animals(filter('concept', 'is-a', 'cat')),
      [],
      'animals: +',
      /animals is not among the packages/,
    ],
    [
      'a system of which only a part is known',
      animals(),
      [codeSystem('animals', concept('cat'), { content: 'fragment' })],
      'animals: cat +',
      /not complete/,
    ],
    [
      'a system without concepts',
      animals(),
      [codeSystem('animals', [], { content: 'not-present' })],
      'animals: +',
      /not complete/,
    ],
    [
      'a filter on a system of which only a part is known',
      animals(filter('code', 'regex', '.*')),
      [codeSystem('animals', concept('cat'), { content: 'fragment' })],
      'animals: +',
      /not complete/,
    ],
    [
      'a system in another version',
      animals({ version: '2.0.0' }),
      [ANIMALS],
      'animals: cat siamese persian dog carp +',
      /no package has the requested version of /,
    ],
    ['an undefined property', animals(filter('colour', '=', 'red')), [ANIMALS], 'animals: +', /no property colour/],
    [
      'an undefined concept',
      animals(filter('concept', 'is-a', 'unicorn')),
      [ANIMALS],
      'animals: +',
      /no concept unicorn/,
    ],
    [
      'an unknown operator',
      animals(filter('concept', 'resembles', 'cat')),
      [ANIMALS],
      'animals: +',
      /filter resembles is not defined/,
    ],
    ['is-a on a property', animals(filter('home', 'is-a', 'house')), [ANIMALS], 'animals: +', /is-a on home/],
    [
      'an unsupported regular expression',
      animals(filter('code', 'regex', '(?=c)cat')),
      [ANIMALS],
      'animals: +',
      /not understood/,
    ],
    [
      'a missing value set',
      { include: [{ valueSet: [`${VALUE_SET}gone`] }] },
      [],
      '*',
      /gone, which it imports, is not among the packages/,
    ],
    ['an empty include', { include: [{}] }, [], '*', /names neither a code system nor a value set/],
    ['a missing definition', undefined, [], '*', /neither a definition nor an expansion/],
    ['a definition without codes', { include: [] }, [], '*', /has no codes/],
    ['a filter that finds nothing', animals(filter('code', '=', 'unicorn')), [ANIMALS], '*', /has no codes/],
    [
      'a malformed definition',
      { include: [system('animals', { concept: [{ code: 7 }] })] },
      [],
      '*',
      /code is 7, not a string/,
    ],
    [
      'a malformed code system',
      animals(),
      [codeSystem('animals', [{ display: 'no code' }])],
      'animals: +',
      /cannot be read: concept\.code is missing/,
    ],
  ])('%s', (_, compose, others, result, note) => {
    const found = expanded(compose, ...others);
    expect(summary(found)).toBe(result);
    expect(found?.incomplete?.join()).toMatch(note);
  });

  it('an unresolved part, while the rest is kept', () => {
    expect(summary(expanded({ include: [...animals().include, system('other', { concept: concept('x') })] }))).toBe(
      'animals: +; other: x',
    );
    // All codes of the intersection are listed.
    const pets = valueSet('pets', { compose: { include: [system('animals', { concept: concept('cat') })] } });
    expect(summary(expanded({ include: [{ ...system('animals'), valueSet: [`${VALUE_SET}pets`] }] }, pets))).toBe(
      'animals: cat',
    );
  });

  it('an unresolved exclude', () => {
    const exclude = [system('animals', filter('concept', 'is-a', 'cat'))];
    expect(summary(expanded({ include: [system('animals', { concept: concept('cat', 'dog') })], exclude }))).toBe(
      'animals: cat dog',
    );
  });

  it('any of these, reported once with its consequence', () => {
    const lines = (compose: unknown) => pinBound([valueSet('v', { compose }), ANIMALS]).warnings.map(oneLine);
    expect(lines(animals(filter('colour', '=', 'red')))).toEqual([
      `example.guide#1.0.0: value set ${VALUE_SET}v is not complete: a filter on ${CODE_SYSTEM}animals cannot be evaluated: it has no property colour; any code of ${CODE_SYSTEM}animals is accepted`,
    ]);
    expect(lines({ include: [system('gone')] })).toEqual([
      `CodeSystem ${CODE_SYSTEM}gone cannot be resolved, used by ${VALUE_SET}v: any code of that system is accepted where the value set is bound`,
    ]);
    // Units and languages cannot be listed, so nothing can be repaired.
    expect(lines({ include: [{ system: 'http://unitsofmeasure.org' }] })).toEqual([]);
  });
});

describe('a published expansion', () => {
  const expansion = {
    contains: [
      {
        system: 's',
        code: 'group',
        abstract: true,
        contains: [{ system: 's', code: 'a', display: 'A', contains: [{ system: 's', code: 'b' }] }],
      },
      { display: 'a heading', contains: [{ system: 't', code: 'c' }] },
    ],
  };
  const from = (members: Members) => pinBound([valueSet('v', members), ANIMALS]).found;

  it('is used if the definition cannot be expanded', () => {
    const found = from({ compose: { include: [{ system: 'http://loinc.org', filter: [] }] }, expansion });
    expect(summary(found)).toBe('s: a b; t: c');
    expect(found?.incomplete).toBeUndefined();
    expect(summary(from({ expansion }))).toBe('s: a b; t: c');
  });

  it('is not used if the definition can be expanded', () => {
    expect(summary(from({ compose: animals(filter('code', '=', 'cat')), expansion }))).toBe('animals: cat');
  });

  it.each([
    ['one page of several', { ...expansion, total: 100 }],
    ['a later page', { ...expansion, offset: 10 }],
    [
      'a truncated one',
      {
        ...expansion,
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/valueset-toocostly', valueBoolean: true }],
      },
    ],
  ])('is open if it is %s', (_, part) => {
    expect(summary(from({ expansion: part }))).toBe('s: a b +; t: c +; *');
  });
});

describe('pinned value sets', () => {
  const small = valueSet('v', { compose: { include: [system('s', { concept: concept('a') })] } });
  const large = valueSet('v', {
    compose: {
      include: [system('s', { concept: concept(...Array.from({ length: 151 }, (_, index) => `c${index}`)) })],
    },
  });

  it.each([
    ['required', small, true],
    ['required', large, true],
    ['extensible', small, true],
    ['extensible', large, false],
    ['preferred', small, false],
    ['example', small, false],
  ])('include the value set of a %s binding', (strength, resource, isPinned) => {
    expect(pinBound([resource], {}, strength).found !== undefined).toBe(isPinned);
  });

  it('exclude extensible ones that are incomplete or that FHIR itself suggests', () => {
    expect(
      pinBound([valueSet('v', { compose: { include: [system('gone')] } })], {}, 'extensible').found,
    ).toBeUndefined();
    const inherited = profile('a', 'Patient', [
      element('Patient.gender', {
        base: { path: 'Patient.gender', min: 0, max: '1' },
        binding: { strength: 'extensible', valueSet: `${VALUE_SET}core-gender` },
      }),
    ]);
    const gender = valueSet('core-gender', { compose: { include: [system('s', { concept: concept('a') })] } });
    expect(pin(guide([inherited, gender])).snapshot.valueSets).toEqual([]);
  });

  it('have the requested version, or another one with a warning', () => {
    const binding = (version: string) =>
      profile('a', 'Patient', [
        element('Patient.x', { binding: { strength: 'required', valueSet: `${VALUE_SET}v|${version}` } }),
      ]);
    const two = { ...small, version: '2.0.0' };
    expect(pin(guide([binding('1.0.0'), two, small])).snapshot.valueSets.map(({ version }) => version)).toEqual([
      '1.0.0',
    ]);
    const { snapshot, warnings } = pin(guide([binding('3.0.0'), small, two]));
    expect(snapshot.valueSets.map(({ version }) => version)).toEqual(['2.0.0']);
    expect(warnings.map(({ message }) => message)).toEqual([
      `value set ${VALUE_SET}v|3.0.0 is not available in this version; version 2.0.0 is used`,
    ]);
  });

  it('that are missing are reported once', () => {
    expect(pinBound([]).snapshot.unresolved).toEqual([
      { canonical: `${VALUE_SET}v`, kind: 'ValueSet', usedBy: ['http://example.org/StructureDefinition/a'] },
    ]);
  });

  it('name the packages of their code systems', () => {
    const other = packageOf('example.codes#2.0.0', [ANIMALS]);
    const { snapshot } = pin(guide([bound('v'), valueSet('v', { compose: animals() })], [other]));
    expect(snapshot.packages.map(({ name }) => name)).toEqual(['example.codes', 'example.guide', 'hl7.fhir.r4.core']);
  });
});

describe('absurd terminology', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ code: `c${index}` }));

  it('with 120,000 codes is expanded completely, by list, system and hierarchy', () => {
    const table = codeSystem('big', [{ code: 'root', concept: many(120_000) }]);
    const compose = {
      include: [
        system('big', { filter: [{ property: 'concept', op: 'descendent-of', value: 'root' }] }),
        system('list', { concept: many(120_000) }),
      ],
      exclude: [system('big', { concept: many(60_000) })],
    };
    expect(expanded(compose, table)?.systems.map(({ concepts }) => concepts.length)).toEqual([60_000, 120_000]);
  });

  it('beyond the limit is open', () => {
    const { found } = pinBound([valueSet('v', { compose: { include: [system('s', { concept: many(11) })] } })], {
      limits: { codes: 10 },
    });
    expect(summary(found)).toBe('*');
    expect(found?.incomplete?.join()).toMatch(/more than 10 codes/);
  });

  it('with a code system beyond the limit leaves that system open', () => {
    const { found } = pinBound([valueSet('v', { compose: { include: [system('s')] } }), codeSystem('s', many(11))], {
      limits: { codes: 10 },
    });
    expect(summary(found)).toBe('s: +');
  });

  it.each<[string, Partial<PinLimits>, RegExp]>([
    ['visited codes', { codesVisited: 100 }, /visits more than 100 codes/],
    ['codes in all', { allCodes: 15 }, /more than 15 codes/],
  ])('with too many %s leaves only the last value sets open', (_, limits, note) => {
    const sets = ['a', 'b', 'c'].map((id) =>
      valueSet(id, { compose: { include: [system('s', { concept: many(10) }), system('t')] } }),
    );
    const elements = ['a', 'b', 'c'].map((id) =>
      element(`Patient.${id}`, { binding: { strength: 'required', valueSet: VALUE_SET + id } }),
    );
    const { snapshot } = pin(
      guide([
        profile('p', 'Patient', elements),
        ...sets,
        codeSystem('t', many(60).slice(0, limits.codesVisited === undefined ? 1 : 60)),
      ]),
      { limits },
    );
    expect(snapshot.valueSets.map(({ open }) => open)).toEqual([undefined, true, true]);
    expect(snapshot.valueSets.at(-1)?.incomplete?.join()).toMatch(note);
  });

  it('with a hundred thousand levels comes to an end', () => {
    let nested: Members = { code: 'leaf' };
    let contains: Members = { system: 's', code: 'leaf' };
    for (let index = 0; index < 100_000; index++) {
      nested = { code: `n${index}`, concept: [nested] };
      contains = { system: 's', code: `n${index}`, contains: [contains] };
    }
    const found = expanded(animals(filter('concept', 'is-a', 'n99999')), codeSystem('animals', [nested]));
    expect(found?.systems[0]?.concepts).toHaveLength(100_001);
    expect(pinBound([valueSet('v', { expansion: { contains: [contains] } })]).found?.systems[0]?.concepts).toHaveLength(
      100_001,
    );
  });

  it('with value sets that all import each other comes to an end', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `m${index}`);
    const mesh = ids.map((id) =>
      valueSet(id, {
        compose: {
          include: [
            { valueSet: [`${VALUE_SET}v`] },
            ...ids.map((other) => ({ valueSet: [VALUE_SET + other] })),
            system('s', { concept: concept(id) }),
          ],
        },
      }),
    );
    const { found } = pinBound([
      ...mesh,
      valueSet('v', { compose: { include: ids.map((id) => ({ valueSet: [VALUE_SET + id] })) } }),
    ]);
    expect(found?.systems[0]?.concepts).toHaveLength(40);
  });

  it('with a long chain of imports comes to an end', () => {
    const chain = Array.from({ length: 5000 }, (_, index) =>
      valueSet(index === 0 ? 'v' : `v${index}`, {
        compose: { include: [{ valueSet: [`${VALUE_SET}v${index + 1}`] }] },
      }),
    );
    const { found } = pinBound(chain);
    expect(summary(found)).toBe('*');
    expect(found?.incomplete?.join()).toMatch(/imported through too many value sets/);
  });

  it('with names of prototypes as codes and properties keeps them', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const table = codeSystem(
      'animals',
      names.map((code) => ({ code, property: [{ code: '__proto__', valueString: 'x' }] })),
    );
    expect(summary(expanded(animals(filter('__proto__', '=', 'x')), table))).toBe(
      'animals: __proto__ constructor toString',
    );
    expect(summary(expanded({ include: [{ system: '__proto__', concept: concept(...names) }] }))).toBe(
      '__proto__: __proto__ constructor toString',
    );
  });
});

/** FHIR R4, CodeSystem.caseSensitive. */
describe('codes of case-insensitive systems', () => {
  const concepts = [
    { code: 'Abc', display: 'A' },
    { code: 'Def', concept: [{ code: 'Ghi' }] },
  ];
  const table = (members: Members) => codeSystem('nocase', concepts, members);
  const list = { concept: [{ code: 'ABC' }, { code: 'ghi' }, { code: 'Other' }] };

  it.each<[string, Members, unknown, string]>([
    ['are listed as the code system writes them', {}, { include: [system('nocase', list)] }, 'nocase: Abc Ghi Other'],
    [
      'are excluded',
      {},
      { include: [system('nocase')], exclude: [system('nocase', { concept: concept('abc') })] },
      'nocase: Def Ghi',
    ],
    ['are found by filters', {}, { include: [system('nocase', filter('concept', 'is-a', 'DEF'))] }, 'nocase: Def Ghi'],
    [
      'are found by lists in filters',
      {},
      { include: [system('nocase', filter('code', 'in', 'ABC, ghi'))] },
      'nocase: Abc Ghi',
    ],
    [
      'are different codes by default',
      { caseSensitive: undefined },
      { include: [system('nocase', list)] },
      'nocase: ABC ghi Other',
    ],
  ])('%s', (_, members, compose, expected) => {
    expect(summary(expanded(compose, table({ caseSensitive: false, ...members })))).toBe(expected);
  });

  it('are marked, with the display of the code system', () => {
    const found = expanded({ include: [system('nocase', list)] }, table({ caseSensitive: false }));
    expect(found?.systems[0]).toMatchObject({
      caseInsensitive: true,
      concepts: [{ code: 'Abc', display: 'A' }, {}, {}],
    });
    const expansion = { contains: [{ system: `${CODE_SYSTEM}nocase`, code: 'Abc' }] };
    const published = pinBound([valueSet('v', { expansion }), table({ caseSensitive: false })]).found;
    expect(published?.systems[0]).toMatchObject({ caseInsensitive: true });
    expect(expanded({ include: [system('nocase')] }, table({ caseSensitive: true }))?.systems[0]).not.toHaveProperty(
      'caseInsensitive',
    );
  });
});
