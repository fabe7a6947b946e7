import { describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { resolveModel } from '../../generator/model/resolve.js';
import { nameAll, type Names, type ProfileNames } from '../../generator/names/names.js';
import { canonical } from '../model/sample.js';
import { pinnedGuide, profile } from './guide.js';
import { PAYLOADS } from './payloads.js';

async function namesOf(resources: readonly object[]): Promise<Names> {
  return nameAll(resolveModel(buildModel((await pinnedGuide(resources)).snapshot)));
}

/** Names of the given profiles, by canonical. */
function of(names: Names, urls: readonly string[]): Record<string, ProfileNames | undefined> {
  return Object.fromEntries(urls.map((url) => [url, names.profiles.get(url)]));
}

describe('hostile names', () => {
  const texts = PAYLOADS.map((text, index) => ({ id: text, name: text, url: canonical(`p${index}`) }));

  it('stay if an unrelated profile is added or their files are reordered', async () => {
    const urls = texts.map(({ url }) => url);
    const before = await namesOf(texts.map(profile));
    const unrelated = ['0unrelated', 'zunrelated'].map((id) =>
      profile({ id, name: 'SomethingElse', url: canonical(id) }),
    );
    const after = await namesOf([...unrelated, ...texts.map(profile).reverse()]);
    expect(of(after, urls)).toEqual(of(before, urls));
  });

  it('of two profiles that are equal are distinguished in all exports', async () => {
    const twins = ['a', 'b'].map((id) => profile({ id, name: 'Twin', url: canonical(id) }));
    const names = of(await namesOf(twins), [canonical('a'), canonical('b')]);
    // The module with the types of references belongs to the package.
    const all = Object.values(names).flatMap((one) =>
      Object.entries(one ?? {}).flatMap(([key, name]) => (key === 'references' ? [] : [name])),
    );
    expect(new Set(all).size).toBe(all.length);
    expect(names[canonical('a')]?.interface).toBe('Twin');
  });
});
