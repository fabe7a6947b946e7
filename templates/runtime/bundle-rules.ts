import type { JsonObject } from './json.js';
import type { Detail } from './language.js';
import type { MessageName } from './messages.js';
import type { Node } from './node.js';
import type { Run } from './run.js';
import type { Members } from './slicing.js';

/** The rules that hold for Bundles only (see `bundle.ts`). */
export interface BundleRules {
  /**
   * The entry that a reference leads to (FHIR R4, Bundle, "Resolving references in Bundles").
   *
   * @param text of the reference, not a `#id`
   * @param from the resource that contains it
   */
  readonly find: (text: string, from: unknown) => JsonObject | undefined;
  /**
   * Why a reference is wrong that has to lead to an entry and does not.
   *
   * @param path of the reference within its resource
   * @returns rule and details; `undefined` when nothing is wrong
   */
  readonly lost: (
    text: string,
    from: unknown,
    path: readonly (string | number)[],
  ) => readonly [rule: MessageName, ...details: Detail[]] | undefined;
  /** See `strays.ts`. */
  readonly explain: (
    run: Run,
    slices: readonly Members[],
    strays: readonly Node[],
    isClosed: boolean,
  ) => ReadonlySet<Node | Members>;
  /** Checks the rules between entries, once the entries themselves are checked. */
  readonly finish: (run: Run) => void;
}
