import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import manifest from 'ans-document-fr-core/manifest.json' with { type: 'json' };
import { mistakes, mistaken } from '../generated/mistakes.js';
import { validStudy } from '../generated/study.js';
import { bundle } from './bundle.js';
import { finds } from './contender.js';
import { jsonSchema } from './json-schema.js';
import { medplum } from './medplum.js';
import { GUARD_AND_VALIDATOR, ours } from './ours.js';
import { rates } from './speed.js';
import { growth } from './growth.js';
import { svgOf } from './plot.js';
import { processes } from './processes.js';
import { markdownOf, type Section } from './section.js';
import { brokenStudy, largeStudy } from './study.js';
import { count, times } from './table.js';
import { types } from './types.js';
import { values } from './values.js';

const OURS = await ours();
const CONTENDERS = [...OURS, ...medplum(), ...jsonSchema()];
/** The base of ratios: Medplum as its users call it. */
const BASELINE = OURS.length;

const VALID = validStudy();
/** Number of modules shown of the first bundle. */
const TOP = 15;
/** The imports of users; the targets are set for the first. */
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

function speed(): Section {
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
  return {
    key: 'validators',
    title: 'Validators',
    about: `Validations per second of processor time, of a study of ${size} KB; × is the ratio to @medplum/core.`,
    tables: [{ head: ['', 'valid', '×', 'broken', '×', 'mistakes found', 'accepts the valid one'], rows }],
    notes: [
      ...CONTENDERS.flatMap(({ name, errors }) =>
        errors(study).map((error) => `${name} reports for the valid study: ${error}`),
      ),
      '@medplum/core evaluates invariants with an engine of its own; the validator does with one that the caller gives.',
    ],
  };
}

function faults(): Section {
  return {
    key: 'mistakes',
    title: 'Mistakes found',
    about: 'A mistake counts as found if an error is reported that is not reported for the valid study.',
    tables: [
      {
        head: ['', ...CONTENDERS.map(({ column }) => column)],
        rows: mistakes.map((mistake) => [
          mistake.name,
          ...CONTENDERS.map((contender) => (finds(contender, mistaken(mistake), VALID) ? 'yes' : '-')),
        ]),
      },
    ],
  };
}

async function sizes(): Promise<Section> {
  const bundles = await Promise.all(PROGRAMS.map(async ({ name, text }) => ({ name, ...(await bundle(text)) })));
  const { name, modules } = { ...PROGRAMS[0], ...(await bundle(PROGRAMS[0].text)) };
  const rest: readonly [string, number] = ['others', modules.slice(TOP).reduce((sum, [, bytes]) => sum + bytes, 0)];
  const whole = modules.reduce((sum, [, bytes]) => sum + bytes, 0);
  return {
    key: 'sizes',
    title: 'Bundles',
    about: 'Bytes of a minified bundle (esbuild), and of the same compressed by gzip; then the modules of the first.',
    tables: [
      { head: ['', 'min', 'gzip'], rows: bundles.map((one) => [one.name, count(one.min), count(one.gzip)]) },
      {
        head: [`largest modules: ${name}`, 'min', 'share'],
        rows: [...modules.slice(0, TOP), rest].map(([module, bytes]) => [
          module,
          count(bytes),
          `${((100 * bytes) / whole).toFixed(0)} %`,
        ]),
      },
    ],
  };
}

const SECTIONS: Readonly<Record<string, () => Section | Promise<Section>>> = {
  processes,
  growth,
  types,
  values,
  validators: speed,
  mistakes: faults,
  sizes,
};

/** The report is moved here when it is complete. */
const FOLDER = import.meta.dirname;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((key) => !(key in SECTIONS));
if (unknown.length > 0) throw new Error(`no section ${unknown.join(', ')}: ${Object.keys(SECTIONS).join(', ')}`);
const machine = `Node.js ${process.version}, ${cpus().length} cores; ${new Date().toISOString().slice(0, 10)}.`;
const report = ['# Benchmarks', `Written by \`npm run bench\`. ${machine} Ratios compare figures of this run only.`];
const plots = new Map<string, string>();
for (const [key, make] of Object.entries(SECTIONS)) {
  if (wanted.length > 0 && !wanted.includes(key)) continue;
  const section = await make();
  const text = markdownOf(section);
  process.stdout.write(`${text}\n\n`);
  report.push(text);
  for (const plot of section.plots ?? []) plots.set(`${plot.name}.svg`, svgOf(plot));
}
if (wanted.length === 0) {
  writeFileSync(join(FOLDER, 'RESULTS.md'), `${report.join('\n\n')}\n`);
  for (const [name, text] of plots) writeFileSync(join(FOLDER, name), text);
}
