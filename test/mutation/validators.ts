import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import type { Path } from '../../generator/sample/node.js';
import type { Workspace } from './workspace.js';

/** The relevant members of an issue. */
export interface Found {
  readonly severity: string;
  readonly code: string;
  readonly expression: string;
  readonly diagnostics: string;
}

/** The generated validator of a profile. */
export type Validate = (value: unknown, options?: { readonly complete?: boolean }) => readonly Found[];

/**
 * Loads the validators of a generated package.
 *
 * @param workspace with the package
 * @returns the validator of a profile
 */
export async function loadValidators(workspace: Workspace): Promise<(profile: ManifestProfile) => Validate> {
  const exported = await loadPackage(workspace);
  return (profile) => exportedFunction(exported, profile.exports.validate) as Validate;
}

/**
 * A function that a generated package exports.
 *
 * @param exported all its exports
 * @param name of the function
 */
export function exportedFunction(
  exported: ReadonlyMap<string, unknown>,
  name: string,
): (...values: unknown[]) => unknown {
  const found = exported.get(name);
  if (typeof found !== 'function') throw new Error(`${name} is not exported`);
  return found as (...values: unknown[]) => unknown;
}

/**
 * All exports of a generated package.
 *
 * @param workspace with the package
 */
export function loadPackage(workspace: Workspace): Promise<ReadonlyMap<string, unknown>> {
  const exported = loaded.get(workspace) ?? bundled(workspace);
  loaded.set(workspace, exported);
  return exported;
}

const loaded = new WeakMap<Workspace, Promise<ReadonlyMap<string, unknown>>>();

async function bundled(workspace: Workspace): Promise<ReadonlyMap<string, unknown>> {
  const outfile = join(workspace.folder, 'package.mjs');
  await build({
    entryPoints: [join(workspace.generated, 'index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const module: unknown = await import(pathToFileURL(outfile).href);
  return new Map(Object.entries(module as Record<string, unknown>));
}

/** Errors among the issues. */
export function errorsOf(issues: readonly Found[]): Found[] {
  return issues.filter((issue) => issue.severity === 'error');
}

/**
 * Whether an issue is at the fault or above it.
 *
 * @param expression FHIRPath of the issue
 * @param type of the resource or datatype
 * @param fault names of elements and indexes
 */
export function isAtOrAbove(expression: string, type: string, fault: Path): boolean {
  const [root, ...steps] = stepsOf(expression);
  if (root !== type || steps.length > fault.length) return false;
  return steps.every((step, index) => step === fault[index]);
}

/** Names and indexes of a FHIRPath as validators write it: `Observation.value.ofType(Quantity).code`, `a.b[0]`. */
function stepsOf(expression: string): (string | number)[] {
  const parts = expression.match(/`(?:[^`\\]|\\.)*`|\[\d+\]|ofType\(\w+\)|[^.[\]`]+/g) ?? [];
  return parts.flatMap((part): (string | number)[] => {
    if (part.startsWith('ofType(')) return [];
    if (part.startsWith('[')) return [Number(part.slice(1, -1))];
    return [part.startsWith('`') ? part.slice(1, -1) : part];
  });
}
