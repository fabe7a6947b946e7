import type { Verdicts } from './fact.js';

/** Breaks no program. */
export const SAFE: Verdicts = { write: 'safe', read: 'safe' };

/** A type becomes narrower: programs that make values may make others. */
export const NARROWER_TYPE: Verdicts = { write: 'breaks-compile', read: 'safe' };

/** A type becomes wider: programs that take values may meet others. */
export const WIDER_TYPE: Verdicts = { write: 'safe', read: 'breaks-compile' };

/** A type becomes another. */
export const OTHER_TYPE: Verdicts = { write: 'breaks-compile', read: 'breaks-compile' };

/** A validator asks for more than types show. */
export const STRICTER_RULE: Verdicts = { write: 'breaks-validation', read: 'safe' };

/** One side could not be resolved. */
export const UNKNOWN: Verdicts = { write: 'unknown', read: 'unknown' };

/**
 * What it means that some values are no longer allowed, and others are now.
 *
 * @param removed some are no longer allowed
 * @param added others are now
 */
export function typeVerdicts(removed: boolean, added: boolean): Verdicts {
  return { write: removed ? 'breaks-compile' : 'safe', read: added ? 'breaks-compile' : 'safe' };
}
