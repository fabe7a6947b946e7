import type { Report } from './report.js';

/** Version of the shape of the JSON report, see `report.schema.json`. */
export const REPORT_FORMAT = 1;

/**
 * A report for programs, complete, with no value shortened. `report.schema.json` describes it.
 *
 * @param report to show
 */
export function jsonView(report: Report): object {
  const { profiles, impacts } = report.filter;
  return {
    format: REPORT_FORMAT,
    old: report.before,
    new: report.after,
    ...(profiles === undefined && impacts === undefined
      ? {}
      : { filter: { ...(profiles === undefined ? {} : { profiles }), ...(impacts === undefined ? {} : { impacts }) } }),
    counts: report.counts,
    verdicts: report.verdicts,
    bump: report.bump,
    changes: report.groups.flatMap((group) => group.changes),
    ...(report.proof === undefined ? {} : { proof: report.proof }),
  };
}

/**
 * JSON for a pipe or a terminal: characters that a terminal would interpret are written as equivalent escapes.
 *
 * @param value plain data
 */
export function jsonText(value: unknown): string {
  const escaped = (character: string): string =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join('');
  return JSON.stringify(value, null, 2).replace(/[\p{Cf}\u007f-\u009f\u2028\u2029]/gu, escaped);
}
