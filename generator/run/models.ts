import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodegenError, messageOf } from '../errors.js';
import { isObject } from '../fhir/json.js';
import type { GeneratedFile } from '../render/file.js';
import type { Manifest, ManifestProfile } from '../render/manifest.js';

/** An issue that a generated validator reports. */
export interface Issue {
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: string;
  readonly expression: string;
  readonly diagnostics: string;
}

/** Options of a generated validator. */
export interface ValidateOptions {
  readonly language?: 'en' | 'fr';
}

/** A generated validator. */
export type Validate = (value: unknown, options?: ValidateOptions) => readonly Issue[];

/** Generated models that run in this process. */
export interface Models {
  readonly manifest: Manifest;
  /** The validator of a profile. */
  validatorOf(profile: ManifestProfile): Promise<Validate>;
  /** Validates a resource against the profiles that it claims. */
  byProfile(): Promise<Validate>;
  /** Removes the temporary files. */
  close(): Promise<void>;
}

/**
 * The models in an output folder.
 *
 * @param folder a folder with `manifest.json`
 * @throws CodegenError when there are none
 */
export async function modelsIn(folder: string): Promise<Models> {
  return modelsOf(folder, await manifestIn(folder), () => Promise.resolve());
}

/**
 * Models that were generated in memory. They are run from a private folder, which `close` removes.
 *
 * @param files of the package
 * @param manifest of the package
 */
export async function modelsFrom(files: readonly GeneratedFile[], manifest: Manifest): Promise<Models> {
  const folder = await mkdtemp(join(tmpdir(), 'fhir-profile-codegen-'));
  for (const { path, content } of files) {
    if (!path.endsWith('.ts') && path !== 'package.json') continue;
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return modelsOf(folder, manifest, () => rm(folder, { recursive: true, force: true }));
}

/** The manifest of an output folder. */
async function manifestIn(folder: string): Promise<Manifest> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    if (isManifest(manifest)) return manifest;
  } catch (error) {
    throw new CodegenError(`${folder} has no models: ${messageOf(error)}`, {}, { cause: error });
  }
  throw new CodegenError(`${folder} has no models: this generator did not write its manifest.json`);
}

function isManifest(value: unknown): value is Manifest {
  return isObject(value) && Array.isArray(value['profiles']);
}

/** Loaded modules: each import through tsx would read all files again. */
const LOADED = new Map<string, Promise<unknown>>();

function moduleAt(url: string): Promise<unknown> {
  const known = LOADED.get(url);
  if (known !== undefined) return known;
  const loading = import('tsx/esm/api').then(({ tsImport }): Promise<unknown> =>
    tsImport(url, { parentURL: import.meta.url, tsconfig: false }),
  );
  LOADED.set(url, loading);
  return loading;
}

function modelsOf(folder: string, manifest: Manifest, close: () => Promise<void>): Models {
  const exported = async (module: string, name: string): Promise<Validate> => {
    const path = join(folder, module.replace(/\.js$/, '.ts'));
    const loaded: unknown = await moduleAt(pathToFileURL(path).href);
    const found = typeof loaded === 'object' && loaded !== null ? Object.entries(loaded) : [];
    const validate: unknown = found.find(([key]) => key === name)?.[1];
    if (typeof validate !== 'function') throw new CodegenError(`${path} does not export ${name}: generate it again`);
    return validate as Validate;
  };
  return {
    manifest,
    validatorOf: ({ module, exports }) => exported(module, exports.validate),
    byProfile: () => exported('profiles.js', 'validateByProfile'),
    close,
  };
}

/** Whether no issue is an error. */
export function conforms(issues: readonly Issue[]): boolean {
  return !issues.some(({ severity }) => severity === 'error');
}
