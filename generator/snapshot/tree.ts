import { CodegenError, type Where } from '../errors.js';
import type { RawElement } from './raw-element.js';

/** An element with its children and its slices. */
interface Node {
  element: RawElement;
  children: Node[];
  readonly slices: Node[];
}

/**
 * The elements of a snapshot by their ids (FHIR R4, ElementDefinition.id: names between dots, each with the name of a
 * slice after a colon). A step of a differential affects few of them, which are found without searching the rest.
 */
export class SnapshotTree {
  private readonly nodes = new Map<string, Node>();
  private readonly root: Node;

  /**
   * @param elements the elements of a snapshot, in its order
   * @param where the definition that it belongs to
   * @throws CodegenError when there are none, or one comes before its parent
   */
  constructor(
    elements: readonly RawElement[],
    private readonly where: Where,
  ) {
    const [first, ...rest] = elements;
    if (first === undefined) throw new CodegenError('the snapshot of its base definition has no elements', where);
    this.root = { element: first, children: [], slices: [] };
    this.nodes.set(first.id, this.root);
    for (const element of rest) this.put(element);
  }

  /** The number of elements. */
  get size(): number {
    return this.nodes.size;
  }

  find(id: string): RawElement | undefined {
    return this.nodes.get(id)?.element;
  }

  /** Whether the children of an element are known. */
  hasChildren(id: string): boolean {
    return (this.nodes.get(id)?.children.length ?? 0) > 0;
  }

  /** The children of an element, without slices. */
  childrenOf(id: string): readonly RawElement[] {
    return this.nodes.get(id)?.children.map(({ element }) => element) ?? [];
  }

  /**
   * Adds an element after all others with the same parent, or replaces the element with the same id.
   *
   * @throws CodegenError when its parent does not exist
   */
  put(element: RawElement): void {
    const known = this.nodes.get(element.id);
    if (known !== undefined) {
      known.element = element;
      return;
    }
    const head = headOf(element.id);
    const isPart = head === element.id;
    const around = this.nodes.get(isPart ? parentOf(element.id) : head);
    if (around === undefined) {
      const message = 'the snapshot has no element that this one is part of';
      throw new CodegenError(message, { ...this.where, element: element.id });
    }
    const node: Node = { element, children: [], slices: [] };
    (isPart ? around.children : around.slices).push(node);
    this.nodes.set(element.id, node);
  }

  /** Removes everything below an element. */
  prune(id: string): void {
    const node = this.nodes.get(id);
    if (node === undefined) return;
    for (const { id: below } of this.block(id)) if (below !== id) this.nodes.delete(below);
    node.children = [];
  }

  /** An element without its slices, and everything below it, including slices. */
  block(id: string): readonly RawElement[] {
    const found: RawElement[] = [];
    const node = this.nodes.get(id);
    if (node !== undefined) collect({ ...node, slices: [] }, found);
    return found;
  }

  /** All elements in the order of a snapshot. */
  all(): readonly RawElement[] {
    const found: RawElement[] = [];
    collect(this.root, found);
    return found;
  }
}

function collect(node: Node, found: RawElement[]): void {
  found.push(node.element);
  for (const child of node.children) collect(child, found);
  for (const slice of node.slices) collect(slice, found);
}

/**
 * The sliced element of a slice.
 *
 * @param id the id of any element
 * @returns the id itself when it is not that of a slice
 */
export function headOf(id: string): string {
  const colon = id.indexOf(':', id.lastIndexOf('.') + 1);
  return colon < 0 ? id : id.slice(0, colon);
}

/** The id of the parent of an element; empty for a root. */
export function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('.')));
}

/** The path of the element with an id: without the names of slices. */
export function pathOf(id: string): string {
  return id
    .split('.')
    .map((name) => name.replace(/:.*$/s, ''))
    .join('.');
}
