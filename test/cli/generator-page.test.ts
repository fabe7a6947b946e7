import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runProgram } from '../../generator/commands/program.js';
import { findProject } from '../../generator/run/project.js';
import { lazyStages } from '../../generator/run/stages.js';
import { compile } from '../compilers.js';
import { folderOfTests } from '../folders.js';
import { ROOT } from '../generated/compile.js';
import { cacheWith, profile } from '../hostile/guide.js';
import { shellCommandsOf } from '../pages.js';

/** The complete commands of generator/README.md, in its order. */
const COMMANDS = shellCommandsOf('generator/README.md');

/** The guides that the page names, each with one profile; version 2.2.0 of FR Core requires a date of birth. */
const guide = (...elements: { readonly id: string; readonly min: number }[]): object[] => [
  profile({ id: 'fr-core-patient', name: 'FRCorePatientProfile', type: 'Patient', elements }),
];
const GUIDES = {
  'hl7.fhir.fr.core#2.1.0': guide({ id: 'Patient.name', min: 1 }),
  'hl7.fhir.fr.core#2.2.0': guide({ id: 'Patient.name', min: 1 }, { id: 'Patient.birthDate', min: 1 }),
  'hl7.fhir.fr.core#2.3.0': guide({ id: 'Patient.birthDate', min: 1 }),
  'hl7.fhir.uv.ips#2.0.0': [profile({ id: 'Patient-uv-ips', name: 'PatientUvIps', type: 'Patient' })],
};

const PROGRAM = `import { createFRCorePatientProfile } from '../generated/hl7.fhir.fr.core/fr-core-patient.js';
export const patient = createFRCorePatientProfile({ name: [{ family: 'Dupont' }] });
`;

let cwd = '';
beforeAll(() => {
  cwd = join(folderOfTests(), 'project');
  mkdirSync(cwd);
  const config = { fhirCache: cacheWith(GUIDES), offline: true };
  writeFileSync(join(cwd, 'fhir-codegen.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  writeFileSync(join(cwd, '.gitignore'), 'node_modules\n');
});

/** Runs a command of the page in this process; what it prints into a file is returned as well. */
async function run(command: string): Promise<{ readonly code: number; readonly out: string }> {
  expect(COMMANDS).toContain(command);
  return started(command);
}

async function started(command: string): Promise<{ readonly code: number; readonly out: string }> {
  const words = /^npx fhir-profile-codegen ([^>]*)/.exec(command)?.[1]?.trim() ?? '';
  let out = '';
  const code = await runProgram(words.split(/\s+/), {
    stages: lazyStages,
    project: findProject(cwd),
    cwd,
    now: () => 0,
    streams: { out: (text) => (out += text), err: () => undefined },
  });
  return { code, out };
}

const git = (...words: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...words], { cwd, encoding: 'utf8' });

it('a guide of the registry', async () => {
  expect((await run('npx fhir-profile-codegen generate hl7.fhir.uv.ips#2.0.0 --out ips')).code).toBe(0);
  expect(readdirSync(join(cwd, 'ips/hl7.fhir.uv.ips'))).toContain('patient-uv-ips.ts');
});

it('a new version of a guide, from the report to the pull request', { timeout: 60_000 }, async () => {
  const folder = cwd;
  const pin = ['pin', 'hl7.fhir.fr.core#2.1.0'];
  const quiet = { out: () => undefined, err: () => undefined };
  const before = { stages: lazyStages, project: findProject(folder), cwd: folder, now: () => 0, streams: quiet };
  await runProgram(pin, before);
  await runProgram(['generate'], { ...before, project: findProject(folder) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/program.ts'), PROGRAM);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'models of 2.1.0');

  const summary = await run('npx fhir-profile-codegen diff fhir-pinned.json hl7.fhir.fr.core#2.2.0');
  expect(summary.out).toContain('birthDate');
  expect(summary.out.split('\n').length).toBeLessThan(25);
  const one = await run(
    'npx fhir-profile-codegen diff fhir-pinned.json hl7.fhir.fr.core#2.2.0 --profile fr-core-patient',
  );
  expect(one.out).toMatch(/TypeScript before and after[^]*birthDate: string;/);
  const html = 'npx fhir-profile-codegen diff fhir-pinned.json hl7.fhir.fr.core#2.2.0 --format html > ../report.html';
  expect((await run(html)).out).toMatch(/^<!doctype html>/i);

  expect((await run('npx fhir-profile-codegen bump hl7.fhir.fr.core#2.2.0 --dry-run')).code).toBe(0);
  expect(git('status', '--porcelain')).toBe('');
  expect((await run('npx fhir-profile-codegen bump hl7.fhir.fr.core#2.2.0')).code).toBe(0);
  expect(readFileSync(join(folder, 'generated/package.json'), 'utf8')).toContain('"version": "3.0.0"');
  expect(readFileSync(join(folder, 'generated/MIGRATION.md'), 'utf8')).toContain('birthDate');
  expect(existsSync(join(folder, 'generated/CHANGELOG.md'))).toBe(true);

  expect((await run('npx fhir-profile-codegen migrate git:HEAD:fhir-pinned.json fhir-pinned.json src')).code).toBe(0);
  expect(COMMANDS).toContain('npx tsc --noEmit');
  expect(await compile('typescript-7', folder, { name: 'program', files: [join(folder, 'src/program.ts')] })).toMatch(
    /birthDate/,
  );

  expect(COMMANDS).toEqual(expect.arrayContaining(['git add -A', 'git commit -m "hl7.fhir.fr.core#2.2.0"']));
  git('add', '-A');
  git('commit', '-qm', 'hl7.fhir.fr.core#2.2.0');
  const markdown =
    'npx fhir-profile-codegen diff git:HEAD~1:fhir-pinned.json fhir-pinned.json --format markdown > ../pull-request.md';
  expect((await run(markdown)).out).toContain('birthDate');
});

it('the workflow of examples/watch-guide: the report, the update, and the title of the pull request', async () => {
  const { env, jobs } = parse(readFileSync(join(ROOT, 'examples/watch-guide/watch-guide.yml'), 'utf8')) as {
    readonly env: { readonly GUIDE: string };
    readonly jobs: { readonly watch: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] } };
  };
  expect(env.GUIDE).toBe('hl7.fhir.fr.core#latest');
  const scriptOf = (name: string): string => jobs.watch.steps.find((step) => step.name === name)?.run ?? '';
  const commandOf = (name: string): string => scriptOf(name).replace('"$GUIDE"', 'hl7.fhir.fr.core#2.3.0');
  expect((await started(commandOf('Report'))).out).toContain('Patient.name');
  const { out } = await started(commandOf('Bump'));
  writeFileSync(join(cwd, '../bump.json'), out);
  const [, script = ''] = /node -p '([^']+)'/.exec(scriptOf('Pull request')) ?? [];
  const title = execFileSync(process.execPath, ['-p', script, join(cwd, '../bump.json')], { encoding: 'utf8' });
  expect(title).toMatch(/^hl7\.fhir\.fr\.core#2\.3\.0 \(\d+\.\d+\.\d+\)\n$/);
});
