/** The types of FHIR that the models stand on. */
export type * from 'fhir/r4.js';
