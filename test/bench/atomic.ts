import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../generated/compile.js';
import { type Command, measured } from './process.js';
import { serveCache } from './registry.js';

/** Code that a user of @atomic-ehr/codegen writes. The index of R4's own package omits some of its profiles. */
const SCRIPT = `
  import { APIBuilder } from '@atomic-ehr/codegen';
  const [registry, out] = process.argv.slice(2);
  const { success } = await new APIBuilder({ registry, ignorePackageIndex: true })
    .fromPackage('ans.document.fr.core', '0.1.0')
    .typescript({ generateProfile: true })
    .outputTo(out)
    .generate();
  process.exitCode = success ? 0 : 1;`;

/** Another generator on the same packages. */
export interface Peer {
  readonly subjects: readonly { readonly name: string; readonly command: (out: string) => Command }[];
  readonly close: () => void;
}

/**
 * The generator of @atomic-ehr/codegen. It installs packages from an npm registry, here a local one; the measured run
 * finds them installed.
 *
 * @param cache FHIR package cache
 * @param folder for its files
 */
export async function atomic(cache: string, folder: string): Promise<Peer> {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'generate.mjs'), SCRIPT);
  const registry = await serveCache(cache);
  const command = (out: string): Command => ({
    args: [process.execPath, 'generate.mjs', registry.address, out],
    cwd: folder,
  });
  const first = join(folder, 'first');
  await measured(command(first));
  rmSync(first, { recursive: true });
  return { subjects: [{ name: '@atomic-ehr/codegen, same packages', command }], close: registry.close };
}
