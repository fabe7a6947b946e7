import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from '../../generator/load/load.js';
import { buildModel } from '../../generator/model/build.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { pin } from '../../generator/pin-package.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';
import type { Manifest, ManifestProfile } from '../../generator/render/manifest.js';
import { rendered } from '../rendered.js';
import { mutate } from './mutate.js';
import type { Mutant } from './mutant.js';
import { type Context, contextOf } from '../../generator/sample/spec.js';
import type { Instance } from '../../generator/sample/synthesize.js';
import { validInstances } from './synthesize.js';
import { openWorkspace, type Workspace } from './workspace.js';

/** The pinned snapshot of the repository. */
const PINNED = fileURLToPath(new URL('../../generator/pinned.json', import.meta.url));

/** A profile with its valid instances and their mutants. */
export interface Subject {
  readonly manifest: ManifestProfile;
  readonly instances: readonly Instance[];
  readonly mutants: readonly Mutant[];
}

/** A generated package under test. */
export interface Package {
  readonly name: string;
  readonly context: Context;
  readonly subjects: readonly Subject[];
  /** Instances that could not be created, with the reason. */
  readonly failures: readonly string[];
  /** Contradictions of the guide, which no instance can satisfy. */
  readonly contradictions: readonly string[];
  readonly workspace: Workspace;
}

/** The pinned snapshot of the repository. */
export function pinnedSnapshot(): PinnedSnapshot {
  return parseSnapshot(readFileSync(PINNED, 'utf8'), PINNED);
}

/**
 * The pinned snapshot of another package.
 *
 * @param spec folder, archive or name
 * @param fhirCache where its dependencies are
 */
export async function snapshotOf(spec: string, fhirCache: string): Promise<PinnedSnapshot> {
  const made = await withSnapshots((await load(spec, { fhirCache, offline: true })).definitions);
  return pin(made.definitions, { failed: made.failed }).snapshot;
}

/**
 * Generates a package, and creates instances of all its profiles and their mutants.
 *
 * @param snapshot of the package
 */
export async function openPackage(snapshot: PinnedSnapshot): Promise<Package> {
  const model = buildModel(snapshot);
  const { files, manifest } = await rendered(model);
  const context = contextOf(model);
  const failures: string[] = [];
  const contradictions: string[] = [];
  const subjects = context.model.profiles.flatMap((profile): Subject[] => {
    const entry = entryOf(manifest, profile.url);
    if (entry === undefined) return [];
    const synthesis = validInstances(profile, context);
    failures.push(...synthesis.failures);
    contradictions.push(...synthesis.contradictions);
    return [new LazySubject(entry, synthesis.instances, context)];
  });
  const name = `${snapshot.package.name}#${snapshot.package.version}`;
  return { name, context, subjects, failures, contradictions, workspace: openWorkspace(files) };
}

/** Creates the mutants on demand, as some tests do not need them. */
class LazySubject implements Subject {
  #mutants: readonly Mutant[] | undefined;

  constructor(
    readonly manifest: ManifestProfile,
    readonly instances: readonly Instance[],
    readonly context: Context,
  ) {}

  get mutants(): readonly Mutant[] {
    const tried = new Set<string>();
    this.#mutants ??= this.instances.flatMap((instance) => mutate(instance, this.context, tried));
    return this.#mutants;
  }
}

function entryOf(manifest: Manifest, url: string): ManifestProfile | undefined {
  return manifest.profiles.find((one) => one.url === url);
}
