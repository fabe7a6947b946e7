import type { Limits } from '../config/limits.js';
import { oneLine, type Warning } from '../errors.js';
import type { LoadOptions } from '../load/load.js';
import type { Project } from './project.js';
import type { Stages } from './stages.js';

/** Told how a run goes on. */
export interface Listener {
  /** What is being done, in one line. */
  progress(line: string): void;
  /** What the run survived. */
  warn(warnings: readonly Warning[]): void;
}

/** What a run works with. */
export interface Surroundings {
  readonly stages: Stages;
  readonly project: Project;
  /** Where relative paths of specs start. */
  readonly cwd: string;
  /** Where packages come from. */
  readonly sources: LoadOptions;
  /** Limits that differ from the defaults. */
  readonly limits?: Limits | undefined;
  readonly listener: Listener;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

/** Hands on what it is told, and keeps the warnings. */
export class Recorder implements Listener {
  private readonly told = new Map<string, Warning>();

  /** @param next who is told as well */
  constructor(private readonly next: Listener) {}

  /** All warnings so far, each once. */
  get warnings(): readonly Warning[] {
    return [...this.told.values()];
  }

  progress(line: string): void {
    this.next.progress(line);
  }

  warn(warnings: readonly Warning[]): void {
    for (const warning of warnings) {
      const line = oneLine(warning);
      if (!this.told.has(line)) this.told.set(line, warning);
    }
    this.next.warn(warnings);
  }
}
