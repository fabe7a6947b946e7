import { describe, expect, it } from 'vitest';
import { generate } from '../../generator/generate.js';
import { resolveModel } from '../../generator/model/resolve.js';
import { parseLedger, serializeLedger } from '../../generator/names/ledger-file.js';
import { constantNames } from '../../generator/names/constants.js';
import { ledgerOf } from '../../generator/names/ledger-of.js';
import { EMPTY_LEDGER, type NameLedger, type ProfileLedger } from '../../generator/names/ledger.js';
import { nameAll, type Names, type ProfileNames } from '../../generator/names/names.js';
import type { PinnedValueSet } from '../../generator/pin/snapshot.js';
import { readAssets } from '../../generator/assets.js';
import { verifyModels } from '../verified.js';
import { canonical, sampleModel, sampleSnapshot, type SampleElement, type SampleProfile } from '../model/sample.js';

/** A published package: profiles, and value sets that they bind. */
interface Guide {
  readonly profiles: readonly Named[];
  readonly valueSets?: readonly PinnedValueSet[];
}

/** A profile whose canonical is made from `id`; another profile may have the same name. */
interface Named extends SampleProfile {
  readonly id: string;
}

function modelOf({ profiles, valueSets }: Guide) {
  const model = sampleModel(
    profiles.map((one) => ({ ...one, name: one.id })),
    valueSets,
  );
  const named = model.profiles.map((profile) => {
    const name = profiles.find((one) => canonical(one.id) === profile.url)?.name;
    return name === undefined ? profile : { ...profile, name };
  });
  return resolveModel({ ...model, profiles: named });
}

function namesOf(guide: Guide, ledger: NameLedger = EMPTY_LEDGER): Names {
  return nameAll(modelOf(guide), { ledger });
}

/** The names of the next version, after the ledger of the first was written and read. */
function next(old: Guide, fresh: Guide): readonly [before: Names, after: Names] {
  const before = namesOf(old);
  return [before, namesOf(fresh, parseLedger(serializeLedger(ledgerOf(before)), 'names.json'))];
}

function profileNames(names: Names, id: string): ProfileNames {
  const found = names.profiles.get(canonical(id));
  if (found === undefined) throw new Error(id);
  return found;
}

/** All identifiers of all exports of a guide, with their scopes. */
function identifiersOf(names: Names): readonly string[] {
  return [
    ...[...names.profiles.values()].flatMap((own) => [
      own.interface,
      own.input,
      own.builder,
      own.create,
      own.guard,
      own.validate,
      own.table,
      ...[...own.parts].filter(([path]) => path !== '').flatMap(([, part]) => [part.type, part.input, part.builder]),
    ]),
    ...[...names.valueSets.values()].flatMap((own) => [own.name, own.code, own.coding, own.codes]),
  ];
}

/** All names of a guide, with what they name. */
function everyName(names: Names): [string, string][] {
  const of = (what: string, map: ReadonlyMap<string, string>): [string, string][] =>
    [...map].map(([id, name]) => [`${what} ${id}`, name]);
  return [
    ...[...names.profiles].flatMap(([url, { parts, slices, readers, writers, methods, ...family }]) => [
      ...of(url, new Map(Object.entries(family))),
      ...of(`${url} part`, new Map([...parts].map(([path, { type }]) => [path, type]))),
      ...of(`${url} slice`, slices),
      ...of(`${url} reader`, readers),
      ...of(`${url} writer`, writers),
      ...[...methods].flatMap(([path, all]) => of(`${url} method ${path}`, all)),
    ]),
    ...[...names.valueSets].flatMap(([url, { constants, ...family }]) => [
      ...of(url, new Map(Object.entries(family))),
      ...of(`${url} constant`, constants.keys),
    ]),
  ];
}

const BY_SYSTEM = { discriminators: [{ type: 'value', path: 'system' }], rules: 'open' } as const;

function slice(path: string, name: string): SampleElement[] {
  const system = { fixed: { type: 'Uri', value: `urn:${name}` }, min: 1, max: '1', types: [{ code: 'uri' }] };
  return [
    { id: `${path}:${name}`, path, sliceName: name, max: '1', types: [{ code: 'Identifier' }] },
    { id: `${path}:${name}.system`, ...system },
  ];
}

function sliced(...names: readonly string[]): readonly SampleElement[] {
  return [
    { id: 'Patient.identifier', slicing: BY_SYSTEM },
    ...names.flatMap((name) => slice('Patient.identifier', name)),
  ];
}

function patient(id: string, name: string, elements: readonly SampleElement[] = []): Named {
  return { id, name, type: 'Patient', elements };
}

