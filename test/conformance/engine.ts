import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import type { FhirPathEngine } from '../../templates/runtime/run.js';

/** The FHIRPath engine of the README. */
export const engine: FhirPathEngine = (node, expression, { path, ...env }): unknown =>
  fhirpath.evaluate(node, { base: path, expression }, env, r4);
