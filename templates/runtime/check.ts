import { applyRule } from './apply.js';
import { applyInvariants } from './invariant.js';
import { isObject } from './json.js';
import { type Node, nodeOf } from './node.js';
import { primitives } from './primitive.js';
import { ruleOf } from './rule.js';
import { EngineError, type Report, Run, STOP, type ValidateOptions } from './run.js';
import { datatypeShape, invariantsOf, shapeOf } from './shape.js';
import { isAbstract, typeOf } from './abstract.js';
import { checkObject } from './structure.js';
import type { ProfileTable } from './table.js';

/**
 * Checks a value against a profile. Never throws because of the value.
 *
 * @param report of validators; without it the first error ends the check
 * @throws {EngineError} when the FHIRPath engine returns a promise
 * @returns false when the check did not finish: without `report`, when there is an error
 */
export function check(table: ProfileTable, value: unknown, options: ValidateOptions, report?: Report): boolean {
  const run = new Run(applyProfile, table, options, report);
  try {
    run.path.push(typeOf(table.type, value));
    checkProfile(run, table, value, false);
    if (options.report === 'unevaluated') {
      for (const [rule, left] of [
        ['engine', run.unevaluated],
        ['unloaded', run.unloaded],
      ] as const)
        if (left.size > 0) run.remark(rule, left.size, [...left].join(', '));
    }
    return true;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (report && error !== STOP) {
      const details = [report.detail({ value: reason(error) })];
      report.broken.push({ rule: 'unreadable', path: [...run.path], details });
    }
    return false;
  }
}

/** Checks an item against a profile: a resource as a whole, a datatype only for what the profile adds to it. */
export function applyProfile(run: Run, table: ProfileTable, node: Node, isContained: boolean): void {
  if (table.base) return checkProfile(run, table, node.value, isContained);
  run.depth++;
  run.spend(1);
  applyRule(run, ruleOf(table.rule), node);
  run.depth--;
}

/** Checks a resource or datatype against the rules of a profile, then against its FHIR type. */
function checkProfile(run: Run, table: ProfileTable, value: unknown, isContained: boolean): void {
  const { base, rule, bundle: makeBundle } = table;
  const type = typeOf(table.type, value);
  const check = primitives.get(type);
  if (check) {
    if (!check(value)) return run.failPrimitive(type, value);
  } else if (!isObject(value)) return run.fail('json', 'object', { value });
  else if (base && (value['resourceType'] !== type || isAbstract(type))) {
    return run.fail('resource', type, { value: value['resourceType'] });
  }
  const outer = run.scope;
  const resource = base && isObject(value) ? value : undefined;
  // References to a contained resource may come from elsewhere, where `#id` leads to another resource.
  const isPart = outer && resource && !isContained;
  if (isPart && run.done(resource, table)) return;
  const shape = base ? shapeOf(base) : datatypeShape(type);
  const bundle = resource && makeBundle && run.bundle(resource, makeBundle);
  run.scope = {
    type,
    at: run.path.length,
    value,
    shape,
    resource,
    container: (isContained && outer?.container) || resource,
    bundle: bundle ?? outer?.bundle,
  };
  applyRule(run, ruleOf(rule), nodeOf(value));
  if (isObject(value) && shape) {
    // For a specialisation, only the elements of the abstract type are known here.
    checkObject(run, type === table.type ? shape : { ...shape, open: true }, value, type === 'Extension');
    if (!base) applyInvariants(run, invariantsOf(type), value);
  }
  bundle?.finish(run);
  if (isPart) run.done(resource, table, true);
  if (outer && type === table.type) run.walked.add(value);
  run.scope = outer;
}

/** A thrown value may itself throw when it is read. */
function reason(error: unknown): string {
  try {
    return String(error);
  } catch {
    return '?';
  }
}
