import { CodegenError } from '../errors.js';
import type { PinnedElement } from '../pin/snapshot.js';

/**
 * A snapshot as a tree, by element ids. FHIR R4, ElementDefinition, "Element Identifiers":
 * `Patient.identifier:mrn.system`, re-slices `mrn/old`.
 */
export interface ElementNode {
  readonly element: PinnedElement;
  /** As in the id, without the slice name: `value[x]`. */
  readonly name: string;
  /** Child elements, by name. */
  readonly children: Map<string, ElementNode>;
  /** Slices, by the last part of the name. */
  readonly slices: Map<string, ElementNode>;
}

/**
 * Builds the tree.
 *
 * @param elements of a snapshot, the root first
 * @param profile canonical, for messages
 * @throws CodegenError when the parent of an element is missing
 */
export function elementTree(elements: readonly PinnedElement[], profile: string): ElementNode {
  const [first, ...rest] = elements;
  if (first === undefined) {
    throw new CodegenError('the snapshot has no element; publish the profile with its snapshot', { profile });
  }
  const root = node(first, first.path);
  for (const element of rest) insert(root, element, profile);
  return root;
}

function node(element: PinnedElement, name: string): ElementNode {
  return { element, name, children: new Map(), slices: new Map() };
}

function insert(root: ElementNode, element: PinnedElement, profile: string): void {
  const segments = element.id.split('.').slice(1);
  let parent = root;
  segments.forEach((segment, depth) => {
    const isLast = depth === segments.length - 1;
    const colon = segment.indexOf(':');
    const name = colon === -1 ? segment : segment.slice(0, colon);
    // An element that does not repeat may have a slice name without a sliced element.
    const isOwn = isLast && (colon === -1 || !parent.children.has(name));
    parent = step(parent.children, name, isOwn ? element : undefined, name);
    const slices = colon === -1 || isSliceOf(parent, segment) ? [] : sliceNames(segment.slice(colon + 1), parent);
    slices.forEach((slice, level) => {
      parent = step(parent.slices, slice, isLast && level === slices.length - 1 ? element : undefined, name);
    });
  });

  function isSliceOf(known: ElementNode, segment: string): boolean {
    return known.element.id.endsWith(`.${segment}`);
  }

  /** A name with a slash is a re-slice only when the slice before the slash exists. */
  function sliceNames(name: string, sliced: ElementNode): string[] {
    const parts = name.split('/');
    return parts.length > 1 && sliced.slices.has(parts[0] ?? '') ? parts : [name];
  }

  function step(
    map: Map<string, ElementNode>,
    key: string,
    added: PinnedElement | undefined,
    name: string,
  ): ElementNode {
    const known = map.get(key);
    if (known !== undefined) return known;
    if (added === undefined) {
      throw new CodegenError('comes before its parent element in the snapshot; rebuild the snapshot', {
        profile,
        element: element.id,
      });
    }
    const made = node(added, name);
    map.set(key, made);
    return made;
  }
}