function codes(id: string, name: string, ...concepts: { readonly code: string; readonly display: string }[]) {
  const systems = [{ system: 'urn:codes', concepts }];
  return { url: `https://example.org/ValueSet/${id}`, name, package: 'example.sample#1.0.0', systems };
}

const bound = (...ids: readonly string[]): Named[] =>
  ids.map((id, index) => ({
    id: `bound-${index}`,
    name: `Bound${index}`,
    type: 'Encounter',
    elements: [
      { id: 'Encounter.class', binding: { strength: 'required', valueSet: `https://example.org/ValueSet/${id}` } },
    ],
  }));

describe('a new', () => {
  it.each<[string, Guide, Guide]>([
    [
      'profile with the name of an old profile',
      { profiles: [patient('b', 'Person')] },
      { profiles: [patient('a', 'Person'), patient('b', 'Person')] },
    ],
    [
      'profile with a function name of an old profile',
      { profiles: [patient('b', 'PersonInput')] },
      { profiles: [patient('a', 'Person'), patient('b', 'PersonInput')] },
    ],
    [
      'profile with the name of a part of an old profile',
      { profiles: [patient('b', 'Person', [{ id: 'Patient.contact.gender', min: 1 }])] },
      {
        profiles: [patient('a', 'PersonContact'), patient('b', 'Person', [{ id: 'Patient.contact.gender', min: 1 }])],
      },
    ],
    [
      'part with the name of an old profile',
      { profiles: [patient('a', 'Person'), patient('b', 'PersonContact', [{ id: 'Patient.name.given', min: 1 }])] },
      {
        profiles: [
          patient('a', 'Person', [{ id: 'Patient.contact.name.given', min: 1 }]),
          patient('b', 'PersonContact', [{ id: 'Patient.name.given', min: 1 }]),
        ],
      },
    ],
    [
      'profile with the name of an old value set',
      { profiles: bound('x'), valueSets: [codes('x', 'Ways')] },
      { profiles: [patient('a', 'Ways'), ...bound('x')], valueSets: [codes('x', 'Ways')] },
    ],
    [
      'value set with the name of an old value set',
      { profiles: bound('x'), valueSets: [codes('x', 'Ways')] },
      { profiles: bound('x', 'a'), valueSets: [codes('a', 'Ways'), codes('x', 'Ways')] },
    ],
    [
      'value set with the name of an old profile',
      { profiles: [patient('z', 'Ways')] },
      { profiles: [patient('z', 'Ways'), ...bound('a')], valueSets: [codes('a', 'Ways')] },
    ],
    [
      'slice with the reader, key and method of an old slice',
      { profiles: [patient('a', 'Person', sliced('id-card'))] },
      { profiles: [patient('a', 'Person', sliced('idCard', 'id-card', 'id card'))] },
    ],
    [
      'slice of another element with the reader of an old slice',
      { profiles: [patient('a', 'Person', sliced('card'))] },
      {
        profiles: [
          patient('a', 'Person', [
            ...sliced('card'),
            {
              id: 'Patient.contact.extension',
              slicing: { ...BY_SYSTEM, discriminators: [{ type: 'value', path: 'url' }] },
            },
            { id: 'Patient.contact.extension:card', max: '1', types: [{ code: 'Extension' }] },
          ]),
        ],
      },
    ],
    [
      'code with the display of an old code',
      { profiles: bound('x'), valueSets: [codes('x', 'Ways', { code: '2', display: 'On foot' })] },
      {
        profiles: bound('x'),
        valueSets: [codes('x', 'Ways', { code: '1', display: 'On foot' }, { code: '2', display: 'On foot' })],
      },
    ],
  ])('%s renames nothing', (_, old, fresh) => {
    const [before, after] = next(old, fresh);
    const now = new Map(everyName(after));
    expect(everyName(before).filter(([what, name]) => now.get(what) !== name)).toEqual([]);
    const all = identifiersOf(after);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });
});

describe('the constants of codes', () => {
  const keysOf = (...concepts: readonly { readonly code: string; readonly display?: string }[]): readonly string[] => [
    ...constantNames('Ways', [
      { system: 'urn:s', open: false, external: false, caseSensitive: true, concepts },
    ]).keys.values(),
  ];

  it('without displays differ by a suffix if they clash, and do not repeat the code', () => {
    const keys = keysOf({ code: 'a' }, { code: 'A' }, { code: 'bc' });
    expect([...keys].sort()).toEqual(['A', expect.stringMatching(/^A_[0-9a-f]{6}$/), 'Bc']);
  });

  it('with the same display differ by their codes', () => {
    expect(keysOf({ code: '1', display: 'Foot' }, { code: '2', display: 'Foot' })).toEqual(['FootX1', 'FootX2']);
  });

  it('keep their previous names', () => {
    const concepts = [{ code: 'a' }, { code: 'A' }];
    const system = { system: 'urn:s', open: false, external: false, caseSensitive: true, concepts };
    const kept = new Map([['urn:s|A', 'AA']]);
    expect([...constantNames('Ways', [system], kept).keys.values()]).toEqual(['AA', 'A']);
  });
});

