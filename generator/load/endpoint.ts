import { UsageError } from '../errors.js';
import { RequestError, type Answer } from './request.js';

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
 * The body of an answer.
 *
 * @param answer of a server
 * @param denial what may help when the server denies access
 * @throws RequestError when the status is any but 200
 */
export function bodyOf({ status, body }: Answer, denial = ''): Buffer {
  if (status === 200) return body;
  if (status === 404) throw unknown();
  if (status === 401 || status === 403) {
    throw new RequestError(`denies access (HTTP ${status})${denial}`, false);
  }
  throw new RequestError(`answers with HTTP ${status}`, false);
}

/** A server that does not know what it is asked for. */
export function unknown(): RequestError {
  return new RequestError('does not know it (HTTP 404)', false);
}

/** Whether a server does not know what it was asked for. */
export function isUnknown(error: RequestError): boolean {
  return error.message.includes('(HTTP 404)');
}

/** Whether a server keeps its door closed. */
export function isDenied(error: RequestError): boolean {
  return error.message.startsWith('denies access');
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
