import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAssets } from '../../generator/assets.js';
import { load } from '../../generator/load/load.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { pin } from '../../generator/pin-package.js';
import { prove } from '../../generator/prove/prove.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';

const SHARED = join(import.meta.dirname, '../../../shared');
const PACKAGES = join(SHARED, 'fhir-packages');
const PINNED = join(import.meta.dirname, '../../generator/pinned.json');
const FR_CORE = join(PACKAGES, 'hl7.fhir.fr.core-2.2.0.tgz');

async function snapshotOf(name: string): Promise<PinnedSnapshot> {
  if (name === PINNED) return parseSnapshot(readFileSync(PINNED, 'utf8'), PINNED);
  const options = { fhirCache: join(SHARED, 'fhir-cache'), offline: true, packages: [FR_CORE] };
  const { definitions } = await load(join(PACKAGES, name), options);
  const made = await withSnapshots(definitions);
  return pin(made.definitions, { failed: made.failed }).snapshot;
}

const COMPILING = 120_000;

describe.skipIf(!existsSync(PACKAGES))(
  'the compiler agrees with every verdict (skipped where ../shared/fhir-packages is not there)',
  () => {
    it.each([
      ['hl7.fhir.fr.core-2.1.0.tgz', 'hl7.fhir.fr.core-2.2.0.tgz'],
      ['hl7.fhir.us.core-6.1.0.tgz', 'hl7.fhir.us.core-7.0.0.tgz'],
      [PINNED, 'ans.fhir.fr.document-core/package'],
    ])(
      '%s → %s',
      async (old, next) => {
        const { changes, proof } = await prove(await snapshotOf(old), await snapshotOf(next), await readAssets());
        expect(changes.some(({ impact }) => impact === 'breaking')).toBe(true);
        expect(proof.disagreements).toEqual([]);
      },
      COMPILING,
    );
  },
);
