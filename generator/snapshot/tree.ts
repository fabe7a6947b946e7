import { CodegenError, type Where } from '../errors.js';
import type { RawElement } from './raw-element.js';

/** An element, those below it, and the slices of it. */
interface Node {
  element: RawElement;
  children: Node[];
  readonly slices: Node[];
}

/**
 * The elements of a snapshot by their ids (FHIR R4, ElementDefinition.id: names between dots, each with the name of a
 * slice behind a colon). A step of a differential concerns few of them; these are found without looking at the rest.
 */
export class SnapshotTree {
  private readonly nodes = new Map<string, Node>();
  private readonly root: Node;

  /**
   * @param elements of a snapshot, in its order
   * @param where the definition that it belongs to
   * @throws CodegenError when there are none, or one comes before the element that it is part of
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

  /** How many elements there are. */
  get size(): number {
    return this.nodes.size;
  }

  find(id: string): RawElement | undefined {
    return this.nodes.get(id)?.element;
  }

  /** Whether it is known what is below an element. */
  hasChildren(id: string): boolean {
    return (this.nodes.get(id)?.children.length ?? 0) > 0;
  }

  /** The elements directly below one, without slices. */
  childrenOf(id: string): readonly RawElement[] {
    return this.nodes.get(id)?.children.map(({ element }) => element) ?? [];
  }

  /**
   * Puts an element where its id says, in the place of the one that is there, or behind all others that are part of
   * the same.
   *
   * @throws CodegenError when what it is part of is not there
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

  /** Takes away all that is below an element. */
  prune(id: string): void {
    const node = this.nodes.get(id);
    if (node === undefined) return;
    for (const { id: below } of this.block(id)) if (below !== id) this.nodes.delete(below);
    node.children = [];
  }

  /** An element and all below it; of the elements below with their slices, of the element itself without. */
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
 * The sliced element that a slice is one of.
 *
 * @param id of any element
 * @returns the id itself when it is that of no slice
 */
export function headOf(id: string): string {
  const colon = id.indexOf(':', id.lastIndexOf('.') + 1);
  return colon < 0 ? id : id.slice(0, colon);
}

/** The id of the element that another is part of; empty for a root. */
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
