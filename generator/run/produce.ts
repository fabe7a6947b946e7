import { join } from 'node:path';
import { claimFolder, type Run } from '../config/plan.js';
import { CodegenError, type Warning } from '../errors.js';
import type { Generated } from '../generate.js';
import { kebabCase } from '../names/identifier.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { readAssets } from '../assets.js';
import { ledgerIn } from './ledger.js';
import { snapshotOf } from './source.js';
import { type Listener, Recorder, type Surroundings } from './surroundings.js';
import { UnusedPatterns } from './unused-patterns.js';

/** What was made of a package, in memory. */
export interface Production extends Generated {
  readonly snapshot: PinnedSnapshot;
  /** The folder that it belongs into. */
  readonly folder: string;
  /** Profiles that were asked for and could not be generated; warnings say why. */
  readonly failed: readonly string[];
}

/** What became of a run. */
export type Outcome<T> = Done<T> | Failed;

/** A run that came to its end. */
export interface Done<T> {
  readonly run: Run;
  readonly value: T;
  /** All that was warned of. */
  readonly warnings: readonly Warning[];
  readonly error?: undefined;
}

/** A run whose package cannot be generated from. */
export interface Failed {
  readonly run: Run;
  readonly error: CodegenError;
  readonly warnings: readonly Warning[];
}

/** What is done with a package. */
export interface Job {
  readonly run: Run;
  /** Receives what belongs to this package. */
  readonly listener: Listener;
  /** Generates in memory; to be called once. */
  readonly produce: () => Promise<Production>;
}

/**
 * Goes through packages. One that fails does not stop the others.
 *
 * @param runs what to generate
 * @param surroundings of all runs
 * @param one what to do with a package
 * @returns an outcome for each run
 * @throws UsageError when two packages would be written into one folder; what is no CodegenError
 */
export async function produceEach<T>(
  runs: readonly Run[],
  surroundings: Surroundings,
  one: (job: Job) => Promise<T>,
): Promise<readonly Outcome<T>[]> {
  const unused = new UnusedPatterns(runs);
  const folders = new Map(
    runs.flatMap(({ out, spec = '' }): [string, string][] => (out === undefined ? [] : [[out, spec]])),
  );
  const folderOf = (run: Run, packageName: string): string => {
    if (run.out !== undefined) return run.out;
    const folder = join(run.parent, packageName.split('.').map(kebabCase).join('.'));
    claimFolder(folders, folder, run.spec ?? packageName);
    return folder;
  };
  const outcomes: Outcome<T>[] = [];
  for (const run of runs) {
    const listener = new Recorder(surroundings.listener);
    const produce = async (): Promise<Production> => {
      try {
        return await production(run, { ...surroundings, listener }, unused, (name) => folderOf(run, name));
      } finally {
        listener.warn(unused.endRun());
      }
    };
    try {
      outcomes.push({ run, value: await one({ run, listener, produce }), warnings: listener.warnings });
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      outcomes.push({ run, error, warnings: listener.warnings });
    }
  }
  return outcomes;
}

async function production(
  { spec, also, profiles, patterns, options }: Run,
  surroundings: Surroundings,
  unused: UnusedPatterns,
  folderOf: (packageName: string) => string,
): Promise<Production> {
  const { stages, project, listener } = surroundings;
  const onUsed = (texts: readonly string[]): void => unused.markUsed(texts);
  const snapshot = await snapshotOf(spec, { also, profiles, patterns, onUsed }, surroundings);
  const folder = folderOf(snapshot.package.name);
  listener.progress(`Generating ${snapshot.package.name}#${snapshot.package.version}`);
  const ledger = await ledgerIn(folder);
  const generated = await stages.generate(snapshot, await readAssets(), project.identity, {
    ...options,
    ...(spec === undefined && { packageJson: { ...project.links, ...options.packageJson } }),
    ledger,
  });
  listener.warn(generated.warnings);
  const done = new Set(generated.manifest.profiles.map(({ url }) => url));
  unused.markUsed(done);
  unused.markUsed(snapshot.valueSets.map(({ url }) => url));
  return { ...generated, snapshot, folder, failed: snapshot.profiles.filter((url) => !done.has(url)) };
}
