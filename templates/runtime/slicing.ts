import { belongs, type Conforms } from './discriminator.js';
import type { Node } from './node.js';
import type { Slice, Slicing } from './rule.js';
import type { Run } from './run.js';

/** A slice, the items that belong to it, and those that may belong to it. */
export interface Members {
  readonly slice: Slice;
  readonly nodes: Node[];
  readonly unsure: Node[];
}

/**
 * Sorts the items of an element into slices and reports those in a wrong position (FHIR R4, Profiling FHIR, "Slicing").
 * An undecided item is not an error; an option adds a remark.
 *
 * @param nodes items of the element
 * @param conforms for discriminators of type profile
 * @returns the slices, and the items that certainly belong to none
 */
export function sortIntoSlices(
  run: Run,
  { slices, rules, ordered, rest: takesRest }: Slicing,
  nodes: readonly Node[],
  conforms: Conforms,
): { readonly members: readonly Members[]; readonly strays: readonly Node[] } {
  const all: Members[] = [];
  for (const slice of slices) all.push({ slice, nodes: [], unsure: [] });
  const rest = takesRest && all.find(({ slice }) => slice === takesRest);
  const strays: Node[] = [];
  let last: Members | undefined;
  let isPast = false;
  for (const node of nodes) {
    let own: Members | undefined;
    let isUnsure = false;
    for (const members of all) {
      const verdict = members !== rest && belongs(run, members.slice, node, conforms);
      if (verdict && own) run.failAt(node.index, 'several', namesOf([own, members]));
      else if (verdict) own = members;
      else if (verdict === undefined) isUnsure = members.unsure.push(node) > 0;
    }
    const first = own ?? rest;
    if (isUnsure && !own) {
      if (rest) rest.unsure.push(node);
    } else if (first) {
      first.nodes.push(node);
      if (isPast && rules === 'openAtEnd') run.failAt(node.index, 'last', first.slice.name);
      if (ordered && last && all.indexOf(first) < all.indexOf(last))
        run.failAt(node.index, 'order', namesOf([first]), namesOf([last]));
      else last = first;
    } else {
      strays.push(node);
      isPast = true;
    }
  }
  const unsure = run.options.undecided ? all.filter((members) => members.unsure.length > 0) : [];
  if (unsure.length > 0) run.remark('undecided', namesOf(unsure));
  return { members: all, strays };
}

/** The names of slices, as a message shows them. */
export function namesOf(some: readonly { readonly slice: Slice }[]): string {
  return some.map(({ slice }) => slice.name).join(', ');
}
