import type { MessageName } from './messages.js';

/**
 * What is reported of an entry of a document that no chain of references leads to from the Composition, but which
 * refers to the document: any resource may, as in FHIR's own validator for R5 (FHIR R5, FHIR Documents, "Document
 * Content").
 */
export const BACKWARD: MessageName = 'referring';
