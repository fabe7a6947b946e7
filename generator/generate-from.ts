import { resolve } from 'node:path';
import type { Config } from './config/config.js';
import { parseConfig } from './config/parse-config.js';
import { planRuns } from './config/plan.js';
import { repairsOf, sourcesOf } from './config/sources.js';
import type { CodegenError, Warning } from './errors.js';
import { type GeneratedPackage, generateEach } from './run/generate-each.js';
import { findProject } from './run/project.js';
import { lazyStages } from './run/stages.js';
import { Recorder } from './run/surroundings.js';

/** How a configuration is carried out. */
export interface GenerateFromOptions {
  /**
   * Where the paths of the configuration start.
   *
   * @defaultValue the current folder
   */
  readonly folder?: string | undefined;
  /**
   * Whether the output folders are written; without it the files are given back and the disk stays as it is, but for
   * the FHIR cache, which keeps what is downloaded.
   *
   * @defaultValue true
   */
  readonly write?: boolean | undefined;
  /** Called with what is being done, one line at a time. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Called with each warning when it occurs; the result has all of them. */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

/** What became of a package of the configuration: look at `error` first. */
export type PackageResult = PackageGenerated | PackageFailed;

/** A package that was generated; `failed` lists profiles of it that could not be. */
export interface PackageGenerated extends GeneratedPackage {
  /** As the configuration has it, paths being absolute; the pinned snapshot if absent. */
  readonly spec: string | undefined;
  readonly error?: undefined;
}

/** A package that could not be generated; its output folder is as it was. */
export interface PackageFailed {
  readonly spec: string | undefined;
  readonly error: CodegenError;
  /** What was warned of before. */
  readonly warnings: readonly Warning[];
}

/** What became of a configuration. */
export interface GeneratedFrom {
  /** Whether all that was asked for was generated: what the command line says by its exit code. */
  readonly ok: boolean;
  /** One for each package of the configuration, in its order. */
  readonly packages: readonly PackageResult[];
  /** Of all packages, each once. */
  readonly warnings: readonly Warning[];
}

/**
 * Does what the command line's `generate` does with a configuration: loads each package, generates it as the
 * configuration says, and brings its output folder up to date. One package that fails does not stop the others.
 *
 * @param config see there; what {@link defineConfig} gives, or any object
 * @param options see there
 * @throws UsageError when the configuration says what cannot be, or two packages would be written into one folder
 * @example
 * const { ok, packages } = await generateFrom({ packages: ['guide.example#1.0.0'], out: 'models' });
 */
export async function generateFrom(config: Config, options: GenerateFromOptions = {}): Promise<GeneratedFrom> {
  const { onProgress, onWarning } = options;
  const folder = resolve(options.folder ?? '.');
  const parsed = parseConfig(config);
  const runs = planRuns(
    undefined,
    { profile: [] },
    { config: parsed, folder },
    {
      cwd: folder,
      output: resolve(folder, 'generated'),
    },
  );
  const listener = new Recorder({
    progress: (line) => onProgress?.(line),
    warn: (warnings) => warnings.forEach((warning) => onWarning?.(warning)),
  });
  const outcomes = await generateEach(
    runs,
    {
      stages: lazyStages,
      project: findProject(folder),
      cwd: folder,
      sources: sourcesOf(parsed, folder),
      repairs: repairsOf(parsed, folder),
      limits: parsed.limits,
      listener,
      now: () => performance.now(),
    },
    options.write ?? true,
  );
  const packages = outcomes.map((outcome): PackageResult => {
    const { run, warnings, error } = outcome;
    return error === undefined ? { ...outcome.value, warnings, spec: run.spec } : { spec: run.spec, error, warnings };
  });
  return {
    ok: packages.every((result) => result.error === undefined && result.failed.length === 0),
    packages,
    warnings: listener.warnings,
  };
}
