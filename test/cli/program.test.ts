import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CodegenError, oneLine, UsageError } from '../../generator/errors.js';
import { serialize } from '../../generator/pin/serialize.js';
import { element, GUIDE, profile, snapshot } from '../diff/samples.js';
import { newFolder } from '../folders.js';
import { contentOf } from '../write/folder.js';
import { fakeStages, run, SNAPSHOT } from './run.js';

let cwd = '';
beforeEach(() => {
  cwd = newFolder();
  mkdirSync(join(cwd, 'project'));
  writeFileSync(join(cwd, 'project/pinned.json'), serialize(SNAPSHOT));
});

describe('wrong usage', () => {
  test.each<[string[], string]>([
    [
      [],
      'a command is missing: init, generate, check, pin, diff, bump, migrate, list, explain, sample or validate; see --help',
    ],
    [['frobnicate'], "unknown command 'frobnicate'; see --help"],
    [['generte'], "unknown command 'generte'"],
    [['generate', '--ofline'], "unknown option '--ofline'"],
    [['generate', 'a#1', 'b#1'], 'too many arguments'],
    [['generate', '--out'], "option '--out <dir>' argument missing"],
    [['generate', '--out', ''], 'the value of --out is empty'],
    [['generate', '--fhir-cache', ''], 'the value of --fhir-cache is empty'],
    [['generate', '--registry', 'packages.example'], '"packages.example" is not the URL of a registry'],
    [['generate', '--registry', 'file:///etc'], 'is not the URL of a registry'],
    [['generate', '--build-server', 'build.example'], '"build.example" is not the URL of a build server'],
    [['generate', '--verbose', '--quiet'], "option '--verbose' cannot be used with option '--quiet'"],
    [['pin'], "missing required argument 'spec'"],
    [['pin', 'snapshot.json'], '"snapshot.json" is a pinned snapshot'],
    [['diff', 'a#1'], "missing required argument 'new'"],
    [['diff', 'a#1', 'a#2', '--map', 'a'], '"a" is not a mapping: write old=new'],
    [['diff', 'a#1', 'a#2', '--format', 'pdf'], "option '--format <format>' argument 'pdf' is invalid"],
    [['diff', 'a#1', 'a#2', '--fail-on', 'compatible'], "option '--fail-on <impact>' argument 'compatible' is invalid"],
  ])('is rejected before anything is written: %j', async (args, message) => {
    const error: unknown = await run(args, cwd).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
    expect(contentOf(cwd)).toEqual({ 'project/pinned.json': serialize(SNAPSHOT) });
  });

  test.each([[['--help']], [['generate', '--help']], [['help', 'diff']], [['--version']]])(
    'does not include requests for help or the version: %j',
    async (args) => {
      const { code, out, err } = await run(args, cwd);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(args.includes('--version') ? /^9\.9\.9\n$/ : /^Usage: fhir-profile-codegen/);
    },
  );
});

test.each(['generate', 'check', 'diff'])('the help of %s mentions pinned files', async (command) => {
  const { out } = await run([command, '--help'], cwd);
  expect(out.replace(/\s+/g, ' ')).toContain(
    'name#version, name (installed by npm), npm:name@version, a package folder or a .tgz, or a pinned file (.json)',
  );
});

