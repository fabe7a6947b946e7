import type { Gravity } from './gravity.js';

/** What the changes of a gravity mean, as a heading. */
export const GRAVITY_HEADINGS: Readonly<Record<Gravity, string>> = {
  compile: 'Programs no longer compile',
  validation: 'The guard refuses values that it accepted',
  unknown: 'Cannot be judged, as a canonical could not be resolved on one side',
  safe: 'Compatible',
  documentation: 'Documentation',
};
