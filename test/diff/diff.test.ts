import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compare } from '../../generator/compare.js';
import { narrow } from '../../generator/pin/narrow.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { brief, changes, CORE, element, GUIDE, profile, snapshot, valueSet } from './samples.js';

describe('a profile', () => {
  test('is reported as added or removed', () => {
    expect(changes(snapshot([profile('a', 'Patient')]), snapshot([profile('b', 'Observation')]))).toEqual([
      'breaking profile-removed: the profile a was removed, with everything that its module exports',
      'compatible profile-added: the profile b is new',
    ]);
  });

  test('is reported as renamed if only its name differs', () => {
    const before = profile('a', 'Patient');
    expect(changes(snapshot([before]), snapshot([{ ...before, name: 'B' }]))).toEqual([
      'documentation profile-renamed: the profile a is renamed to B: the exports of its module keep their names',
    ]);
  });

  test('is not compared further if its type differs', () => {
    const before = profile('a', 'Patient', [element('Patient.x', '0..1')]);
    const after = profile('a', 'Observation', [element('Observation.y', '1..1')]);
    expect(changes(snapshot([before]), snapshot([after]))).toEqual([
      'breaking profile-type: the profile a constrains Observation instead of Patient',
      'compatible profile-base: the profile a is based on Observation instead of Patient',
    ]);
  });

  test('on another base is breaking unless the old base is still an ancestor', () => {
    const middle = profile('middle', 'Patient');
    const plain = profile('a', 'Patient');
    const derived = profile('a', 'Patient', [], { baseDefinition: `${GUIDE}middle` });
    expect(changes(snapshot([plain, middle]), snapshot([derived, middle]))).toEqual([
      'compatible profile-base: the profile a is based on middle instead of Patient',
    ]);
    expect(changes(snapshot([derived, middle]), snapshot([plain, middle]))).toEqual([
      'breaking profile-base: the profile a is based on Patient instead of middle',
    ]);
  });

  test('is reported as abstract, and as moved to another package', () => {
    const before = profile('a', 'Patient');
    const after = profile('a', 'Patient', [], { abstract: true, package: 'other.example#1.0.0' });
    expect(changes(snapshot([before]), snapshot([after]))).toEqual([
      'breaking profile-moved: the profile a has moved to another package: import it from ./other.example/a.js instead of ./guide.example/a.js',
      'compatible profile-abstract: the profile a became abstract: only profiles derived from it are used',
    ]);
  });

  test('in two versions is compared version by version', () => {
    const one = profile('a', 'Patient', [element('Patient.x', '0..1')]);
    const two = profile('a', 'Patient', [element('Patient.x', '1..1')], { version: '2.0.0' });
    expect(changes(snapshot([one, two]), snapshot([one, two]))).toEqual([]);
    expect(changes(snapshot([one]), snapshot([two]))).toHaveLength(1);
  });
});

