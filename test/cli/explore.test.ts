import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../generator/commands/program.js';
import { findProject } from '../../generator/run/project.js';
import { lazyStages, type Stages } from '../../generator/run/stages.js';
import { newFolder } from '../folders.js';
import { ROOT } from '../generated/compile.js';
import { shellCommandsOf } from '../pages.js';
import { run as runInFolder } from './run.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
});
afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

/** Results of stages, shared by all runs: the pinned file is parsed, and its models are generated, once. */
const kept = new Map<string, unknown>();

async function once<T>(key: string, make: () => Promise<T>): Promise<T> {
  const known = kept.get(key) ?? make();
  kept.set(key, known);
  return known as Promise<T>;
}

const stages: Stages = {
  ...lazyStages,
  parse: (text, where, limits) => once(text, () => lazyStages.parse(text, where, limits)),
  narrow: (snapshot, profiles) => once(JSON.stringify(profiles), () => lazyStages.narrow(snapshot, profiles)),
  generate: (snapshot, assets, generator, options) =>
    once(JSON.stringify([snapshot.profiles, options]), () => lazyStages.generate(snapshot, assets, generator, options)),
};

/** Runs a command with the real stages, in a separate folder. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram(args, {
    stages,
    project: findProject(cwd),
    cwd,
    now: () => 0,
    streams: { out: (text) => (out += text), err: (text) => (err += text) },
  });
  return { code, out, err };
}

/** The arguments of a command in generator/README.md. */
function shown(command: string): string[] {
  const start = `npm run --silent codegen -- ${command}`;
  const line = shellCommandsOf('generator/README.md').find((one) => `${one} `.startsWith(`${start} `)) ?? start;
  return line.slice('npm run --silent codegen -- '.length).split(' ');
}

/** Models that exist need not be generated. */
const MODELS = ['--models', `${ROOT}generated`];

const STUDY = 'FRImagingStudyDocument';
const URL = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-imaging-study-document';

describe('init', () => {
  it('writes a configuration and a script once, and does not overwrite them', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'package.json'), '{\n\t"name": "app",\n\t"scripts": { "test": "vitest" }\n}\n');
    const before = cwd;
    cwd = folder;
    try {
      const { code, out } = await run('init', 'hl7.fhir.us.core#7.0.0');
      expect(code).toBe(0);
      expect(out).toContain('npm run models');
      expect(readFileSync(join(folder, 'fhir-codegen.config.ts'), 'utf8')).toContain(
        "packages: ['hl7.fhir.us.core#7.0.0']",
      );
      expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({
        name: 'app',
        scripts: { test: 'vitest', models: 'fhir-profile-codegen generate' },
      });
      await expect(run('init')).rejects.toThrow('fhir-codegen.config.ts already exists');
      cwd = newFolder();
      await expect(run('init', 'not a package')).rejects.toThrow('"not a package" is not a package');
      await expect(run('init', './no.tgz')).rejects.toThrow('does not exist');
      expect(existsSync(join(cwd, 'fhir-codegen.config.ts'))).toBe(false);
      writeFileSync(join(cwd, 'guide.tgz'), '');
      expect(await run('init', 'guide.tgz')).toMatchObject({ code: 0 });
    } finally {
      cwd = before;
    }
  });

  it.each(['{ // a comment\n}', '[]', '{"scripts":"models"}', ''])(
    'names a package.json that it cannot change, and writes nothing: %j',
    async (text) => {
      const folder = newFolder();
      writeFileSync(join(folder, 'package.json'), text);
      await expect(runInFolder(['init'], folder, lazyStages)).rejects.toThrow(
        /^package\.json is not JSON with an object/,
      );
      expect(readdirSync(folder)).toEqual(['package.json']);
      expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(text);
    },
  );

  it('accepts the byte order mark of a package.json', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'package.json'), '\uFEFF{ "name": "app" }');
    expect((await runInFolder(['init'], folder, lazyStages)).code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toMatchObject({ name: 'app' });
  });
});

