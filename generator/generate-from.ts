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

/** Options of {@link generateFrom}. */
export interface GenerateFromOptions {
  /**
   * The folder that paths in the configuration are relative to.
   *
   * @defaultValue the current folder
   */
  readonly folder?: string | undefined;
  /**
   * Whether to write the output folders. Without it, the result still has all files, and nothing on disk changes but
   * the FHIR package cache, which keeps downloads.
   *
   * @defaultValue true
   */
  readonly write?: boolean | undefined;
  /** Called with each line of progress. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Called with each warning when it occurs; the result has all of them. */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

/** The result for a package of the configuration: check `error` first. */
export type PackageResult = PackageGenerated | PackageFailed;

/** A package that was generated; `failed` lists its profiles that could not be generated. */
export interface PackageGenerated extends GeneratedPackage {
  /** The spec of the configuration, with absolute paths; the pinned snapshot if absent. */
  readonly spec: string | undefined;
  readonly error?: undefined;
}

/** A package that could not be generated; its output folder is unchanged. */
export interface PackageFailed {
  readonly spec: string | undefined;
  readonly error: CodegenError;
  /** The warnings before the error. */
  readonly warnings: readonly Warning[];
}

/** The result for a configuration. */
export interface GeneratedFrom {
  /** Whether everything was generated; the command line then exits with code 0. */
  readonly ok: boolean;
  /** One for each package of the configuration, in its order. */
  readonly packages: readonly PackageResult[];
  /** The warnings of all packages, each once. */
  readonly warnings: readonly Warning[];
}

/**
 * Generates the packages of a configuration, like the command `generate`: loads each package, generates its models, and
 * updates its output folder. One package that fails does not stop the others.
 *
 * @param config the result of {@link defineConfig}, or any object
 * @param options see {@link GenerateFromOptions}
 * @throws UsageError when the configuration is not valid, or two packages would be written into one folder
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
