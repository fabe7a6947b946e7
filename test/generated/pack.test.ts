import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isFRImagingStudyDocument } from 'ans-document-fr-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, COMPILERS } from '../compilers.js';
import { npm, pack, shell, type Tarball } from '../npm.js';
import { registryWith } from '../npm-registry.js';
import { blocksOf, shellCommandsOf } from '../pages.js';
import { faultsOf } from '../published.js';
import { ROOT } from './compile.js';
import { languageServer } from './language-server.js';
import { validStudy } from './study.js';

const run = promisify(execFile);
/** Of the commands of README.md, those that install what the first study needs. */
const FIRST = /^npm install (?:ans-document-fr-core|--save-dev typescript)$/;
const work = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

describe('the generated package', { timeout: 240_000 }, () => {
  let tarball: Tarball;
  beforeAll(async () => {
    mkdirSync(`${ROOT}generated/dist`, { recursive: true });
    writeFileSync(`${ROOT}generated/dist/removed-profile.js`, 'export {};\n');
    tarball = await pack(`${ROOT}generated`, work);
  }, 240_000);

  it('stays within its limits in bytes, packed and unpacked', () => {
    expect(tarball.size).toBeLessThan(1_200_000);
    expect(tarball.unpackedSize).toBeLessThan(8_000_000);
  });

  it('contains a licence and links, and no sources outside the runtime', () => {
    const paths = tarball.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'manifest.json', 'package.json']));
    expect(paths.filter((path) => /(?<!\.d)\.ts$/.test(path) && !path.startsWith('runtime/'))).toEqual([]);
    // Left by an earlier build.
    expect(paths).not.toContain('dist/removed-profile.js');
    const maps = paths.filter((path) => path.endsWith('.map'));
    expect(maps).toContain('dist/runtime/validate.d.ts.map');
    expect(maps.filter((path) => !path.startsWith('dist/runtime/'))).toEqual([]);
    const manifest = JSON.parse(readFileSync(`${ROOT}generated/package.json`, 'utf8')) as object;
    for (const member of ['license', 'repository', 'bugs', 'homepage', 'keywords', 'engines']) {
      expect(manifest).toHaveProperty(member);
    }
  });

  it('passes publint and attw', async () => {
    expect(await faultsOf(join(work, tarball.filename))).toEqual([]);
  });

  it('leads from an empty folder to a valid study with the commands of README.md', async () => {
    const folder = join(work, 'empty');
    mkdirSync(folder);
    const manifest = JSON.parse(readFileSync(`${ROOT}generated/package.json`, 'utf8')) as {
      name: string;
      version: string;
    };
    const registry = await registryWith(manifest, join(work, tarball.filename));
    const settings = {
      npm_config_registry: registry.url,
      npm_config_prefer_offline: 'true',
      npm_config_audit: 'false',
    };
    const commands = shellCommandsOf('README.md').filter(
      (command) => command.includes('study.m') || FIRST.test(command),
    );
    expect(commands).toHaveLength(4);
    expect(shellCommandsOf('examples/README.md')).toEqual(commands.slice(0, 1));
    writeFileSync(
      join(folder, 'study.mts'),
      blocksOf('README.md').find(({ language }) => language === 'ts')?.text ?? '',
    );
    let printed = '';
    for (const command of commands) printed = await shell(folder, command, settings);
    await registry.close();
    const [, study = '', issues = ''] = /^(\{[^]*?\n\})\n([^]*)$/.exec(printed) ?? [];
    expect(isFRImagingStudyDocument(JSON.parse(study))).toBe(true);
    expect(issues).toMatch(/^ImagingStudy\S* .*au moins 1 élément requis/m);
  });

  it('can be packed, installed and imported', async () => {
    const { filename } = tarball;
    writeFileSync(join(work, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
    await npm(work, 'install', '--prefer-offline', join(work, filename));

    const study = JSON.stringify(validStudy());
    writeFileSync(
      join(work, 'use.mjs'),
      `import { isFRImagingStudyDocument, validateFRImagingStudyDocument } from 'ans-document-fr-core';
import { studyInstanceUidOf } from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import manifest from 'ans-document-fr-core/manifest.json' with { type: 'json' };
const study = ${study};
console.log(isFRImagingStudyDocument(study), studyInstanceUidOf(study)[0].value, manifest.package.name);
delete study.series;
console.log(validateFRImagingStudyDocument(study).map((issue) => issue.expression).join());
`,
    );
    const { stdout } = await run(process.execPath, ['use.mjs'], { cwd: work });
    expect(stdout).toBe('true urn:oid:1.2.250.1.59 ans.document.fr.core\nImagingStudy.series\n');

    writeFileSync(
      join(work, 'use.ts'),
      `import { type FRImagingStudyDocument, FRImagingStudyDocumentBuilder } from 'ans-document-fr-core';
export const study: FRImagingStudyDocument = ${study};
// @ts-expect-error nothing is set
new FRImagingStudyDocumentBuilder().build();
`,
    );
    expect(await compile('typescript', work, { name: 'use', files: [join(work, 'use.ts')] })).toBe('');

    // Only the declarations of the models can be read; maps lead to the sources of the runtime.
    const folder = realpathSync(work);
    const editors = await languageServer({ folder, root: `${folder}/`, options: {} });
    const definitionIn = (text: string): Promise<{ readonly file: string; readonly line: string }> =>
      editors
        .editorAt(
          `import { type FRImagingStudyDocument, isFRImagingStudyDocument, dicomUid } from 'ans-document-fr-core';\n${text}`,
        )
        .definition();
    expect(await definitionIn('export const at = (study: FRImagingStudyDocument) => study.ser¦ies;')).toEqual({
      file: 'node_modules/ans-document-fr-core/dist/ans.document.fr.core/fr-imaging-study-document.d.ts',
      line: 'series: [FRImagingStudyDocumentSeries];',
    });
    expect(await definitionIn('isFRImaging¦StudyDocument(1);')).toEqual({
      file: 'node_modules/ans-document-fr-core/dist/ans.document.fr.core/fr-imaging-study-document.d.ts',
      line: expect.stringContaining('export declare function isFRImagingStudyDocument(') as string,
    });
    expect(await definitionIn('dicom¦Uid("1.2");')).toEqual({
      file: expect.stringMatching(/^node_modules\/ans-document-fr-core\/runtime\/\S+(?<!\.d)\.ts$/) as string,
      line: expect.stringContaining('export function dicomUid(') as string,
    });
    await editors.close();
  });

  it('can be named in declarations of programs installed by pnpm, under each compiler', async () => {
    const folder = join(work, 'pnpm');
    mkdirSync(folder);
    const dependencies = { 'ans-document-fr-core': `file:${join(work, tarball.filename)}` };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
    const pnpm = `${ROOT}node_modules/pnpm/bin/pnpm.cjs`;
    await run(process.execPath, [pnpm, 'install', '--prefer-offline', '--ignore-workspace'], { cwd: folder });
    writeFileSync(join(folder, 'use.ts'), EXPORTS);
    const errors = async (compiler: string, options: object): Promise<string> =>
      compile(compiler, folder, {
        name: 'exports',
        files: [join(folder, 'use.ts')],
        options: { declaration: true, emitDeclarationOnly: true, noEmit: false, outDir: 'out', ...options },
      });
    for (const compiler of COMPILERS) expect(await errors(compiler, { module: 'nodenext' }), compiler).toBe('');
    const declarations = readFileSync(join(folder, 'out/use.d.ts'), 'utf8');
    expect(declarations).toContain('Narrative | undefined');
    expect(declarations).not.toContain('.pnpm');
    expect(await errors('typescript-7', { module: 'node16' })).toBe('');
    expect(await errors('typescript-7', { module: 'esnext', moduleResolution: 'bundler' })).toBe('');
    expect(await errors('typescript', { module: 'esnext', moduleResolution: 'node10' })).toBe('');
  });
});

/** Exports of programs without type annotations. */
const EXPORTS = `import { FRImagingStudyDocument, FRImagingStudyDocumentBuilder, JdvModaliteAcquisitionCisis, ref } from 'ans-document-fr-core';
import { createFRImagingStudyDocument, studyInstanceUidOf } from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
declare const input: Parameters<typeof createFRImagingStudyDocument>[0];
export const study = createFRImagingStudyDocument(input);
export const copy = { ...study };
export const { text, identifier, subject, extension } = study;
export const uid = studyInstanceUidOf(study);
export const ct = JdvModaliteAcquisitionCisis.Tomodensitometrie;
export const builder = new FRImagingStudyDocumentBuilder().setSubject(ref('Patient', '1'));
export const read = (value: unknown) => FRImagingStudyDocument['~standard'].validate(value);
`;
