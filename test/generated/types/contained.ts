/** Compiled with every compiler: contained resources are literals like any other. */
import type { FRBundleDocument, FRImagingStudyDocument } from 'ans-document-fr-core';

export const contained: FRImagingStudyDocument['contained'] = [{ resourceType: 'Patient', gender: 'female' }];
// @ts-expect-error no code of the value set
export const wrong: FRImagingStudyDocument['contained'] = [{ resourceType: 'Patient', gender: 'F' }];
declare const entry: FRBundleDocument['entry'][number];
export const other: FRBundleDocument['entry'][number]['resource'] = entry.resource;
