import { build } from 'esbuild';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generate, type Generated } from '../../generator/generate.js';
import { load } from '../../generator/load/load.js';
import type { PinLimits } from '../../generator/pin/limits.js';
import { pin } from '../../generator/pin-package.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { readAssets } from '../../generator/assets.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';
import type { Warning } from '../../generator/errors.js';
import type { Issue } from '../../templates/runtime/issue.js';
import { compile } from '../compilers.js';
import { folderOfTests } from '../folders.js';
import { definition } from '../guide/definitions.js';
import { structureDefinitionOf, valueSetOf } from '../guide/pinned.js';
import { writePackage } from '../load/workspace.js';
import { GENERATOR } from './bytes.js';
import { canonical, pinned, sampleSnapshot, type SampleElement } from '../model/sample.js';

/** A profile of an attacker, who controls every text. */
export interface HostileProfile {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly title?: string;
  /** Observation by default. */
  readonly type?: string;
  readonly base?: string;
  readonly elements?: readonly SampleElement[];
}

/** FHIR's own types as in R4's core package, as far as the committed snapshot contains them. */
const CORE = [
  ...pinned.structureDefinitions.filter((one) => one.derivation !== 'constraint').map(structureDefinitionOf),
  ...pinned.valueSets.filter((one) => one.url.startsWith('http://hl7.org/')).map(valueSetOf),
];

/** A StructureDefinition with a snapshot, as FHIR JSON. */
export function profile(hostile: HostileProfile): object {
  const { id, name = id, url = canonical(id), title, type = 'Observation', base, elements = [] } = hostile;
  const sample = sampleSnapshot([{ name: 'sample', type, elements }]);
  const found = sample.structureDefinitions.find((one) => one.url === canonical('sample'));
  if (found === undefined) throw new Error('the sample is lost');
  return {
    ...structureDefinitionOf(found),
    id,
    name,
    url,
    title,
    ...(base === undefined ? {} : { baseDefinition: base }),
  };
}

/** A value set, and the code system whose codes it contains. */
export function codes(id: string, concepts: readonly { readonly code: string; readonly display: string }[]): object[] {
  return [
    definition('ValueSet', valueSet(id), { id, name: id, compose: { include: [{ system: codeSystem(id) }] } }),
    definition('CodeSystem', codeSystem(id), { id, name: id, content: 'complete', concept: concepts }),
  ];
}

export function valueSet(id: string): string {
  return `https://example.org/ValueSet/${id}`;
}

export function codeSystem(id: string): string {
  return `https://example.org/CodeSystem/${id}`;
}

/** The result of a package. */
export interface Outcome extends Generated {
  readonly snapshot: PinnedSnapshot;
  /** Warnings of all stages. */
  readonly allWarnings: readonly Warning[];
}

/** A FHIR cache with a core package (R4's by default), and with packages of the given resources. */
export function cacheWith(
  packages: Readonly<Record<string, readonly object[]>>,
  core = 'hl7.fhir.r4.core#4.0.1',
): string {
  const cache = folderOfTests();
  for (const [label, resources] of Object.entries({ [core]: CORE, ...packages })) {
    const [name = '', version = ''] = label.split('#');
    const [, release = ''] = core.split('#');
    const entry = { name, version, fhirVersions: [release], files: filesOf(resources) };
    writePackage(join(cache, label, 'package'), entry);
  }
  return cache;
}

/** A package on disk, loaded and pinned. */
export async function pinnedGuide(
  resources: readonly object[],
  limits: Partial<PinLimits> = {},
): Promise<{ readonly snapshot: PinnedSnapshot; readonly warnings: readonly Warning[] }> {
  const cache = cacheWith({ 'example.hostile#1.0.0': resources });
  const loaded = await load('example.hostile#1.0.0', { fhirCache: cache, offline: true });
  const made = await withSnapshots(loaded.definitions);
  const { snapshot, warnings } = pin(made.definitions, { failed: made.failed, limits });
  return { snapshot, warnings: [...loaded.warnings, ...made.warnings, ...warnings] };
}

/** A package after all stages except writing. */
export async function outcomeOf(resources: readonly object[], limits: Partial<PinLimits> = {}): Promise<Outcome> {
  const { snapshot, warnings } = await pinnedGuide(resources, limits);
  const generated = await generate(snapshot, { assets: await readAssets(), generator: GENERATOR });
  return { ...generated, snapshot, allWarnings: [...warnings, ...generated.warnings] };
}

/** The generated package as users install it. */
export interface Running {
  readonly validateByProfile: (resource: unknown) => readonly Issue[];
  readonly [name: string]: unknown;
}

/** The output on disk, next to its dependencies. */
export function written({ files }: Generated): string {
  const folder = folderOfTests();
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
  for (const { path, content } of files) {
    const file = join(folder, 'out', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** The errors of the fastest compiler for an output on disk. */
export async function compiled(folder: string): Promise<string> {
  return compile('typescript-7', folder, { name: 'hostile', include: ['out/**/*.ts'] });
}

/** Executes every module of an output on disk. */
export async function run(folder: string): Promise<Running> {
  const outfile = join(folder, 'bundle.mjs');
  const entryPoints = [join(folder, 'out', 'index.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', treeShaking: false, logLevel: 'error' });
  return (await import(pathToFileURL(outfile).href)) as Running;
}

function filesOf(resources: readonly object[]): Record<string, unknown> {
  // The attacker also controls file names, but here only the content matters: the tests of load are about names.
  return Object.fromEntries(resources.map((resource, index) => [`Resource-${index}.json`, resource]));
}