describe('generate', () => {
  test('writes the pinned snapshot into the folder of the project by default', async () => {
    const { code, out } = await run(['generate'], cwd);
    expect(code).toBe(0);
    expect(Object.keys(contentOf(join(cwd, 'project/generated')))).toEqual(['a.ts', 'b.ts', 'manifest.json']);
    expect(out).toBe(
      `guide.example#1.0.0: 2 profiles and what they refer to, 2 models in ${cwd}/project/generated
3 files: 3 written, 0 unchanged, 0 removed
0 warnings, 1.0 s
`,
    );
  });

  test('takes a package, and a folder relative to the current one', async () => {
    const { code, out, err } = await run(['generate', 'guide.example#1.0.0', '--out', 'sub/models'], cwd);
    expect(code).toBe(0);
    expect(Object.keys(contentOf(join(cwd, 'sub/models')))).toEqual(['a.ts', 'b.ts', 'manifest.json']);
    expect(err).toBe(
      `Reading guide.example#1.0.0
warning: guide.example#1.0.0: something is missing
Generating guide.example#1.0.0
Writing 3 files
`,
    );
    expect(out).toContain('1 warning, ');
  });

  test('names all packages of the profiles in the summary', async () => {
    const [own, other] = SNAPSHOT.structureDefinitions.filter(({ url }) => SNAPSHOT.profiles.includes(url));
    if (own === undefined || other === undefined) throw new Error('the snapshot has two profiles');
    const both = [
      { ...own, package: 'guide.example#0.9.0' },
      { ...other, package: 'second.example#2.0.0' },
    ];
    const stages = fakeStages({ snapshot: { ...SNAPSHOT, structureDefinitions: both } });
    const { out } = await run(['generate', 'guide.example#1.0.0', '--out', 'several'], cwd, stages);
    expect(out).toMatch(/^guide\.example#1\.0\.0 and second\.example#2\.0\.0: 2 profiles/);
  });

  test('reports a package without profiles in one line, and writes nothing', async () => {
    const stages = fakeStages({ snapshot: snapshot([]) });
    const failure = await run(['generate', 'guide.example#1.0.0', '--out', 'none'], cwd, stages).catch(oneLine);
    expect(failure).toBe(
      'guide.example#1.0.0: it has no profiles to generate, and nothing is written: ' +
        'name the package whose profiles you want, and this one with --with.',
    );
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });

  test('passes the sources of packages on to the loader', async () => {
    const seen: unknown[] = [];
    const stages = fakeStages();
    const spied = {
      ...stages,
      load: (...args: Parameters<typeof stages.load>) => {
        seen.push(args[1]);
        return stages.load(...args);
      },
    };
    const flags = [
      '--fhir-cache',
      'cache',
      '--registry',
      'https://packages.example',
      '--build-server',
      'https://build.example',
      '--offline',
      '--with',
      'a.tgz',
      '--with',
      'b#1',
    ];
    await run(['generate', 'guide.example#1.0.0', ...flags], cwd, spied);
    expect(seen).toMatchObject([
      {
        fhirCache: 'cache',
        registry: 'https://packages.example',
        buildServer: 'https://build.example',
        offline: true,
        packages: ['a.tgz', 'b#1'],
      },
    ]);
  });

  test.each([
    ['by name', ['--profile', 'a'], ['a.ts', 'manifest.json']],
    ['by canonical', ['--profile', 'https://guide.example/StructureDefinition/b'], ['b.ts', 'manifest.json']],
    ['two of them', ['--profile', 'a', '--profile', 'b'], ['a.ts', 'b.ts', 'manifest.json']],
  ])('restricts the pinned snapshot or a package to the profiles given, %s', async (_, flags, files) => {
    await run(['generate', ...flags, '--out', 'one'], cwd);
    expect(Object.keys(contentOf(join(cwd, 'one')))).toEqual(files);
    await run(['generate', 'guide.example#1.0.0', ...flags, '--out', 'two'], cwd);
    expect(Object.keys(contentOf(join(cwd, 'two')))).toEqual(files);
  });

  test('reports a profile that does not exist in one line', async () => {
    await expect(run(['generate', '--profile', 'aa'], cwd)).rejects.toThrow(
      'there is no profile "aa": did you mean a, b?',
    );
    expect(existsSync(join(cwd, 'project/generated'))).toBe(false);
  });

  test('writes the other profiles if one fails, and reports it in the summary and the exit code', async () => {
    const { code, out, err } = await run(
      ['generate', 'guide.example#1.0.0', '--json'],
      cwd,
      fakeStages({ broken: ['b'] }),
    );
    expect(code).toBe(1);
    expect(Object.keys(contentOf(join(cwd, 'project/generated')))).toEqual(['a.ts', 'manifest.json']);
    expect(err).toContain('warning: b: it makes no sense (patches or leaveOut can repair it)\n');
    expect(err).toContain('error: not generated: https://guide.example/StructureDefinition/b; see the warning\n');
    expect(JSON.parse(out)).toMatchObject({
      profiles: { requested: 2, generated: 1, failed: ['https://guide.example/StructureDefinition/b'] },
    });
  });

  test.each([
    [['b'], '1 profile and what they refer to, 1 model', '1 profile failed, the others are written: exit code 1'],
    [['a', 'b'], '0 profiles and what they refer to, 0 models', '2 profiles failed: exit code 1'],
  ])('counts the failed profiles in the summary: %j', async (broken, generated, failed) => {
    const { code, out } = await run(
      ['generate', 'guide.example#1.0.0', '--out', 'models'],
      cwd,
      fakeStages({ broken }),
    );
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 2)).toEqual([
      `guide.example#1.0.0: ${generated} in ${join(cwd, 'models')}`,
      failed,
    ]);
  });

  test('prints one JSON document with --json, with all results', async () => {
    const { out } = await run(['generate', 'guide.example#1.0.0', '--json', '--out', 'models'], cwd);
    expect(JSON.parse(out)).toEqual({
      command: 'generate',
      package: { name: 'guide.example', version: '1.0.0' },
      fhirVersion: '4.0.1',
      out: join(cwd, 'models'),
      profiles: { requested: 2, generated: 2, failed: [] },
      files: { total: 3, written: 3, unchanged: 0, removed: 0 },
      unresolved: [],
      warnings: ['guide.example#1.0.0: something is missing'],
      milliseconds: 1000,
    });
  });

  test('prints nothing with --quiet if there is nothing to report', async () => {
    expect(await run(['generate', 'guide.example#1.0.0', '--quiet'], cwd)).toEqual({ code: 0, out: '', err: '' });
  });

  test('reports an unreadable pinned snapshot in one line with the remedy', async () => {
    const path = join(cwd, 'project/pinned.json');
    writeFileSync(path, '{"format":1');
    await expect(run(['generate'], cwd)).rejects.toThrow('the pinned snapshot is not JSON');
    const missing = join(cwd, 'elsewhere');
    mkdirSync(missing);
    const error = run(['generate'], missing);
    await expect(error).rejects.toBeInstanceOf(CodegenError);
    await expect(error).rejects.toThrow('name a package, or create the snapshot with: pin <package>');
  });
});