describe('list', () => {
  it('lists the profiles of a package, as text and as JSON', async () => {
    const { out, err } = await run(...shown('list'));
    expect(err).toContain('Reading the snapshot of the first guide: fhir-pinned.json is not in this folder');
    expect(out).toMatch(new RegExp(`^${STUDY} +ImagingStudy +${URL}$`, 'm'));
    expect(out).not.toContain('hl7.fr/ig/fhir/core');
    const { profiles } = JSON.parse((await run('list', '--all', '--json')).out) as { profiles: { url: string }[] };
    expect(profiles.some(({ url }) => url.startsWith('https://hl7.fr/ig/fhir/core'))).toBe(true);
  });
});

describe('explain', () => {
  it('shows the elements that a profile constrains', async () => {
    const { out } = await run('explain', STUDY);
    expect(out).toContain(URL);
    expect(out).toMatch(/^ {2}series\.laterality +1\.\.1 +S modificateur topographique$/m);
    expect(out).toMatch(/^ {2}identifier:studyInstanceUid\.system +1\.\.1/m);
  });

  it('shows for one element what is enforced, by what, and where the rule comes from', async () => {
    const { out } = await run(...shown('explain'));
    expect(out).toContain('cardinality 1..1, in FHIR 0..1 [compiler, validator]');
    expect(out).toMatch(/Binding: required, .*jdv-modificateur-topographique-cisis\) \[compiler, validator\]/);
    expect(out).toContain('must support [not enforced]');
    expect(out).toContain(`from ${URL}, ElementDefinition ImagingStudy.series.laterality`);
    const stage = (await run('explain', 'FRConditionDocument', 'stage')).out;
    expect(stage.match(/\bcon-1\b/g)).toHaveLength(1);
    expect((await run('explain', STUDY, 'basedOn')).out).toContain('slice serviceRequestAccessionNumber 0..*');
  });

  it('suggests profiles and elements for a mistyped name', async () => {
    await expect(run('explain', STUDY, 'seris.uid')).rejects.toThrow('did you mean series.uid');
    await expect(run('explain', 'FRImagingStudDocument')).rejects.toThrow(`did you mean ${STUDY}`);
  });
});

