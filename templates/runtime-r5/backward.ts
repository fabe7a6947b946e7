import type { MessageName } from './messages.js';

/**
 * Rule for an entry of a document that the Composition does not reach but that refers to the document: any resource
 * may, as in FHIR's own validator for R5 (FHIR R5, FHIR Documents, "Document Content").
 */
export const BACKWARD: MessageName = 'referring';
