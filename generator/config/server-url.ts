import { UsageError } from '../errors.js';

/**
 * Checks the URL of a server.
 *
 * @param value any text
 * @param server the kind of server, for the message: `registry`
 * @returns the same text
 * @throws UsageError when it is not an http or https URL
 */
export function serverUrl(value: string, server: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new UsageError(`"${value}" is not the URL of a ${server}: use one that starts with https://`);
}
