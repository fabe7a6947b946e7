import { isObject, quote } from './json.js';

/** A bound, or a value beyond it, as a message shows it. */
export function boundText(value: unknown): string {
  return isObject(value) ? `${quote(value['value'])} ${quote(value['unit'] ?? value['code'])}`.trim() : quote(value);
}
