import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { pin } from '../../generator/pin-package.js';
import { definitionOf, element, FHIR, GUIDE, guide, packageOf, pinned, pinnedProfiles, profile } from './samples.js';

const reference = (id: string, ...targets: string[]) =>
  element(id, { type: [{ code: 'Reference', targetProfile: targets }] });
const typed = (id: string, code: string, ...profiles: string[]) => element(id, { type: [{ code, profile: profiles }] });

/** The line that a user sees if pinning fails. */
function failure(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return oneLine(error);
  }
  return 'nothing failed';
}

describe('the pinned profiles', () => {
  const definitions = [
    profile('a', 'Patient', [], { name: 'ProfileA' }),
    profile('b', 'Identifier', []),
    profile('c', 'Extension', []),
    profile('logical', 'Patient', [], { kind: 'logical' }),
    profile('new-type', 'Patient', [], { derivation: 'specialization' }),
  ];

  it('are all profiles of resources, datatypes and extensions of the package by default', () => {
    expect(pinned(definitions).snapshot.profiles).toEqual([`${GUIDE}a`, `${GUIDE}b`, `${GUIDE}c`]);
  });

  it.each([
    ['canonical', `${GUIDE}a`],
    ['canonical with version', `${GUIDE}a|1.0.0`],
    ['id', 'a'],
    ['name', 'ProfileA'],
  ])('are found by %s', (_, wanted) => {
    const result = pinned(definitions, { profiles: [wanted] });
    expect(result.snapshot.profiles).toEqual([`${GUIDE}a`]);
    expect(pinnedProfiles(result)).toEqual(['a']);
  });

  it('may belong to a dependency, if given by canonical', () => {
    const other = packageOf('example.base#1.0.0', [profile('elsewhere', 'Patient', [])]);
    const { snapshot } = pin(guide(definitions, [other]), { profiles: [`${GUIDE}elsewhere`] });
    expect(snapshot.profiles).toEqual([`${GUIDE}elsewhere`]);
  });

  it('include suggestions in the error for an unknown profile', () => {
    expect(failure(() => pinned(definitions, { profiles: ['ProfilA'] }))).toBe(
      'example.guide#1.0.0: there is no profile "ProfilA": did you mean ProfileA?',
    );
    expect(failure(() => pinned(definitions, { profiles: ['something else'] }))).toBe(
      'example.guide#1.0.0: there is no profile "something else": list shows its 3 profiles',
    );
  });

  it('come from the first of two files with the same canonical', () => {
    const result = pinned([
      profile('a', 'Patient', [], { title: 'first' }),
      profile('a', 'Patient', [], { title: 'second' }),
    ]);
    expect(
      result.snapshot.structureDefinitions.filter(({ url }) => url === `${GUIDE}a`).map(({ title }) => title),
    ).toEqual(['first']);
  });
});

