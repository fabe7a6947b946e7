import { inc } from 'semver';
import type { Bump } from '../diff/report.js';

/**
 * The next npm version of a generated package (Semantic Versioning 2.0.0). The guide's own version does not show what
 * its changes mean for programs.
 *
 * @param current the current npm version
 * @param bump the part of the version that the changes require to increase
 */
export function nextVersion(current: string, bump: Bump): string {
  return bump === 'none' ? current : (inc(current, bump) ?? current);
}
