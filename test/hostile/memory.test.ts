import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folderOfTests } from '../folders.js';
import { cacheWith, codes, profile, valueSet } from './guide.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PRELOAD = new URL('../conformance/peak.mjs', import.meta.url).href;

/** A run of the command line, and the peak memory of its process in MB. */
async function generate(fhirCache: string, out: string): Promise<{ code: number | null; err: string; peak: number }> {
  const peak = join(folderOfTests(), 'peak');
  const args = ['generate', 'huge.example#1.0.0', '--offline', '--fhir-cache', fhirCache, '--out', out];
  const child = spawn(process.execPath, ['--import', PRELOAD, 'generator/launch.mjs', ...args], {
    cwd: ROOT,
    env: { ...process.env, CONFORMANCE_PEAK: peak },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, err, peak: Number(readFileSync(peak, 'utf8')) / 1024 };
}

// Takes a minute on a busy machine with two cores.
it('a value set of 500,000 codes next to a file of 50 MB takes less than 1 GB', { timeout: 600_000 }, async () => {
  const concepts = Array.from({ length: 500_000 }, (_, index) => ({ code: `c${index}`, display: `Code ${index}` }));
  const large = profile({ id: 'large' });
  const fhirCache = cacheWith({
    'huge.example#1.0.0': [
      profile({
        id: 'bound',
        elements: [{ id: 'Observation.method', binding: { strength: 'required', valueSet: valueSet('huge') } }],
      }),
      { ...large, text: { div: 'x'.repeat(50_000_000) } },
      ...codes('huge', concepts),
    ],
  });
  const out = join(folderOfTests(), 'out');
  const { code, err, peak } = await generate(fhirCache, out);
  expect({ code, errors: err.match(/^error.*$/gm) }).toEqual({ code: 0, errors: null });
  expect(existsSync(join(out, 'huge.example/bound.ts'))).toBe(true);
  expect(existsSync(join(out, 'huge.example/large.ts'))).toBe(true);
  expect(peak).toBeGreaterThan(50);
  expect(peak).toBeLessThan(1024);
});
