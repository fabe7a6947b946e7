import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** Lists at the end of a run what was skipped: the title, or the note of the test, has the reason. */
export class SkippedTests implements Reporter {
  #isFiltered = false;

  onInit(vitest: Vitest): void {
    // What a name leaves out is skipped as well, and the user knows why.
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
