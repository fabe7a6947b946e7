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
  /** The folder that the user's relative paths start from. */
  readonly cwd: string;
  readonly console: Console;
  /** The configuration, if there is one. */
  readonly config?: LoadedConfig | undefined;
  /** A clock, in milliseconds. */
  readonly now: () => number;
}

/** Flags about the sources of packages. */
export interface SourceOptions {
  readonly fhirCache?: string;
  readonly registry?: string;
  readonly buildServer?: string;
  readonly offline?: boolean;
  /** Specs of packages to prefer when resolving dependencies. */
  readonly with?: readonly string[];
}

/**
 * The environment of the command's runs.
 *
 * @param flags the flags; the configuration applies where a flag is absent
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
 * A count with its noun: `1 file`, `2 files`.
 *
 * @param count how many
 * @param thing the noun in the singular
 */
export function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/**
 * A path in the form that git and import paths use: with `/` on every system.
 *
 * @param path a path of this system
 */
export function slashed(path: string): string {
  return path.split(sep).join('/');
}
