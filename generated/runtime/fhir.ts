/** The types of FHIR that the models stand on. */
export type * from 'fhir/r4.js';

/** A reference of which the type of the target may be said more narrowly. */
export type { Reference as UntypedReference } from 'fhir/r4.js';
