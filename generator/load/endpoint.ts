import { UsageError } from '../errors.js';

/**
 * The address of a server, as requests are built on it.
 *
 * @param address as the user gives it
 * @param server what it is the address of, for the message: `registry`
 * @returns the address without slashes at its end
 * @throws UsageError when it is not one of http or https
 */
export function checkedEndpoint(address: string, server: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError(`the ${server} "${address}" is not an http or https address.`);
  }
  return address.replace(/\/+$/, '');
}

/**
 * The address of a server as it may be shown: it may hold a password.
 *
 * @param endpoint an address that was checked
 */
export function shownEndpoint(endpoint: string): string {
  const url = new URL(endpoint);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}

/**
 * A member of JSON that a server sent.
 *
 * @param value anything
 * @param name of the member
 * @returns undefined when there is none
 */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