describe('a guide with a new canonical base', () => {
  const OTHER = 'https://other.example/StructureDefinition/';

  function guide(base: string, packageName: string) {
    const own = { package: `${packageName}#1.0.0` };
    const patient = profile('patient', 'Patient', [], { ...own, url: `${base}patient` });
    const extension = profile(
      'flag',
      'Extension',
      [element('Extension.url', '1..1', { fixed: { type: 'Uri', value: `${base}flag` } })],
      { ...own, url: `${base}flag`, kind: 'complex-type' },
    );
    const observation = profile(
      'observation',
      'Observation',
      [
        element('Observation.subject', '0..1', {
          types: [{ code: 'Reference', targetProfiles: [`${base}patient|1.0.0`] }],
        }),
        element('Observation.extension:flag', '0..1', { types: [{ code: 'Extension', profiles: [`${base}flag`] }] }),
        element('Observation.code', '0..1', { binding: { strength: 'required', valueSet: `${base}codes` } }),
      ],
      { ...own, url: `${base}observation` },
    );
    const codes = valueSet('codes', ['a'], { url: `${base}codes`, ...own });
    return snapshot([patient, extension, observation], [codes], {
      package: { name: packageName, version: '1.0.0', canonical: base },
      packages: [
        { name: packageName, version: '1.0.0' },
        { name: 'hl7.fhir.r4.core', version: '4.0.1' },
      ],
    });
  }

  test('keeps its profiles, matched by id, and references to them count as unchanged', () => {
    expect(changes(guide(GUIDE, 'guide.example'), guide(OTHER, 'other.example'))).toEqual([
      'breaking package-renamed: the package guide.example is renamed to other.example: the generated package and its folders are renamed too',
      `documentation package-canonical: the canonical base of the package is ${OTHER} (previously ${GUIDE})`,
      'breaking profile-canonical: the extension flag has another url: data with the old one is no longer recognized',
      'compatible profile-canonical: the profile observation has another canonical: meta.profile must have the new canonical',
      'compatible profile-canonical: the profile patient has another canonical: meta.profile must have the new canonical',
      'documentation value-set-canonical: the value set codes has another canonical',
    ]);
  });

  test('breaks no import path if an alias keeps the folder', () => {
    const folders = new Map(['guide.example', 'other.example'].map((name) => [name, 'guide']));
    const [renamed] = compare(guide(GUIDE, 'guide.example'), guide(OTHER, 'other.example'), undefined, {
      naming: { folders },
    });
    expect(renamed).toMatchObject({
      kind: 'package-renamed',
      write: 'safe',
      read: 'safe',
      sentence:
        'the package guide.example is renamed to other.example: its models stay in the folder guide, so import paths stay the same',
    });
  });

  test('matches canonicals that are unresolved on one side', () => {
    const side = (base: string, resolved: boolean) => {
      const target = profile('target', 'Patient', [], { url: `${base}/target` });
      const subject = element('Observation.subject', '0..1', {
        types: [{ code: 'Reference', targetProfiles: [`${base}/target`] }],
      });
      const user = profile('user', 'Observation', [subject], { url: `${base}/user` });
      return snapshot(resolved ? [user, target] : [user], [], {
        package: { name: 'guide.example', version: '1.0.0', canonical: base },
        unresolved: resolved ? [] : [{ canonical: `${base}/target`, kind: 'StructureDefinition', usedBy: [] }],
      });
    };
    const kinds = compare(side('urn:a', true), side('urn:b', false)).map(({ kind }) => kind);
    expect(kinds).toEqual([
      'package-canonical',
      'canonical-unresolved',
      'profile-removed',
      'profile-canonical',
      'target-profiles',
    ]);
  });

  test('keeps profiles matched by name if the id differs, and only if the name is unique', () => {
    const before = profile('a', 'Patient', [], { name: 'Same' });
    const after = profile('b', 'Patient', [], { name: 'Same' });
    expect(changes(snapshot([before]), snapshot([after]))).toEqual([
      'breaking profile-moved: the profile Same has another id: import it from ./guide.example/b.js instead of ./guide.example/a.js; meta.profile must have the new canonical',
    ]);
    const twin = profile('c', 'Patient', [], { name: 'Same' });
    expect(compare(snapshot([before]), snapshot([after, twin])).map(({ kind }) => kind)).toEqual([
      'profile-removed',
      'profile-added',
      'profile-added',
    ]);
  });
});

