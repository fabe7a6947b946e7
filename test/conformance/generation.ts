import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../../generator/index.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The result of `generate` for a package. */
export interface Generation {
  /** The output folder. */
  readonly out: string;
  /** `name#version`. */
  readonly label: string;
  /** The number of requested profiles. */
  readonly requested: number;
  /** Canonicals of the failed profiles. */
  readonly failed: readonly string[];
  readonly manifest: Manifest;
  readonly seconds: number;
  /** Peak memory of the process, in MB. */
  readonly peak: number;
}

/**
 * Runs `generate` as a user does, in a separate process, without a network.
 *
 * @param spec of the package
 * @param cache FHIR cache
 * @param folder for the output and the measurements
 * @throws Error with the output of the command if it wrote nothing
 */
export async function generation(spec: string, cache: string, folder: string): Promise<Generation> {
  const out = join(folder, 'generated');
  const peak = join(folder, 'peak');
  const start = performance.now();
  const { stdout, stderr } = await command(
    ['generate', spec, '--offline', '--fhir-cache', cache, '--out', out, '--json', '--quiet'],
    peak,
  );
  const seconds = (performance.now() - start) / 1000;
  if (stdout.trim() === '') throw new Error(stderr.trim());
  const summary = JSON.parse(stdout) as {
    readonly package: { readonly name: string; readonly version: string };
    readonly profiles: { readonly requested: number; readonly failed: readonly string[] };
  };
  return {
    out,
    label: `${summary.package.name}#${summary.package.version}`,
    requested: summary.profiles.requested,
    failed: summary.profiles.failed,
    manifest: JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest,
    seconds,
    peak: Number(readFileSync(peak, 'utf8')) / 1024,
  };
}

/** The exit code is ignored: a failed profile is a row of the table, not the end of the run. */
function command(args: readonly string[], peak: string): Promise<{ stdout: string; stderr: string }> {
  const preload = new URL('peak.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', preload, 'generator/launch.mjs', ...args], {
    cwd: ROOT,
    env: { ...process.env, CONFORMANCE_PEAK: peak },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    const texts = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
    child.on('error', reject).on('close', () => resolve(texts));
  });
}
