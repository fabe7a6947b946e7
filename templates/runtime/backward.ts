import type { MessageName } from './messages.js';

/**
 * Rule for an entry of a document that the Composition does not reach but that refers to the document: only a
 * Provenance may (FHIR R4, FHIR Documents, "Document Content").
 */
export const BACKWARD: MessageName = 'backward';
