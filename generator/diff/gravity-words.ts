import type { Gravity } from './gravity.js';

/** A heading for the changes of each gravity. */
export const GRAVITY_HEADINGS: Readonly<Record<Gravity, string>> = {
  compile: 'Programs no longer compile',
  validation: 'The guard rejects values that it accepted',
  unknown: 'Unknown, as a canonical could not be resolved on one side',
  safe: 'Compatible',
  documentation: 'Documentation',
};
