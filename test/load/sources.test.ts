import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../folders.js';
import { load } from '../../generator/load/load.js';
import { npm } from '../npm.js';
import { failure, labelsOf } from './loading.js';
import { registryOf } from './registry-server.js';
import { structureDefinition } from '../guide/definitions.js';
import { CORE, type TestPackage, writePackage } from './workspace.js';

/** A project in which npm has installed packages. */
function projectWith(packages: Readonly<Record<string, TestPackage>>): string {
  const project = newFolder();
  for (const [path, entry] of Object.entries(packages)) writePackage(join(project, 'node_modules', path), entry);
  return project;
}

const offline = (spec: string, installedFor: string) =>
  load(spec, { installedFor, fhirCache: newFolder(), offline: true });

const GUIDE: TestPackage = { name: 'example.guide', version: '1.0.0', dependencies: { 'example.base': '2.0.0' } };
const BASE: TestPackage = { name: 'example.base', version: '2.0.0', dependencies: { 'hl7.fhir.r4.core': '4.0.1' } };

describe('packages that npm has installed', () => {
  it.each([
    'example.guide',
    'example.guide#1.0.0',
    'example.guide@1.x',
    'npm:example.guide',
    'npm:example.guide@1.0.0',
  ])('are found by %s, with their dependencies', async (spec) => {
    const project = projectWith({ 'example.guide': GUIDE, 'example.base': BASE, 'hl7.fhir.r4.core': CORE });
    const loaded = await offline(spec, join(project, 'src'));
    expect(labelsOf(loaded)).toEqual(['example.guide#1.0.0', 'example.base#2.0.0', 'hl7.fhir.r4.core#4.0.1']);
    expect(loaded.warnings).toEqual([]);
  });

  it('are installed by npm from a FHIR registry with the core package, as the README describes', async () => {
    const registry = await registryOf(GUIDE, BASE, CORE);
    const project = newFolder();
    writeFileSync(join(project, 'package.json'), '{"name":"user","private":true}');
    await npm(project, 'install', '--save-dev', 'example.guide', '--registry', registry.url);
    expect(labelsOf(await offline('example.guide', project))).toEqual([
      'example.guide#1.0.0',
      'example.base#2.0.0',
      'hl7.fhir.r4.core#4.0.1',
    ]);
  }, 60_000);

  it('have the definitions of R4 under the name of the npm registry', async () => {
    const project = projectWith({
      'example.guide': GUIDE,
      'example.base': BASE,
      'hl7.fhir.r4.examples': { ...CORE, name: 'hl7.fhir.r4.examples' },
    });
    const loaded = await offline('example.guide', project);
    expect(labelsOf(loaded)).toEqual(['example.guide#1.0.0', 'example.base#2.0.0', 'hl7.fhir.r4.core#4.0.1']);
    expect(loaded.warnings).toEqual([]);
  });

  it('replace another version only for the package in which npm has installed them', async () => {
    const other = { ...BASE, version: '2.1.0' };
    const project = projectWith({ 'example.guide': GUIDE, 'example.base': other, 'hl7.fhir.r4.core': CORE });
    const message = 'npm has installed 2.1.0 instead';
    expect((await offline('example.guide', project)).warnings).toEqual([
      { message, where: { package: 'example.base#2.0.0' } },
    ]);
    const folder = join(newFolder(), 'guide');
    writePackage(folder, GUIDE);
    const loaded = await offline(folder, project);
    expect(labelsOf(loaded)).toEqual(['example.guide#1.0.0', 'hl7.fhir.r4.core#4.0.1']);
  });

  it('are found in nested node_modules, where npm puts a second version', async () => {
    const project = projectWith({
      'example.guide': GUIDE,
      'example.guide/node_modules/example.base': BASE,
      'example.base': { ...BASE, version: '1.0.0' },
      'hl7.fhir.r4.core': CORE,
    });
    expect(labelsOf(await offline('example.guide', project))[1]).toBe('example.base#2.0.0');
  });

  it('must be FHIR packages', async () => {
    const project = projectWith({ 'example.guide': { ...GUIDE, fhirVersions: [], dependencies: {} } });
    expect(await failure(offline('example.guide', project))).toBe(
      '"example.guide" names no version, and npm has not installed it: write example.guide#<version>, ' +
        'or example.guide#latest for the newest, or install it with: ' +
        'npm install --save-dev example.guide --registry https://packages.fhir.org',
    );
  });
});

/** A folder with files, next to the core package. */
function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = join(projectWith({ 'hl7.fhir.r4.core': CORE }), 'my guide');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const PROFILE = structureDefinition('http://example.org/a', { fhirVersion: '4.0.1' });

