import { existsSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, UsageError } from '../errors.js';
import type { Config } from './config.js';
import { parseConfig } from './parse-config.js';

/** File names of the configuration; a folder may contain one of them. */
export const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs'].map((extension) => `fhir-codegen.config.${extension}`);

/** A configuration and its location. */
export interface LoadedConfig {
  readonly config: Config;
  /** Path of its file. */
  readonly file: string;
  /** The folder that its paths are relative to. */
  readonly folder: string;
}

/**
 * Reads the configuration.
 *
 * @param cwd folder to search, and to which `file` is relative
 * @param file the file that the user names
 * @returns `undefined` when there is none and the user names none
 * @throws UsageError when the file does not exist, cannot be run or is not valid; the message names the file
 */
export async function loadConfig(cwd: string, file?: string): Promise<LoadedConfig | undefined> {
  const path = file === undefined ? findConfig(cwd) : named(resolve(cwd, file));
  if (path === undefined) return undefined;
  try {
    return { config: parseConfig(await exported(path)), file: path, folder: dirname(path) };
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** `npx` runs the generator without installing it, and the configuration that `init` writes imports it. */
function reasonOf(error: unknown): string {
  const message = messageOf(error);
  return /^Cannot find (?:module|package) 'fhir-profile-codegen'/.test(message)
    ? "it imports 'fhir-profile-codegen', which is not installed here: npm install --save-dev fhir-profile-codegen"
    : message;
}

function findConfig(cwd: string): string | undefined {
  const [path, other] = CONFIG_FILES.map((name) => join(cwd, name)).filter((one) => existsSync(one));
  if (path === undefined || other === undefined) return path;
  throw new UsageError(`there are two configurations, ${path} and ${other}: keep one, or choose one with --config`);
}

function named(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return path;
  throw new UsageError(`${path}: this configuration does not exist`);
}

async function exported(path: string): Promise<unknown> {
  const module: unknown = await importFile(path);
  const value = defaultOf(module);
  // TypeScript in a CommonJS package arrives as the `exports` of a CommonJS module.
  const inner = isInterop(value) ? value.default : value;
  if (inner !== undefined) return inner;
  throw new UsageError('the default export is missing: write export default defineConfig({ … })');
}

/** Node 20 needs a loader for TypeScript; JavaScript is imported as it is. */
async function importFile(path: string): Promise<unknown> {
  const url = pathToFileURL(path).href;
  if (!/^\.[mc]?ts$/.test(extname(path))) return import(url);
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(url, { parentURL: import.meta.url, tsconfig: false });
}

function defaultOf(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}

function isInterop(value: unknown): value is { readonly default: unknown } {
  return typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value;
}
