import { describe, expect, it } from 'vitest';
import { compare } from '../../generator/compare.js';
import { FACTS } from '../../generator/facts/registry.js';
import { buildModel } from '../../generator/model/build.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { serialize } from '../../generator/pin/serialize.js';
import type { PinnedElement } from '../../generator/pin/snapshot.js';
import { canonical } from '../model/sample.js';
import { rendered } from '../rendered.js';
import { POSITIONS, snapshotOf } from './positions.js';

const GENDER = 'http://hl7.org/fhir/ValueSet/administrative-gender';

/** A fact as pinned, with its part of the validator's table and of the comment; no rule if it is not validated. */
const CASES: Readonly<
  Record<
    (typeof FACTS)[number]['key'],
    { added: Partial<PinnedElement>; rule?: string; doc: string; fhirVersion?: string }
  >
> = {
  fixed: { added: { fixed: { type: 'String', value: 'F-1' } }, rule: "fixed: 'F-1'", doc: 'fixed value `F-1`.' },
  pattern: { added: { pattern: { type: 'String', value: 'P-1' } }, rule: "pattern: 'P-1'", doc: 'pattern `P-1`.' },
  binding: {
    added: { binding: { strength: 'required', valueSet: GENDER } },
    rule: 'codes: AdministrativeGenderCodes',
    doc: `Binding: required, AdministrativeGender (${GENDER}); constants: AdministrativeGender.`,
  },
  maxValueSet: {
    added: { maxValueSet: GENDER },
    rule: 'maxCodes: AdministrativeGenderCodes',
    doc: `All codes from: AdministrativeGender (${GENDER}); constants: AdministrativeGender.`,
  },
  minValueSet: {
    added: { minValueSet: GENDER },
    doc: `Systems must support: AdministrativeGender (${GENDER}); constants: AdministrativeGender.`,
  },
  conditionalBindings: {
    added: { conditionalBindings: [{ at: 'Patient.gender', is: [{ code: 'male' }], valueSet: GENDER }] },
    rule:
      "codesWhere: /* @__PURE__ */ codesWhere([{ at: 'Patient.gender', is: [{ code: 'male' }], " +
      'codes: AdministrativeGenderCodes }])',
    doc: `Where Patient.gender is male, all codes from: AdministrativeGender (${GENDER}); constants: AdministrativeGender.`,
  },
  additionalBindings: {
    added: { additionalBindings: ['candidate, http://example.org/ValueSet/a'] },
    doc: 'Also: candidate, http://example.org/ValueSet/a.',
  },
  mustHaveValue: {
    added: { mustHaveValue: true },
    rule: 'valued: []',
    doc: 'Must have a value: an extension cannot replace it.',
    fhirVersion: '5.0.0',
  },
  valueAlternatives: {
    added: { valueAlternatives: ['http://example.org/why'] },
    rule: "valued: ['http://example.org/why']",
    doc: 'Without a value, one of these extensions gives the reason: http://example.org/why.',
    fhirVersion: '5.0.0',
  },
  obligations: {
    added: { obligations: ['SHALL:populate (http://example.org/sender)'] },
    doc: 'Obligations: SHALL:populate (http://example.org/sender).',
  },
  maxLength: { added: { maxLength: 7 }, rule: 'maxLength: 7', doc: 'At most 7 characters.' },
  minValue: { added: { minValue: 'b' }, rule: "minValue: 'b'", doc: 'Minimum value: `b`.' },
  maxValue: { added: { maxValue: 'y' }, rule: "maxValue: 'y'", doc: 'Maximum value: `y`.' },
  mustSupport: { added: { mustSupport: true }, doc: ', must support' },
  isModifier: { added: { isModifier: true }, doc: ', modifier' },
  constraints: {
    added: { constraints: [{ key: 'k-1', severity: 'error', expression: "$this != 'bad'" }] },
    rule: `invariants: [{ key: 'k-1', severity: 'error', expression: "$this != 'bad'" }]`,
    doc: 'Invariants: `k-1`.',
  },
  short: { added: { short: 'What the guide says' }, doc: 'What the guide says.' },
};

/** The modules without and with a fact, by profile. */
async function modulesOf(added: Partial<PinnedElement>, fhirVersion: string): Promise<ReadonlyMap<string, string>> {
  const { files } = await rendered(buildModel({ ...snapshotOf(added), fhirVersion }));
  return new Map(files.map(({ path, content }) => [path, content]));
}

const plain = await modulesOf({}, '4.0.1');

describe.each(FACTS.map((fact) => [fact.key, fact] as const))('the fact %s', async (key, fact) => {
  const { added, rule, doc, fhirVersion = '4.0.1' } = CASES[key];
  const modules = await modulesOf(added, fhirVersion);
  const without = { ...snapshotOf({}), fhirVersion };
  const within = { ...snapshotOf(added), fhirVersion };
  const [changes, back] = [compare(without, within), compare(within, without)];

  it.each(POSITIONS.map((position) => [position.what, position] as const))(
    'changes the validation rules, the comments and the comparison of %s',
    (_, { module, id, profile }) => {
      const path = `example.sample/${module}.ts`;
      const [without = '', content = ''] = [plain.get(path), modules.get(path)];
      if (rule !== undefined) {
        expect(tableOf(content)).toContain(rule);
        expect(tableOf(without)).not.toContain(rule);
      } else {
        expect(tableOf(content)).toBe(tableOf(without));
      }
      expect(content.split(doc).length).toBeGreaterThan(without.split(doc).length);
      const own = changes.filter((change) => change.profile === canonical(profile));
      expect(own.map((change) => [change.element, change.kind])).toEqual([[id, fact.kinds[0]]]);
      const undone = back.filter((change) => change.profile === canonical(profile));
      // The exports of a constrained value disappear with it: a change of the module, not of an element.
      expect(undone.flatMap(({ element }) => element ?? [])).toEqual([id]);
    },
  );

  it('is the same when read back from the pinned file', () => {
    expect(parseSnapshot(serialize(within), 'pinned.json')).toEqual(within);
  });
});

function tableOf(content: string): string {
  const start = content.indexOf('Table: ProfileTable = {');
  const table = content.slice(start, content.indexOf('\n};', start));
  return table
    .replace(/\s+/g, ' ')
    .replaceAll(', }', ' }')
    .replaceAll(', ]', ' ]')
    .replaceAll('[ {', '[{')
    .replaceAll('} ]', '}]');
}
