import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CodegenError, messageOf, UsageError } from '../errors.js';
import { isObject } from '../fhir/json.js';
import { isPackageName, isPackageVersion } from '../load/spec.js';
import { LEDGER_FILE, parseLedger } from '../names/ledger-file.js';
import type { NameLedger } from '../names/ledger.js';
import { folderOf } from '../names/path.js';
import { isPinnedFile, pinnedFrom, pinnedOf, snapshotOf, type Wanted } from './source.js';
import type { Surroundings } from './surroundings.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';

/** A side of a comparison. */
export interface SideSource {
  readonly snapshot: PinnedSnapshot;
  /** The ledger of names of an output folder. */
  readonly ledger?: NameLedger | undefined;
}

/** Reads files below a folder, on the disk or in a commit. */
interface Reader {
  /** Its name in messages. */
  readonly where: string;
  /** Text of a file; `undefined` when there is none. */
  text(path: string): Promise<string | undefined>;
}

/** The part of a manifest that identifies an output folder. */
interface OutputManifest {
  readonly package: { readonly name: string; readonly version: string };
  /** Canonicals of the profiles of the package itself. */
  readonly profiles: readonly string[];
}

const MANIFEST = 'manifest.json';

/** The largest output of git, in bytes: a pinned file has a few MB. */
const GIT_LIMIT = 256 * 1024 * 1024;

/**
 * A side of a comparison: a package, a pinned file, an output folder, or one of the latter two in a commit.
 *
 * An output folder is recognized by its manifest. Its facts are those of the package that the manifest names: taken
 * from the project's pinned file if that is for the same package, or else loaded.
 *
 * @param spec as for `snapshotOf`; an output folder; `git:<revision>:<path>` of a pinned file or an output folder
 * @param wanted the profiles that the configuration selects; an output folder lists its own
 * @param surroundings the environment of the run
 * @throws CodegenError or UsageError as `snapshotOf` does, and when git has no such file
 */
export async function sideOf(spec: string, wanted: Wanted, surroundings: Surroundings): Promise<SideSource> {
  const git = /^git:([^:]*):(.*)$/s.exec(spec);
  if (git !== null) {
    const [, revision = '', path = ''] = git;
    if (revision === '' || revision.startsWith('-') || path === '') {
      throw new UsageError(`"${spec}" is not a file of a commit: write git:<revision>:<path>`);
    }
    if (isPinnedFile(path)) {
      const text = await gitText(revision, path, surroundings.cwd);
      if (text === undefined) throw new CodegenError('the commit has no such file', { package: spec });
      return { snapshot: await pinnedFrom(text, spec, wanted, surroundings) };
    }
    const reader: Reader = {
      where: spec,
      text: (file) => gitText(revision, posix.join(path, file), surroundings.cwd),
    };
    const side = await outputSide(reader, surroundings);
    if (side === undefined)
      throw new CodegenError(`the commit has no ${MANIFEST} of an output there`, { package: spec });
    return side;
  }
  const folder = resolve(surroundings.cwd, spec);
  const reader: Reader = { where: spec, text: (file) => diskText(join(folder, file)) };
  return (await outputSide(reader, surroundings)) ?? { snapshot: await snapshotOf(spec, wanted, surroundings) };
}

/** `undefined` when the folder is not an output folder. */
async function outputSide(reader: Reader, surroundings: Surroundings): Promise<SideSource | undefined> {
  const manifest = manifestOf(await reader.text(MANIFEST));
  if (manifest === undefined) return undefined;
  const ledgerText = await reader.text(LEDGER_FILE);
  const ledger = ledgerText === undefined ? undefined : parseLedger(ledgerText, `${reader.where}/${LEDGER_FILE}`);
  return { snapshot: await snapshotOfOutput(manifest, surroundings), ledger };
}

async function snapshotOfOutput(manifest: OutputManifest, surroundings: Surroundings): Promise<PinnedSnapshot> {
  const { name, version } = manifest.package;
  const { project, stages, limits } = surroundings;
  const wanted = { profiles: manifest.profiles };
  const text = await diskText(project.pinned);
  if (text !== undefined) {
    const all = await stages.parse(text, project.pinned, limits?.pin);
    if (all.package.name === name && all.package.version === version) {
      return pinnedOf(all, project.pinned, wanted, surroundings);
    }
  }
  return snapshotOf(`${name}#${version}`, wanted, surroundings);
}

/** Ignores a file that is not the manifest of an output: a package may have a file of that name. */
function manifestOf(text: string | undefined): OutputManifest | undefined {
  if (text === undefined) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(content) || !isObject(content['package']) || !isObject(content['generator'])) return undefined;
  const { name, version } = content['package'];
  const profiles: unknown = content['profiles'];
  if (typeof name !== 'string' || typeof version !== 'string' || !Array.isArray(profiles)) return undefined;
  if (!isPackageName(name) || !isPackageVersion(version)) return undefined;
  const own = `./${folderOf(`${name}#${version}`)}/`;
  return {
    package: { name, version },
    profiles: profiles.flatMap((one: unknown) => {
      if (!isObject(one)) return [];
      const { url, module } = one;
      return typeof url === 'string' && typeof module === 'string' && module.startsWith(own) ? [url] : [];
    }),
  };
}

async function diskText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Text of a file in a commit; paths are relative to the user's current folder. */
async function gitText(revision: string, path: string, cwd: string): Promise<string | undefined> {
  const file = posix.isAbsolute(path) ? path.slice(1) : `./${path.replaceAll('\\', '/')}`;
  try {
    const { stdout } = await promisify(execFile)('git', ['show', '--end-of-options', `${revision}:${file}`], {
      cwd,
      maxBuffer: GIT_LIMIT,
    });
    return stdout;
  } catch (error) {
    // The message of git, without the command.
    const message = messageOf(error)
      .replace(/^Command failed:.*\n(?:fatal: )?/, '')
      .trim();
    if (/does not exist in|exists on disk, but not in|is outside repository/.test(message)) return undefined;
    throw new CodegenError(`git cannot show ${revision}:${path}: ${message}`, {}, { cause: error });
  }
}
