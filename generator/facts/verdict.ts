import type { Verdicts } from './fact.js';

/** Breaks no program. */
export const SAFE: Verdicts = { write: 'safe', read: 'safe' };

/** A type becomes narrower: programs may write values that are no longer allowed. */
export const NARROWER_TYPE: Verdicts = { write: 'breaks-compile', read: 'safe' };

/** A type becomes wider: programs may read values that they do not expect. */
export const WIDER_TYPE: Verdicts = { write: 'safe', read: 'breaks-compile' };

/** A type is replaced by another. */
export const OTHER_TYPE: Verdicts = { write: 'breaks-compile', read: 'breaks-compile' };

/** A validator becomes stricter where types do not change. */
export const STRICTER_RULE: Verdicts = { write: 'breaks-validation', read: 'safe' };

/** One side could not be resolved. */
export const UNKNOWN: Verdicts = { write: 'unknown', read: 'unknown' };

/**
 * What it means that some values are no longer allowed, or others are now allowed.
 *
 * @param removed some are no longer allowed
 * @param added others are now
 */
export function typeVerdicts(removed: boolean, added: boolean): Verdicts {
  return { write: removed ? 'breaks-compile' : 'safe', read: added ? 'breaks-compile' : 'safe' };
}
