import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../generator/commands/program.js';
import { serialize } from '../../generator/pin/serialize.js';
import { programHash } from '../../generator/run/program.js';
import { recordsIn } from '../../generator/run/records.js';
import { recordOf } from '../../generator/run/record.js';
import { fakeStages } from '../cli/run.js';
import { profile, snapshot } from '../diff/samples.js';

let folder = '';
let output = '';
let pinned = '';
let generations = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
  output = join(folder, 'generated');
  pinned = join(folder, 'pinned.json');
  generations = 0;
  pin('Patient');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function pin(...types: readonly string[]): void {
  writeFileSync(pinned, serialize(snapshot(types.map((type) => profile(type.toLowerCase(), type)))));
}

/** Exit code and lines of a command, with the fake stages of the command line tests. */
async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const stages = fakeStages();
  const code = await runProgram(args, {
    stages: {
      ...stages,
      generate: (...given) => {
        generations += 1;
        return stages.generate(...given);
      },
    },
    cwd: folder,
    now: () => 0,
    project: {
      identity: { name: 'fhir-profile-codegen', version: '9.9.9' },
      pinned,
      pinnedOutput: pinned,
      output,
      records: join(folder, 'records'),
    },
    streams: { out: (one) => (text += one), err: () => undefined },
  });
  return { code, text };
}

describe('the record of a run', () => {
  beforeEach(async () => {
    await run('generate');
    expect(generations).toBe(1);
  });

  it('lets check and generate skip the work if nothing has changed', async () => {
    const { code, text } = await run('check', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ current: true, files: { total: 2, current: 2 } });
    expect(JSON.parse((await run('generate', '--json')).text)).toMatchObject({
      profiles: { requested: 1, generated: 1 },
      files: { written: 0, unchanged: 2 },
    });
    expect(generations).toBe(1);
  });

  it('let check read each file only once', async () => {
    const read = vi.spyOn(fs, 'readFileSync');
    syncBuiltinESMExports();
    try {
      expect((await run('check')).code).toBe(0);
      const paths = read.mock.calls.map(([path]) => String(path)).filter((path) => path.startsWith(output));
      expect(paths.sort()).toEqual(
        readdirSync(output)
          .map((name) => join(output, name))
          .sort(),
      );
    } finally {
      read.mockRestore();
      syncBuiltinESMExports();
    }
  });

  it('does not hide a file that was changed, removed or added', async () => {
    const [file = ''] = readdirSync(output).filter((name) => name.endsWith('.ts'));
    const before = readFileSync(join(output, file));
    writeFileSync(join(output, file), `${before.toString()} `);
    expect(await run('check')).toMatchObject({ code: 1, text: expect.stringContaining(`stale ${file}`) });
    rmSync(join(output, file));
    expect(await run('check')).toMatchObject({ code: 1, text: expect.stringContaining(`missing ${file}`) });
    writeFileSync(join(output, file), before);
    writeFileSync(join(output, 'other.ts'), '');
    expect(await run('check')).toMatchObject({ code: 1, text: expect.stringContaining('surplus other.ts') });
  });

  it('applies only to the same definitions, options and folder', async () => {
    pin('Patient', 'Observation');
    expect((await run('check')).code).toBe(1);
    expect(generations).toBe(2);
    await run('check', '--profile', 'patient');
    expect(generations).toBe(3);
    await run('generate', '--out', 'elsewhere');
    expect(generations).toBe(4);
    expect(existsSync(join(folder, 'elsewhere/manifest.json'))).toBe(true);
  });

  it('is written anew if damaged', async () => {
    for (const name of readdirSync(join(folder, 'records'))) writeFileSync(join(folder, 'records', name), '{"files":');
    expect((await run('check')).code).toBe(0);
    expect(generations).toBe(2);
    await run('check');
    expect(generations).toBe(2);
  });

  it('is optional: everything works if it cannot be written', async () => {
    rmSync(join(folder, 'records'), { recursive: true });
    writeFileSync(join(folder, 'records'), 'a file');
    expect((await run('check')).code).toBe(0);
    expect(generations).toBe(2);
  });
});

it('old records are deleted', () => {
  const records = recordsIn(join(folder, 'records'));
  const { manifest } = JSON.parse('{"manifest":{}}');
  const files = [{ path: 'manifest.json', content: '{}' }];
  const record = recordOf({ files, manifest, requested: [], failed: [], warnings: [], used: [] });
  for (let at = 0; at < 40; at += 1) {
    records.keep(`${at}`, record);
    utimesSync(join(folder, 'records', `${at}.json`), at, at);
  }
  expect(records.find('0')).toBeUndefined();
  expect(records.find('39')).toEqual(record);
  expect(readdirSync(join(folder, 'records')).length).toBeLessThan(40);
});

describe('the hash of a program', () => {
  const made = (files: Readonly<Record<string, string>>): string => {
    const root = mkdtempSync(join(folder, 'program-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return programHash(join(root, 'dist/run/program.js'), root);
  };
  const program = {
    'package.json': '{"dependencies":{"other":"^1.0.0"}}',
    'node_modules/other/package.json': '{"version":"1.0.0"}',
    'dist/run/program.js': 'one',
    'dist/model/x.js': 'two',
  };

  it('depends on the content only, not on the location', () => {
    expect(made(program)).toBe(made(program));
  });

  it.each([
    ['a module', { 'dist/model/x.js': 'three' }],
    ['a dependency', { 'node_modules/other/package.json': '{"version":"1.0.1"}' }],
  ])('differs for another version of %s', (_, changed) => {
    expect(made({ ...program, ...changed })).not.toBe(made(program));
  });
});
