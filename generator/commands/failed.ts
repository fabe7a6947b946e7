import type { Context } from './context.js';

/**
 * Lists the profiles that failed, with `--quiet` too: the exit code does not identify them.
 *
 * @param failed canonicals
 * @param context of the command
 */
export function reportFailed(failed: readonly string[], context: Context): void {
  for (const profile of failed) context.console.fail(`not generated: ${profile}; see the warning`);
}
