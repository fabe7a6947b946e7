import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, type TestContext } from 'vitest';
import { CodegenError } from '../../generator/errors.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { judgePrograms } from './judge-programs.js';
import { openPackage, snapshotOf } from './subject.js';

/**
 * Random sequences of calls of builders, branches, edits and keyed inputs: a program that compiles creates a value that
 * the guard accepts. `PROGRAMS=200` tries 200 of each profile of the packages in `../shared` and its FHIR cache; those of the
 * pinned guide are in mutation.test.ts.
 */
const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));
const ARCHIVES = join(SHARED, 'fhir-packages');
const PER_PROFILE = Number(process.env['PROGRAMS'] ?? 1);
const SEED = 20261126;

interface Source {
  readonly name: string;
  readonly snapshot: () => Promise<PinnedSnapshot>;
}

const CACHE = join(SHARED, 'fhir-cache');

function entriesOf(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Whether a package of the cache has its own profiles. */
function hasProfiles(spec: string): boolean {
  return entriesOf(join(CACHE, spec, 'package')).some((file) => file.startsWith('StructureDefinition-'));
}

/** The archives and unpacked packages, and the packages of the cache in addition. */
const GIVEN = entriesOf(ARCHIVES).filter((name) => !name.endsWith('.md'));
const CACHED = entriesOf(CACHE).filter(
  (spec) => spec.includes('#') && !GIVEN.includes(`${spec.replace('#', '-')}.tgz`) && hasProfiles(spec),
);
const PACKAGES: readonly Source[] = [
  ...GIVEN.map((name) => ({ name, spec: join(ARCHIVES, name) })),
  ...CACHED.map((name) => ({ name, spec: name })),
].map(({ name, spec }) => ({ name, snapshot: () => snapshotOf(spec, CACHE) }));

async function judge({ name, snapshot }: Source, { skip }: TestContext): Promise<void> {
  const opened = await snapshot().then(openPackage, (error: unknown) => {
    // A release of FHIR that is not supported, or whose core package is missing.
    if (error instanceof CodegenError) skip(error.message);
    throw error;
  });
  try {
    const { programs, compiled, conforming, beyond, wrong } = await judgePrograms(opened, PER_PROFILE, SEED);
    process.stdout.write(
      `\n${name}: ${programs} random programs, ${compiled} compile, ${conforming} of these give what the guard accepts, ${beyond.length} break what no type sees\n`,
    );
    expect(wrong).toEqual([]);
    expect(compiled).toBeGreaterThan(programs / 4);
    expect(conforming).toBeGreaterThan(compiled / 2);
  } finally {
    opened.workspace.close();
  }
}

describe('random programs', () => {
  if (PACKAGES.length === 0) it.skip('of packages: ../shared is missing', () => undefined);
  else if (process.env['PROGRAMS'] === undefined)
    it.skip('of the packages in ../shared: PROGRAMS is not set', () => undefined);
  else {
    it.for(PACKAGES)('of $name', { timeout: 900_000 }, judge);
  }
});
