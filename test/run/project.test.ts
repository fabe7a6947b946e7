import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProject } from '../../generator/run/project.js';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

/** The program in the given folder, as seen from `cwd`. */
function projectIn(place: string): { folder: string; find: (from?: string) => ReturnType<typeof findProject> } {
  const folder = join(cwd, place);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"fhir-profile-codegen","version":"9.9.9"}');
  return { folder, find: (from = cwd) => findProject(from, join(folder, 'dist/run/project.js')) };
}

describe('the program', () => {
  it('in a checkout reads and writes the files of the checkout', () => {
    const { folder, find } = projectIn('checkout');
    const own = join(folder, 'generator/pinned.json');
    for (const from of [folder, join(folder, 'examples')])
      expect(find(from)).toMatchObject({ pinned: own, pinnedOutput: own, output: join(folder, 'generated') });
  });

  it('in a checkout writes into the current folder if that is elsewhere', () => {
    const { folder, find } = projectIn('checkout');
    const pinnedOutput = join(cwd, 'fhir-pinned.json');
    const own = join(folder, 'generator/pinned.json');
    expect(find()).toMatchObject({ pinned: own, pinnedOutput, output: join(cwd, 'generated') });
    const beside = join(cwd, 'checkout-2');
    expect(find(beside)).toMatchObject({ output: join(beside, 'generated') });
  });

  it('writes nothing into node_modules if installed, and reads its previous output', () => {
    const { folder, find } = projectIn('node_modules/fhir-profile-codegen');
    const written = join(cwd, 'fhir-pinned.json');
    const given = join(folder, 'generator/pinned.json');
    const records = join(cwd, 'node_modules/.cache/fhir-profile-codegen');
    expect(find()).toMatchObject({ pinned: given, pinnedOutput: written, output: join(cwd, 'generated'), records });
    writeFileSync(written, '{}');
    expect(find()).toMatchObject({ pinned: written, pinnedOutput: written });
  });
});
