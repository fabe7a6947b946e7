import { describe, expect, it } from 'vitest';
import type { Config } from '../../generator/config/config.js';
import { generateFrom } from '../../generator/index.js';
import { verify } from '../../generator/verify/verify.js';
import { folderOfTests } from '../folders.js';
import { cacheWith, profile } from '../hostile/guide.js';
import { canonical } from '../model/sample.js';

/** Two guides that both refer to a profile of a third, and have a profile with the same name. */
const GUIDES = {
  'base.example#1.0.0': [profile({ id: 'person', type: 'Patient', elements: [{ id: 'Patient.birthDate', min: 1 }] })],
  'first.example#1.0.0': [subjectOf('first', 'Finding')],
  'second.example#1.0.0': [subjectOf('second', 'Finding')],
};

function subjectOf(id: string, name: string): object {
  const types = [{ code: 'Reference', targetProfiles: [canonical('person')] }];
  return profile({ id, name, elements: [{ id: 'Observation.subject', min: 1, types }] });
}

async function generated(config: Config) {
  const { packages } = await generateFrom(
    { offline: true, fhirCache: cacheWith(GUIDES), with: ['base.example#1.0.0'], ...config },
    { folder: folderOfTests(), write: false },
  );
  return packages.map((one) => {
    if (one.error !== undefined) throw one.error;
    return one;
  });
}

describe('several guides in one output', () => {
  it('share common definitions and one runtime', async () => {
    const [only, ...others] = await generated({
      packages: [{ spec: 'first.example#1.0.0', also: ['second.example#1.0.0'] }],
    });
    expect(others).toEqual([]);
    const { files = [], manifest, failed } = only ?? {};
    expect(failed).toEqual([]);
    expect(manifest?.profiles.map(({ module }) => module)).toEqual([
      './first.example/first.js',
      './base.example/person.js',
      './second.example/second.js',
    ]);
    expect(files.filter(({ path }) => path.endsWith('runtime/index.ts'))).toHaveLength(1);
    const names = manifest?.profiles.map((one) => one.exports.interface) ?? [];
    expect(new Set(names).size).toBe(3);
    expect(await verify(files)).toEqual([]);
  });

  it('contain the profiles that patterns select from all of them', async () => {
    const [only] = await generated({
      packages: [{ spec: 'first.example#1.0.0', also: ['second.example#1.0.0'], include: ['*/second'] }],
    });
    expect(only?.manifest.profiles.map(({ url }) => url)).toEqual([canonical('person'), canonical('second')]);
  });
});
