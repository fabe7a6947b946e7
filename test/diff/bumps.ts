import { join } from 'node:path';
import type { ReportFormat } from '../../generator/diff/format.js';

/** The folder of the compared packages, next to the checkout. */
export const SHARED = join(import.meta.dirname, '../../../shared');
export const PACKAGES = join(SHARED, 'fhir-packages');

/** The pinned snapshot of the repository. */
export const PINNED = join(import.meta.dirname, '../../generator/pinned.json');

/** The folder of the committed reports. */
export const REPORTS = join(import.meta.dirname, '../../examples/reports');

/** Two published versions of a guide. */
export interface Bump {
  /** File name of its reports without extension. */
  readonly report: string;
  /** A file or folder of {@link PACKAGES}, or {@link PINNED}. */
  readonly old: string;
  readonly next: string;
}

/** All bumps with reports. */
export const BUMPS: readonly Bump[] = [
  { report: 'fr-core', old: 'hl7.fhir.fr.core-2.1.0.tgz', next: 'hl7.fhir.fr.core-2.2.0.tgz' },
  { report: 'us-core', old: 'hl7.fhir.us.core-6.1.0.tgz', next: 'hl7.fhir.us.core-7.0.0.tgz' },
  { report: 'document-core', old: PINNED, next: 'ans.fhir.fr.document-core/package' },
];

/** The formats of the committed reports, with their extensions. */
export const COMMITTED: readonly (readonly [ReportFormat, string])[] = [
  ['text', 'txt'],
  ['markdown', 'md'],
  ['json', 'json'],
  ['html', 'html'],
];
