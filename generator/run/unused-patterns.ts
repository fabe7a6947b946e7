import type { Warning } from '../errors.js';
import type { Run } from '../config/plan.js';

/** What the configuration says and no package takes up: most likely it is mistyped. */
export class UnusedPatterns {
  private readonly unused: Map<string, string>;
  private left: number;

  /**
   * @param runs all of them: what is said for all packages need only fit one
   */
  constructor(runs: readonly Run[]) {
    this.left = runs.length;
    this.unused = new Map(
      runs.flatMap(({ patterns, options }) => [
        ...(patterns?.include ?? []).map((one): [string, string] => [one, 'include']),
        ...(patterns?.exclude ?? []).map((one): [string, string] => [one, 'exclude']),
        ...Object.keys(options.names ?? {}).map((one): [string, string] => [one, 'names']),
      ]),
    );
  }

  /** A package took these up: patterns, canonicals. */
  markUsed(texts: Iterable<string>): void {
    for (const text of texts) this.unused.delete(text);
  }

  /** A run is over; after the last one it is known which patterns matched nothing. */
  endRun(): readonly Warning[] {
    this.left -= 1;
    if (this.left > 0) return [];
    return [...this.unused].map(([text, key]) => ({
      message: `${key} of the configuration names ${JSON.stringify(text)}, which does not exist`,
      where: {},
    }));
  }
}
