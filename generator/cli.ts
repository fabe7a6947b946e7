#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { CLEAR } from './commands/console.js';
import { runProgram } from './commands/program.js';
import { terminalOf } from './commands/terminal.js';
import { CodegenError, oneLine, UsageError } from './errors.js';
import { findProject } from './run/project.js';
import { lazyStages } from './run/stages.js';

// V8's early optimization takes half of the processor time of a run of a second or two and does not pay off. Longer
// runs are optimized all the same, a few milliseconds later.
setFlagsFromString('--interrupt-budget=1000000');

/** Exit codes of processes that a signal ends (POSIX shells: 128 and the signal's number). */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * The command line of this package: see `--help`. Exit codes: 0 done, 1 failed or `check` or `diff` found something,
 * 2 wrong usage.
 */
async function main(): Promise<number> {
  try {
    const cwd = process.cwd();
    return await runProgram(process.argv.slice(2), {
      stages: lazyStages,
      project: findProject(cwd),
      cwd,
      now: () => performance.now(),
      streams: {
        out: (text) => process.stdout.write(text),
        err: (text) => process.stderr.write(text),
        isErrTerminal: process.stderr.isTTY,
        terminal: terminalOf(process.stdout, process.env),
      },
    });
  } catch (error) {
    const isExpected = error instanceof CodegenError || error instanceof UsageError;
    const hint = isExpected ? '' : ' (this is a bug in the generator: DEBUG=1 shows where)';
    // The last line of the terminal may still show a step of a long stage.
    if (process.stderr.isTTY) process.stderr.write(CLEAR);
    process.stderr.write(`error: ${oneLine(error)}${hint}\n`);
    const debug = process.env['DEBUG'] ?? '';
    if (debug !== '') process.stderr.write(`${stackOf(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** The stack traces of an error and of its causes. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has closed the pipe (`| head`): the run continues nonetheless, and its exit code counts.
    if (error.code !== 'EPIPE') throw error;
  });
}

for (const [signal, code] of Object.entries(SIGNALS)) {
  process.once(signal, () => {
    // Files are swapped in one go, without a turn of the event loop: this runs before it or after it, never between.
    process.stderr.write('error: interrupted; the output folder is intact\n');
    process.exit(code);
  });
}

const code = await main();
// Open sockets and threads must not keep a finished run alive, but its output has to be flushed first.
const flushed = [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve)));
await Promise.all(flushed);
process.exit(code);
