import { Ajv } from 'ajv';
import type { Contender } from './contender.js';
import { definitions } from './definitions.js';

/**
 * The JSON Schema of FHIR R4, compiled by ajv. It has no profiles, so it shows the cost without them. It starts at the
 * resource type, so that it does not try all others.
 */
export function jsonSchema(): Contender[] {
  const { definitions: types } = definitions('fhir.schema') as { readonly definitions: object };
  // Medplum adds resource types of its own, which refer to missing definitions.
  const schema = { $ref: '#/definitions/ImagingStudy', definitions: { ...types, Resource: true, integer64: true } };
  return [false, true].map((allErrors): Contender => {
    const validate = new Ajv({ strict: false, allErrors }).compile(schema);
    return {
      name: `ajv, JSON Schema of FHIR R4, ${allErrors ? 'all errors' : 'first error'}`,
      column: allErrors ? 'ajv, all' : 'ajv, first',
      run: validate,
      errors: (value) => {
        validate(value);
        return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${String(message)}`);
      },
    };
  });
}
