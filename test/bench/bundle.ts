import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../generated/compile.js';

/** The result of bundling a program. */
export interface Bundle {
  /** The bundle. */
  readonly text: string;
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
 * @param program its text, resolved from the project's root
 */
export async function bundle(program: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: ROOT, loader: 'ts' },
    absWorkingDir: ROOT,
    tsconfig: `${ROOT}tsconfig.json`,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    write: false,
  });
  const text = outputFiles.map((file) => file.text).join('');
  const bytes = Buffer.from(text);
  const modules = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .map(([module, { bytesInOutput }]) => [module, bytesInOutput] as const)
    .filter(([, size]) => size > 0)
    .sort(([a, sizeOfA], [b, sizeOfB]) => sizeOfB - sizeOfA || (a < b ? -1 : 1));
  return { text, min: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, modules };
}