describe('a folder without package.json', () => {
  it('may contain the sources of a guide, described by sushi-config.yaml', async () => {
    const folder = folderWith({
      'sushi-config.yaml': [
        'id: example.sushi',
        'canonical: http://example.org',
        'version: 1.0',
        'fhirVersion: 4.0.1',
        'dependencies:',
        '  example.base: 2.0.0',
        '  example.other:',
        '    version: current',
      ].join('\n'),
      'fsh-generated/resources/StructureDefinition-a.json': PROFILE,
      'input/vocabulary/ValueSet-b.json': { resourceType: 'ValueSet', url: 'http://example.org/b' },
    });
    const { definitions } = await offline(folder, folder);
    const { name, version, canonical, fhirVersions, resources } = definitions.root;
    expect({ name, version, canonical, fhirVersions }).toEqual({
      name: 'example.sushi',
      version: '1.0',
      canonical: 'http://example.org',
      fhirVersions: ['4.0.1'],
    });
    expect(resources.map(({ url }) => url)).toEqual(['http://example.org/a', 'http://example.org/b']);
    expect(definitions.missing.map((one) => `${one.name}#${one.version}`)).toEqual([
      'example.base#2.0.0',
      'example.other#current',
    ]);
  });

  it('may have a configuration with aliases, unless they multiply, and with very many keys', async () => {
    const resource = { 'fsh-generated/resources/a.json': PROFILE };
    const head = ['id: example.sushi', 'fhirVersion: 4.0.1'];
    const config = (...lines: string[]): string => [...head, ...lines].join('\n');
    const aliased = folderWith({
      'sushi-config.yaml': config('x: &v 2.0.0', 'dependencies:', '  example.base: *v'),
      ...resource,
    });
    const { missing } = (await offline(aliased, aliased)).definitions;
    expect(missing.map((one) => `${one.name}#${one.version}`)).toEqual(['example.base#2.0.0']);

    const again = 'abcdefgh'.split('').map((name, at, all) => {
      const items = Array.from({ length: 9 }, () => (at === 0 ? 'x' : `*${all[at - 1] ?? ''}`));
      return `${name}: &${name} [${items.join(', ')}]`;
    });
    const bomb = folderWith({ 'sushi-config.yaml': config(...again, 'title: *h'), ...resource });
    expect(await failure(offline(bomb, bomb))).toMatch(/sushi-config.yaml: it is not valid YAML: [^\n]+$/);

    const many = config(...Array.from({ length: 100_000 }, (_, at) => `k${at}: v`));
    const wide = folderWith({ 'sushi-config.yaml': many, ...resource });
    expect((await offline(wide, wide)).definitions.root.name).toBe('example.sushi');
  });

  it('is rejected in one line if SUSHI has not run or the configuration is invalid', async () => {
    const folder = folderWith({ 'sushi-config.yaml': 'id: example.sushi' });
    expect(await failure(offline(folder, folder))).toMatch(/there is sushi-config.yaml, but no .*: run SUSHI first.$/);
    const broken = folderWith({ 'sushi-config.yaml': 'id: [', 'fsh-generated/resources/a.json': PROFILE });
    expect(await failure(offline(broken, broken))).toMatch(/^\S.*sushi-config.yaml: it is not valid YAML: [^\n]+$/);
  });

  it('may contain loose definitions, described by the ImplementationGuide among them', async () => {
    const folder = folderWith({
      'StructureDefinition-a.json': PROFILE,
      'ImplementationGuide-x.json': {
        resourceType: 'ImplementationGuide',
        packageId: 'example.loose',
        version: '3.0.0',
        fhirVersion: ['4.0.1'],
        dependsOn: [{ packageId: 'example.base', version: '2.0.0' }],
      },
    });
    const { definitions } = await offline(folder, folder);
    expect(definitions.root).toMatchObject({ name: 'example.loose', version: '3.0.0', fhirVersions: ['4.0.1'] });
    expect(definitions.missing.map(({ name }) => name)).toEqual(['example.base']);
  });

  it('may contain loose definitions, and then has the name of the folder', async () => {
    const folder = folderWith({ 'a.json': PROFILE });
    const { definitions } = await offline(folder, folder);
    expect(definitions.root).toMatchObject({ name: 'my-guide', version: '0.0.0' });
    expect(definitions.root.resources.map(({ url }) => url)).toEqual(['http://example.org/a']);
  });

  it('is not a package if it contains no definitions', async () => {
    const folder = folderWith({ 'a.json': { resourceType: 'Patient' } });
    expect(await failure(offline(folder, folder))).toContain('there is no package.json');
  });
});
