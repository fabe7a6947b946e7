import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { load } from '../../generator/load/load.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { pin } from '../../generator/pin-package.js';
import { serialize } from '../../generator/pin/serialize.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';

const FILE = fileURLToPath(new URL('../../generator/pinned.json', import.meta.url));
/** No package of the guide depends on it; see generator/README.md. */
const WITH = ['ihe.pharm.mpd#1.0.0-comment'];
const CACHE = fileURLToPath(new URL('../../../shared/fhir-cache', import.meta.url));

const text = readFileSync(FILE, 'utf8');

describe('the committed pinned file', () => {
  const snapshot = parseSnapshot(text, 'generator/pinned.json');

  it('is formatted as the generator writes it', () => {
    expect(serialize(snapshot)).toBe(text);
  });

  it('contains all profiles that it was made for', () => {
    const pinned = new Set(snapshot.structureDefinitions.map(({ url }) => url));
    expect(snapshot.profiles).not.toEqual([]);
    expect(snapshot.profiles.filter((url) => !pinned.has(url))).toEqual([]);
  });

  it('contains the definitions that its profiles refer to, or lists them as unresolved', () => {
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

  it('contains the value sets of required bindings, or lists them as unresolved', () => {
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

  // The packages that it is made from are not part of the repository.
  const title = 'is what pinning the packages gives, to the byte (skipped where ../shared/fhir-cache is not there)';
  it.skipIf(!existsSync(CACHE))(title, async () => {
    const { name, version } = snapshot.package;
    const loaded = await load(`${name}#${version}`, { fhirCache: CACHE, offline: true, packages: WITH });
    const { definitions, failed } = await withSnapshots(loaded.definitions);
    expect(serialize(pin(definitions, { failed }).snapshot)).toBe(text);
  });
});
