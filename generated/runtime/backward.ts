import type { MessageName } from './messages.js';

/**
 * What is reported of an entry of a document that no chain of references leads to from the Composition, but which
 * refers to the document: only a Provenance may (FHIR R4, FHIR Documents, "Document Content").
 */
export const BACKWARD: MessageName = 'backward';
