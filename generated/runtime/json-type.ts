import { quote } from './json.js';
import type { Run } from './run.js';

/** Reports a value that is none of a primitive type: it has another JSON type, or another format. */
export function failPrimitive(run: Run, type: string, value: unknown): void {
  const json = type === 'boolean' ? type : /^(?:dec|int|uns|pos)/.test(type) ? 'number' : 'string';
  if (typeof value === json) run.fail('format', type, quote(value));
  else run.fail('json', json === 'string' ? 'text' : json, quote(value));
}
