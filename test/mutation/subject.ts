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

/** The pinned facts of the repository. */
const PINNED = fileURLToPath(new URL('../../generator/pinned.json', import.meta.url));

/** One profile with its valid instances and the mutants of these. */
export interface Subject {
  readonly manifest: ManifestProfile;
  readonly instances: readonly Instance[];
  readonly mutants: readonly Mutant[];
}

/** A package to be tested. */
export interface Package {
  readonly name: string;
  readonly context: Context;
  readonly subjects: readonly Subject[];
  /** Instances that could not be built, and why. */
  readonly failures: readonly string[];
  /** What the guide asks for and rules out at once, so that no instance has it. */
  readonly contradictions: readonly string[];
  readonly workspace: Workspace;
}

/** The facts of the pinned package. */
export function pinnedSnapshot(): PinnedSnapshot {
  return parseSnapshot(readFileSync(PINNED, 'utf8'), PINNED);
}

/**
 * The facts of another package.
 *
 * @param spec folder, archive or name
 * @param fhirCache where its dependencies are
 */
export async function snapshotOf(spec: string, fhirCache: string): Promise<PinnedSnapshot> {
  const made = await withSnapshots((await load(spec, { fhirCache, offline: true })).definitions);
  return pin(made.definitions, { failed: made.failed }).snapshot;
}

/**
 * Generates a package, and makes instances of all its profiles and mutants of these.
 *
 * @param snapshot the facts
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

/** Makes the mutants when they are asked for: not every test breaks instances. */
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
