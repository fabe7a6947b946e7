import Handlebars from 'handlebars';
import type { Change } from './change.js';
import { inline, printable } from '../markdown.js';
import { proofLines } from './proof.js';
import type { Report, ReportGroup } from './report.js';

/** The forms in which a report can be read. */
export const REPORT_FORMATS = ['text', 'json', 'markdown', 'html'] as const;

/** Version of the shape of the JSON report. */
export const REPORT_FORMAT = 1;

/** What a report is written as: text, JSON, Markdown or HTML. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The templates of a report, as text. */
export interface ReportTemplates {
  readonly markdown: string;
  readonly html: string;
}

/**
 * A report to be read: on a terminal, by a program, in a merge request, in a browser.
 *
 * What packages say is data in all of them: HTML is escaped, Markdown too, and no control character or change of
 * writing direction gets through to a terminal.
 *
 * @param report to show
 * @param format how
 * @param templates of Markdown and HTML
 * @returns text that ends with a line break
 */
export function formatReport(report: Report, format: ReportFormat, templates: ReportTemplates): string {
  switch (format) {
    case 'text':
      return `${textOf(report)}\n`;
    case 'json':
      return `${jsonText(jsonOf(report))}\n`;
    case 'markdown':
      return `${filled(templates.markdown, report, inline, true).trim()}\n`;
    case 'html':
      return `${filled(templates.html, report, printable, false).trim()}\n`;
  }
}

function textOf(report: Report): string {
  const lines = [titleOf(report), countsOf(report.counts), `suggested version: ${report.bump}`];
  for (const group of report.groups) {
    lines.push('', headingOf(group));
    for (const change of group.changes) lines.push(...textLine(change));
    const shorts = group.changes.filter(isShort).length;
    if (shorts > 0) lines.push(`  documentation  ${shorts} ${shorts === 1 ? 'description' : 'descriptions'} changed`);
  }
  if (report.proof !== undefined) lines.push('', ...proofLines(report.proof).map(printable));
  return lines.join('\n');
}

/** On a terminal, the words of descriptions would bury everything else. */
function isShort(change: Change): boolean {
  return change.kind === 'short';
}

function textLine(change: Change): string[] {
  return isShort(change)
    ? []
    : [`  ${change.impact.padEnd('documentation'.length)}  ${printable(change.sentence)}${verdictText(change)}`];
}

/** Which programs break; nothing where none does. */
function verdictText({ write, read }: Change): string {
  const parts = [...(write === 'safe' ? [] : [`write: ${write}`]), ...(read === 'safe' ? [] : [`read: ${read}`])];
  return parts.length === 0 ? '' : ` [${parts.join(', ')}]`;
}

function jsonOf(report: Report): object {
  return {
    format: REPORT_FORMAT,
    old: report.before,
    new: report.after,
    counts: report.counts,
    bump: report.bump,
    changes: report.groups.flatMap((group) => group.changes),
    ...(report.proof === undefined ? {} : { proof: report.proof }),
  };
}

/**
 * JSON for a pipe or a terminal: what would act on the latter is written as an escape, which means the same.
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

function titleOf({ before, after }: Report): string {
  return printable(`${before.name}#${before.version} → ${after.name}#${after.version}`);
}

function countsOf(counts: Report['counts']): string {
  return `${counts.breaking} breaking, ${counts.compatible} compatible, ${counts.documentation} documentation`;
}

function headingOf({ about, name, canonical }: ReportGroup): string {
  return printable(canonical === undefined ? `${about} ${name}` : `${name} (${canonical})`);
}

/** Fills a template; `text` makes a text from a package fit for its place. */
function filled(template: string, report: Report, text: (value: string) => string, noEscape: boolean): string {
  const view = {
    title: text(titleOf(report)),
    counts: report.counts,
    bump: report.bump,
    isEmpty: report.groups.length === 0,
    groups: report.groups.map((group) => ({
      heading: text(group.about === 'package' ? `${group.about} ${group.name}` : group.name),
      canonical: group.canonical === undefined ? '' : text(group.canonical),
      impact: group.impact,
      counts: countsOf(group.counts),
      changes: group.changes.map((change) => ({
        impact: change.impact,
        write: change.write,
        read: change.read,
        kind: change.kind,
        element: text(change.element ?? ''),
        before: text(change.before ?? ''),
        after: text(change.after ?? ''),
        sentence: text(change.sentence),
      })),
    })),
  };
  return Handlebars.create().compile(template, { noEscape })(view, { allowProtoPropertiesByDefault: false });
}
