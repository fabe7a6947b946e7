import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GeneratorIdentity } from '../render/manifest.js';
import type { PackageJson } from '../render/package-json.js';

/** The package of this program: a checkout, or an installed package. */
export interface Project {
  readonly identity: GeneratorIdentity;
  /** Path of the pinned snapshot that is read when no package is named. */
  readonly pinned: string;
  /** Path of the pinned snapshot that is written when no file is named. */
  readonly pinnedOutput: string;
  /** Links for the package of models that this project publishes from its own snapshot; none if absent. */
  readonly links?: PackageJson;
  /** The output folder when none is named. */
  readonly output: string;
  /** The folder of records of earlier runs, see `Records`; none if absent. */
  readonly records?: string;
}

const NAME = 'fhir-profile-codegen';

const MODULES = 'node_modules';

/** The pinned snapshot of a user's project, beside its configuration. */
const PINNED = 'fhir-pinned.json';

/**
 * Finds the package of this program.
 *
 * @param cwd the user's current folder, which receives the output unless it is within a checkout of this program
 * @param program path of a module of this program
 * @throws Error when the installation is not complete
 */
export function findProject(cwd: string, program = fileURLToPath(import.meta.url)): Project {
  for (let folder = dirname(program); ; folder = dirname(folder)) {
    const manifest = manifestIn(folder);
    if (manifest !== undefined) {
      // The files of a checkout are written only from within it; elsewhere, the user's folder is meant.
      const isWithin = !folder.split(sep).includes(MODULES) && `${cwd}${sep}`.startsWith(`${folder}${sep}`);
      const own = join(folder, 'generator', 'pinned.json');
      const pinnedOutput = isWithin ? own : join(cwd, PINNED);
      const pinned = existsSync(pinnedOutput) ? pinnedOutput : own;
      return {
        identity: { name: NAME, version: manifest.version },
        pinned,
        ...(pinned === own && { links: linksIn(manifest) }),
        pinnedOutput,
        output: join(isWithin ? folder : cwd, 'generated'),
        records: join(modulesAbove(folder), '.cache', NAME),
      };
    }
    if (folder === dirname(folder)) throw new Error('the installation is incomplete; reinstall the package');
  }
}

/** The topmost `node_modules` that contains a folder, or else the one inside it. */
function modulesAbove(folder: string): string {
  const parts = folder.split(sep);
  const at = parts.indexOf(MODULES);
  return at === -1 ? join(folder, MODULES) : parts.slice(0, at + 1).join(sep);
}

/** The project's package.json. */
interface ProjectManifest {
  readonly version: string;
  readonly bugs?: unknown;
  readonly repository?: unknown;
}

function linksIn({ bugs, repository }: ProjectManifest): PackageJson {
  const isObject = typeof repository === 'object' && repository !== null;
  return {
    ...(bugs !== undefined && { bugs }),
    ...(isObject && { repository: { ...repository, directory: 'generated' } }),
  };
}

function manifestIn(folder: string): ProjectManifest | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8');
  } catch {
    return undefined;
  }
  const manifest: unknown = JSON.parse(text);
  if (typeof manifest !== 'object' || manifest === null) return undefined;
  if (!('name' in manifest && 'version' in manifest) || manifest.name !== NAME) return undefined;
  const { version } = manifest;
  return typeof version === 'string' ? { ...manifest, version } : undefined;
}
