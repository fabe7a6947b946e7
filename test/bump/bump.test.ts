import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../generator/errors.js';
import { lazyStages } from '../../generator/run/stages.js';
import { run } from '../cli/run.js';
import { folderOfTests } from '../folders.js';
import { cacheWith, profile } from '../hostile/guide.js';
import { contentOf } from '../write/folder.js';

const FR_CORE = join(import.meta.dirname, '../../../shared/fhir-packages');

/** 1.1.0 requires a subject; 1.2.0 renames the package and the profile. */
const GUIDES = {
  'guide.example#1.0.0': [profile({ id: 'finding', name: 'Finding', elements: [] })],
  'guide.example#1.1.0': [
    profile({ id: 'finding', name: 'Finding', elements: [{ id: 'Observation.subject', min: 1 }] }),
  ],
  'other.example#1.0.0': [profile({ id: 'other-finding', name: 'OtherFinding', elements: [] })],
  'renamed.example#1.2.0': [
    profile({ id: 'finding', name: 'Finding', elements: [{ id: 'Observation.subject', min: 1 }] }),
  ],
};

let cache = '';
beforeAll(() => {
  cache = cacheWith(GUIDES);
});

/** A committed project with version 1.0.0 of the guide. */
async function project(): Promise<string> {
  const cwd = folderOfTests();
  mkdirSync(join(cwd, 'project'), { recursive: true });
  writeFileSync(
    join(cwd, 'fhir-codegen.config.mjs'),
    `export default ${JSON.stringify({ fhirCache: cache, offline: true })};\n`,
  );
  await run(['pin', 'guide.example#1.0.0', '--quiet'], cwd, lazyStages);
  await run(['generate', '--quiet'], cwd, lazyStages);
  commit(cwd);
  return cwd;
}

function commit(cwd: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'first');
}

function textOf(cwd: string, path: string): string {
  return readFileSync(join(cwd, 'project/generated', path), 'utf8');
}

function bump(cwd: string, ...args: string[]) {
  return run(['bump', ...args], cwd, lazyStages);
}

