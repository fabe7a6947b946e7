import type { LoadedConfig } from '../config/load-config.js';
import type { Console } from './console.js';
import type { Project } from './project.js';
import type { Stages } from './stages.js';

/** What a command works with. */
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