describe('sample and validate', () => {
  let text = '';
  beforeAll(async () => {
    text = (await run('sample', STUDY)).out;
    writeFileSync(join(cwd, 'good.json'), text);
    const { series: _, ...broken } = JSON.parse(text) as Record<string, unknown>;
    writeFileSync(join(cwd, 'broken.json'), JSON.stringify(broken));
    const lines = [text, JSON.stringify(broken), '{', ''].map((one) => one.replace(/\n\s*/g, ''));
    writeFileSync(join(cwd, 'many.ndjson'), lines.join('\n'));
    const entry = [{ resource: JSON.parse(text) as object }, { resource: broken }, { resource: { resourceType: 'X' } }];
    writeFileSync(join(cwd, 'bundle.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }));
  }, 120_000);

  it('prints required and must-support elements, or fewer with --minimal, more with --full', async () => {
    expect(JSON.parse(text)).toMatchObject({ meta: { profile: [URL] }, started: expect.any(String) as string });
    const [minimal, full] = [(await run('sample', STUDY, '--minimal')).out, (await run('sample', STUDY, '--full')).out];
    expect(JSON.parse(minimal)).not.toHaveProperty('started');
    expect(full.length).toBeGreaterThan(text.length);
  });

  it('prints the same sample for the same seed, and another for another seed', async () => {
    const [one, same, other] = [
      await run(...shown('sample')),
      await run(...shown('sample')),
      await run('sample', STUDY, '--seed', '8'),
    ];
    expect(one.out).toBe(same.out);
    expect(one.out).not.toBe(other.out);
    await expect(run('sample', STUDY, '--seed', 'x')).rejects.toThrow('must be a whole number');
  });

  it('exits with 0 if all resources conform, and with 1 if one does not', async () => {
    expect(await run('validate', 'good.json')).toMatchObject({ code: 0 });
    const { code, out } = await run('validate', 'good.json', 'broken.json', ...MODELS);
    expect(code).toBe(1);
    expect(out).toContain('broken.json: error: ImagingStudy.series: ');
    expect((await run('validate', 'broken.json', '--language', 'fr', ...MODELS)).out).toContain(
      'au moins 1 élément requis',
    );
  });

  it('finds what is wrong with the study that the examples receive', async () => {
    const [command = '', file = '', ...others] = shown('validate');
    const { code, out } = await run(command, join(ROOT, file), ...others);
    expect(code).toBe(1);
    expect(out).toContain('error: ImagingStudy.series[0].laterality: ');
  });

  it('reads NDJSON line by line', async () => {
    const { code, out } = await run('validate', 'many.ndjson', ...MODELS);
    expect(code).toBe(1);
    expect(out).toContain('many.ndjson:2: error: ImagingStudy.series: ');
    expect(out).toContain('many.ndjson:3: error: $this: not JSON');
    expect(out).toContain('3 resources: 1 without errors, 2 with');
  });

  it('validates the entries of a Bundle against the profiles of their types', async () => {
    const { out } = await run('validate', 'bundle.json', '--profile', STUDY, ...MODELS);
    expect(out).toContain('bundle.json: error: Bundle.entry[1].resource.series: ');
    expect(out).not.toContain('error: Bundle.entry[0]');
  });

  it('validates the entries of a Bundle that claims no profile against those that they claim', async () => {
    const { code, out } = await run('validate', 'bundle.json', ...MODELS);
    expect(code).toBe(1);
    expect(out).toContain('bundle.json: error: Bundle.entry[1].resource.series: ');
    expect(out).toContain('bundle.json: information: Bundle.entry[2].resource: claims no known profile');
  });

  it('takes the id of a profile, as other commands do', async () => {
    const byId = (file: string, id: string): ReturnType<typeof run> =>
      run('validate', file, '--profile', id, ...MODELS);
    expect(await byId('broken.json', 'fr-imaging-study-document')).toMatchObject({ code: 1 });
    expect(await byId('good.json', 'fr-imaging-study-document')).toMatchObject({ code: 0 });
    await expect(byId('good.json', 'fr-imaging-study-documen')).rejects.toThrow(
      'did you mean fr-imaging-study-document',
    );
  });

  it('rejects JSON that is no resource', async () => {
    writeFileSync(join(cwd, 'list.json'), '[1]');
    const { code, out } = await run('validate', 'list.json', ...MODELS);
    expect(code).toBe(1);
    expect(out).toContain('list.json: error: Resource.resourceType: ');
  });

  it('prints an OperationOutcome', async () => {
    const outcome: unknown = JSON.parse((await run('validate', 'broken.json', '--json', ...MODELS)).out);
    expect(outcome).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: expect.arrayContaining([
        expect.objectContaining({
          severity: 'error',
          code: 'required',
          expression: ['ImagingStudy.series'],
          extension: [expect.objectContaining({ valueString: 'broken.json' })],
        }),
      ]) as unknown,
    });
  });

  it('reports what it cannot read, and suggests a profile for a mistyped name', async () => {
    const { code, out } = await run('validate', 'missing.json', 'broken.json', ...MODELS);
    expect(code).toBe(1);
    expect(out).toContain('missing.json: error: $this: cannot be read: ENOENT');
    expect(out).toContain('broken.json: error: ImagingStudy.series: ');
    await expect(run('validate', 'good.json', '--profile', 'FRImagingStudyDocumen')).rejects.toThrow(
      `did you mean ${STUDY}`,
    );
    expect(existsSync(join(cwd, 'generated'))).toBe(false);
  });

  it('rejects what is no resource, and bytes that are not UTF-8', async () => {
    writeFileSync(join(cwd, 'other.ndjson'), 'null\n[]\n{}\n{"resourceType":["Patient"]}\n');
    const { code, out } = await run('validate', 'other.ndjson', ...MODELS);
    expect(code).toBe(1);
    expect(out.match(/error: Resource\.resourceType: /g)).toHaveLength(4);
    writeFileSync(join(cwd, 'latin1.json'), Buffer.from('{"resourceType":"Patient","id":"\xE9"}', 'latin1'));
    expect((await run('validate', 'latin1.json', ...MODELS)).out).toContain(
      'error: $this: is not in UTF-8: convert it first',
    );
  });
});
