import { build } from 'vite';
import { vi } from 'vitest';
import { ROOT } from '../generated/compile.js';

/**
 * What `npx vite build` makes of an example, without writing it.
 *
 * @param path of its folder, from the root
 * @returns the text of each file by its path on a server
 */
export async function bundleOf(path: string): Promise<ReadonlyMap<string, string>> {
  // Vite takes the variable before the mode, and Vitest sets it: the bundle would have React's checks for developers.
  vi.stubEnv('NODE_ENV', 'production');
  const files = new Map<string, string>();
  try {
    const bundles = [await build({ root: `${ROOT}${path}`, logLevel: 'warn', build: { write: false } })].flat();
    for (const one of bundles) {
      if (!('output' in one)) throw new Error('Vite watches');
      for (const file of one.output) {
        files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : Buffer.from(file.source).toString());
      }
    }
  } finally {
    vi.unstubAllEnvs();
  }
  return files;
}

/**
 * The only script of a bundle.
 *
 * @param files see {@link bundleOf}
 * @throws Error where there are several
 */
export function scriptOf(files: ReadonlyMap<string, string>): string {
  const [script, ...others] = [...files].filter(([path]) => path.endsWith('.js'));
  if (script === undefined || others.length > 0) throw new Error('the bundle is not one script');
  return script[1];
}
