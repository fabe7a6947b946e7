import { UsageError } from '../errors.js';

/**
 * The address of a registry, as the user gives it.
 *
 * @param value any text
 * @returns the text itself
 * @throws UsageError when it is not an address of http or https
 */
export function registryUrl(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new UsageError(`"${value}" is not the address of a registry: give one that starts with https://`);
}
