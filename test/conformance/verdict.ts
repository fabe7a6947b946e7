import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compile } from '../compilers.js';
import type { Issue } from '../../templates/runtime/issue.js';
import type { ValidateOptions } from '../../templates/runtime/run.js';
import { engine } from './engine.js';
import type { Example } from './example.js';
import type { Generation } from './generation.js';

/** The results of the generated validators for an example. */
export interface Verdict {
  readonly file: string;
  /** Profiles of the package that it claims. */
  readonly claims: readonly string[];
  /** Without a FHIRPath engine. */
  readonly errors: readonly Issue[];
  /** Issues that only a FHIRPath engine finds or cannot evaluate. */
  readonly more: readonly Issue[];
}

/**
 * Compiles the output under the strictest options.
 *
 * @param generation the result of `generate`
 * @returns the compiler's errors, a line each
 */
export async function diagnosticsOf({ out }: Generation): Promise<readonly string[]> {
  const modules = join(dirname(out), 'node_modules');
  mkdirSync(dirname(modules), { recursive: true });
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), modules);
  const text = await compile('typescript-7', dirname(out), { name: 'conformance', include: ['generated/**/*.ts'] });
  return text.split('\n').filter((line) => line.includes('error TS'));
}

/**
 * Validates the examples of a package against its profiles that they claim.
 *
 * @param generation the result of `generate`
 * @param examples of it
 * @returns a verdict for each example that claims one
 */
export async function verdictsOf(
  { out, label, manifest }: Generation,
  examples: readonly Example[],
): Promise<readonly Verdict[]> {
  const bundle = join(dirname(out), 'bundle.mjs');
  await build({
    entryPoints: [join(out, 'index.ts')],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  });
  const { validateByProfile } = (await import(pathToFileURL(bundle).href)) as {
    readonly validateByProfile: (resource: unknown, options?: ValidateOptions) => readonly Issue[];
  };
  const folder = `./${label.slice(0, label.indexOf('#'))}/`;
  const own = new Set(manifest.profiles.filter(({ module }) => module.startsWith(folder)).map(({ url }) => url));
  return examples.flatMap(({ file, resource }) => {
    const claims = claimsOf(resource).filter((claim) => own.has(claim));
    if (claims.length === 0) return [];
    const errors = validateByProfile(resource).filter(isError);
    const known = new Set(errors.map((issue) => JSON.stringify(issue)));
    const more = validateByProfile(resource, { fhirpath: engine }).filter(
      (issue) => (isError(issue) || isFailure(issue)) && !known.has(JSON.stringify(issue)),
    );
    return [{ file, claims, errors, more }];
  });
}

/**
 * Whether an invariant could not be evaluated. The engine does not evaluate `resolve()`, which would return a promise.
 *
 * @param issue of a validator with an engine
 */
export function isFailure({ code, diagnostics }: Issue): boolean {
  return code === 'exception' && !diagnostics.includes('asynchronous function');
}

function isError({ severity }: Issue): boolean {
  return severity === 'error';
}

function claimsOf(resource: { readonly meta?: { readonly profile?: readonly string[] } }): string[] {
  return (resource.meta?.profile ?? []).map((claim) => claim.split('|')[0] ?? claim);
}