describe('a new name', () => {
  const elements = [
    element('Patient.x', '0..1'),
    element('Patient.y', '1..1'),
    element('Patient.z', '1..5'),
    element('Patient.u', '0..3'),
  ];
  const old = profile('old', 'Patient', elements);

  test('for a profile with the same elements is one change that explains what to do', () => {
    expect(changes(snapshot([old]), snapshot([profile('next', 'Patient', elements)]))).toEqual([
      'breaking profile-renamed: the profile old is renamed to next: write Next instead of Old in all names that its module exports; import it from ./guide.example/next.js instead of ./guide.example/old.js; meta.profile must have the new canonical',
    ]);
  });

  test('is not assumed if two profiles have the same elements, or too few', () => {
    const kinds = (next: readonly ReturnType<typeof profile>[], before = old) =>
      compare(snapshot([before]), snapshot(next)).map(({ kind }) => kind);
    expect(kinds([profile('b', 'Patient', elements), profile('c', 'Patient', elements)])).toEqual([
      'profile-added',
      'profile-added',
      'profile-removed',
    ]);
    const few = elements.slice(0, 1);
    expect(kinds([profile('b', 'Patient', few)], profile('a', 'Patient', few))).toEqual([
      'profile-removed',
      'profile-added',
    ]);
  });

  test('is taken from a mapping by id, name or canonical', () => {
    const next = snapshot([profile('next', 'Patient', [element('Patient.x', '1..1')])]);
    const kinds = (mapping: readonly (readonly [string, string])[]) =>
      compare(snapshot([profile('a', 'Patient', [element('Patient.x', '0..1')])]), next, undefined, {
        mapping: new Map(mapping),
      }).map(({ kind }) => kind);
    expect(kinds([])).toEqual(['profile-removed', 'profile-added']);
    expect(kinds([['a', 'next']])).toEqual(['profile-renamed', 'min-raised']);
    expect(kinds([[`${GUIDE}a`, `${GUIDE}next`]])).toEqual(['profile-renamed', 'min-raised']);
    expect(() => kinds([['b', 'next']])).toThrow('--map: the old side has no profile, value set or package b');
    expect(() => kinds([['a', 'c']])).toThrow('--map: the new side has no profile or value set c');
  });

  test('is refused in a mapping that has two meanings', () => {
    const coded = element('Observation.x', '0..1', {
      types: [{ code: 'code' }],
      binding: { strength: 'required', valueSet: 'https://guide.example/ValueSet/codes' },
    });
    const old = snapshot(['a', 'b', 'c'].map((id) => profile(id, 'Patient', [], { name: id === 'b' ? 'B' : 'A' })));
    const next = snapshot(
      [profile('d', 'Patient'), profile('e', 'Patient'), profile('f', 'Observation', [coded])],
      [valueSet('codes', ['x'])],
    );
    const mapped = (...mapping: readonly (readonly [string, string])[]) =>
      compare(old, next, undefined, { mapping: new Map(mapping) });
    expect(() => mapped(['a', 'd'], ['b', 'd'])).toThrow(`--map: ${GUIDE}d of the new side is mapped twice`);
    expect(() => mapped(['a', 'd'], [`${GUIDE}a`, 'e'])).toThrow(`--map: ${GUIDE}a of the old side is mapped twice`);
    expect(mapped(['a', 'd'], [`${GUIDE}a`, `${GUIDE}d`])).toEqual(mapped(['a', 'd']));
    expect(() => mapped(['A', 'd'])).toThrow(
      `--map: the old side has several of the name A: write the canonical, such as ${GUIDE}a`,
    );
    expect(() => mapped(['a', 'codes'])).toThrow('--map: a and codes are a profile and a value set');
  });

  test('is taken from a mapping for a slice, by its id with or without the type', () => {
    const version = (slice: string, cardinality: string) =>
      snapshot([
        profile('a', 'Patient', [
          element('Patient.x', '0..*', {
            slicing: { discriminators: [{ type: 'value', path: 'system' }], rules: 'open' },
          }),
          element(`Patient.x:${slice}`, cardinality),
        ]),
      ]);
    const kinds = (...mapping: readonly (readonly [string, string])[]) =>
      compare(version('old', '0..1'), version('next', '1..1'), undefined, { mapping: new Map(mapping) }).map(
        ({ kind }) => kind,
      );
    expect(kinds()).toEqual(expect.arrayContaining(['slice-removed', 'slice-added']));
    const mapped = kinds(['a#Patient.x:old', 'Patient.x:next']);
    expect(mapped).toContain('slice-renamed');
    expect(mapped).not.toContain('slice-removed');
    expect(kinds([`${GUIDE}a#x:old`, 'x:next'])).toEqual(mapped);
    expect(() => kinds(['b#x:old', 'x:next'])).toThrow('--map: the old side has no profile b');
    expect(() => kinds(['a#x:none', 'x:next'])).toThrow('has no slice x:none that could be renamed to x:next');
  });

  test('of packages that the user maps: profiles with the same id are found in the right one', () => {
    const version = (packages: readonly string[], cardinality: string) =>
      snapshot(
        packages.map((name) =>
          profile('patient', 'Patient', [element('Patient.x', cardinality)], {
            url: `https://${name}/patient`,
            package: `${name}#1.0.0`,
          }),
        ),
        [],
        {
          packages: ['guide.example', ...packages].map((name) => ({
            name,
            version: '1.0.0',
            canonical: `https://${name}`,
          })),
          unresolved: packages.map((name) => ({
            canonical: `https://${name}/gone`,
            kind: 'ValueSet',
            usedBy: [`https://${name}/patient`],
          })),
        },
      );
    const [old, next] = [version(['a.example', 'b.example'], '0..1'), version(['c.example', 'd.example'], '1..1')];
    const mapped = (...mapping: readonly (readonly [string, string])[]) =>
      compare(old, next, undefined, { mapping: new Map(mapping) });
    expect(mapped().map(({ kind }) => kind)).toEqual(expect.arrayContaining(['profile-removed', 'canonical-resolved']));
    const found = mapped(['a.example', 'd.example'], ['b.example', 'c.example']);
    const renamed = found.filter(({ kind }) => kind === 'profile-renamed');
    expect(renamed.map(({ before, after }) => [before, after])).toEqual([
      ['https://b.example/patient', 'https://c.example/patient'],
      ['https://a.example/patient', 'https://d.example/patient'],
    ]);
    expect(found.filter((change) => !renamed.includes(change)).map(brief)).toEqual([
      'breaking package-renamed: the package a.example is renamed to d.example: the folder of its models is renamed too',
      'breaking package-renamed: the package b.example is renamed to c.example: the folder of its models is renamed too',
      'breaking min-raised: Patient.x became required (0..1 → 1..1)',
      'breaking min-raised: Patient.x became required (0..1 → 1..1)',
    ]);
    expect(() => mapped(['a.example', 'e.example'])).toThrow('--map: the new side has no package e.example');
    expect(() => mapped(['guide.example', 'c.example'])).toThrow(
      '--map: the package guide.example is compared with guide.example, not c.example',
    );
  });

  test('of a package that no module is generated from, and of one that became the guide', () => {
    const version = (name: string, packages: readonly string[]) =>
      snapshot([profile('a', 'Patient', [], { package: `${name}#1.0.0` })], [], {
        package: { name, version: '1.0.0' },
        packages: [name, ...packages].map((one) => ({ name: one, version: '1.0.0' })),
      });
    const mapped = (from: string, to: string) =>
      compare(version('guide.example', ['terms.example']), version('guide.example', ['codes.example']), undefined, {
        mapping: new Map([[from, to]]),
      }).map(brief);
    expect(mapped('terms.example', 'codes.example')).toEqual([
      'documentation package-renamed: the package terms.example is renamed to codes.example: no module is generated from it',
    ]);
    expect(mapped('terms.example', 'guide.example')).toEqual([
      'breaking package-renamed: the package terms.example is renamed to guide.example: the folder of its models is renamed too',
      'documentation dependency-added: the package codes.example#1.0.0 is now needed',
    ]);
  });

  test('is recognized for a value set with the same codes', () => {
    const bound = (id: string) =>
      snapshot(
        [
          profile('one', 'Observation', [
            element('Observation.x', '0..1', {
              types: [{ code: 'code' }],
              binding: { strength: 'required', valueSet: `https://guide.example/ValueSet/${id}` },
            }),
          ]),
        ],
        [valueSet(id, ['a', 'b'])],
      );
    expect(changes(bound('old'), bound('next'))).toEqual([
      'breaking value-set-renamed: the value set old is renamed to next: write Next instead of Old in all names that its module exports; import it from ./guide.example/value-sets/next.js instead of ./guide.example/value-sets/old.js',
    ]);
  });
});

