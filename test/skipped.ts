import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** Lists skipped tests at the end of a run: the title, or the note of the test, gives the reason. */
export class SkippedTests implements Reporter {
  #isFiltered = false;

  onInit(vitest: Vitest): void {
    // Tests outside a name filter count as skipped too, but the user knows why.
    this.#isFiltered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#isFiltered) return;
    const lines = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => {
        const result = test.result();
        const note = result.state === 'skipped' && result.note !== undefined ? `: ${result.note}` : '';
        return `  ${module.relativeModuleId} > ${test.fullName}${note}`;
      }),
    );
    if (lines.length > 0) process.stdout.write(`\nSkipped:\n${lines.join('\n')}\n`);
  }
}
