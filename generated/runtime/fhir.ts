/** FHIR's types, on which the models are based. */
export type * from 'fhir/r4.js';

/** A reference whose target type may be narrowed. */
export type { Reference as UntypedReference } from 'fhir/r4.js';