describe('a value set', () => {
  const required = (id: string) =>
    profile('one', 'Observation', [
      element('Observation.x', '0..1', {
        binding: { strength: 'required', valueSet: `https://guide.example/ValueSet/${id}` },
      }),
    ]);
  const suggested = (id: string) =>
    profile('one', 'Observation', [
      element('Observation.x', '0..1', {
        binding: { strength: 'extensible', valueSet: `https://guide.example/ValueSet/${id}` },
      }),
    ]);

  test.each([
    [
      ['a', 'b'],
      ['b'],
      'breaking codes-removed: the value set v no longer has the code urn:system|a (bound in one)',
      'breaking constants-removed: constants of the value set V were removed: A',
    ],
    [['b'], ['b', 'a'], 'breaking codes-added: the value set v also has the code urn:system|a (bound in one)'],
  ])('reports codes added and removed under a required binding: %j → %j', (before, after, ...expected) => {
    expect(
      changes(snapshot([required('v')], [valueSet('v', before)]), snapshot([required('v')], [valueSet('v', after)])),
    ).toEqual(expected);
  });

  test('reports nothing if only a display changes, as constants keep their names', () => {
    expect(
      changes(
        snapshot([required('v')], [valueSet('v', ['a=Alpha-beta'])]),
        snapshot([required('v')], [valueSet('v', ['a=Alpha gamma'])]),
      ),
    ).toEqual([]);
  });

  test('reports changes also under an extensible binding, as its module exports types and constants', () => {
    expect(
      changes(snapshot([suggested('v')], [valueSet('v', ['a'])]), snapshot([suggested('v')], [valueSet('v', ['b'])])),
    ).toEqual([
      'breaking codes-removed: the value set v no longer has the code urn:system|a (bound in one)',
      'breaking codes-added: the value set v also has the code urn:system|b (bound in one)',
      'breaking constants-removed: constants of the value set V were removed: A',
    ]);
  });

  test('reports changes as documentation if only an example binding uses it', () => {
    const example = profile('one', 'Observation', [
      element('Observation.x', '0..1', {
        binding: { strength: 'example', valueSet: 'https://guide.example/ValueSet/v' },
      }),
    ]);
    expect(changes(snapshot([example], [valueSet('v', ['a'])]), snapshot([example], [valueSet('v', ['b'])]))).toEqual([
      'documentation codes-removed: the value set v no longer has the code urn:system|a (bound in one)',
      'documentation codes-added: the value set v also has the code urn:system|b (bound in one)',
    ]);
  });

  test('reports a constant that has another code', () => {
    expect(
      changes(
        snapshot([required('v')], [valueSet('v', ['a=Red'])]),
        snapshot([required('v')], [valueSet('v', ['b=Red'])]),
      ).at(-1),
    ).toBe('breaking constants-changed: constants of the value set V have other codes: Red');
  });

  test('reports that it is no longer complete, or complete from now on', () => {
    const closed = snapshot([required('v')], [valueSet('v', ['a'])]);
    const open = snapshot([required('v')], [valueSet('v', ['a'], { open: true })]);
    expect(changes(closed, open)).toEqual([
      'breaking value-set-opened: the value set v may have codes that are not listed: readers must expect any code (bound in one)',
    ]);
    expect(changes(open, closed)).toEqual([
      'breaking value-set-closed: all codes of the value set v are known, and no others are accepted (bound in one)',
    ]);
  });

  test('is reported as added, removed or renamed', () => {
    const v = valueSet('v', ['a']);
    expect(changes(snapshot([]), snapshot([], [v]))).toEqual(['compatible value-set-added: the value set v is new']);
    expect(changes(snapshot([required('v')], [v]), snapshot([required('v')]))).toEqual([
      'breaking value-set-removed: the value set v was removed, with its types and constants',
    ]);
    expect(changes(snapshot([], [v]), snapshot([], [{ ...v, name: 'w' }]))).toEqual([
      'documentation value-set-renamed: the value set v is renamed to w: its types and constants keep their names',
    ]);
  });

  test('equals itself if it is bound in several versions, with and without a version', () => {
    const url = 'https://guide.example/ValueSet/vs';
    const versions = ['1.0.0', '2.0.0'].map((version) => valueSet('vs', ['a', version], { version }));
    const bound = (canonicals: readonly string[]) =>
      snapshot(
        [
          profile(
            'a',
            'Patient',
            canonicals.map((canonical, index) =>
              element(`Patient.x${index}`, '0..1', { binding: { strength: 'required', valueSet: canonical } }),
            ),
          ),
        ],
        versions,
      );
    expect(changes(bound([url, `${url}|1.0.0`]), bound([url, `${url}|1.0.0`]))).toEqual([]);
    expect(changes(bound([url]), bound([`${url}|2.0.0`]))).toEqual([]);
    expect(changes(bound([url]), bound([`${url}|1.0.0`])).join()).toContain('binding-value-set');
    expect(changes(bound([`${url}|1.0.0`]), bound([url])).join()).toContain('binding-value-set');
  });

  test('reports the number of codes if there are many', () => {
    const many = Array.from({ length: 100 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    const [line] = changes(
      snapshot([required('v')], [valueSet('v', many)]),
      snapshot([required('v')], [valueSet('v', ['z'])]),
    );
    expect(line).toContain('no longer has 100 codes: urn:system|c00, urn:system|c01,');
    expect(line).toContain('urn:system|c07 and 92 more');
  });
});

describe('a package', () => {
  test('reports changes of its version, its dependencies and the FHIR version', () => {
    const before = snapshot([]);
    const after = snapshot([], [], {
      package: { name: 'guide.example', version: '2.0.0' },
      fhirVersion: '4.3.0',
      packages: [
        { name: 'guide.example', version: '2.0.0' },
        { name: 'hl7.fhir.r4b.core', version: '4.3.0' },
        { name: 'new.example', version: '1.0.0' },
      ],
    });
    expect(changes(before, after)).toEqual([
      'breaking fhir-version: the package is for FHIR 4.3.0, no longer for 4.0.1: the FHIR types may differ',
      'documentation package-version: the package has version 2.0.0 (previously 1.0.0)',
      'documentation dependency-added: the package hl7.fhir.r4b.core#4.3.0 is now needed',
      'documentation dependency-added: the package new.example#1.0.0 is now needed',
      'documentation dependency-removed: the package hl7.fhir.r4.core#4.0.1 is no longer needed',
    ]);
  });

  test('reports canonicals that are resolved now or no longer', () => {
    const missing = (canonical: string) => ({ canonical, kind: 'StructureDefinition' as const, usedBy: [] });
    const a = profile('a', 'Patient');
    const before = snapshot([], [], { unresolved: [missing(a.url), missing('urn:x')] });
    const after = snapshot([a], [], { unresolved: [missing('urn:y')] });
    expect(changes(before, after)).toEqual([
      'compatible canonical-unresolved: urn:y can no longer be resolved: the widest type replaces its own',
      `compatible canonical-resolved: ${a.url} can now be resolved: its own type replaces the widest one`,
      'documentation canonical-resolved: urn:x, which could not be resolved, is no longer needed',
      'compatible profile-added: the profile a is new',
    ]);
  });
});

describe('a hostile name', () => {
  test('is printed as text', () => {
    const hostile = ['__proto__', 'constructor', 'toString'];
    const side = (cardinality: string) =>
      snapshot(
        hostile.map((id) => profile(id, 'Patient', [element(`Patient.${id}`, cardinality)])),
        hostile.map((id) => valueSet(id, [...hostile, cardinality])),
      );
    expect(compare(side('0..1'), side('0..1'))).toEqual([]);
    expect(compare(side('0..1'), side('1..1')).filter(({ kind }) => kind === 'min-raised')).toHaveLength(3);
  });

  test('does not matter in a cycle of bases', () => {
    const cycle = (min: string) =>
      snapshot([
        profile('a', 'Patient', [element('Patient.x', min)], { baseDefinition: `${GUIDE}b` }),
        profile('b', 'Patient', [], { baseDefinition: `${GUIDE}a` }),
      ]);
    expect(changes(cycle('0..1'), cycle('1..1'))).toHaveLength(1);
    const out = snapshot([profile('a', 'Patient', [], { baseDefinition: `${CORE}Patient` }), profile('b', 'Patient')]);
    expect(changes(out, cycle('0..1')).some((line) => line.includes('profile-base'))).toBe(true);
  });
});

describe('the pinned snapshot', () => {
  const pinned = fileURLToPath(new URL('../../generator/pinned.json', import.meta.url));

  test.skipIf(!existsSync(pinned))('does not differ from itself', () => {
    const text = readFileSync(pinned, 'utf8');
    const part = () => narrow(parseSnapshot(text, pinned), ['fr-practitionerRole-document']);
    expect(compare(part(), part())).toEqual([]);
  });
});
