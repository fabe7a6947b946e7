import { createHash } from 'node:crypto';
import { memberOf } from './endpoint.js';

/** Checksums of an archive in a registry (npm "Package metadata", dist). */
export interface Checksums {
  /** SHA-1 in hexadecimal digits. */
  readonly shasum?: string | undefined;
  /** SHA-512 in Base64, from the Subresource Integrity string. */
  readonly sha512?: string | undefined;
}

/**
 * Reads the checksums of a version.
 *
 * @param dist `dist` of the version in a list of versions
 * @returns those in a supported format
 */
export function checksumsOf(dist: unknown): Checksums {
  const shasum = memberOf(dist, 'shasum');
  const integrity = memberOf(dist, 'integrity');
  return {
    shasum: typeof shasum === 'string' && /^[0-9a-f]{40}$/i.test(shasum) ? shasum.toLowerCase() : undefined,
    sha512:
      typeof integrity === 'string' ? /(?:^|\s)sha512-([0-9A-Za-z+/]{86}==)(?:\s|$)/.exec(integrity)?.[1] : undefined,
  };
}

/**
 * Whether an archive matches the checksums of a registry; the stronger of two decides.
 *
 * @param archive the received bytes
 * @param checksums those of the registry; without any, every archive matches
 */
export function isAsListed(archive: Uint8Array, { shasum, sha512 }: Checksums): boolean {
  if (sha512 !== undefined) return createHash('sha512').update(archive).digest('base64') === sha512;
  return shasum === undefined || createHash('sha1').update(archive).digest('hex') === shasum;
}
