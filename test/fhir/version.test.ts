import { describe, expect, it } from 'vitest';
import { failure, GUIDE, labelsOf, offline } from '../load/loading.js';
import { cacheOf } from '../load/workspace.js';

describe('the version of a package', () => {
  const versions = ['2.0.0', '2.1.0', '2.1.3', '2.2.0', '3.0.0-ballot', 'current'].map((version) => ({
    ...GUIDE,
    version,
  }));

  it.each([
    ['2.1.x', '2.1.3'],
    ['2.1', '2.1.3'],
    ['^2.0.0', '2.2.0'],
    ['2.x', '2.2.0'],
    ['latest', '2.2.0'],
    ['3.0.x', '3.0.0-ballot'],
    ['3.0.0-ballot', '3.0.0-ballot'],
    ['current', 'current'],
  ])('for %s is %s, the best one in the cache', async (wanted, version) => {
    const { definitions } = await offline(`example.guide#${wanted}`, cacheOf(...versions));
    expect(definitions.root.version).toBe(version);
  });

  it.each([
    ['4.x', /not in the FHIR cache \(which has .*2\.2\.0.*\); offline/],
    ['dev', /a local build exists only where it was made: name its folder or \.tgz, or use current/],
    ['current$branch', /not in the FHIR cache \(which has .*\); offline, no build server is used/],
    ['2.1.1', /not in the FHIR cache \(which has /],
  ])('for %s is reported as missing', async (wanted, line) => {
    expect(await failure(offline(`example.guide#${wanted}`, cacheOf(...versions)))).toMatch(line);
  });

  it('of a dependency may differ only if the dependency gives a range', async () => {
    const held = { name: 'example.held', version: '1.4.2' };
    const cache = cacheOf(
      { ...GUIDE, dependencies: { 'example.held': '1.4.x' } },
      { ...GUIDE, version: '2.0.0', dependencies: { 'example.held': '1.4.1' } },
      held,
    );
    const range = await offline('example.guide#1.0.0', cache);
    expect(labelsOf(range)).toEqual(['example.guide#1.0.0', 'example.held#1.4.2', 'hl7.fhir.r4.core#4.0.1']);
    const exact = await offline('example.guide#2.0.0', cache);
    expect(exact.definitions.missing).toEqual([
      {
        name: 'example.held',
        version: '1.4.1',
        wantedBy: ['example.guide#2.0.0'],
        reason: 'it is not in the FHIR cache (which has 1.4.2); offline, no registry is used.',
      },
    ]);
  });
});
