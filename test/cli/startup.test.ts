import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

type Outputs = NonNullable<Awaited<ReturnType<typeof build>>['metafile']>['outputs'];

let outputs: Outputs = {};

beforeAll(async () => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['generator/cli.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    metafile: true,
    write: false,
  });
  outputs = metafile.outputs;
});

/** Packages that a file of the generator loads, directly or through its imports. */
function packagesWith(entry: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = Object.entries(outputs).flatMap(([path, { entryPoint }]) => (entryPoint === entry ? [path] : []));
  expect(open).toHaveLength(1);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'dynamic-import') continue;
      if (external !== true) open.push(imported);
      else if (!imported.startsWith('node:')) found.add(imported);
    }
  }
  return [...found].sort();
}

describe('a command loads only the modules that it needs', () => {
  it.each([
    ['any command', 'generator/cli.ts', ['commander', 'semver']],
    ['reading a pinned file', 'generator/pin/parse.ts', []],
    ['generate', 'generator/generate.ts', ['handlebars', 'prettier/doc', 'semver']],
    // It prints the declarations of both sides.
    ['diff of two packages', 'generator/compare.ts', ['prettier/doc']],
  ])('%s', (_, entry, packages) => {
    expect(packagesWith(entry)).toEqual(packages);
  });
});
