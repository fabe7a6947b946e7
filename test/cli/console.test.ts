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

/** What a console writes to standard error about definitions that are needed in several versions. */
function warned(verbose: boolean, ...packages: readonly (readonly [used: string, other: string])[]): string {
  let err = '';
  const streams = { out: () => undefined, err: (text: string) => void (err += text) };
  new Console(streams, { quiet: false, json: false, verbose }).warn(
    packages.map(([used, other], index) => ({
      message: 'is needed in several versions (1, 2): 2 is used for all of them',
      where: { package: used, profile: `urn:${index}` },
      versions: { used, others: [other] },
    })),
  );
  return err;
}

it('definitions that are needed in several versions are one line, which names the packages', () => {
  const packages = ['a', 'b', 'a', 'c', 'd', 'e'].map((name) => [`${name}#2`, `${name}#1`] as const);
  expect(warned(false, ...packages)).toBe(
    'warning: 6 definitions are needed in several versions, and one of each is used (--verbose lists them): ' +
      'a#2 instead of a#1 (2), b#2 instead of b#1 (1), c#2 instead of c#1 (1) and 2 more\n',
  );
  const lines = packages.map(
    ([used], index) =>
      `warning: ${used} › urn:${index}: is needed in several versions (1, 2): 2 is used for all of them (patches or leaveOut can repair it)\n`,
  );
  expect(warned(true, ...packages)).toBe(lines.join(''));
  expect(warned(false, ...packages.slice(0, 1))).toBe(lines[0]);
});

it('generate reports each module as a step', async () => {
  const stages = { ...fakeStages(), generate: lazyStages.generate };
  const { err } = await run(['generate', 'guide#1'], newFolder(), stages, true);
  expect(err).toMatch(/Generating: 1 of (\d+) modules[^]*Generating: \1 of \1 modules/);
  expect(shown(err).join('\n')).not.toContain('of');
});
