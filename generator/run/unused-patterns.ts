import type { Warning } from '../errors.js';
import type { Run } from '../config/plan.js';

/** Patterns and names of the configuration that no package uses: most likely they are mistyped. */
export class UnusedPatterns {
  private readonly unused: Map<string, string>;
  private left: number;

  /**
   * @param runs all runs: a pattern for all packages need match in one only
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

  /** Records the patterns and canonicals that a package used. */
  markUsed(texts: Iterable<string>): void {
    for (const text of texts) this.unused.delete(text);
  }

  /** Ends a run. After the last one, returns a warning for each unused pattern. */
  endRun(): readonly Warning[] {
    this.left -= 1;
    if (this.left > 0) return [];
    return [...this.unused].map(([text, key]) => ({
      message: `${key} of the configuration names ${JSON.stringify(text)}, which does not exist`,
      where: {},
    }));
  }
}
