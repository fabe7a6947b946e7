import type { Context } from './context.js';

/**
 * Says which profiles are missing, for `--quiet` too: the exit code alone would not tell.
 *
 * @param failed canonicals
 * @param context of the command
 */
export function reportFailed(failed: readonly string[], context: Context): void {
  for (const profile of failed) context.console.fail(`not generated: ${profile}; see the warning`);
}
