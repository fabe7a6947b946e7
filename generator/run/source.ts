import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Patterns, pinnedProfilesOf, profilesOf, select, type Selected } from '../config/select.js';
import { CodegenError, messageOf } from '../errors.js';
import { packageId } from '../fhir/package-id.js';
import type { FhirPackage } from '../fhir/package.js';
import type { Loaded } from '../load/load.js';
import { isManifest } from '../load/spec.js';
import type { Repairs } from '../repair/repairs.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import type { Stages } from './stages.js';
import type { Surroundings } from './surroundings.js';

/** Selects the profiles of a package. */
export interface Wanted {
  /** Canonicals, ids or names; if empty, the profiles that the patterns select, or all. */
  readonly profiles: readonly string[];
  readonly patterns?: Patterns | undefined;
  /** Specs of further packages whose profiles are selected. */
  readonly also?: readonly string[] | undefined;
  /** Called with the patterns that match some profile. */
  readonly onUsed?: ((patterns: readonly string[]) => void) | undefined;
}

/**
 * The facts for a run: of a package or a pinned file; of the project's pinned file when none is named.
 *
 * @param spec `name#version`, a package folder, a `.tgz`, or a pinned file, recognized by its extension `.json`
 * @param wanted see {@link Wanted}
 * @param surroundings the environment of the run; warnings go to its listener
 * @throws CodegenError or UsageError as the stages do, and when a pinned file cannot be read
 */
export async function snapshotOf(
  spec: string | undefined,
  wanted: Wanted,
  surroundings: Surroundings,
): Promise<PinnedSnapshot> {
  const { stages, project, cwd, sources, repairs, limits, listener } = surroundings;
  if (spec === undefined || isPinnedFile(spec)) {
    const path = spec === undefined ? project.pinned : resolve(cwd, spec);
    return pinnedFrom(await textOf(path, spec === undefined), path, wanted, surroundings);
  }
  const onProgress = (line: string): void => listener.progress(line);
  const loaded = await loadedAndRepaired(
    await stages.load(spec, { ...sources, ...(wanted.also === undefined ? {} : { also: wanted.also }), onProgress }),
    repairs,
  );
  listener.warn(loaded.warnings);
  const { definitions: all, also = [] } = loaded;
  const candidates = [all.root, ...also].flatMap(profilesOf);
  const several = wanted.patterns === undefined && also.length > 0 ? { ...wanted, patterns: {} } : wanted;
  const profiles = chosen(several, (patterns) => select(candidates, patterns, { package: spec }));
  const roots = profiles === undefined ? {} : { profiles };
  const { definitions, warnings, failed } = await stages.withSnapshots(loaded.definitions, {
    ...roots,
    limits: limits?.snapshot,
    onMade: (made) => listener.step?.(`Generating snapshots: ${made}`),
  });
  listener.warn(warnings);
  const pinned = await stages.pin(definitions, { ...roots, also, failed, limits: limits?.pin });
  listener.warn(pinned.warnings);
  return pinned.snapshot;
}

/**
 * The part of a pinned snapshot with the selected profiles.
 *
 * @param snapshot any
 * @param wanted see {@link Wanted}
 * @param where the snapshot comes from, for messages
 * @param stages the stages of the run
 * @throws CodegenError when a named profile does not exist
 */
export async function wantedOf(
  snapshot: PinnedSnapshot,
  wanted: Wanted,
  where: string,
  stages: Pick<Stages, 'narrow'>,
): Promise<PinnedSnapshot> {
  const profiles = chosen(wanted, (patterns) => select(pinnedProfilesOf(snapshot), patterns, { package: where }));
  return profiles === undefined ? snapshot : stages.narrow(snapshot, profiles);
}

/**
 * The facts of a pinned file.
 *
 * @param text its content
 * @param path of the file, for messages
 * @param wanted which of its profiles
 * @param surroundings the environment of the run; warnings go to its listener
 * @throws CodegenError when it is not a pinned file, or has none of the profiles
 */
export async function pinnedFrom(
  text: string,
  path: string,
  wanted: Wanted,
  surroundings: Surroundings,
): Promise<PinnedSnapshot> {
  return pinnedOf(await surroundings.stages.parse(text, path, surroundings.limits?.pin), path, wanted, surroundings);
}

/**
 * The facts for a run, from a parsed pinned file.
 *
 * @param all the facts of the file
 * @param where the file, for errors and warnings
 * @param wanted see {@link Wanted}
 * @param surroundings the environment of the run; warnings go to its listener
 * @throws UsageError when a profile does not exist
 */
export async function pinnedOf(
  all: PinnedSnapshot,
  where: string,
  wanted: Wanted,
  { stages, listener }: Surroundings,
): Promise<PinnedSnapshot> {
  const { snapshotWarnings } = await import('../pin/warnings.js');
  const snapshot = await wantedOf(all, wanted, where, stages);
  listener.warn(snapshotWarnings(snapshot));
  return snapshot;
}

async function loadedAndRepaired(loaded: Loaded, repairs: Repairs | undefined): Promise<Loaded> {
  if (repairs === undefined) return loaded;
  const { repaired, isNothing } = await import('../repair/repair.js');
  if (isNothing(repairs)) return loaded;
  const { definitions, warnings } = repaired(loaded.definitions, repairs);
  const isAlso = (one: FhirPackage): boolean =>
    loaded.also?.some(({ name, version }) => one.name === name && one.version === version) === true;
  const also = definitions.packages.filter(isAlso);
  const count = (packages: readonly FhirPackage[]): number => packages.flatMap(profilesOf).length;
  const before = count([loaded.definitions.root, ...(loaded.also ?? [])]);
  if (before > 0 && count([definitions.root, ...also]) === 0) {
    const message = `the configuration leaves out all ${before} profiles of it (leaveOut), and nothing is written.`;
    throw new CodegenError(message, { package: packageId(definitions.root) });
  }
  return { definitions, also, warnings: [...loaded.warnings, ...warnings] };
}

/** The selected profiles; `undefined` for all. */
function chosen(
  { profiles, patterns, onUsed }: Wanted,
  choose: (patterns: Patterns) => Selected,
): readonly string[] | undefined {
  if (profiles.length > 0) return profiles;
  if (patterns === undefined) return undefined;
  const selected = choose(patterns);
  onUsed?.(selected.used);
  return selected.profiles;
}

/**
 * Whether a spec names a pinned file. The package.json of a package means its folder.
 *
 * @param spec the spec that the user gives
 */
export function isPinnedFile(spec: string): boolean {
  return /\.json$/i.test(spec) && !isManifest(spec);
}

async function textOf(path: string, isDefault: boolean): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const hint = isDefault ? '; name a package, or create the snapshot with: pin <package>' : '';
    const message = `the pinned snapshot cannot be read: ${messageOf(error)}${hint}`;
    throw new CodegenError(message, { package: path }, { cause: error });
  }
}