describe('unresolved canonicals', () => {
  const unresolved = (name: string, kind: 'ValueSet' | 'package' = 'ValueSet') => ({
    canonical: kind === 'package' ? `${name}#1.0.0` : `urn:${name}`,
    kind,
    usedBy: ['urn:user'],
  });
  const single = (name: string): string =>
    `warning: ValueSet urn:${name} cannot be resolved, used by urn:user: codes where it is bound are neither checked nor suggested (terminology can repair it)\n`;
  const missing =
    'warning: package far#1.0.0 cannot be resolved, used by urn:user: what it defines cannot be resolved\n';

  function pin(...canonicals: readonly ReturnType<typeof unresolved>[]): void {
    writeFileSync(join(cwd, 'project/pinned.json'), serialize({ ...SNAPSHOT, unresolved: canonicals }));
  }

  async function warnings(...flags: readonly string[]): Promise<string> {
    const { err } = await run(['check', ...flags], cwd);
    return err.replace('Generating guide.example#1.0.0\n', '');
  }

  test('are summarized in one line that names the option for details; each missing package has its own line', async () => {
    pin(unresolved('far', 'package'), ...['a', 'b', 'c', 'd', 'e'].map((name) => unresolved(name)));
    expect(await warnings()).toBe(
      `${missing}warning: 5 canonicals are unresolved, so their elements have the widest correct types ` +
        '(--verbose shows where each is used, what is not checked and how to repair it): urn:a, urn:b, urn:c and 2 more\n',
    );
    expect(await warnings('--quiet')).toBe('');
  });

  test('have a line each with --verbose, or if there is only one', async () => {
    pin(unresolved('a'), unresolved('b'), unresolved('far', 'package'));
    expect(await warnings('--verbose')).toBe(single('a') + single('b') + missing);
    pin(unresolved('a'));
    expect(await warnings()).toBe(single('a'));
  });

  test('are counted in the summary as in the warnings, separately from packages', async () => {
    const summary = async (): Promise<string | undefined> =>
      (await run(['generate'], cwd)).out.split('\n').find((line) => line.includes('unresolved'));
    pin(unresolved('far', 'package'), unresolved('a'), unresolved('b'));
    expect(await summary()).toBe('1 package and 2 canonicals unresolved, listed in manifest.json');
    pin(unresolved('a'));
    expect(await summary()).toBe('1 canonical unresolved, listed in manifest.json');
    pin(unresolved('far', 'package'));
    expect(await summary()).toBe('1 package unresolved, listed in manifest.json');
    pin();
    expect(await summary()).toBeUndefined();
  });

  test('are all listed in the JSON output', async () => {
    pin(unresolved('a'), unresolved('b'));
    const { out } = await run(['check', '--json'], cwd);
    expect(JSON.parse(out)).toMatchObject({
      warnings: [expect.stringContaining('urn:a cannot be resolved'), expect.stringContaining('urn:b cannot be')],
    });
  });
});

