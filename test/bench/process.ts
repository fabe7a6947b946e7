import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../generated/compile.js';

/** The resources that a command used, including its Node.js child processes. */
export interface Used {
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of processor time. */
  readonly processor: number;
  /** Peak memory of a single process, in megabytes. */
  readonly memory: number;
}

/** A command and its working folder. */
export interface Command {
  readonly args: readonly string[];
  readonly cwd?: string;
}

/**
 * Runs a command as a user does, asynchronously, so that this process can serve its requests.
 *
 * @param command any
 * @throws if it fails
 */
export async function measured({ args, cwd = ROOT }: Command): Promise<Used> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-usage-'));
  const file = join(folder, 'usage');
  const preload = pathToFileURL(join(ROOT, 'test/bench/usage.mjs')).href;
  try {
    const start = performance.now();
    await finished(args, cwd, { ...process.env, NODE_OPTIONS: `--import=${preload}`, BENCH_USAGE: file });
    const wall = (performance.now() - start) / 1000;
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const used = lines.map((line) => line.split(' ').map(Number));
    return {
      wall,
      processor: used.reduce((sum, [microseconds = 0]) => sum + microseconds / 1e6, 0),
      memory: Math.max(...used.map(([, kilobytes = 0]) => kilobytes / 1024)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function finished([program = '', ...args]: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${errors}`));
    });
  });
}

/** Of several runs: the median of each figure, and the range of the wall time. */
export interface Summary extends Used {
  readonly least: number;
  readonly most: number;
}

/**
 * Runs commands in turns, so that other load on the machine affects all equally.
 *
 * @param commands given the number of the round, in which each may write elsewhere
 * @param rounds how many
 */
export async function inTurns(
  commands: readonly ((round: number) => Command)[],
  rounds: number,
): Promise<readonly Summary[]> {
  const runs = commands.map((): Used[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, command] of commands.entries()) runs[at]?.push(await measured(command(round)));
  }
  return runs.map((used) => ({
    wall: median(used.map(({ wall }) => wall)),
    processor: median(used.map(({ processor }) => processor)),
    memory: median(used.map(({ memory }) => memory)),
    least: Math.min(...used.map(({ wall }) => wall)),
    most: Math.max(...used.map(({ wall }) => wall)),
  }));
}

/**
 * The median.
 *
 * @param values at least one
 */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
