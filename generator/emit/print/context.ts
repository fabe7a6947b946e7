import type { Imports } from '../imports.js';

/** The context in which a module is printed. */
export interface Context {
  /** The imports of the module. */
  readonly imports: Imports;
  /**
   * Whether object types stand on several lines even where they fit on one. Prettier leaves an object as it was
   * written. In the result of a function and in type arguments of a call that decides about what is around them, so
   * that it has to be known before it is known what fits.
   */
  readonly expanded: boolean;
}

/**
 * The context of what decides about the layout around it.
 *
 * @param context of what is around
 */
export function expanded(context: Context): Context {
  return context.expanded ? context : { ...context, expanded: true };
}
