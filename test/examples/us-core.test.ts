import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { compile } from '../compilers.js';
import { folderOfTests } from '../folders.js';
import { ROOT } from '../generated/compile.js';
import { writePackage } from '../load/workspace.js';
import { shellCommandsOf } from '../pages.js';
import { r4Core, usCore } from './us-core-packages.js';

const run = promisify(execFile);
const SHARED = join(ROOT, '../shared');
const GUIDE = join(SHARED, 'fhir-packages/hl7.fhir.us.core-7.0.0.tgz');
const [, GENERATE = '', RUN = ''] = shellCommandsOf('examples/us-core/README.md');

/** A copy of the example, with the models that its second command writes. */
async function generated(fhirCache: string, guide = 'hl7.fhir.us.core#7.0.0'): Promise<string> {
  const project = folderOfTests();
  cpSync(join(ROOT, 'examples/us-core'), project, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'), 'junction');
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const words = GENERATE.replace('npx fhir-profile-codegen ', '').replace('hl7.fhir.us.core#7.0.0', guide).split(' ');
  const offline = ['--offline', '--fhir-cache', fhirCache, '--quiet'];
  await run(process.execPath, [join(ROOT, 'generator/launch.mjs'), ...words, ...offline], { cwd: project });
  return project;
}

/** US Core 7.0.0 as far as the example needs it; test/cli/pack.test.ts runs the page's commands with a registry. */
let reduced = '';
beforeAll(async () => {
  const cache = folderOfTests();
  for (const one of [r4Core(), usCore()]) writePackage(join(cache, `${one.name}#${one.version}`, 'package'), one);
  reduced = await generated(cache);
});

const programRuns = async (project: string): Promise<void> => {
  const files = [join(project, 'patients.ts')];
  expect(await compile('typescript-7', project, { name: 'patients', files, options: { types: ['node'] } })).toBe('');
  writeFileSync(join(project, 'broken.json'), '{"resourceType":"Patient","gender":"f"}');
  const [, script = ''] = /^npx tsx (.+)$/.exec(RUN) ?? [];
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const { stdout } = await run(process.execPath, [tsx, script, 'broken.json'], { cwd: project });
  expect(stdout.trim().split('\n')).toEqual([
    'Shaw: White',
    'Patient.gender: "f" is not one of the codes male, female, other or unknown',
    'Patient.identifier: at least 1 required, 0 found',
    'Patient.name: at least 1 required, 0 found',
  ]);
};

/** The modules of US Core's profiles, without the URLs that only the complete package defines. */
function modulesOf(project: string): Record<string, string> {
  const folder = join(project, 'us-core/hl7.fhir.us.core');
  const names = readdirSync(folder).filter((name) => name.startsWith('us-core-'));
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8').replace(/^ \* @see .*\n/gm, '')]),
  );
}

it('the program compiles and runs with the models of its profile', async () => {
  await programRuns(reduced);
});

it.skipIf(!existsSync(GUIDE))('the whole guide gives the same models (skipped without ../shared)', async () => {
  const whole = await generated(join(SHARED, 'fhir-cache'), GUIDE);
  await programRuns(whole);
  expect(Object.keys(modulesOf(whole))).toHaveLength(7);
  expect(modulesOf(reduced)).toEqual(modulesOf(whole));
});
