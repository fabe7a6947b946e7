import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../generated/manifest.json' with { type: 'json' };

const GENERATED = new URL('../../generated/', import.meta.url).pathname;

/** Modules of packages, without the runtime and build output. */
function modules(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['dist', 'node_modules', 'runtime'].includes(entry.name) ? [] : modules(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

function bytes(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + statSync(path).size, 0);
}

const isValueSet = (path: string): boolean => path.includes('/value-sets/');

it('the source of a model stays short enough to read', () => {
  const all = modules(GENERATED).filter((path) => path.slice(GENERATED.length).includes('/'));
  expect(bytes(all.filter((path) => !isValueSet(path))) / manifest.profiles.length).toBeLessThan(22 * 1024);
});

it('value sets stay small', () => {
  expect(bytes(modules(GENERATED).filter(isValueSet))).toBeLessThan(1_000_000);
});
