import { quote } from './json.js';
import { narrativeFault } from './narrative.js';
import type { Run } from './run.js';

/** Reports a value that is none of a primitive type: it has another JSON type, or another format. */
export function failPrimitive(run: Run, type: string, value: unknown): void {
  const json = type === 'boolean' ? type : /^(?:dec|integer$|uns|pos)/.test(type) ? 'number' : 'string';
  const fault = type === 'xhtml' && typeof value === 'string' ? narrativeFault(value) : undefined;
  if (fault) run.fail(fault.rule, fault.found);
  else if (typeof value === json) run.fail('format', type, quote(value));
  else run.fail('json', json === 'string' ? 'text' : json, quote(value));
}
