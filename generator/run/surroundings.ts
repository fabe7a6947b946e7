import type { Limits } from '../config/limits.js';
import { oneLine, type Warning } from '../errors.js';
import type { LoadOptions } from '../load/load.js';
import type { Repairs } from '../repair/repairs.js';
import type { Disk } from '../write/disk.js';
import type { Project } from './project.js';
import type { Records } from './records.js';
import type { Stages } from './stages.js';

/** Receives the progress and the warnings of a run. */
export interface Listener {
  /** Receives the current step, in one line. */
  progress(line: string): void;
  /** The progress of a long stage; the next output replaces it. */
  step?(text: string): void;
  /** Receives warnings of the run. */
  warn(warnings: readonly Warning[]): void;
}

/** The environment of a run. */
export interface Surroundings {
  readonly stages: Stages;
  readonly project: Project;
  /** The folder that relative paths of specs start from. */
  readonly cwd: string;
  /** The sources of packages. */
  readonly sources: LoadOptions;
  /** Corrections to the packages. */
  readonly repairs?: Repairs | undefined;
  /** Limits that differ from the defaults. */
  readonly limits?: Limits | undefined;
  readonly listener: Listener;
  /** The file system with the output folders of earlier runs; that of the machine if absent. */
  readonly disk?: Disk | undefined;
  /** Records of earlier runs; if absent, everything is generated. */
  readonly records?: Records | undefined;
  /** A clock, in milliseconds. */
  readonly now: () => number;
}

/** Forwards everything to another listener, and records the warnings. */
export class Recorder implements Listener {
  private readonly seen = new Map<string, Warning>();

  /**
   * @param next the listener that receives everything
   */
  constructor(private readonly next: Listener) {}

  /** All warnings received, each once. */
  get warnings(): readonly Warning[] {
    return [...this.seen.values()];
  }

  progress(line: string): void {
    this.next.progress(line);
  }

  step(text: string): void {
    this.next.step?.(text);
  }

  warn(warnings: readonly Warning[]): void {
    for (const warning of warnings) {
      const line = oneLine(warning);
      if (!this.seen.has(line)) this.seen.set(line, warning);
    }
    this.next.warn(warnings);
  }
}
