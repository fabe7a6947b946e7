import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Stages } from '../../generator/run/stages.js';
import type { Config } from '../../generator/config/config.js';
import { CodegenError } from '../../generator/errors.js';
import { serialize } from '../../generator/pin/serialize.js';
import { fakeStages, run, SNAPSHOT } from '../cli/run.js';
import { newFolder } from '../folders.js';
import { contentOf } from '../write/folder.js';

const A = 'https://guide.example/StructureDefinition/a';
const B = 'https://guide.example/StructureDefinition/b';

let cwd = '';
beforeEach(() => {
  cwd = newFolder();
  mkdirSync(join(cwd, 'project'));
  writeFileSync(join(cwd, 'project/pinned.json'), serialize(SNAPSHOT));
});

function configure(config: Config, name = 'fhir-codegen.config.mjs'): void {
  writeFileSync(join(cwd, name), `export default ${JSON.stringify(config)};\n`);
}

/** Stages that record their calls; a package has the name of its spec. */
function watched(): { readonly stages: Stages; readonly seen: unknown[] } {
  const stages = fakeStages();
  const seen: unknown[] = [];
  return {
    seen,
    stages: {
      ...stages,
      load: async (spec, { onProgress: _, installedFor: _folder, ...options }) => {
        if (spec.startsWith('broken')) throw new CodegenError('it is broken', { package: spec });
        seen.push({ load: spec, ...options });
        const { definitions } = await stages.load(spec, {});
        return { definitions, warnings: [] };
      },
      pin: async (definitions, options) => {
        const { snapshot } = await stages.pin(definitions, options);
        const [name = '', version = ''] = definitions.root.name.split('#');
        return { snapshot: { ...snapshot, package: { name, version } }, warnings: [] };
      },
      generate: (snapshot, assets, generator, options) => {
        const { onModule: _, ...asked } = options ?? {};
        seen.push({ generate: snapshot.package.name, ...asked });
        return stages.generate(snapshot, assets, generator, options);
      },
    },
  };
}

function filesIn(folder: string): string[] {
  return Object.keys(contentOf(join(cwd, folder)));
}

test('each package of the configuration is generated with its own options into its own folder', async () => {
  configure({
    packages: ['a.example#1', { spec: 'b.example#2', out: 'b', docLanguage: 'fr', profiles: ['b'] }],
    out: 'all',
    offline: true,
    fhirCache: 'cache',
    codeLimit: 7,
  });
  const { stages, seen } = watched();
  const { code, out } = await run(['generate', '--json'], cwd, stages);
  expect(code).toBe(0);
  expect(seen).toEqual([
    { load: 'a.example#1', offline: true, fhirCache: join(cwd, 'cache') },
    { generate: 'a.example', codeLimit: 7 },
    { load: 'b.example#2', offline: true, fhirCache: join(cwd, 'cache') },
    { generate: 'b.example', codeLimit: 7, docLanguage: 'fr' },
  ]);
  expect(filesIn('all/a.example')).toEqual(['a.ts', 'b.ts', 'manifest.json']);
  expect(filesIn('b')).toEqual(['b.ts', 'manifest.json']);
  expect(JSON.parse(out)).toMatchObject({
    command: 'generate',
    packages: [{ package: { name: 'a.example' } }, { package: { name: 'b.example' }, out: join(cwd, 'b') }],
  });
  expect((await run(['check'], cwd, watched().stages)).code).toBe(0);
  writeFileSync(join(cwd, 'b/b.ts'), '');
  const checked = await run(['check', '--quiet'], cwd, watched().stages);
  expect(checked.code).toBe(1);
  expect(checked.out).toContain('stale b.ts\n');
});

test('a package that fails to load does not stop the others', async () => {
  configure({ packages: ['broken#1', { spec: 'b.example#2', out: 'b' }] });
  const { code, err, out } = await run(['generate', '--json'], cwd, watched().stages);
  expect(code).toBe(1);
  expect(err).toContain('error: broken#1: it is broken\n');
  expect(JSON.parse(out)).toMatchObject({ packages: [{ spec: 'broken#1', error: 'broken#1: it is broken' }, {}] });
  expect(filesIn('b')).toEqual(['a.ts', 'b.ts', 'manifest.json']);
});

