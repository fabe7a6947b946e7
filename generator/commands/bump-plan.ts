import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssets } from '../assets.js';
import type { Upgrade } from '../bump-package.js';
import type { Run } from '../config/plan.js';
import { CodegenError } from '../errors.js';
import { isObject } from '../fhir/json.js';
import type { Generated } from '../generate.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { ledgerIn } from '../run/ledger.js';
import { wantedOf } from '../run/source.js';
import type { Surroundings } from '../run/surroundings.js';
import { isAbsent } from '../write/disk.js';
import type { SingleFile } from '../write/together.js';
import { nameOf } from './generate.js';
import { namingOf } from './naming.js';

/** Everything that `bump` is going to write. */
export interface BumpPlan {
  readonly upgrade: Upgrade;
  readonly output: Generated;
  readonly folder: string;
  readonly singles: readonly SingleFile[];
  readonly npmVersion: { readonly before: string; readonly after: string };
  readonly failed: readonly string[];
}

/** Both versions of the guide, and the output that moves from one to the other. */
export interface BumpVersions {
  readonly run: Run;
  readonly old: PinnedSnapshot;
  readonly next: PinnedSnapshot;
  /** The pinned file. */
  readonly path: string;
  readonly mapping: ReadonlyMap<string, string>;
}

/**
 * Prepares the output of a new version, and writes nothing.
 *
 * @param versions see {@link BumpVersions}
 * @param surroundings the environment of the run, whose listener receives warnings
 * @throws what the stages throw, and CodegenError when a file of the output cannot be read
 */
export async function planOf(versions: BumpVersions, surroundings: Surroundings): Promise<BumpPlan> {
  const { run, old, next, path, mapping } = versions;
  const { stages, project, listener } = surroundings;
  const folder = run.out ?? run.parent;
  const text = await stages.serialize(next);
  const wanted = { profiles: run.profiles, patterns: run.patterns };
  const before = await wantedOf(old, wanted, path, stages);
  const after = await wantedOf(await stages.parse(text, path), wanted, path, stages);
  const ledger = await ledgerIn(folder);
  const upgrade = await stages.upgrade(before, after, { ...namingOf(run.options, ledger), mapping });
  const { nextVersion } = await import('../bump/version.js');
  const current = (await npmVersionIn(folder)) ?? run.options.npmVersion ?? old.package.version;
  const version = nextVersion(current, upgrade.report.bump);
  listener.progress(`Generating ${nameOf(next.package)}`);
  const kept = ledger ?? { profiles: new Map(), valueSets: new Map() };
  const output = await stages.generate(after, await readAssets(), project.identity, {
    ...run.options,
    // Without a change the npm version stays, and the ledger need not record it.
    ...(hasChanges(upgrade) ? { npmVersion: version, ledger: { ...kept, npmVersion: version } } : { ledger }),
  });
  listener.warn(output.warnings);
  const done = new Set(output.manifest.profiles.map(({ url }) => url));
  return {
    upgrade,
    output,
    folder,
    singles: [{ path, content: text }, ...(await notesOf(upgrade, version, folder))],
    npmVersion: { before: current, after: version },
    failed: after.profiles.filter((url) => !done.has(url)),
  };
}

function hasChanges({ report }: Upgrade): boolean {
  return report.bump !== 'none';
}

/** CHANGELOG.md when something changes, MIGRATION.md when programs have to change as well. */
async function notesOf(upgrade: Upgrade, version: string, folder: string): Promise<readonly SingleFile[]> {
  const [{ changelogSection }, { migrationSection }, { withSection }, { changedNames }] = await Promise.all([
    import('../bump/changelog.js'),
    import('../bump/migration.js'),
    import('../markdown.js'),
    import('../migrate/renames.js'),
  ]);
  const { report, renames, differences } = upgrade;
  const release = { version, report };
  const command = `npx fhir-profile-codegen migrate ${nameOf(report.before)} ${nameOf(report.after)} src`;
  const notes = [
    {
      name: 'CHANGELOG.md',
      title: 'Changelog',
      section: hasChanges(upgrade) ? changelogSection(release) : undefined,
    },
    {
      name: 'MIGRATION.md',
      title: 'Migration',
      section: migrationSection({ ...release, renames: changedNames(renames), differences, command }),
    },
  ];
  const files: SingleFile[] = [];
  for (const { name, title, section } of notes) {
    if (section === undefined) continue;
    const path = join(folder, name);
    files.push({ path, content: withSection(await textIn(path), title, section) });
  }
  return files;
}

async function npmVersionIn(folder: string): Promise<string | undefined> {
  const text = await textIn(join(folder, 'package.json'));
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const version = isObject(value) ? value['version'] : undefined;
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

async function textIn(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw new CodegenError(`'${path}' cannot be read`, {}, { cause: error });
  }
}
