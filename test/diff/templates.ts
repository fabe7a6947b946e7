import { readFileSync } from 'node:fs';
import type { ReportTemplates } from '../../generator/diff/format.js';

const textOf = (file: string): string =>
  readFileSync(new URL(`../../templates/${file}`, import.meta.url), 'utf8').replace(/\r\n/g, '\n');

/** The templates of reports, as the command line loads them. */
export const REPORT_TEMPLATES: ReportTemplates = {
  html: {
    template: textOf('report-html.hbs'),
    style: textOf('report-html.css'),
    script: textOf('report-html.js'),
  },
};
