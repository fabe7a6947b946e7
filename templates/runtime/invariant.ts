import { holds } from './invariant-check.js';
import { isObject } from './json.js';
import { EngineError, type Run } from './run.js';
import type { InvariantRule } from './table.js';
import { typePath } from './type-path.js';

/**
 * Checks the invariants of an element (FHIR R4, ElementDefinition.constraint).
 *
 * @param extension the value of `%extension`, for an invariant of an extension's context
 */
export function applyInvariants(
  run: Run,
  invariants: readonly InvariantRule[],
  value: unknown,
  extension?: unknown,
): void {
  for (const each of invariants) applyInvariant(run, each, value, extension);
}

function applyInvariant(run: Run, rule: InvariantRule, value: unknown, extension: unknown): void {
  const { key, severity, human, expression, check } = rule;
  if (severity === 'warning' && !run.broken) return;
  if (!check && !run.options.fhirpath) {
    if (severity === 'error') run.unevaluated.add(key);
    return;
  }
  try {
    if (check ? holds(check, value) : isTrue(run, rule, value, extension)) return;
  } catch (error) {
    if (check || error instanceof EngineError) throw error;
    return run.remark('unevaluated', key, { value: String(error) });
  }
  const details = [key, human ?? expression, expression] as const;
  if (severity === 'error') run.fail('invariant', ...details);
  else run.remark('warning', ...details);
}

/** Whether an engine evaluates an expression to true. */
function isTrue(run: Run, { expression = '', datatype }: InvariantRule, value: unknown, extension: unknown): boolean {
  const path = datatype ?? (run.scope ? typePath(run.scope, run.path) : '');
  const result = evaluate(run, value, expression, path, extension === undefined ? {} : { extension });
  const [only, ...others]: readonly unknown[] = Array.isArray(result) ? result : [result];
  // A single value that is not a boolean counts as true (FHIRPath, "Singleton Evaluation of Collections").
  return others.length === 0 && only !== undefined && only !== null && only !== false;
}

/**
 * The result of an engine for an expression; `undefined` without an engine.
 *
 * @param path by which the engine knows the type of the value
 * @throws {EngineError} when the result is a promise
 */
export function evaluate(
  { options, scope }: Run,
  value: unknown,
  expression: string,
  path: string,
  more: { readonly extension?: unknown },
): unknown {
  const { resource = value, container = value } = scope ?? {};
  const result = options.fhirpath?.(value, expression, { resource, rootResource: container, path, ...more });
  // As a value, a promise would make every invariant true.
  if (isObject(result) && typeof result['then'] === 'function') {
    // Nobody awaits the promise, and an unhandled rejection would end the process.
    if (result instanceof Promise) result.catch(() => undefined);
    throw new EngineError(`The FHIRPath engine returned a promise for ${expression}: it must evaluate synchronously`);
  }
  return result;
}
