/** Compiled with every compiler to declaration files, which must be able to name inferred types. */
import {
  createFRImagingStudyDocument,
  FRImagingStudyDocument as schema,
  type FRConditionDocument,
  type FRImagingStudyDocument,
  FRImagingStudyDocumentBuilder,
  referenceTo,
} from 'ans-document-fr-core';
import { studyInstanceUidOf } from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';

declare const study: FRImagingStudyDocument;
declare const condition: FRConditionDocument;

export const copy = { ...study };
export const changed = { ...study, description: 'copie', status: 'cancelled' as const };
export const { series, identifier, ...rest } = study;
export const spreadArray = { ...study.identifier };
export const spreadReference = { ...referenceTo(study) };
export const spreadConcept = { ...condition.clinicalStatus };
export const identifiers = [...study.identifier];
export const uids = studyInstanceUidOf(study);
export const picked = { reference: referenceTo(study), coding: condition.clinicalStatus };
export const builder = new FRImagingStudyDocumentBuilder().setStatus('available');
export const setStatus = (to: FRImagingStudyDocument['status']) => builder.setStatus(to);
export const create = (input: Parameters<typeof createFRImagingStudyDocument>[0]) => ({
  ...createFRImagingStudyDocument(input),
});
export const validate = schema['~standard'].validate;