test('two versions of a package need explicit folders', async () => {
  configure({ packages: ['a.example#1', 'a.example#2'], out: 'all' });
  await expect(run(['generate'], cwd, watched().stages)).rejects.toThrow(
    'a.example#1 and a.example#2 cannot both be written to',
  );
});

test('patterns select profiles of the pinned snapshot; a pattern without a match is reported', async () => {
  configure({ exclude: ['a', 'zzz'], names: { [B]: 'Named', 'urn:none': 'None' } });
  const { stages, seen } = watched();
  const { code, err } = await run(['generate', '--out', 'x'], cwd, stages);
  expect(code).toBe(0);
  expect(filesIn('x')).toEqual(['b.ts', 'manifest.json']);
  expect(seen).toMatchObject([{ names: { [B]: 'Named' } }]);
  expect(err.match(/^warning: .*$/gm)).toEqual([
    'warning: exclude of the configuration names "zzz", which does not exist',
    'warning: names of the configuration names "urn:none", which does not exist',
  ]);
});

test('options of the command line override the configuration', async () => {
  configure({
    packages: ['a.example#1'],
    exclude: ['a'],
    out: 'x',
    offline: true,
    registry: 'https://x.example',
    buildServer: 'https://b.example',
  });
  const { stages, seen } = watched();
  await run(['generate', 'c.example#1', '--profile', A, '--out', 'y', '--registry', 'https://r.example'], cwd, stages);
  expect(seen[0]).toEqual({
    load: 'c.example#1',
    offline: true,
    registry: 'https://r.example',
    buildServer: 'https://b.example',
  });
  expect(filesIn('y')).toEqual(['a.ts', 'manifest.json']);
});

test.each<[string, Config, readonly string[]]>([
  ['chosen for the package by pattern', { packages: [{ spec: './project/pinned.json', exclude: ['a'] }] }, [B]],
  ['chosen for the package by name', { packages: [{ spec: './project/pinned.json', profiles: ['a'] }] }, [A]],
  ['chosen for all packages', { include: ['b'], packages: ['c.example#1'] }, [B]],
  ['without those chosen for another package', { packages: [{ spec: 'c.example#1', exclude: ['a'] }] }, [A, B]],
])('diff compares the profiles %s', async (_, config, compared) => {
  configure(config);
  writeFileSync(join(cwd, 'other.json'), serialize(SNAPSHOT));
  const seen: (readonly string[])[] = [];
  const stages: Stages = {
    ...fakeStages(),
    diff: (old, next) => {
      seen.push(old.profiles, next.profiles);
      return Promise.resolve({ changes: [], declarations: [] });
    },
  };
  expect((await run(['diff', 'project/pinned.json', 'other.json'], cwd, stages)).code).toBe(0);
  expect(seen).toEqual([compared, compared]);
});

test('limits and additional packages reach the stages that use them', async () => {
  configure({
    packages: ['a.example#1'],
    out: 'x',
    with: ['./given', 'g#1'],
    limits: { load: { entries: 7 }, pin: { slices: 8 }, snapshot: { work: 9 } },
  });
  const { stages, seen } = watched();
  await run(['generate'], cwd, {
    ...stages,
    withSnapshots: (definitions, options) => {
      seen.push({ snapshot: options.limits });
      return stages.withSnapshots(definitions, options);
    },
    pin: (definitions, options) => {
      seen.push({ pin: options.limits });
      return stages.pin(definitions, options);
    },
  });
  expect(seen.slice(0, 3)).toEqual([
    { load: 'a.example#1', packages: [join(cwd, 'given'), 'g#1'], limits: { entries: 7 } },
    { snapshot: { work: 9 } },
    { pin: { slices: 8 } },
  ]);
});

test('--config selects another file', async () => {
  configure({ out: 'x' });
  configure({ out: 'y' }, 'other.mjs');
  await run(['generate', '--config', 'other.mjs'], cwd);
  expect(filesIn('y')).toEqual(['a.ts', 'b.ts', 'manifest.json']);
});

test.each(['generate', 'check', 'pin a#1', 'diff a#1 b#1'])(
  '%s rejects a configuration with an unknown key',
  async (command) => {
    writeFileSync(join(cwd, 'fhir-codegen.config.mjs'), 'export default { offlin: true };\n');
    await expect(run(command.split(' '), cwd)).rejects.toThrow(
      'fhir-codegen.config.mjs: there is no key "offlin": did you mean offline?',
    );
  },
);
