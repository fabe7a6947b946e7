import { UsageError } from '../errors.js';

/**
 * The address of a server, as the user gives it.
 *
 * @param value any text
 * @param server what it is the address of: `registry`
 * @returns the text itself
 * @throws UsageError when it is not an address of http or https
 */
export function serverUrl(value: string, server: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new UsageError(`"${value}" is not the URL of a ${server}: use one that starts with https://`);
}
