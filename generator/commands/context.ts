import { sep } from 'node:path';
import type { LoadedConfig } from '../config/load-config.js';
import type { Console } from './console.js';
import { repairsOf, sourcesOf } from '../config/sources.js';
import type { Project } from '../run/project.js';
import { recordsIn } from '../run/records.js';
import type { Stages } from '../run/stages.js';
import type { Surroundings } from '../run/surroundings.js';

/** The environment of a command. */
export interface Context {
  readonly stages: Stages;
  readonly project: Project;
  /** Where relative paths of the user start. */
  readonly cwd: string;
  readonly console: Console;
  /** What the user wrote down, if there is such a file. */
  readonly config?: LoadedConfig | undefined;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

/** Where packages come from. */
export interface SourceOptions {
  readonly fhirCache?: string;
  readonly registry?: string;
  readonly buildServer?: string;
  readonly offline?: boolean;
  /** Specs of packages that answer dependencies before cache and registry do. */
  readonly with?: readonly string[];
}

/**
 * What the command's runs work with.
 *
 * @param flags where packages come from; the configuration says what they do not
 * @param context of the command
 */
export function surroundingsOf(flags: SourceOptions, context: Context): Surroundings {
  const { stages, project, cwd, console, config, now } = context;
  const { fhirCache, registry, buildServer, offline, with: packages } = flags;
  return {
    stages,
    project,
    cwd,
    sources: {
      installedFor: cwd,
      ...(config !== undefined && sourcesOf(config.config, config.folder)),
      ...(fhirCache !== undefined && { fhirCache }),
      ...(registry !== undefined && { registry }),
      ...(buildServer !== undefined && { buildServer }),
      ...(offline !== undefined && { offline }),
      ...(packages !== undefined && { packages }),
    },
    repairs: config === undefined ? undefined : repairsOf(config.config, config.folder),
    limits: config?.config.limits,
    listener: console,
    records: project.records === undefined ? undefined : recordsIn(project.records),
    now,
  };
}

/**
 * A duration for people.
 *
 * @param milliseconds how long
 */
export function duration(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * A number of things for people: `1 file`, `2 files`.
 *
 * @param count how many
 * @param thing one of them
 */
export function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/**
 * A path as git and import paths have it: with `/` on every system.
 *
 * @param path of this system
 */
export function slashed(path: string): string {
  return path.split(sep).join('/');
}
