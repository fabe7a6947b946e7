import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { load } from '../../generator/load/load.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { pin } from '../../generator/pin-package.js';
import { serialize } from '../../generator/pin/serialize.js';

const FILE = fileURLToPath(new URL('../../generator/pinned.json', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../shared/fhir-cache', import.meta.url));

const text = readFileSync(FILE, 'utf8');

describe('the committed pinned file', () => {
  const snapshot = parseSnapshot(text, 'generator/pinned.json');

  it('is as the generator writes it', () => {
    expect(serialize(snapshot)).toBe(text);
  });

  it('holds all the profiles that were asked for', () => {
    const pinned = new Set(snapshot.structureDefinitions.map(({ url }) => url));
    expect(snapshot.profiles).not.toEqual([]);
    expect(snapshot.profiles.filter((url) => !pinned.has(url))).toEqual([]);
  });

  it('either holds or lists as unresolved what its profiles refer to', () => {
    const known = new Set([
      ...snapshot.structureDefinitions.map(({ url }) => url),
      ...snapshot.unresolved.map(({ canonical }) => canonical),
    ]);
    const references = snapshot.structureDefinitions.flatMap(({ baseDefinition, elements }) => [
      ...(baseDefinition === undefined ? [] : [baseDefinition]),
      ...elements.flatMap(({ types }) => (types ?? []).flatMap(({ profiles }) => profiles ?? [])),
    ]);
    expect(references.filter((canonical) => !known.has(canonical.replace(/\|.*/, '')))).toEqual([]);
  });

  it('either holds or lists as unresolved the value sets that are bound as required', () => {
    const known = new Set([
      ...snapshot.valueSets.map(({ url }) => url),
      ...snapshot.unresolved.map(({ canonical }) => canonical),
    ]);
    const required = snapshot.structureDefinitions.flatMap(({ elements }) =>
      elements.flatMap(({ binding }) => (binding?.strength === 'required' ? [binding.valueSet ?? ''] : [])),
    );
    expect(required.filter((canonical) => !known.has(canonical.replace(/\|.*/, '')))).toEqual([]);
  });

  it('lists each unresolved canonical once', () => {
    const listed = snapshot.unresolved.map(({ canonical, kind }) => `${kind} ${canonical}`);
    expect(new Set(listed).size).toBe(listed.length);
  });

  // Needs the packages that it was made from, which are not part of the repository.
  it.skipIf(!existsSync(CACHE))('is what pinning the packages gives, to the byte', async () => {
    const { name, version } = snapshot.package;
    const { definitions } = await load(`${name}#${version}`, { fhirCache: CACHE, offline: true });
    expect(serialize(pin(definitions).snapshot)).toBe(text);
  });
});
