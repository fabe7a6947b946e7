import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from '../compilers.js';
import { ROOT } from '../generated/compile.js';

const run = promisify(execFile);
const SHARED = join(ROOT, '../shared');
const GUIDE = 'hl7.fhir.us.core-7.0.0.tgz';

it.skipIf(!existsSync(join(SHARED, 'fhir-packages', GUIDE)))(
  'the commands of the page generate models with which the program compiles and runs (skipped without ../shared)',
  async () => {
    const project = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
    onTestFinished(() => rmSync(project, { recursive: true, force: true }));
    cpSync(join(ROOT, 'examples/us-core'), project, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'), 'dir');
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));

    const [, command = ''] = /npx fhir-profile-codegen (generate .*)/.exec(
      readFileSync(join(project, 'README.md'), 'utf8'),
    ) as RegExpExecArray;
    const words = command.replace('hl7.fhir.us.core#7.0.0', join(SHARED, 'fhir-packages', GUIDE)).split(' ');
    const offline = ['--offline', '--fhir-cache', join(SHARED, 'fhir-cache'), '--quiet'];
    await run(process.execPath, [join(ROOT, 'generator/launch.mjs'), ...words, ...offline], { cwd: project });

    const files = [join(project, 'patients.ts')];
    expect(await compile('typescript', project, { name: 'patients', files, options: { types: ['node'] } })).toBe('');
    writeFileSync(join(project, 'broken.json'), '{"resourceType":"Patient","gender":"f"}');
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    const { stdout } = await run(process.execPath, [tsx, ...files, 'broken.json'], { cwd: project });
    expect(stdout.trim().split('\n')).toEqual([
      'Shaw: White',
      'Patient.gender: "f" is not one of the codes male, female, other or unknown',
      'Patient.identifier: at least 1 required, 0 found',
      'Patient.name: at least 1 required, 0 found',
    ]);
  },
  120_000,
);