describe('a name in the ledger', () => {
  it('stays if the guide renames the profile, and so do all derived names', () => {
    const [before, after] = next({ profiles: [patient('a', 'Old')] }, { profiles: [patient('a', 'New')] });
    expect(after.profiles.get(canonical('a'))).toEqual(before.profiles.get(canonical('a')));
    expect(profileNames(after, 'a').create).toBe('createOld');
  });

  it('stays if the display of a code changes', () => {
    const [, after] = next(
      { profiles: bound('x'), valueSets: [codes('x', 'Ways', { code: '1', display: 'On foot' })] },
      { profiles: bound('x'), valueSets: [codes('x', 'Ways', { code: '1', display: 'Walking' })] },
    );
    expect([...(after.valueSets.get('https://example.org/ValueSet/x')?.constants.keys.values() ?? [])]).toEqual([
      'OnFoot',
    ]);
  });

  it('stays for the module of a profile whose id changes', () => {
    const old = modelOf({ profiles: [patient('a', 'Person')] });
    const renamed = { ...old, profiles: old.profiles.map((profile) => ({ ...profile, id: 'other' })) };
    const names = nameAll(renamed, { ledger: ledgerOf(nameAll(old)) });
    expect(profileNames(names, 'a').file).toBe('example.sample/a');
  });

  it('gives way to a name in the configuration, and the types of parts follow', () => {
    const guide = { profiles: [patient('a', 'Person', [{ id: 'Patient.contact.gender', min: 1 }])] };
    const overrides = new Map([[canonical('a'), 'Mine']]);
    const ledger = ledgerOf(namesOf(guide));
    const names = nameAll(modelOf(guide), { overrides, ledger });
    expect(profileNames(names, 'a')).toMatchObject({ interface: 'Mine', create: 'createMine' });
    expect(profileNames(names, 'a').parts.get('contact')?.type).toBe('MineContact');
    // The user removes the name again.
    expect(profileNames(namesOf(guide, ledgerOf(names, { overrides })), 'a').interface).toBe('Person');
  });

  it('does not depend on the order of the profiles', () => {
    const guide = { profiles: [patient('a', 'Person'), patient('b', 'Person'), patient('c', 'Person')] };
    const ledger = ledgerOf(namesOf({ profiles: guide.profiles.slice(1) }));
    const turned = { profiles: [...guide.profiles].reverse() };
    expect(namesOf(turned, ledger)).toEqual(namesOf(guide, ledger));
  });

  it('stays if nothing changes', () => {
    const guide = { profiles: [patient('a', 'Person', sliced('id-card', 'id card')), patient('b', 'Person')] };
    const [before, after] = next(guide, guide);
    expect(after).toEqual(before);
  });
});

