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
  /** The current step, in one line. */
  progress(line: string): void;
  /** How far a long stage is; the next step, or anything else, takes its place. */
  step?(text: string): void;
  /** Warnings of the run. */
  warn(warnings: readonly Warning[]): void;
}

/** The environment of a run. */
export interface Surroundings {
  readonly stages: Stages;
  readonly project: Project;
  /** Where relative paths of specs start. */
  readonly cwd: string;
  /** Where packages come from. */
  readonly sources: LoadOptions;
  /** What is put right in them. */
  readonly repairs?: Repairs | undefined;
  /** Limits that differ from the defaults. */
  readonly limits?: Limits | undefined;
  readonly listener: Listener;
  /** Where the output folders of earlier runs are read; the disk of the machine if absent. */
  readonly disk?: Disk | undefined;
  /** What earlier runs made; if absent, everything is generated. */
  readonly records?: Records | undefined;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

/** Passes everything on, and keeps the warnings. */
export class Recorder implements Listener {
  private readonly seen = new Map<string, Warning>();

  /** @param next listener that receives everything as well */
  constructor(private readonly next: Listener) {}

  /** All warnings so far, each once. */
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
