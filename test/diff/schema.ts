import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const SCHEMA: unknown = JSON.parse(
  readFileSync(new URL('../../generator/diff/report.schema.json', import.meta.url), 'utf8'),
);

/** The violations of the published schema by a JSON report. */
export function schemaErrors(report: unknown): readonly string[] {
  const validate = new Ajv({ allErrors: true, strict: true }).compile(SCHEMA as object);
  return validate(report)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