describe('an edited ledger', () => {
  const guide: Guide = {
    profiles: [
      patient('a', 'Person', [...sliced('card', 'pass'), { id: 'Patient.contact.gender', min: 1 }]),
      patient('b', 'Other'),
      ...bound('x'),
    ],
    valueSets: [codes('x', 'Ways', { code: '1', display: 'On foot' }, { code: '2', display: 'By car' })],
  };
  const HOSTILE = [
    '../../evil',
    'example.sample/../x',
    'example.sample/CON',
    'class',
    '__proto__',
    'constructor',
    'build',
    'x; alert(1)',
    '',
    'Array',
    'Other',
    'create',
    'addIdentifier',
    'statusOf(',
    'x'.repeat(500),
  ];

  function edited(text: string): NameLedger {
    const all = (map: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
      new Map([...map.keys(), '__proto__'].map((id) => [id, text]));
    const { profiles, valueSets } = ledgerOf(namesOf(guide));
    return {
      profiles: new Map(
        [...profiles].map(([url, own]): [string, ProfileLedger] => [
          url,
          {
            name: text,
            file: text,
            parts: all(own.parts),
            slices: all(new Map(['card', 'pass'].map((name) => [`identifier:${name}`, text]))),
            readers: all(own.readers),
            methods: all(own.methods),
          },
        ]),
      ),
      valueSets: new Map(
        [...valueSets].map(([url, own]) => [url, { name: text, file: text, constants: all(own.constants) }]),
      ),
    };
  }

  it.each(HOSTILE)('with the text %j everywhere gives valid names', (text) => {
    const names = namesOf(guide, parseLedger(serializeLedger(edited(text)), 'names.json'));
    const all = identifiersOf(names);
    expect(all.filter((name) => !/^[A-Za-z]\w{0,150}$/.test(name))).toEqual([]);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
    const files = [...names.profiles.values(), ...names.valueSets.values()].map(({ file }) => file);
    expect(files.filter((file) => !/^[\w.-]+(?:\/value-sets|\/types)?\/[\w-]+$/.test(file))).toEqual([]);
    expect(new Set(files).size).toBe(files.length);
    const own = profileNames(names, 'a');
    expect(new Set(own.slices.values()).size).toBe(own.slices.size);
    expect(new Set(own.readers.values()).size).toBe(own.readers.size);
    expect([...own.readers.values()].every((name) => /^[a-z]\w*Of(?:_\w+)?$/.test(name))).toBe(true);
    expect([...(own.methods.get('') ?? new Map()).values()].every((name) => /^(?:add|set)[A-Z]\w*$/.test(name))).toBe(
      true,
    );
  });

  it('gives sources that compile', async () => {
    const { files } = await generate(sampleSnapshot(guide.profiles, guide.valueSets), {
      assets: await readAssets(),
      generator: { name: 'x', version: '1' },
      ledger: edited('Other'),
    });
    expect(await verifyModels(files)).toEqual([]);
  }, 120_000);

  it.each([
    ['not JSON', '{"format": 1'],
    ['not an object', '[]'],
    ['of another version', '{"format": 2, "profiles": {}, "valueSets": {}}'],
    ['without profiles', '{"format": 1, "valueSets": {}}'],
    ['one with a number as a name', '{"format": 1, "profiles": {"x": {"name": 1, "file": "x"}}, "valueSets": {}}'],
    ['one with an array of parts', '{"format": 1, "profiles": {"x": {"file": "x", "parts": ["a"]}}, "valueSets": {}}'],
    [
      'one with constants without a system',
      '{"format": 1, "profiles": {}, "valueSets": {"x": {"file": "x", "constants": {"a": "A"}}}}',
    ],
  ])('is rejected in one line if it is %s', (_, text) => {
    expect(() => parseLedger(text, 'out/names.json')).toThrow(
      /^this is not a ledger of names; restore the file, or delete it/,
    );
  });
});

describe('the ledger file', () => {
  it('has a line for each name, sorted, and none for names that follow from the guide', () => {
    const guide: Guide = {
      profiles: [patient('b', 'Person', sliced('card', 'id-card')), ...bound('x')],
      valueSets: [codes('x', 'Ways', { code: '1', display: 'On foot' })],
    };
    const declared = ['Ways', 'WaysCode', 'PersonIdentifierCard', 'PersonIdentifierIdCard'];
    const declares = (_: string, name: string): boolean => declared.includes(name);
    const text = serializeLedger(ledgerOf(namesOf(guide), { declares }));
    expect(JSON.parse(text)).toEqual({
      format: 1,
      profiles: {
        [canonical('b')]: {
          name: 'Person',
          file: 'example.sample/b',
          parts: { 'identifier.card': 'IdentifierCard', 'identifier.id-card': 'IdentifierIdCard' },
          slices: { 'identifier:id-card': 'idCard' },
          readers: { 'identifier:card': 'cardOf', 'identifier:id-card': 'idCardOf' },
          methods: { 'identifier:card': 'addCard', 'identifier:id-card': 'addIdCard' },
        },
        [canonical('bound-0')]: { name: 'Bound0', file: 'example.sample/bound-0' },
      },
      valueSets: {
        'https://example.org/ValueSet/x': {
          name: 'Ways',
          file: 'example.sample/value-sets/x',
          constants: { 'urn:codes': { 1: 'OnFoot' } },
        },
      },
    });
    expect(serializeLedger(parseLedger(text, 'names.json'))).toBe(text);
  });

  it('keeps names that are special in JavaScript', () => {
    const odd = codes('x', 'Ways', { code: '__proto__', display: 'a' }, { code: 'a|b', display: 'b' });
    const valueSets = [{ ...odd, systems: odd.systems.map((one) => ({ ...one, system: 'urn:a|b' })) }];
    const ledger = ledgerOf(namesOf({ profiles: bound('x'), valueSets }));
    expect(parseLedger(serializeLedger(ledger), 'names.json')).toEqual(ledger);
  });
});
