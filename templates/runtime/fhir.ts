/** The FHIR types that the models are based on. */
export type * from 'fhir/r4.js';

/** A reference whose target type is not narrowed. */
export type { Reference as UntypedReference } from 'fhir/r4.js';