describe('check', () => {
  test('reports whether the output is current, lists the differences, and writes nothing', async () => {
    await run(['generate'], cwd);
    const current = await run(['check'], cwd);
    expect(current.code).toBe(0);
    expect(current.out).toBe(`${cwd}/project/generated is current: 3 files of guide.example#1.0.0\n`);

    writeFileSync(join(cwd, 'project/generated/a.ts'), 'edited');
    writeFileSync(join(cwd, 'project/generated/stranger.ts'), '');
    const before = contentOf(cwd);
    const stale = await run(['check', '--quiet'], cwd);
    expect(stale).toEqual({
      code: 1,
      err: '',
      out:
        `stale a.ts\nsurplus stranger.ts\n${cwd}/project/generated is not current: 1 stale, 0 missing, 1 surplus; ` +
        'generate updates it, except files that it did not write\n',
    });
    expect(contentOf(cwd)).toEqual(before);
  });

  test('takes a package and a folder, and prints JSON', async () => {
    const { code, out } = await run(['check', 'guide.example#1.0.0', '--out', 'nowhere', '--json'], cwd);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      command: 'check',
      current: false,
      stale: [],
      missing: ['a.ts', 'b.ts', 'manifest.json'],
      surplus: [],
      interrupted: false,
    });
    expect(existsSync(join(cwd, 'nowhere'))).toBe(false);
  });
});

describe('pin', () => {
  test('writes the pinned snapshot of the project, or the given file', async () => {
    const other = snapshot([profile('c', 'Patient')]);
    const stages = fakeStages({ snapshot: other });
    const { code, out } = await run(['pin', 'guide.example#2.0.0'], cwd, stages);
    expect(code).toBe(0);
    expect(out).toContain(
      `guide.example#1.0.0: 1 profile, 15 definitions and 0 value sets written to ${cwd}/project/pinned.json`,
    );
    expect(readFileSync(join(cwd, 'project/pinned.json'), 'utf8')).toBe(serialize(other));
    expect((await run(['pin', 'guide.example#2.0.0'], cwd, stages)).out).toContain('unchanged in');
    await run(['pin', 'guide.example#2.0.0', '--out', 'sub/mine.json', '--quiet'], cwd, stages);
    expect(readFileSync(join(cwd, 'sub/mine.json'), 'utf8')).toBe(serialize(other));
  });

  test('writes a file that generate accepts', async () => {
    await run(
      ['pin', 'guide.example#2.0.0', '--out', 'mine.json'],
      cwd,
      fakeStages({ snapshot: snapshot([profile('c', 'Patient')]) }),
    );
    await run(['generate', 'mine.json', '--out', 'models'], cwd);
    expect(Object.keys(contentOf(join(cwd, 'models')))).toEqual(['c.ts', 'manifest.json']);
  });
});

