import type { Imports } from '../imports.js';

/** The context in which a module is printed. */
export interface Context {
  /** The imports of the module. */
  readonly imports: Imports;
  /**
   * Whether object types break even where they fit on one line. Prettier keeps the layout in which an object was
   * written. In the return type of a function and in type arguments of a call, this affects the surrounding layout, so
   * it has to be decided before the printer knows what fits.
   */
  readonly expanded: boolean;
}

/**
 * The context for types that affect the surrounding layout.
 *
 * @param context the surrounding context
 */
export function expanded(context: Context): Context {
  return context.expanded ? context : { ...context, expanded: true };
}
