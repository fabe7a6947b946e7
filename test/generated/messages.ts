import { CALLS, REQUIRED } from './wrong-counts.js';
import { EXTENSIONS, SLICES } from './wrong-slices.js';
import { VALUES } from './wrong-values.js';
import type { Wrong } from './wrong.js';

/**
 * The lines before all values: imports and valid values.
 *
 * @param constructed module of the constructed guide
 */
export function preludeOf(constructed: string): string {
  return `import {
  createFRImagingStudyDocument, FRImagingStudyDocumentBuilder, FRImagingStudyDocumentSeriesBuilder, referenceTo,
  type FRActorExtension, type FRBundleDocument, type FRHumanNameDocument, type FRImagingStudyDocument,
  type FRImagingStudyDocumentIdentifierStudyInstanceUid, type FRImagingStudyDocumentSeries,
  type FRImagingStudyDocumentSeriesInstance, type FRNumberOfFramesExtension, type FROrganizationDocument,
  type FRPatientINSDocument, type FRProcedureActDocument,
} from 'ans-document-fr-core';
import type {
  ChoicesByType, ClosedComponents, ClosedComponentsComponentFirst, DerivedSlices, DerivedValues, Details, Entries,
  EntriesByProfile, Extended, FixedDatatypes, FixedValues, Label, OrderedToTheEnd, ResolvedTargets, Sections,
  SectionsSectionResults, SlicedAgain,
} from '${constructed}';
declare const study: FRImagingStudyDocument;
declare const series: FRImagingStudyDocumentSeries;
declare const patient: FRPatientINSDocument;
declare const fixed: FixedValues;
declare const encounter: FixedDatatypes;
declare const organization: FROrganizationDocument;
declare const procedure: FRProcedureActDocument;
declare function but<T, K extends keyof T>(name: K): Omit<T, K>;`;
}

/** One value per kind of mistake. */
export const WRONG: readonly Wrong[] = [...REQUIRED, ...VALUES, ...EXTENSIONS, ...SLICES, ...CALLS];
