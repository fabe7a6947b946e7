import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../generated/compile.js';

/** What a bundler makes of a program. */
export interface Bundle {
  /** Bytes, minified. */
  readonly min: number;
  /** Bytes, minified and compressed. */
  readonly gzip: number;
  /** Minified bytes by module, the largest first. */
  readonly modules: readonly (readonly [module: string, bytes: number])[];
}

/**
 * Bundles and minifies a program as users would for a browser.
 *
 * @param text of the program, as if it were a file in the project's root
 */
export async function bundle(text: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: text, resolveDir: ROOT, loader: 'ts' },
    absWorkingDir: ROOT,
    conditions: ['source'],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    write: false,
  });
  const bytes = Buffer.concat(outputFiles.map(({ contents }) => contents));
  const modules = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .map(([module, { bytesInOutput }]) => [module, bytesInOutput] as const)
    .filter(([, size]) => size > 0)
    .sort(([a, sizeOfA], [b, sizeOfB]) => sizeOfB - sizeOfA || (a < b ? -1 : 1));
  return { min: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, modules };
}
