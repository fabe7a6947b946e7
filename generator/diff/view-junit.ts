import { inMarkup } from '../markdown.js';
import type { Change } from './change.js';
import { gravityOf } from './gravity.js';
import { type Report, type ReportGroup, titleOf } from './report.js';

/**
 * A report as JUnit XML: a profile or a value set is a suite, a change a test case. A breaking change is a failure; one
 * with an unknown effect is skipped.
 *
 * @param report to show
 * @returns text without a line break at its end
 */
export function junitView(report: Report): string {
  const { groups, changes } = report;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${attribute(titleOf(report))} ${countsOf(changes)}>`,
    ...groups.flatMap(suite),
    '</testsuites>',
  ].join('\n');
}

function suite(group: ReportGroup): readonly string[] {
  const { name, canonical, changes } = group;
  return [
    `  <testsuite name=${attribute(canonical ?? name)} ${countsOf(changes)}>`,
    ...changes.flatMap((change) => testCase(change)),
    '  </testsuite>',
  ];
}

function testCase(change: Change): readonly string[] {
  const start = `    <testcase classname=${attribute(change.name)} name=${attribute(change.sentence)} time="0"`;
  const gravity = gravityOf(change);
  if (gravity === 'unknown') {
    const message = 'A canonical could not be resolved on one side, so the effect of the change is not known.';
    return [`${start}>`, `      <skipped message=${attribute(message)}/>`, '    </testcase>'];
  }
  if (change.impact !== 'breaking') return [`${start}/>`];
  const lines = [
    `Programs that make values: ${change.write}. Programs that read values: ${change.read}.`,
    ...(change.element === undefined ? [] : [`Element: ${change.element}`]),
    ...(change.before === undefined ? [] : [`Before: ${change.before}`]),
    ...(change.after === undefined ? [] : [`After: ${change.after}`]),
  ].map(inMarkup);
  return [
    `${start}>`,
    `      <failure type=${attribute(change.kind)} message=${attribute(change.sentence)}>${lines.join('\n')}</failure>`,
    '    </testcase>',
  ];
}

function countsOf(changes: readonly Change[]): string {
  const failures = changes.filter(({ impact }) => impact === 'breaking').length;
  const skipped = changes.filter((change) => gravityOf(change) === 'unknown').length;
  return `tests="${changes.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
}

function attribute(text: string): string {
  return `"${inMarkup(text)}"`;
}
