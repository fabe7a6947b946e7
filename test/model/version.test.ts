import { describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import type { PinnedSnapshot, PinnedStructureDefinition } from '../../generator/pin/snapshot.js';
import { canonical, sampleSnapshot } from './sample.js';

const URL = canonical('Twice');
const snapshot = sampleSnapshot([{ name: 'Twice', type: 'Patient', elements: [] }]);
const [twice] = snapshot.structureDefinitions.filter(({ url }) => url === URL);
const others = snapshot.structureDefinitions.filter(({ url }) => url !== URL);

function withVersions(...versions: readonly Partial<PinnedStructureDefinition>[]): PinnedSnapshot {
  const all = twice === undefined ? [] : versions.map((version) => ({ ...twice, ...version }));
  return { ...snapshot, structureDefinitions: [...others, ...all] };
}

/** The version in the model, and the warnings about others. */
function used(...versions: readonly Partial<PinnedStructureDefinition>[]) {
  const { profiles, warnings } = buildModel(withVersions(...versions));
  const found = profiles.filter(({ url }) => url === URL);
  expect(found).toHaveLength(1);
  return {
    version: found[0]?.version,
    messages: warnings.filter(({ where }) => where.profile === URL).map(({ message }) => message),
  };
}

describe('a profile with several versions', () => {
  const foreign = { package: 'other.example#1.0.0' };

  it('is taken in its latest version for any order, with one warning', () => {
    const messages = ['is needed in several versions (10.0.0, 9.0.0): 10.0.0 is used for all of them'];
    expect(used({ ...foreign, version: '10.0.0' }, { ...foreign, version: '9.0.0' })).toEqual({
      version: '10.0.0',
      messages,
    });
    expect(used({ ...foreign, version: '9.0.0' }, { ...foreign, version: '10.0.0' })).toEqual({
      version: '10.0.0',
      messages,
    });
  });

  it('is taken in the version of the requested package if that has one', () => {
    expect(used({ version: '1.0.0' }, { ...foreign, version: '2.0.0' }).version).toBe('1.0.0');
    expect(used({ ...foreign, version: '2.0.0' }, { version: '1.0.0' }).version).toBe('1.0.0');
  });

  it('causes no warning if there is only one', () => {
    expect(used({ version: '1.0.0' })).toEqual({ version: '1.0.0', messages: [] });
  });
});
