import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newFolder } from '../folders.js';
import { oneLine } from '../../generator/errors.js';
import { load } from '../../generator/load/load.js';
import { compile } from '../compilers.js';
import { ROOT } from '../generated/compile.js';
import { labelsOf } from '../load/loading.js';
import { registryOf } from '../load/registry-server.js';
import { structureDefinition } from '../guide/definitions.js';
import { CORE, type TestPackage } from '../load/workspace.js';
import { npm } from '../npm.js';

const run = promisify(execFile);

/** A copy of the example, as a user has it. */
function exampleIn(folder: string): string {
  cpSync(join(ROOT, 'examples/ips'), folder, {
    recursive: true,
    filter: (path) => !/node_modules|generated|package-lock/.test(path.slice(ROOT.length)),
  });
  return folder;
}

/** Small versions of the guide and its dependencies in the npm registry. */
const ON_NPM: readonly TestPackage[] = [
  {
    name: 'hl7.fhir.uv.ips',
    version: '2.0.0',
    dependencies: {
      'hl7.fhir.r4.core': '4.0.1',
      'hl7.terminology.r4': '6.5.0',
      'hl7.fhir.uv.extensions.r4': '5.2.0',
      'hl7.fhir.uv.ipa': '1.1.0',
    },
    files: { 'StructureDefinition-a.json': structureDefinition('http://example.org/a') },
  },
  { ...CORE, name: 'hl7.fhir.r4.examples' },
  { name: 'hl7.terminology.r4', version: '7.0.1', dependencies: { 'hl7.fhir.r4.core': '4.0.1' } },
  { name: 'hl7.fhir.uv.extensions.r4', version: '5.3.0-ballot-tc1', dependencies: { 'hl7.fhir.r4.core': '4.0.1' } },
];

describe('the guide as a development dependency', () => {
  it('installs from npm with the commands of the README, and loads without network', async () => {
    const registry = await registryOf(...ON_NPM);
    const project = exampleIn(newFolder());
    await npm(project, 'i', '-D', 'hl7.fhir.uv.ips', '--registry', registry.url);
    const asked = registry.requests.length;
    const loaded = await load('hl7.fhir.uv.ips', {
      installedFor: project,
      fhirCache: newFolder(),
      registry: registry.url,
    });
    expect(labelsOf(loaded)).toEqual([
      'hl7.fhir.uv.ips#2.0.0',
      'hl7.fhir.r4.core#4.0.1',
      'hl7.terminology.r4#7.0.1',
      'hl7.fhir.uv.extensions.r4#5.3.0-ballot-tc1',
      'hl7.fhir.uv.ipa#0.0.0',
    ]);
    expect(loaded.warnings.map(oneLine)).toEqual([
      'hl7.terminology.r4#6.5.0: npm has installed 7.0.1 instead',
      'hl7.fhir.uv.extensions.r4#5.2.0: npm has installed 5.3.0-ballot-tc1 instead',
      'hl7.fhir.uv.ipa#1.1.0: npm has installed 0.0.0 instead',
    ]);
    expect(registry.requests).toHaveLength(asked);
  }, 60_000);

  it.skipIf(process.env['EXAMPLES'] === undefined)(
    'runs with the real packages (skipped without EXAMPLES=1: it downloads 25 MB from the registry of npm)',
    async () => {
      const project = exampleIn(mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-')));
      onTestFinished(() => rmSync(project, { recursive: true, force: true }));
      await npm(project, 'i', '-D', 'hl7.fhir.uv.ips');
      symlinkSync(join(ROOT, 'node_modules/@types'), join(project, 'node_modules/@types'));
      const offline = { ...process.env, HOME: project, FPL_REGISTRY: 'http://127.0.0.1:1' };
      await run(
        process.execPath,
        [join(ROOT, 'generator/launch.mjs'), ...'generate hl7.fhir.uv.ips --quiet --out generated'.split(' ')],
        { cwd: project, env: offline },
      );
      const files = [join(project, 'check-summaries.ts')];
      expect(await compile('typescript', project, { name: 'check', files, options: { types: ['node'] } })).toBe('');
      const { stdout } = await run(process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), ...files], {
        cwd: project,
      });
      expect(stdout.trim().split('\n')).toEqual([
        'Bundle-IPS-examples-Bundle-01.json: the summary of DeLarosa',
        'Bundle-IPS-examples-Bundle-with-immunization.json: the summary of DeLarosa',
        'Bundle-bundle-ips-all-sections.json: the summary of JORDANA',
        'Bundle-bundle-minimal.json: the summary of DeLarosa',
        'Bundle-bundle-no-info-required-sections.json: the summary of Judge',
      ]);
    },
    300_000,
  );
});
