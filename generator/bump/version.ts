import { inc } from 'semver';
import type { Bump } from '../diff/report.js';

/**
 * The next npm version of a generated package (Semantic Versioning 2.0.0). The number of the guide says nothing of what
 * its changes mean for programs.
 *
 * @param current npm version of today
 * @param bump what the changes ask for
 */
export function nextVersion(current: string, bump: Bump): string {
  return bump === 'none' ? current : (inc(current, bump) ?? current);
}
