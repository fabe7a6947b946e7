import { PLAIN, type Screen } from './layout.js';
import type { Report } from './report.js';
import { githubView } from './view-github.js';
import { htmlView, type PageTexts } from './view-html.js';
import { jsonText, jsonView } from './view-json.js';
import { junitView } from './view-junit.js';
import { markdownView } from './view-markdown.js';
import { textView } from './view-text.js';

/** The formats of a report. */
export const REPORT_FORMATS = ['text', 'json', 'markdown', 'html', 'github', 'junit'] as const;

/** A format of a report. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The templates of a report, as text. */
export interface ReportTemplates {
  readonly html: PageTexts;
}

/** Options of the text format. */
export interface TextOptions {
  /** Show all of it, even if it is longer than a screen. */
  readonly isWhole?: boolean;
  /** The screen that shows it; not a terminal if absent. */
  readonly screen?: Screen;
}

/**
 * Formats a report for a terminal, a program, a pull request, a browser or a CI server.
 *
 * Every format escapes texts of packages, and removes control characters and changes of writing direction.
 *
 * @param report to show
 * @param format the format
 * @param templates the templates of HTML
 * @param options the options of text
 * @returns text that ends with a line break
 */
export function formatReport(
  report: Report,
  format: ReportFormat,
  templates: ReportTemplates,
  options: TextOptions = {},
): string {
  return `${viewOf(report, format, templates, options).trimEnd()}\n`;
}

function viewOf(
  report: Report,
  format: ReportFormat,
  templates: ReportTemplates,
  { isWhole = false, screen = PLAIN }: TextOptions,
): string {
  switch (format) {
    case 'text':
      return textView(report, isWhole, screen);
    case 'json':
      return jsonText(jsonView(report));
    case 'markdown':
      return markdownView(report);
    case 'github':
      return githubView(report);
    case 'junit':
      return junitView(report);
    case 'html':
      return htmlView(report, templates.html);
  }
}
