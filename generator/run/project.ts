import { readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GeneratorIdentity } from '../render/manifest.js';

/** The package that this program is: a checkout, or installed beside others. */
export interface Project {
  readonly identity: GeneratorIdentity;
  /** The pinned snapshot that is read when no package is named. */
  readonly pinned: string;
  /** Where the output goes when no folder is named. */
  readonly output: string;
}

const NAME = 'fhir-profile-codegen';

/**
 * Finds the package that this program is.
 *
 * @param cwd the folder in which the user works: what is installed in node_modules must not write there
 * @throws Error when the installation is not complete
 */
export function findProject(cwd: string): Project {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const version = versionIn(folder);
    if (version !== undefined) {
      const isInstalled = folder.split(sep).includes('node_modules');
      return {
        identity: { name: NAME, version },
        pinned: join(folder, 'generator', 'pinned.json'),
        output: join(isInstalled ? cwd : folder, 'generated'),
      };
    }
    if (folder === dirname(folder)) throw new Error('the installation is not complete; install the package again');
  }
}

function versionIn(folder: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8');
  } catch {
    return undefined;
  }
  const manifest: unknown = JSON.parse(text);
  if (typeof manifest !== 'object' || manifest === null) return undefined;
  if (!('name' in manifest && 'version' in manifest) || manifest.name !== NAME) return undefined;
  return typeof manifest.version === 'string' ? manifest.version : undefined;
}