describe('bump', () => {
  it('pins, generates, sets the npm version and explains the new version', async () => {
    const cwd = await project();
    const { code, out } = await bump(cwd, 'guide.example#1.1.0');
    expect(code).toBe(0);
    expect(out).toContain('npm version 1.0.0 → 2.0.0 (major)');
    expect(out).toMatch(/^next: .*git commit -m "guide.example#1\.1\.0"$/m);
    expect(JSON.parse(textOf(cwd, 'package.json'))).toMatchObject({ name: 'guide-example', version: '2.0.0' });
    expect(JSON.parse(textOf(cwd, 'manifest.json'))).toMatchObject({ package: { version: '1.1.0' } });
    expect(textOf(cwd, 'CHANGELOG.md')).toMatch(
      /^# Changelog\n\n## 2\.0\.0\n\nModels of guide\.example\\#1\.1\.0 \(previously guide\.example\\#1\.0\.0\)\.\n\n### Breaking\n\n- \*\*Finding\*\*: /,
    );
    const migration = textOf(cwd, 'MIGRATION.md');
    expect(migration).toMatch(/### Finding\n\n- .*programs that make values: compiler/);
    const [before, after] = [...migration.matchAll(/```ts\n([^]*?)```/g)].map(([, code = '']) => code);
    expect(before).toMatch(/^export interface Finding\w* extends .*\{\n {2}subject\?: .*\n\}\n$/);
    expect(after).toMatch(/^export interface Finding\w* extends .*\{\n {2}subject: .*\n\}\n$/);
    // The version stays the same when the models are generated again.
    const written = contentOf(join(cwd, 'project'));
    expect((await run(['check'], cwd, lazyStages)).code).toBe(0);
    await run(['generate', '--quiet'], cwd, lazyStages);
    expect(contentOf(join(cwd, 'project'))).toEqual(written);
  });

  it('keeps several guides in one output folder', async () => {
    const cwd = await project();
    const both = ['--also', 'other.example#1.0.0'];
    await run(['pin', 'guide.example#1.0.0', ...both, '--quiet'], cwd, lazyStages);
    await run(['generate', '--quiet'], cwd, lazyStages);
    commit(cwd);
    const { code, out } = await bump(cwd, 'guide.example#1.1.0', ...both);
    expect(code).toBe(0);
    expect(out).toContain('1 breaking, 0 compatible, 1 documentation');
    expect(Object.keys(contentOf(join(cwd, 'project/generated')))).toEqual(
      expect.arrayContaining(['guide.example/finding.ts', 'other.example/other-finding.ts']),
    );
    expect(textOf(cwd, 'CHANGELOG.md')).not.toContain('OtherFinding');
  });

  describe('of a snapshot that was pinned from several guides', () => {
    const OTHER = 'other.example#1.0.0';

    /** Pinned from both, at 1.0.0. */
    async function ofBoth(): Promise<string> {
      const cwd = await project();
      await run(['pin', 'guide.example#1.0.0', '--also', OTHER, '--quiet'], cwd, lazyStages);
      await run(['generate', '--quiet'], cwd, lazyStages);
      commit(cwd);
      return cwd;
    }

    it('keeps those that are not named, and reports them', async () => {
      const cwd = await ofBoth();
      const { code, out } = await bump(cwd, 'guide.example#1.1.0');
      expect(code).toBe(0);
      expect(out).toContain(`\nalso includes ${OTHER} (unchanged)\n`);
      expect(Object.keys(contentOf(join(cwd, 'project/generated')))).toContain('other.example/other-finding.ts');
      const pinned: unknown = JSON.parse(readFileSync(join(cwd, 'project/pinned.json'), 'utf8'));
      expect(pinned).toMatchObject({ also: [{ name: 'other.example', version: '1.0.0' }] });
      const { out: json } = await bump(cwd, 'guide.example#1.0.0', '--dry-run', '--json');
      expect(JSON.parse(json)).toMatchObject({ also: [{ name: 'other.example', version: '1.0.0' }] });
    });

    it('takes those that are named in their place', async () => {
      const cwd = await ofBoth();
      const { out } = await bump(cwd, 'guide.example#1.1.0', '--also', 'renamed.example#1.2.0', '--dry-run');
      expect(out).toContain(`\nalso includes renamed.example#1.2.0\nno longer includes ${OTHER}\n`);
    });

    it('does not lose the guide when another one has a new version', async () => {
      const cwd = await ofBoth();
      await expect(bump(cwd, OTHER)).rejects.toThrow(
        new UsageError(
          'the pinned snapshot is of guide.example and only includes other.example: ' +
            `run bump guide.example#1.0.0 --also ${OTHER}`,
        ),
      );
    });

    it('does not count the guide itself as another one', async () => {
      const cwd = await ofBoth();
      const also = ['--also', 'guide.example#1.0.0', '--also', 'guide.example#1.1.0', '--also', OTHER];
      const { err } = await run(['pin', 'guide.example#1.1.0', ...also], cwd, lazyStages);
      expect(err).toContain(
        'guide.example#1.0.0: "also" has another version of guide.example#1.1.0: it is not generated as well',
      );
      expect(err).not.toContain('guide.example#1.1.0: "also"');
      const pinned = JSON.parse(readFileSync(join(cwd, 'project/pinned.json'), 'utf8')) as { also: unknown };
      expect(pinned.also).toEqual([{ name: 'other.example', version: '1.0.0' }]);
    });

    it.each([
      ['0.0.1', /^the pinned snapshot includes this guide \(name its folder or \.tgz with --also\): /],
      [
        '../1.0.0',
        '"also" lists "other.example#../1.0.0", which is not a package (name#version): pin the guides again',
      ],
    ])('reports one that cannot be loaded, or is no package: %s', async (version, message) => {
      const cwd = await ofBoth();
      const path = join(cwd, 'project/pinned.json');
      const before = '"also": [{"name":"other.example","version":"1.0.0"}]';
      const text = readFileSync(path, 'utf8');
      expect(text).toContain(before);
      writeFileSync(path, text.replace(before, before.replace('1.0.0', version)));
      await expect(bump(cwd, 'guide.example#1.1.0', '--force')).rejects.toThrow(message);
    });
  });

  it('changes nothing if the guide has no new version', async () => {
    const cwd = await project();
    const before = contentOf(join(cwd, 'project'));
    expect((await bump(cwd, 'guide.example#1.0.0')).code).toBe(0);
    expect(contentOf(join(cwd, 'project'))).toEqual(before);
  });

  it('rejects uncommitted changes unless forced, and accepts them with --dry-run', async () => {
    const cwd = await project();
    writeFileSync(join(cwd, 'notes.txt'), 'a');
    const before = contentOf(cwd);
    await expect(bump(cwd, 'guide.example#1.1.0')).rejects.toThrow(UsageError);
    const { out } = await bump(cwd, 'guide.example#1.1.0', '--dry-run');
    expect(out).toContain('npm version 1.0.0 → 2.0.0 (major)');
    expect(out).toContain(`would write ${join(cwd, 'project/generated/CHANGELOG.md')}`);
    expect(contentOf(cwd)).toEqual(before);
    expect((await bump(cwd, 'guide.example#1.1.0', '--force')).code).toBe(0);
    expect(textOf(cwd, 'package.json')).toContain('"version": "2.0.0"');
  });

  it.each(['generate', 'serialize', 'write'] as const)('restores everything if a step fails: %s', async (stage) => {
    const cwd = await project();
    const before = contentOf(join(cwd, 'project'));
    const broken = (): never => {
      throw new Error('broken');
    };
    const stages = { ...lazyStages, ...(stage === 'write' ? {} : { [stage]: broken }) };
    if (stage === 'write') {
      // The last write fails, as a folder is in the place of a file.
      rmSync(join(cwd, 'project/generated/README.md'));
      mkdirSync(join(cwd, 'project/generated/README.md/own'), { recursive: true });
    }
    const blocked = contentOf(join(cwd, 'project'));
    await expect(run(['bump', 'guide.example#1.1.0', '--force'], cwd, stages)).rejects.toThrow();
    expect(contentOf(join(cwd, 'project'))).toEqual(stage === 'write' ? blocked : before);
  });

  it('puts the sections of a second bump before those of the first', async () => {
    const cwd = await project();
    await bump(cwd, 'guide.example#1.1.0');
    await bump(cwd, 'renamed.example#1.2.0', '--force');
    const versions = [...textOf(cwd, 'CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, version]) => version);
    expect(versions).toEqual(['3.0.0', '2.0.0']);
    expect(textOf(cwd, 'MIGRATION.md')).toContain(
      '`Finding` of `guide.example/finding.js` → `Finding` of `renamed.example/finding.js`',
    );
  });
});

describe('migrate', () => {
  const PROGRAM =
    "import { createFinding } from 'guide-example/guide.example/finding.js';\ncreateFinding({ status: 'final' });\n";

  it('changes programs to the names of the new version of a guide', async () => {
    const cwd = await project();
    mkdirSync(join(cwd, 'src'));
    writeFileSync(join(cwd, 'src/program.ts'), PROGRAM);
    const args = ['migrate', 'guide.example#1.0.0', 'renamed.example#1.2.0', 'src'];
    const dry = await run([...args, '--dry-run'], cwd, lazyStages);
    expect(dry.out).toContain('would change src/program.ts');
    expect(readFileSync(join(cwd, 'src/program.ts'), 'utf8')).toBe(PROGRAM);
    expect((await run(args, cwd, lazyStages)).code).toBe(0);
    expect(readFileSync(join(cwd, 'src/program.ts'), 'utf8')).toBe(
      PROGRAM.replace('guide-example/guide.example/', 'renamed-example/renamed.example/'),
    );
  });

  it('leaves a file unchanged if it could not write it back without loss', async () => {
    const cwd = await project();
    const latin1 = Buffer.from(`// \xE9t\xE9\n${PROGRAM}`, 'latin1');
    writeFileSync(join(cwd, 'program.ts'), latin1);
    const args = ['migrate', 'guide.example#1.0.0', 'renamed.example#1.2.0', 'program.ts'];
    await expect(run(args, cwd, lazyStages)).rejects.toThrow('program.ts is not in UTF-8');
    expect(readFileSync(join(cwd, 'program.ts')).equals(latin1)).toBe(true);
  });
});

describe.skipIf(!existsSync(FR_CORE))(
  'FR Core 2.1.0 → 2.2.0 (skipped where ../shared/fhir-packages is not there)',
  () => {
    it('results in a new major version and the list of changes', async () => {
      const cwd = folderOfTests();
      mkdirSync(join(cwd, 'project'), { recursive: true });
      const flags = ['--offline', '--fhir-cache', join(FR_CORE, '../fhir-cache'), '--profile', 'fr-core-location'];
      await run(['pin', join(FR_CORE, 'hl7.fhir.fr.core-2.1.0.tgz'), '--quiet', ...flags], cwd, lazyStages);
      await run(['generate', '--quiet'], cwd, lazyStages);
      const { code } = await bump(cwd, join(FR_CORE, 'hl7.fhir.fr.core-2.2.0.tgz'), '--force', ...flags);
      expect(code).toBe(0);
      expect(textOf(cwd, 'package.json')).toContain('"version": "3.0.0"');
      expect(textOf(cwd, 'MIGRATION.md')).toContain('## 3.0.0');
      expect((await run(['check'], cwd, lazyStages)).code).toBe(0);
    });
  },
);
