import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { STRICTEST } from '../compilers.js';

const require = createRequire(import.meta.url);

/** The cost of a compiler run. Times are in seconds. */
export interface Cost {
  readonly files: number;
  readonly types: number;
  readonly instantiations: number;
  readonly check: number;
  /** From the first file read to the last diagnostic, as reported by the compiler. */
  readonly total: number;
  /** Processor time of the whole run including the start of the compiler, least affected by other programs. */
  readonly processor: number;
  /** Megabytes. */
  readonly memory: number;
}

/**
 * Compiles a program without errors and measures the cost.
 *
 * @param compiler its npm name
 * @param folder of the program
 * @param file of the program
 * @throws if the compiler reports an error
 */
export function costOf(compiler: string, folder: string, file: string): Cost {
  const project = join(folder, 'tsconfig.json');
  const compilerOptions = { ...STRICTEST, extendedDiagnostics: true };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
  // Only the shell's `times` gives the processor time of child processes; Node.js does not.
  const script = '"$@" || exit; times';
  const args = ['-c', script, 'sh', process.execPath, tscOf(compiler), '--pretty', 'false', '-p', project];
  const { stdout, status } = spawnSync('sh', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${compiler} complains of ${file}:\n${stdout}`);
  const value = (label: string): number => {
    const [, digits, unit] = new RegExp(`^${label}:\\s+([\\d.]+)([sK]?)\\s*$`, 'm').exec(stdout) ?? [];
    if (digits === undefined) throw new Error(`${compiler} does not tell ${label}`);
    return unit === 'K' ? Number(digits) / 1024 : Number(digits);
  };
  return {
    files: value('Files'),
    types: value('Types'),
    instantiations: value('Instantiations'),
    check: value('Check time'),
    total: value('Total time'),
    processor: processorTime(stdout),
    memory: value('Memory used'),
  };
}

/** Version of a compiler. */
export function versionOf(compiler: string): string {
  const { version } = JSON.parse(readFileSync(require.resolve(`${compiler}/package.json`), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

/** The median of each figure. */
export function medianOf(costs: readonly [Cost, ...Cost[]]): Cost {
  const [first] = costs;
  const entries = (Object.keys(first) as (keyof Cost)[]).map((key) => {
    const sorted = costs.map((cost) => cost[key]).sort((a, b) => a - b);
    return [key, sorted[sorted.length >> 1]] as const;
  });
  return { ...first, ...Object.fromEntries(entries) };
}

function tscOf(compiler: string): string {
  return join(dirname(require.resolve(`${compiler}/package.json`)), 'bin', 'tsc');
}

/** The last line is user and system time of the children: `0m1.23s 0m0.10s`. */
function processorTime(output: string): number {
  const line = output.trim().split('\n').at(-1) ?? '';
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
}
