import { expect, it } from 'vitest';
import { Console } from '../../generator/commands/console.js';
import { lazyStages } from '../../generator/run/stages.js';
import { newFolder } from '../folders.js';
import { fakeStages, run } from './run.js';

/** The lines that a terminal shows after the given output. */
function shown(text: string): readonly string[] {
  return text.split('\n').map((line) => line.slice(line.lastIndexOf('\u001b[K') + 1).replace(/^\[K/, ''));
}

/** The output of a console to standard error during a stage. */
function written(options: {
  readonly isTerminal?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}): string {
  const { isTerminal = true, quiet = false, json = false } = options;
  let err = '';
  const streams = { out: () => undefined, err: (text: string) => void (err += text), isErrTerminal: isTerminal };
  const console = new Console(streams, { quiet, json, verbose: false });
  console.progress('Generating a');
  console.step('1 of 2');
  console.step('2 of 2');
  console.fail('no');
  return err;
}

it('a step replaces the previous one, and the next line replaces the last step', () => {
  expect(written({})).toContain('1 of 2');
  expect(shown(written({}))).toEqual(['Generating a', 'error: no', '']);
});

it('steps appear on terminals only, and never with --quiet or --json', () => {
  expect(written({ isTerminal: false })).toBe('Generating a\nerror: no\n');
  expect(written({ quiet: true })).toBe('error: no\n');
  expect(written({ json: true })).toBe('Generating a\nerror: no\n');
});

it('generate reports each module as a step', async () => {
  const stages = { ...fakeStages(), generate: lazyStages.generate };
  const { err } = await run(['generate', 'guide#1'], newFolder(), stages, true);
  expect(err).toMatch(/Generating: 1 of (\d+) modules[^]*Generating: \1 of \1 modules/);
  expect(shown(err).join('\n')).not.toContain('of');
});
