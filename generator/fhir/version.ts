import semver from 'semver';
import { byCodeUnit } from '../order.js';

/**
 * Whether a text names one version (`2.1.0`, `1.2.0-snapshot-1`) rather than a choice of several.
 *
 * @param wanted a version, a range or a label
 */
export function isExactVersion(wanted: string): boolean {
  return semver.valid(wanted) !== null;
}

/**
 * Whether a text leaves a choice: `latest`, `2.1.x`, `2.1` (FHIR: the newest patch of it), `^5.0.0`.
 *
 * @param wanted a version, a range or a label
 */
export function isRange(wanted: string): boolean {
  return wanted === 'latest' || (!isExactVersion(wanted) && semver.validRange(wanted) !== null);
}

/**
 * The best of several versions: the highest release that fits, or the highest pre-release when no release does.
 *
 * @param versions the versions that are available
 * @param wanted `latest` or a range as npm and FHIR packages write it
 * @returns one of `versions`, `undefined` when none fits
 */
export function bestVersion(versions: readonly string[], wanted: string): string | undefined {
  const range = wanted === 'latest' ? '*' : wanted;
  const known = versions.filter(isExactVersion);
  return (
    semver.maxSatisfying(known, range) ?? semver.maxSatisfying(known, range, { includePrerelease: true }) ?? undefined
  );
}

/**
 * Orders versions from old to new; what is not a semantic version comes first, by code unit.
 *
 * @param a one version
 * @param b another
 * @returns negative, zero or positive, as Array.sort expects
 */
export function byVersion(a: string, b: string): number {
  const [known, other] = [semver.parse(a), semver.parse(b)];
  if (known !== null && other !== null) return semver.compareBuild(known, other);
  return known === null && other === null ? byCodeUnit(a, b) : known === null ? -1 : 1;
}

/**
 * Whether two versions differ at most in the patch or a label, so that they define the same (Semantic Versioning
 * 2.0.0).
 *
 * @param a a version
 * @param b a version or a range
 */
export function isSameMinor(a: string, b: string): boolean {
  const [known, other] = [semver.coerce(a), semver.coerce(b)];
  return known !== null && other !== null && known.major === other.major && known.minor === other.minor;
}
