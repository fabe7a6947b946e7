import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { pageOf } from './page.js';
import type { Report } from './report.js';

/** What an HTML report is made of, as text. */
export interface PageTexts {
  readonly template: string;
  readonly style: string;
  readonly script: string;
}

/**
 * A report as one HTML file that loads nothing and runs its own script only: the policy names style and script by their
 * hashes, so a text of a package could not run even if it were not escaped. The script reads the document alone; there is
 * no data in it.
 *
 * @param report to show
 * @param texts see there
 * @returns text of the file
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
