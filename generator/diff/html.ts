import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import type { Page } from './page.js';

/** What an HTML report is made of, as text. */
export interface PageTexts {
  readonly template: string;
  readonly style: string;
  readonly script: string;
}

/**
 * A page as one HTML file that loads nothing and runs its own script only: the policy names style and script by their
 * hashes, so a text of a package could not run even if it were not escaped. The script reads the document alone; there is
 * no data in it.
 *
 * @param page what it shows
 * @param texts see there
 * @returns text that ends with a line break
 */
export function htmlOf(page: Page, { template, style, script }: PageTexts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${sourceOf(style)}`,
    `script-src ${sourceOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const view = { ...page, policy, style, script };
  return `${Handlebars.create().compile(template)(view, { allowProtoPropertiesByDefault: false }).trim()}\n`;
}

/** Content Security Policy Level 3, 2.3.1, "hash-source". */
function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