describe('the definitions pinned with a profile', () => {
  it('are bases up to the FHIR type and its own bases, profiles on types, targets, and extensions', () => {
    const result = pinned(
      [
        profile(
          'child',
          'Patient',
          [
            typed('Patient.extension', 'Extension', `${GUIDE}extension`),
            typed('Patient.identifier', 'Identifier', `${GUIDE}identifier`),
            reference('Patient.generalPractitioner', `${GUIDE}target`, `${FHIR}Practitioner`),
          ],
          { baseDefinition: `${GUIDE}parent` },
        ),
        profile('parent', 'Patient', []),
        profile('extension', 'Extension', []),
        profile('identifier', 'Identifier', []),
        profile('target', 'Observation', []),
        profile('unrelated', 'Patient', []),
      ],
      { profiles: ['child'] },
    );
    expect(pinnedProfiles(result)).toEqual(['child', 'extension', 'identifier', 'parent', 'target']);
    const types = result.snapshot.structureDefinitions
      .filter(({ url }) => url.startsWith(FHIR))
      .map(({ type }) => type);
    // All datatypes; resource types that profiles constrain, with their bases, but not those that are only targets.
    expect(types).toEqual([
      'DomainResource',
      'Element',
      'Extension',
      'Identifier',
      'Observation',
      'Patient',
      'Reference',
      'Resource',
      'code',
      'string',
    ]);
    expect(result.snapshot.unresolved).toEqual([]);
    expect(result.warnings).toEqual([]);
  });

  it('include a resource type that an element contains', () => {
    const { snapshot } = pinned([profile('a', 'Patient', [typed('Patient.contained', 'Practitioner')])]);
    expect(snapshot.structureDefinitions.map(({ url }) => url)).toContain(`${FHIR}Practitioner`);
  });

  it('come to an end if profiles refer to each other', () => {
    const result = pinned([
      profile('a', 'Patient', [reference('Patient.link', `${GUIDE}b`)]),
      profile('b', 'Observation', [reference('Observation.subject', `${GUIDE}a`, `${GUIDE}b`)]),
    ]);
    expect(pinnedProfiles(result)).toEqual(['a', 'b']);
  });

  it('are found by canonicals with a version or percent-encoding', () => {
    const result = pinned([
      profile('a', 'Patient', [typed('Patient.extension', 'Extension', `${GUIDE}b|1.0.0`, `${GUIDE}c%5Bx%5D|1.0.0`)]),
      profile('b', 'Extension', []),
      profile('c[x]', 'Extension', []),
    ]);
    expect(result.snapshot.unresolved).toEqual([]);
    // The canonical is that of the definition, by which later stages find it.
    expect(definitionOf(result, `${GUIDE}a`).elements[1]?.types).toEqual([
      { code: 'Extension', profiles: [`${GUIDE}b|1.0.0`, `${GUIDE}c[x]|1.0.0`] },
    ]);
  });

  it("take FHIR's types from the core package, even if a guide redefines them", () => {
    const fake = profile('x', 'Identifier', [], {
      url: `${FHIR}Identifier`,
      derivation: 'specialization',
      title: 'fake',
    });
    const { snapshot } = pinned([fake, profile('a', 'Patient', [typed('Patient.identifier', 'Identifier')])]);
    const identifiers = snapshot.structureDefinitions.filter(({ type }) => type === 'Identifier');
    expect(identifiers.map((definition) => definition.package)).toEqual(['hl7.fhir.r4.core#4.0.1']);
  });

  it('list the packages that they come from', () => {
    const unused = packageOf('example.unused#1.0.0', [profile('unused', 'Patient', [])]);
    const { snapshot } = pin(guide([profile('a', 'Patient', [])], [unused]));
    expect(snapshot.packages).toEqual([
      { name: 'example.guide', version: '1.0.0' },
      { name: 'hl7.fhir.r4.core', version: '4.0.1' },
    ]);
    expect(snapshot.fhirVersion).toBe('4.0.1');
  });

  it("must include FHIR's own types", () => {
    const root = packageOf('example.guide#1.0.0', [profile('a', 'Patient', [])]);
    expect(failure(() => pin({ root, packages: [root], missing: [] }))).toMatch(/add hl7\.fhir\.r4\.core#4\.0\.1/);
  });

  it('are limited in number', () => {
    const many = Array.from({ length: 20 }, (_, index) => profile(`p${index}`, 'Patient', []));
    expect(failure(() => pinned(many, { limits: { definitions: 20 } }))).toMatch(/more than 20 definitions/);
    expect(pinned(many, { limits: { definitions: 40 } }).snapshot.profiles).toHaveLength(20);
  });
});

describe('an unresolved canonical', () => {
  it('is listed once, with the profiles that refer to it, and causes a warning', () => {
    const { snapshot, warnings } = pinned([
      profile('b', 'Patient', [typed('Patient.extension', 'Extension', `${GUIDE}gone|2.0`)]),
      profile('a', 'Patient', [
        typed('Patient.extension', 'Extension', `${GUIDE}gone`),
        reference('Patient.link', `${GUIDE}gone-too`),
      ]),
    ]);
    expect(snapshot.unresolved).toEqual([
      { canonical: `${GUIDE}gone`, kind: 'StructureDefinition', usedBy: [`${GUIDE}a`, `${GUIDE}b`] },
      { canonical: `${GUIDE}gone-too`, kind: 'StructureDefinition', usedBy: [`${GUIDE}a`] },
    ]);
    expect(warnings.map(oneLine)).toEqual([
      `StructureDefinition ${GUIDE}gone cannot be resolved, used by ${GUIDE}a and 1 more: what refers to it keeps its FHIR type, without the rules of that profile`,
      `StructureDefinition ${GUIDE}gone-too cannot be resolved, used by ${GUIDE}a: what refers to it keeps its FHIR type, without the rules of that profile`,
    ]);
  });

  it('may be a package that could not be loaded', () => {
    const definitions = guide([profile('a', 'Patient', [])]);
    const missing = [{ name: 'example.missing', version: '2.0.0', wantedBy: ['b#1', 'a#1'], reason: 'no network' }];
    const { snapshot, warnings } = pin({ ...definitions, missing });
    expect(snapshot.unresolved).toEqual([
      { canonical: 'example.missing#2.0.0', kind: 'package', usedBy: ['a#1', 'b#1'] },
    ]);
    expect(warnings, 'whoever looked for them has warned').toEqual([]);
  });

  it('does not fail a profile of which it is the base', () => {
    const result = pinned([profile('a', 'Patient', [], { baseDefinition: `${GUIDE}gone` })]);
    expect(pinnedProfiles(result)).toEqual(['a']);
    expect(result.snapshot.unresolved.map(({ canonical }) => canonical)).toEqual([`${GUIDE}gone`]);
    expect(result.snapshot.structureDefinitions.map(({ url }) => url)).toContain(`${FHIR}Patient`);
  });
});

describe('an invalid profile', () => {
  const sound = profile('sound', 'Patient', [reference('Patient.link', `${GUIDE}bad`)]);

  it.each([
    ['with a cycle of bases', { baseDefinition: `${GUIDE}bad` }, 'its base definitions form a cycle'],
    [
      'of another type than its base',
      { baseDefinition: `${FHIR}Observation` },
      `it constrains Patient, but its base definition ${FHIR}Observation describes Observation`,
    ],
    ['without a base', { baseDefinition: undefined }, 'it constrains a type, but names no base definition'],
    [
      'without a snapshot',
      { snapshot: undefined, differential: { element: [] } },
      'it has no snapshot, and none could be made: publish the package with snapshots',
    ],
    ['with a snapshot that is not an object', { snapshot: [] }, 'snapshot is an array, not an object'],
    [
      'with a snapshot of another type',
      { snapshot: { element: [element('Observation')] } },
      'the snapshot begins with Observation, not with Patient',
    ],
    ['with an empty snapshot', { snapshot: { element: [] } }, 'the snapshot begins with nothing, not with Patient'],
    ['with a type that is not a name', { type: '../Patient' }, 'type is "../Patient", not a FHIR type'],
    ['with a name that is not a string', { name: 7 }, 'name is 7, not a string'],
  ])('%s is left out with a warning, and the others are pinned', (_, members, message) => {
    const result = pinned([sound, profile('bad', 'Patient', [], members)]);
    expect(pinnedProfiles(result)).toEqual(['sound']);
    expect(result.warnings.map(oneLine)[0]).toBe(`example.guide#1.0.0 › ${GUIDE}bad: ${message}`);
    expect(result.snapshot.unresolved.map(({ canonical, kind }) => `${kind} ${canonical}`)).toEqual([
      `StructureDefinition ${GUIDE}bad`,
    ]);
    expect(result.snapshot.unresolved[0]?.usedBy).toContain(`${GUIDE}sound`);
    expect(result.snapshot.profiles).toEqual([`${GUIDE}bad`, `${GUIDE}sound`]);
  });

  it('in a longer cycle fails only the members of the cycle', () => {
    const result = pinned([
      profile('a', 'Patient', [], { baseDefinition: `${GUIDE}b` }),
      profile('b', 'Patient', [], { baseDefinition: `${GUIDE}c` }),
      profile('c', 'Patient', [], { baseDefinition: `${GUIDE}a` }),
      profile('on-top', 'Patient', [], { baseDefinition: `${GUIDE}a` }),
    ]);
    expect(pinnedProfiles(result)).toEqual(['on-top']);
    expect(result.snapshot.unresolved.map(({ canonical }) => canonical)).toEqual([
      `${GUIDE}a`,
      `${GUIDE}b`,
      `${GUIDE}c`,
    ]);
  });
});

describe('a profile without a snapshot', () => {
  it('is left out with the reason why none could be generated', () => {
    const bare = profile('a', 'Patient', [], { snapshot: undefined, differential: { element: [element('Patient')] } });
    const where = { package: 'guide#1.0.0', profile: `${GUIDE}a` };
    const { snapshot, warnings } = pinned([bare], {
      failed: [{ definition: bare, message: 'its base definition cannot be found', where }],
    });
    expect(warnings).toContainEqual({ message: 'its base definition cannot be found', where });
    expect(snapshot.structureDefinitions.map(({ url }) => url)).not.toContain(`${GUIDE}a`);
    expect(snapshot.unresolved.map(({ canonical }) => canonical)).toContain(`${GUIDE}a`);
  });
});
