import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { pageOf } from './page.js';
import type { Report } from './report.js';

/** The texts of an HTML report. */
export interface PageTexts {
  readonly template: string;
  readonly style: string;
  readonly script: string;
}

/**
 * A report as one HTML file that loads nothing and runs only its own script: the policy lists style and script by their
 * hashes, so a text of a package could not run even if it were not escaped. The script contains no data; it reads the
 * document.
 *
 * @param report to show
 * @param texts see {@link PageTexts}
 * @returns the text of the file
 */
export function htmlView(report: Report, { template, style, script }: PageTexts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${sourceOf(style)}`,
    `script-src ${sourceOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const view = { ...pageOf(report), policy, style, script };
  return Handlebars.create().compile(template)(view, { allowProtoPropertiesByDefault: false });
}

/** Content Security Policy Level 3, 2.3.1, "hash-source". */
function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
