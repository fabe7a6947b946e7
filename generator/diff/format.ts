import { PLAIN, type Screen } from './layout.js';
import type { Report } from './report.js';
import { githubView } from './view-github.js';
import { htmlView, type PageTexts } from './view-html.js';
import { jsonText, jsonView } from './view-json.js';
import { junitView } from './view-junit.js';
import { markdownView } from './view-markdown.js';
import { textView } from './view-text.js';

/** The forms in which a report can be read. */
export const REPORT_FORMATS = ['text', 'json', 'markdown', 'html', 'github', 'junit'] as const;

/** What a report is written as: text, JSON, Markdown or HTML. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The templates of a report, as text. */
export interface ReportTemplates {
  readonly html: PageTexts;
}

/** How a report is shown as text. */
export interface TextOptions {
  /** All of it, though it is longer than a screen. */
  readonly isWhole?: boolean;
  /** What it is read on; no terminal if absent. */
  readonly screen?: Screen;
}

/**
 * A report to be read: on a terminal, by a program, in a pull request, in a browser, by a CI server.
 *
 * What packages say is data in all of them: each form escapes it, and no control character or change of writing
 * direction gets through to a terminal.
 *
 * @param report to show
 * @param format how
 * @param templates of HTML
 * @param options of text
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
