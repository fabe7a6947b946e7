import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { format, type Options } from 'prettier';
import type { GeneratedFile } from './file.js';

/** How emitted code is laid out, on every machine: no configuration file is read. */
const OPTIONS: Options = { printWidth: 120, singleQuote: true };

const PARSERS: ReadonlyMap<string, string> = new Map([
  ['.ts', 'typescript'],
  ['.md', 'markdown'],
]);

/** Longer files, far beyond any that people read, are left as they are: prettier takes a minute for 10 MB. */
const LENGTH_LIMIT = 1_000_000;

/** Below so many files, starting threads costs more than it saves. */
const THREAD_MINIMUM = 16;

/** More threads than this wait for the disk and the collector rather than for prettier. */
const THREAD_LIMIT = 4;

/**
 * The files as prettier lays them out, which takes most of the time of a run, so several at once.
 *
 * @param files of the output; others than TypeScript and Markdown, and very long ones, are left as they are
 * @returns the files in the same order
 * @throws SyntaxError when a template made code that is none: a defect of ours
 */
export async function formatAll(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const count = Math.min(availableParallelism(), THREAD_LIMIT);
  if (files.length < THREAD_MINIMUM || count < 2) return Promise.all(files.map(formatted));
  const threads = Array.from({ length: count }, formatThread);
  try {
    // The longest first, so that no thread starts a long one when the others are done.
    const queue = files
      .map((file, index) => ({ file, index }))
      .sort((a, b) => a.file.content.length - b.file.content.length);
    const results = [...files];
    await Promise.all(
      threads.map(async (thread) => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
          const { file, index } = next;
          const parser = parserOf(file);
          if (parser !== undefined) results[index] = { ...file, content: await thread.format(file.content, parser) };
        }
      }),
    );
    return results;
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}

async function formatted(file: GeneratedFile): Promise<GeneratedFile> {
  const parser = parserOf(file);
  return parser === undefined ? file : { ...file, content: await format(file.content, { ...OPTIONS, parser }) };
}

function parserOf(file: GeneratedFile): string | undefined {
  if (file.content.length > LENGTH_LIMIT) return undefined;
  return PARSERS.get(file.path.slice(file.path.lastIndexOf('.')));
}

/** A thread that formats one text after the other. */
interface FormatThread {
  format(content: string, parser: string): Promise<string>;
  stop(): Promise<unknown>;
}

/** Source of the thread: text, so that it runs the same from TypeScript sources, a build and a test runner. */
const THREAD_SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const { format } = require(workerData);
parentPort.on('message', ({ content, options }) => {
  format(content, options).then(
    (text) => parentPort.postMessage({ text }),
    (error) => parentPort.postMessage({ error: String(error) }),
  );
});`;

function formatThread(): FormatThread {
  const prettier = createRequire(import.meta.url).resolve('prettier');
  const worker = new Worker(THREAD_SOURCE, { eval: true, workerData: prettier, execArgv: [] });
  return {
    format: (content, parser) =>
      new Promise((resolve, reject) => {
        const done = (message: { readonly text?: string; readonly error?: string }): void => {
          worker.off('error', reject);
          if (message.text === undefined) reject(new SyntaxError(message.error ?? 'prettier gave nothing'));
          else resolve(message.text);
        };
        worker.once('message', done);
        worker.once('error', reject);
        worker.postMessage({ content, options: { ...OPTIONS, parser } });
      }),
    stop: () => worker.terminate(),
  };
}
