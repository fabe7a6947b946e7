import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../generator/pin/serialize.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { pinned } from '../model/sample.js';
import { hashes, hashOf, pinnedHash, unformatted } from './bytes.js';
import { codes, pinnedGuide, profile, valueSet } from './guide.js';
import { PAYLOADS } from './payloads.js';

const run = promisify(execFile);

/** The items in a very different order, the same on each call. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, index) => ({ item, key: createHash('sha256').update(String(index)).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);
}

describe('the same package is generated to the same bytes', () => {
  it('for any order of files', async () => {
    const resources = [
      ...PAYLOADS.map((text, index) =>
        profile({
          id: text,
          url: `https://example.org/${index}`,
          elements: [{ id: 'Observation.method', binding: { strength: 'required', valueSet: valueSet('all') } }],
        }),
      ),
      ...codes(
        'all',
        PAYLOADS.map((code) => ({ code, display: code })),
      ),
    ];
    const { snapshot } = await pinnedGuide(resources);
    const other = await pinnedGuide(shuffled(resources));
    expect(serialize(other.snapshot)).toBe(serialize(snapshot));
  });

  it('for any order of definitions in a snapshot', async () => {
    const moved: PinnedSnapshot = {
      ...pinned,
      structureDefinitions: shuffled(pinned.structureDefinitions),
      valueSets: shuffled(pinned.valueSets),
    };
    expect(hashOf(await unformatted(moved))).toBe(await pinnedHash());
  });

  it('for another language and time zone, in a separate process', async () => {
    const program = fileURLToPath(new URL('hash.ts', import.meta.url));
    const env = { ...process.env, LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };
    const { stdout } = await run(process.execPath, ['--import', 'tsx', program], { env });
    expect(stdout.trim()).toBe((await hashes()).join(' '));
  });
});
