import { join } from 'node:path';
import { claimFolder, type Run } from '../config/plan.js';
import { CodegenError, type Warning } from '../errors.js';
import type { Generated } from '../generate.js';
import { packageId } from '../fhir/package-id.js';
import { kebabCase } from '../names/identifier.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { readAssets, type Assets } from '../assets.js';
import { machineDisk } from '../write/disk.js';
import { keyOf } from './key.js';
import { ledgerIn } from './ledger.js';
import type { Project } from './project.js';
import { recall, recordOf } from './record.js';
import { snapshotOf } from './source.js';
import { type Listener, Recorder, type Surroundings } from './surroundings.js';
import { UnusedPatterns } from './unused-patterns.js';

/** The output for a package, in memory. */
export interface Production extends Generated {
  /** The facts that it was generated from; absent when the output of an earlier run is still up to date. */
  readonly snapshot?: PinnedSnapshot;
  /** Canonicals of the requested profiles. */
  readonly requested: readonly string[];
  /** Its output folder. */
  readonly folder: string;
  /** Requested profiles that could not be generated; warnings give the reasons. */
  readonly failed: readonly string[];
}

/** The outcome of a run. */
export type Outcome<T> = Done<T> | Failed;

/** A finished run. */
export interface Done<T> {
  readonly run: Run;
  readonly value: T;
  /** All warnings of the run. */
  readonly warnings: readonly Warning[];
  readonly error?: undefined;
}

/** A run that failed. */
export interface Failed {
  readonly run: Run;
  readonly error: CodegenError;
  readonly warnings: readonly Warning[];
}

/** The tools to handle one run. */
export interface Job {
  readonly run: Run;
  /** Receives the progress and the warnings of this run. */
  readonly listener: Listener;
  /** Generates in memory, unless a record shows that the output folder is up to date; to be called once. */
  readonly produce: () => Promise<Production>;
}

/**
 * Handles packages one by one. One that fails does not stop the others.
 *
 * @param runs what to generate
 * @param surroundings the environment of all runs
 * @param one what to do with a package
 * @returns an outcome for each run
 * @throws UsageError when two packages would be written into one folder; any error that is not a CodegenError
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
        return await production(linked(run, surroundings.project), { ...surroundings, listener }, unused, (name) =>
          folderOf(run, name),
        );
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

/** The package of models that this project publishes has its links. */
function linked(run: Run, { links = {} }: Project): Run {
  if (run.spec !== undefined || Object.keys(links).length === 0) return run;
  return { ...run, options: { ...run.options, packageJson: { ...links, ...run.options.packageJson } } };
}

async function production(
  run: Run,
  surroundings: Surroundings,
  unused: UnusedPatterns,
  folderOf: (packageName: string) => string,
): Promise<Production> {
  const { listener, records, disk = machineDisk } = surroundings;
  const assets = await readAssets();
  // Without a folder, the output of earlier runs cannot be located yet.
  const { out: folder } = run;
  const key = folder === undefined ? undefined : records && keyOf(run, assets, surroundings);
  const record = key === undefined ? undefined : records?.find(key);
  if (record !== undefined && folder !== undefined) {
    const recalled = recall(record, folder, disk);
    if (recalled !== undefined) {
      unused.markUsed(recalled.used);
      listener.warn(recalled.warnings);
      return { ...recalled, folder };
    }
  }
  const recorder = new Recorder(listener);
  const used = new Set<string>();
  const made = await generated(run, assets, { ...surroundings, listener: recorder }, used, folderOf);
  unused.markUsed(used);
  if (key !== undefined) {
    const { files, manifest, requested, failed } = made;
    records?.keep(key, recordOf({ files, manifest, requested, failed, warnings: recorder.warnings, used: [...used] }));
  }
  return made;
}

async function generated(
  { spec, also, profiles, patterns, options }: Run,
  assets: Assets,
  surroundings: Surroundings,
  used: Set<string>,
  folderOf: (packageName: string) => string,
): Promise<Production> {
  const { stages, project, listener } = surroundings;
  const onUsed = (texts: readonly string[]): void => texts.forEach((text) => used.add(text));
  const snapshot = await snapshotOf(spec, { also, profiles, patterns, onUsed }, surroundings);
  if (snapshot.profiles.length === 0) {
    // Most likely the wrong package was named, such as one of terminology alone.
    const remedy = 'name the package whose profiles you want, and this one with --with';
    throw new CodegenError(`it has no profiles to generate, and nothing is written: ${remedy}.`, {
      package: packageId(snapshot.package),
    });
  }
  const folder = folderOf(snapshot.package.name);
  listener.progress(`Generating ${snapshot.package.name}#${snapshot.package.version}`);
  const ledger = await ledgerIn(folder);
  const output = await stages.generate(snapshot, assets, project.identity, {
    ...options,
    ledger,
    onModule: (done, all) => listener.step?.(`Generating: ${done} of ${all} modules`),
  });
  listener.warn(output.warnings);
  const done = new Set(output.manifest.profiles.map(({ url }) => url));
  onUsed([...done, ...snapshot.valueSets.map(({ url }) => url)]);
  const { profiles: requested } = snapshot;
  return { ...output, snapshot, requested, folder, failed: requested.filter((url) => !done.has(url)) };
}
