import manifest from 'ans-document-fr-core/manifest.json' with { type: 'json' };
import { mistakes, mistaken } from '../generated/mistakes.js';
import { validStudy } from '../generated/study.js';
import { bundle } from './bundle.js';
import { finds } from './contender.js';
import { jsonSchema } from './json-schema.js';
import { medplum } from './medplum.js';
import { GUARD_AND_VALIDATOR, ours } from './ours.js';
import { rates } from './speed.js';
import { processes } from './processes.js';
import { brokenStudy, largeStudy } from './study.js';
import { count, table, times } from './table.js';
import { values } from './values.js';

const OURS = await ours();
const CONTENDERS = [...OURS, ...medplum(), ...jsonSchema()];
/** What ratios compare to: Medplum as its users call it. */
const BASELINE = OURS.length;

const VALID = validStudy();
/** Modules that are shown of the first bundle. */
const TOP = 15;
/** What users import; the first is what the targets are about. */
const PROGRAMS = [
  { name: 'guard and validator', text: GUARD_AND_VALIDATOR },
  program('guard', 'isFRImagingStudyDocument'),
  program('create', 'createFRImagingStudyDocument'),
  program('builder', 'FRImagingStudyDocumentBuilder'),
  program(
    'guard, validator, create and builder',
    `isFRImagingStudyDocument, validateFRImagingStudyDocument,
     createFRImagingStudyDocument, FRImagingStudyDocumentBuilder`,
  ),
  program(
    `guards and validators of all ${manifest.profiles.length} profiles`,
    manifest.profiles.map(({ exports: { guard, validate } }) => `${guard}, ${validate}`).join(', '),
  ),
  { name: 'every export of the package', text: `export * from 'ans-document-fr-core';` },
  {
    name: 'validateResource of @medplum/core, definitions aside',
    text: `export { validateResource } from '@medplum/core';`,
  },
] as const;

function program(name: string, exports: string): { readonly name: string; readonly text: string } {
  return { name, text: `export { ${exports} } from 'ans-document-fr-core';` };
}

function speed(): string {
  const study = largeStudy();
  const ofValid = rates(CONTENDERS, study);
  const ofBroken = rates(CONTENDERS, brokenStudy());
  const rows = CONTENDERS.map((contender, at) => [
    contender.name,
    count(ofValid[at] ?? NaN),
    times(ofValid[at] ?? NaN, ofValid[BASELINE] ?? NaN),
    count(ofBroken[at] ?? NaN),
    times(ofBroken[at] ?? NaN, ofBroken[BASELINE] ?? NaN),
    `${mistakes.filter((mistake) => finds(contender, mistaken(mistake), VALID)).length}/${mistakes.length}`,
    contender.errors(study).length === 0 ? 'yes' : 'no',
  ]);
  const size = (JSON.stringify(study).length / 1000).toFixed(1);
  return [
    `Validations per second of processor time, a study of ${size} KB; × is the ratio to @medplum/core`,
    table([['', 'valid', '×', 'broken', '×', 'mistakes found', 'accepts the valid one'], ...rows]),
    ...CONTENDERS.flatMap(({ name, errors }) =>
      errors(study).map((error) => `${name} says of the valid one: ${error}`),
    ),
    '@medplum/core evaluates invariants with an engine of its own; the validator does with one that the caller gives.',
  ].join('\n');
}

function faults(): string {
  const rows = mistakes.map((mistake) => [
    mistake.name,
    ...CONTENDERS.map((contender) => (finds(contender, mistaken(mistake), VALID) ? 'yes' : '-')),
  ]);
  const head = ['', ...CONTENDERS.map(({ column }) => column)];
  return `Mistakes found: something is said that is not said of the valid study\n${table([head, ...rows])}`;
}

async function sizes(): Promise<string> {
  const bundles = await Promise.all(PROGRAMS.map(async ({ name, text }) => ({ name, ...(await bundle(text)) })));
  const rows = bundles.map(({ name, min, gzip }) => [name, count(min), count(gzip)]);
  const { name, modules } = { ...PROGRAMS[0], ...(await bundle(PROGRAMS[0].text)) };
  const rest: readonly [string, number] = ['others', modules.slice(TOP).reduce((sum, [, bytes]) => sum + bytes, 0)];
  const whole = modules.reduce((sum, [, bytes]) => sum + bytes, 0);
  const parts = [...modules.slice(0, TOP), rest].map(([module, bytes]) => [
    module,
    count(bytes),
    `${((100 * bytes) / whole).toFixed(0)} %`,
  ]);
  return [
    `Bytes of a bundle (esbuild)\n${table([['', 'min', 'gzip'], ...rows])}`,
    `Largest modules: ${name}\n${table([['', 'min', 'share'], ...parts])}`,
  ].join('\n\n');
}

process.stdout.write([await sizes(), faults(), speed(), await values(), processes(), ''].join('\n\n'));
