import { applyToItem } from './apply.js';
import { isObject, type JsonObject, quote } from './json.js';
import { jsonType, primitives } from './primitive.js';
import { ruleOf } from './rule.js';
import { type Broken, Run, STOP, type ValidateOptions } from './run.js';
import { datatypeShape, resourceShape } from './shape.js';
import { checkObject } from './structure.js';
import type { ProfileTable } from './table.js';

/**
 * Checks a value against a profile. Never throws, whatever the value is.
 *
 * @param broken where broken rules go; without it the first error ends the check
 * @returns false when the check did not come to its end: without `broken`, when there is an error
 */
export function check(table: ProfileTable, value: unknown, options: ValidateOptions, broken?: Broken[]): boolean {
  const run = new Run(checkProfile, options, broken);
  run.path.push(table.type);
  try {
    checkProfile(run, table, value, false);
    return true;
  } catch (error) {
    if (error !== STOP) broken?.push({ rule: 'unreadable', expression: run.expression(), details: [reason(error)] });
    return false;
  }
}

/** Checks a resource or datatype against a profile: what the profile says, then what its FHIR type says. */
export function checkProfile(run: Run, table: ProfileTable, value: unknown, contained: boolean): void {
  const { base, type } = table;
  const isPrimitive = primitives.get(type);
  if (isPrimitive) {
    if (!isPrimitive(value)) run.fail(typeof value === jsonType(type) ? 'format' : 'json', type, quote(value));
  } else if (!isObject(value)) return run.fail('json', 'object', quote(value));
  const { scope } = run;
  if (isObject(value)) {
    if (base && value.resourceType !== type) return run.fail('resource', type, quote(value.resourceType));
    run.scope = scopeOf(run, table, value, contained);
  }
  applyToItem(run, ruleOf(table.rule), { value, twin: undefined, type: undefined, index: undefined });
  const shape = base ? resourceShape(base, type) : datatypeShape(type);
  if (isObject(value) && shape) checkObject(run, shape, value);
  run.scope = scope;
}

function scopeOf(run: Run, { base, type }: ProfileTable, value: JsonObject, contained: boolean): Run['scope'] {
  const { container, bundle } = run.scope;
  const at = run.path.length;
  if (!base) return { type, at, resource: undefined, container: undefined, bundle: undefined };
  return {
    type,
    at,
    resource: value,
    container: contained && container ? container : value,
    bundle: type === 'Bundle' ? value : bundle,
  };
}

/** What was thrown may throw again when it is looked at. */
function reason(error: unknown): string {
  try {
    return quote(String(error));
  } catch {
    return '?';
  }
}
