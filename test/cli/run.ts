import { join } from 'node:path';
import { runProgram } from '../../generator/commands/program.js';
import type { Stages } from '../../generator/run/stages.js';
import { lazyStages } from '../../generator/run/stages.js';
import type { Generated } from '../../generator/generate.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { profile, snapshot } from '../diff/samples.js';

/** Output and exit code of a run. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The package of the fake stages. */
export const SNAPSHOT = snapshot([profile('a', 'Patient'), profile('b', 'Observation')]);

/** Stages without packages and prettier: one file for each profile, except for those that fail. */
export function fakeStages(
  options: { readonly snapshot?: PinnedSnapshot; readonly broken?: readonly string[] } = {},
): Stages {
  const pinned = options.snapshot ?? SNAPSHOT;
  const broken = options.broken ?? [];
  return {
    ...lazyStages,
    load: (spec, { onProgress }) => {
      onProgress?.(`Reading ${spec}`);
      const root = { name: spec, version: '1', fhirVersions: [], dependencies: {}, resources: [] };
      const warnings = [{ message: 'something is missing', where: { package: spec } }];
      return Promise.resolve({ definitions: { root, packages: [root], missing: [] }, warnings });
    },
    withSnapshots: (definitions) => Promise.resolve({ definitions, warnings: [], failed: [] }),
    pin: async (_, { profiles }) => ({
      snapshot: profiles === undefined ? pinned : await lazyStages.narrow(pinned, profiles),
      warnings: broken.map((name) => ({ message: 'it makes no sense', where: { profile: name } })),
    }),
    generate: (given, _, generator) => Promise.resolve(generated(given, generator, broken)),
  };
}

function generated(
  given: PinnedSnapshot,
  generator: { readonly name: string; readonly version: string },
  broken: readonly string[],
): Generated {
  const done = given.structureDefinitions.filter(
    (item) => item.derivation === 'constraint' && !broken.includes(item.name),
  );
  const manifest: Generated['manifest'] = {
    package: given.package,
    fhirVersion: given.fhirVersion,
    generator,
    profiles: done.map((item) => ({
      url: item.url,
      name: item.name,
      type: item.type,
      kind: 'resource' as const,
      module: `./${item.name}.js`,
      exports: { interface: '', builder: '', guard: '', validate: '', create: '' },
    })),
    unresolved: given.unresolved,
    files: [...done.map((item) => `${item.name}.ts`), 'manifest.json'].sort(),
  };
  const files = done.map((item) => ({ path: `${item.name}.ts`, content: `export type ${item.name} = unknown;\n` }));
  return { files: [...files, { path: 'manifest.json', content: JSON.stringify(manifest) }], manifest, warnings: [] };
}

/** Runs a command line in this process, in the given folder. */
export async function run(
  args: readonly string[],
  cwd: string,
  stages: Stages = fakeStages(),
  isTerminal = false,
): Promise<Run> {
  let out = '';
  let err = '';
  let time = 0;
  const code = await runProgram(args, {
    stages,
    cwd,
    now: () => (time += 1000),
    project: {
      identity: { name: 'fhir-profile-codegen', version: '9.9.9' },
      pinned: join(cwd, 'project/pinned.json'),
      pinnedOutput: join(cwd, 'project/pinned.json'),
      output: join(cwd, 'project/generated'),
    },
    streams: {
      isErrTerminal: isTerminal,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    },
  });
  return { code, out, err };
}
