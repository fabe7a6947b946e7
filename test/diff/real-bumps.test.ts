import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAssets } from '../../generator/assets.js';
import { formatReport } from '../../generator/diff/format.js';
import { PLAIN } from '../../generator/diff/layout.js';
import { reportOf } from '../../generator/diff/report.js';
import { load } from '../../generator/load/load.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { pin } from '../../generator/pin-package.js';
import { prove } from '../../generator/prove/prove.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';
import { BUMPS, COMMITTED, PACKAGES, PINNED, REPORTS, SHARED } from './bumps.js';
import { schemaErrors } from './schema.js';
import { REPORT_TEMPLATES } from './templates.js';

const FR_CORE = join(PACKAGES, 'hl7.fhir.fr.core-2.2.0.tgz');

async function snapshotOf(name: string): Promise<PinnedSnapshot> {
  if (name === PINNED) return parseSnapshot(readFileSync(PINNED, 'utf8'), PINNED);
  const options = { fhirCache: join(SHARED, 'fhir-cache'), offline: true, packages: [FR_CORE] };
  const { definitions } = await load(join(PACKAGES, name), options);
  const made = await withSnapshots(definitions);
  return pin(made.definitions, { failed: made.failed }).snapshot;
}

const COMPILING = 300_000;

/** Number of lines on a screen. */
const SCREEN = 40;

describe.skipIf(!existsSync(PACKAGES))(
  'the compiler agrees with all verdicts (skipped where ../shared/fhir-packages is not there)',
  () => {
    it.each(BUMPS)(
      '$report: $old → $next',
      async ({ report: name, old, next }) => {
        const [before, after] = [await snapshotOf(old), await snapshotOf(next)];
        const { changes, declarations, proof } = await prove(before, after, await readAssets());
        expect(changes.some(({ impact }) => impact === 'breaking')).toBe(true);
        expect(proof.disagreements).toEqual([]);

        // The committed reports are current: `npx vitest run test/diff/real-bumps.test.ts -u` updates them.
        const report = reportOf(before, after, changes, { declarations });
        const texts = new Map(COMMITTED.map(([format]) => [format, formatReport(report, format, REPORT_TEMPLATES)]));
        for (const [format, extension] of COMMITTED) {
          await expect(texts.get(format)).toMatchFileSnapshot(join(REPORTS, `${name}.${extension}`));
        }
        const summary = (texts.get('text') ?? '').trimEnd().split('\n');
        expect(summary.length).toBeLessThanOrEqual(SCREEN);
        expect(Math.max(...summary.map((line) => line.length))).toBeLessThanOrEqual(PLAIN.columns);
        expect(texts.get('markdown')?.length).toBeLessThan(65_536);
        expect(schemaErrors(JSON.parse(texts.get('json') ?? ''))).toEqual([]);
      },
      COMPILING,
    );
  },
);
