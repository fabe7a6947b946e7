import type { Change } from './change.js';

/**
 * How severe a change is for programs, by the more severe of its verdicts:
 *
 * - `compile`: programs no longer compile.
 * - `validation`: they compile, and the guard rejects values that it accepted.
 * - `unknown`: a canonical could not be resolved on one side, so the effect is not known.
 * - `safe`: no program breaks.
 * - `documentation`: comments and metadata only.
 */
export type Gravity = 'compile' | 'validation' | 'unknown' | 'safe' | 'documentation';

/** All of them, the most severe first. */
export const GRAVITIES: readonly Gravity[] = ['compile', 'validation', 'unknown', 'safe', 'documentation'];

/**
 * How severe a change is.
 *
 * @param change the change, with its verdicts
 */
export function gravityOf({ write, read, impact }: Pick<Change, 'write' | 'read' | 'impact'>): Gravity {
  const verdicts = [write, read];
  if (verdicts.includes('breaks-compile')) return 'compile';
  if (verdicts.includes('breaks-validation')) return 'validation';
  if (impact === 'documentation') return 'documentation';
  return verdicts.includes('unknown') ? 'unknown' : 'safe';
}

/**
 * Orders changes, the most severe first; a change that breaks both kinds of programs comes before one that breaks one.
 *
 * @param a a change
 * @param b another
 */
export function byGravity(a: Pick<Change, 'write' | 'read' | 'impact'>, b: typeof a): number {
  return rank(a) - rank(b) || breaks(b) - breaks(a);
}

function rank(change: Pick<Change, 'write' | 'read' | 'impact'>): number {
  return GRAVITIES.indexOf(gravityOf(change));
}

function breaks({ write, read }: Pick<Change, 'write' | 'read'>): number {
  return [write, read].filter((verdict) => verdict.startsWith('breaks-')).length;
}
