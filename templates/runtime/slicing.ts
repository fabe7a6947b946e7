import { belongs, type Conforms } from './discriminator.js';
import type { Node } from './node.js';
import type { Slice, Slicing } from './rule.js';
import type { Run } from './run.js';

/** A slice, the items that belong to it, and how many more may. */
export interface Members {
  readonly slice: Slice;
  readonly nodes: Node[];
  unsure: number;
}

/**
 * Sorts the items of an element into slices and reports those that may not stand where they are
 * (FHIR R4, Profiling FHIR, "Slicing"). What cannot be decided is remarked once and held against nobody.
 *
 * @param nodes items of the element
 * @param conforms for discriminators of type profile
 */
export function sortIntoSlices(
  run: Run,
  slicing: Slicing,
  nodes: readonly Node[],
  conforms: Conforms,
): readonly Members[] {
  const all = slicing.slices.map((slice): Members => ({ slice, nodes: [], unsure: 0 }));
  const rest = all.find(({ slice }) => slice.rest);
  let last: Members | undefined;
  let isPast = false;
  for (const node of nodes) {
    let own: Members | undefined;
    let isUnsure = false;
    for (const members of all) {
      if (members === rest) continue;
      const verdict = belongs(run, members.slice, node, conforms);
      if (verdict === undefined) {
        members.unsure++;
        isUnsure = true;
      } else if (verdict && own) failItem(run, node, 'several', own.slice.name, members.slice.name);
      else if (verdict) own = members;
    }
    if (isUnsure && !own) {
      if (rest) rest.unsure++;
      continue;
    }
    own ??= rest;
    if (!own) {
      if (slicing.rules === 'closed') failItem(run, node, 'closed', namesOf(all));
      isPast = true;
      continue;
    }
    own.nodes.push(node);
    if (isPast && slicing.rules === 'openAtEnd') failItem(run, node, 'end', own.slice.name);
    if (slicing.ordered && last && all.indexOf(own) < all.indexOf(last)) {
      failItem(run, node, 'order', own.slice.name, last.slice.name);
    } else last = own;
  }
  const unsure = all.filter((members) => members.unsure > 0);
  if (unsure.length > 0) run.remark('undecided', namesOf(unsure));
  return all;
}

function namesOf(all: readonly Members[]): string {
  return all.map(({ slice }) => slice.name).join(', ');
}

function failItem(run: Run, node: Node, ...broken: Parameters<Run['fail']>): void {
  if (node.index === undefined) run.fail(...broken);
  else {
    run.path.push(node.index);
    run.fail(...broken);
    run.path.pop();
  }
}
