import { ProfileError, profiles, validateFRImagingStudyDocument } from 'ans-document-fr-core';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { pinnedGuide } from '../hostile/guide.js';
import { differential, sliced } from '../mutation/odd-profiles.js';
import { exportedFunction, loadPackage } from '../mutation/validators.js';
import { openWorkspace, type Workspace } from '../mutation/workspace.js';
import { rendered } from '../rendered.js';
import type { Issue } from '../../templates/runtime/issue.js';
import { diagnose, ROOT } from './compile.js';
import { BEYOND, others } from './programs/beyond-types.js';

/** The first column of examples/README.md's list of what types cannot see. */
const listed = [
  ...(/\| what types cannot see .*?\n\n/s.exec(readFileSync(`${ROOT}examples/README.md`, 'utf8'))?.[0] ?? '').matchAll(
    /^\| (.*?) +\|/gm,
  ),
].map(([, row]) => row);

function errorsOf(issues: readonly Issue[]): string[] {
  return issues.filter(({ severity }) => severity === 'error').map(({ expression }) => expression);
}

/** Features of profiles that the pinned guide lacks: each value compiles, and is rejected at the given place. */
const ODD = [
  {
    row: 'references out of a document',
    type: 'DocumentOfOne',
    value:
      "{ resourceType: 'Bundle', type: 'document', identifier: { system: 'urn:x', value: '1' }, timestamp: '2026-01-01T00:00:00Z', entry: [{ fullUrl: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', resource: { resourceType: 'Composition', status: 'final', type: { text: 'x' }, date: '2026', title: 'x', author: [{ reference: 'Practitioner/1' }] } }] }",
    at: 'Bundle.entry[0].resource.author[0]',
  },
  {
    row: 'more than eight items that slices demand',
    type: 'Nine',
    value: "{ resourceType: 'Patient', identifier: [{ system: 'urn:x' }] }",
    at: 'Patient.identifier',
  },
  {
    row: 'slices that overlap',
    type: 'Overlap',
    value:
      "{ resourceType: 'Patient', identifier: [{ type: { coding: [{ system: 'urn:a', code: 'a' }, { system: 'urn:b', code: 'b' }] } }] }",
    at: 'Patient.identifier[0]',
  },
  {
    row: 'the order of slices',
    type: 'Ordered',
    value: "{ resourceType: 'Patient', identifier: [{ system: 'urn:b' }, { system: 'urn:a' }] }",
    at: 'Patient.identifier[1]',
  },
  {
    row: '`id` and extensions beside a fixed primitive',
    type: 'Fixed',
    value: "{ resourceType: 'Patient', gender: 'female', _gender: { id: 'g' } }",
    at: 'Patient.gender',
  },
  {
    row: 'lengths and limits of a profile',
    type: 'Fixed',
    value: "{ resourceType: 'Patient', gender: 'female', multipleBirthInteger: 12 }",
    at: 'Patient.multipleBirth',
  },
  {
    row: 'lengths and limits of a profile',
    type: 'Fixed',
    value: "{ resourceType: 'Patient', gender: 'female', language: 'fr-FR-x-long' }",
    at: 'Patient.language',
  },
  {
    row: 'the limit of an open binding',
    type: 'Limited',
    value: "{ resourceType: 'Patient', maritalStatus: { text: 'seul' } }",
    at: 'Patient.maritalStatus',
  },
] as const;

const slice = (system: string): object => ({ patternUri: system, min: 1 });
const demanded = Object.fromEntries(
  [...'abcdefghi'].flatMap((name) => [
    [`Patient.identifier:${name}`, { min: 1, max: '1' }],
    [`Patient.identifier:${name}.system`, slice(`urn:${name}`)],
  ]),
);
const PROFILES = [
  differential('DocumentOfOne', 'Bundle', { 'Bundle.type': { fixedCode: 'document' } }),
  differential('Nine', 'Patient', { 'Patient.identifier': { min: 9, ...sliced('value', 'system') }, ...demanded }),
  differential('Ordered', 'Patient', {
    'Patient.identifier': {
      slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open', ordered: true },
    },
    'Patient.identifier:a': { max: '1' },
    'Patient.identifier:a.system': slice('urn:a'),
    'Patient.identifier:b': { max: '1' },
    'Patient.identifier:b.system': slice('urn:b'),
  }),
  differential('Overlap', 'Patient', {
    'Patient.identifier': sliced('pattern', 'type'),
    'Patient.identifier:one': { max: '1' },
    'Patient.identifier:one.type': { min: 1, patternCodeableConcept: { coding: [{ system: 'urn:a', code: 'a' }] } },
    'Patient.identifier:two': { max: '1' },
    'Patient.identifier:two.type': { min: 1, patternCodeableConcept: { coding: [{ system: 'urn:b', code: 'b' }] } },
  }),
  differential('Fixed', 'Patient', {
    'Patient.gender': { min: 1, fixedCode: 'female' },
    'Patient.multipleBirth[x]': { type: [{ code: 'integer' }], maxValueInteger: 9 },
    'Patient.language': { maxLength: 5 },
  }),
  differential('Limited', 'Patient', {
    'Patient.maritalStatus': {
      binding: {
        strength: 'extensible',
        valueSet: 'http://hl7.org/fhir/ValueSet/marital-status',
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet',
            valueCanonical: 'http://hl7.org/fhir/ValueSet/administrative-gender',
          },
        ],
      },
    },
  }),
];

describe('a program compiles, and the validator reports what types cannot check', () => {
  // The programs are compiled by the project's own type check.
  it.each(BEYOND.map((one, index) => ({ ...one, title: `${one.row} (${index})` })))(
    '$title',
    ({ row, make, at, all }) => {
      expect(listed).toContain(row);
      expect(errorsOf(validateFRImagingStudyDocument(make(), all ? { profiles } : {}))).toContain(at);
    },
  );

  it('an item among `others` that belongs to a slice', () => {
    expect(listed).toContain('an item among `others` that belongs to a slice');
    expect(others).toThrow(ProfileError);
  });

  let workspace: Workspace;
  let exported: ReadonlyMap<string, unknown>;
  beforeAll(async () => {
    workspace = openWorkspace((await rendered(buildModel((await pinnedGuide(PROFILES)).snapshot))).files);
    exported = await loadPackage(workspace);
  });
  afterAll(() => workspace.close());

  it('the constructed values of other guides compile', () => {
    const types = `import type { ${[...new Set(ODD.map(({ type }) => type))].join(', ')} } from '${workspace.generated}/index.js';`;
    const lines = ODD.map(({ type, value }, index) => `export const v${index}: ${type} = ${value};`);
    expect(diagnose([types, ...lines].join('\n'))).toEqual([]);
  });

  it.each(ODD)('$row: $value', ({ row, type, value, at }) => {
    expect(listed).toContain(row);
    const json: unknown = new Function(`return ${value}`)();
    expect(errorsOf(exportedFunction(exported, `validate${type}`)(json) as Issue[])).toContain(at);
  });
});