describe('diff', () => {
  beforeEach(() => {
    const side = (cardinality: string) => snapshot([profile('a', 'Patient', [element('Patient.x', cardinality)])]);
    writeFileSync(join(cwd, 'old.json'), serialize(side('0..1')));
    writeFileSync(join(cwd, 'new.json'), serialize(side('1..1')));
  });

  test.each<[string[], number]>([
    [[], 0],
    [['--fail-on', 'breaking'], 1],
  ])('reports changes, with the exit code that the options %j ask for', async (flags, code) => {
    const result = await run(['diff', 'old.json', 'new.json', ...flags], cwd);
    expect(result).toMatchObject({ code, err: '' });
    expect(result.out).toContain('1 breaking, 0 compatible, 0 documentation');
  });

  test('suggests a profile for a mistyped name', async () => {
    writeFileSync(join(cwd, 'new.json'), serialize(snapshot([profile('observation-bp', 'Observation', [])])));
    await expect(run(['diff', 'old.json', 'new.json', '--profile', 'observaton-bp'], cwd)).rejects.toThrow(
      'neither side has a profile "observaton-bp": did you mean observation-bp?',
    );
    await expect(run(['diff', 'old.json', 'new.json', '--profile', 'zzzzzzzzz'], cwd)).rejects.toThrow(
      'neither side has a profile "zzzzzzzzz": list shows the profiles of a package',
    );
  });

  test('exits with 0 under --fail-on breaking if nothing is breaking', async () => {
    expect((await run(['diff', 'new.json', 'new.json', '--fail-on', 'breaking'], cwd)).code).toBe(0);
  });

  test('reports under --prove what the compiler finds, and fails if it disagrees', async () => {
    const proof = { units: 1, statements: 2, disagreements: [] };
    const stages = { ...fakeStages(), prove: () => Promise.resolve({ changes: [], declarations: [], proof }) };
    const agreed = await run(['diff', 'old.json', 'new.json', '--prove'], cwd, stages);
    expect(agreed.code).toBe(0);
    expect(agreed.out).toContain('The compiler agrees with every verdict');
    const json: unknown = JSON.parse(
      (await run(['diff', 'old.json', 'new.json', '--prove', '--json'], cwd, stages)).out,
    );
    expect(json).toMatchObject({ proof });
    const disagreement = {
      about: 'profile' as const,
      canonical: 'https://guide.example/StructureDefinition/a',
      name: 'A',
      direction: 'read' as const,
      found: ['A: no'],
      claimed: [],
    };
    const disagreeing = {
      ...stages,
      prove: () =>
        Promise.resolve({ changes: [], declarations: [], proof: { ...proof, disagreements: [disagreement] } }),
    };
    const rejected = await run(['diff', 'old.json', 'new.json', '--prove'], cwd, disagreeing);
    expect(rejected).toMatchObject({ code: 1 });
    expect(rejected.out).toContain('A (https://guide.example/StructureDefinition/a), read');
    const markdown = await run(['diff', 'old.json', 'new.json', '--prove', '--format', 'markdown'], cwd, disagreeing);
    expect(markdown.code).toBe(1);
    expect(markdown.err).toContain('The compiler disagrees with 1 verdict');
  });

  test('takes a package or a pinned file on each side', async () => {
    const { out } = await run(['diff', 'guide.example#1.0.0', 'new.json'], cwd);
    expect(out).toContain('the profile b was removed');
  });

  /** An output folder of the package of the fake stages, with its profile `a` only. */
  function outputIn(folder: string): void {
    mkdirSync(join(cwd, folder));
    const manifest = {
      package: SNAPSHOT.package,
      fhirVersion: '4.0.1',
      generator: { name: 'fhir-profile-codegen', version: '1.0.0' },
      profiles: [
        { url: `${GUIDE}a`, module: './guide.example/a.js' },
        { url: `${GUIDE}elsewhere`, module: './other.example/elsewhere.js' },
      ],
      unresolved: [],
      files: [],
    };
    const ledger = { format: 1, profiles: { [`${GUIDE}a`]: { name: 'Kept', file: 'guide.example/a' } }, valueSets: {} };
    writeFileSync(join(cwd, folder, 'manifest.json'), JSON.stringify(manifest));
    writeFileSync(join(cwd, folder, 'names.json'), JSON.stringify(ledger));
    writeFileSync(join(cwd, folder, 'package.json'), '{ "name": "guide-example", "version": "1.0.0" }');
  }

  test('takes an output folder: the manifest gives package and profiles, names.json the names', async () => {
    outputIn('models');
    const same = snapshot([profile('a', 'Patient', [element('Patient.y', '0..*')])]);
    writeFileSync(join(cwd, 'raised.json'), serialize(same));
    const pinned = snapshot([profile('a', 'Patient', [element('Patient.y', '0..1')]), profile('b', 'Patient')]);
    writeFileSync(join(cwd, 'project/pinned.json'), serialize(pinned));
    const { out, code } = await run(['diff', 'models', 'raised.json', '--format', 'json'], cwd);
    expect(code).toBe(0);
    expect(out).toContain('KeptBuilder.setY');
    expect(out).not.toContain('profile-removed');
  });

  test('takes a pinned file or an output folder from a git commit', async () => {
    outputIn('models');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    writeFileSync(join(cwd, 'old.json'), 'something else');
    rmSync(join(cwd, 'models'), { recursive: true });
    const pinned = await run(['diff', 'git:HEAD:old.json', 'new.json'], cwd);
    expect(pinned.out).toContain('1 breaking, 0 compatible, 0 documentation');
    const output = await run(['diff', 'git:HEAD:models', 'new.json'], cwd);
    expect(output.out).toContain('guide.example#1.0.0 → guide.example#1.0.0');
    expect(output.out).not.toContain('the profile b was removed');
    await expect(run(['diff', 'git:HEAD:none.json', 'new.json'], cwd)).rejects.toThrow('the commit has no such file');
    await expect(run(['diff', 'git:HEAD:none', 'new.json'], cwd)).rejects.toThrow('no manifest.json of an output');
    await expect(run(['diff', 'git:--output=x:old.json', 'new.json'], cwd)).rejects.toThrow('git:<revision>:<path>');
    await expect(run(['diff', 'git:none:old.json', 'new.json'], cwd)).rejects.toThrow(
      "git cannot show none:old.json: invalid object name 'none'",
    );
  });

  test.each([
    [['--format', 'json'], /^\{\n {2}"format": 1,\n {2}"old"/],
    [['--json'], /^\{\n {2}"format": 1,\n {2}"old"/],
    [['--format', 'markdown'], /^# guide\.example/],
    [['--format', 'html'], /^<!doctype html>/],
    [['--format', 'text', '--quiet'], /^guide\.example#1\.0\.0 → /],
  ])('prints the format that %j selects', async (flags, start) => {
    expect((await run(['diff', 'old.json', 'new.json', ...flags], cwd)).out).toMatch(start);
  });
});
