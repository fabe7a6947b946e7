import { UsageError } from '../errors.js';

/**
 * Checks the URL of a server, and prepares it for requests.
 *
 * @param address the URL that the user gives
 * @param server the kind of server, for the message: `registry`
 * @returns the URL without trailing slashes
 * @throws UsageError when it is not an http or https URL
 */
export function checkedEndpoint(address: string, server: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError(`the ${server} "${address}" is not an http or https address.`);
  }
  return address.replace(/\/+$/, '');
}

/**
 * The URL of a server for messages, without a user name and password.
 *
 * @param endpoint a URL that was checked
 */
export function shownEndpoint(endpoint: string): string {
  const url = new URL(endpoint);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}

/**
 * A member of a JSON response of a server.
 *
 * @param value anything
 * @param name the name of the member
 * @returns `undefined` when there is none
 */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
