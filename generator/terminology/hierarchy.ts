/** A direction in a {@link Hierarchy}. */
export type Direction = 'up' | 'down';

/** The hierarchy of a code system. Half a million links are stored as two lists until the first lookup. */
export class Hierarchy {
  private readonly parents: string[] = [];
  private readonly children: string[] = [];
  private readonly steps = new Map<Direction, ReadonlyMap<string, readonly string[]>>();

  /** Adds one code as a child of another. */
  add(parent: string, child: string): void {
    this.parents.push(parent);
    this.children.push(child);
    this.steps.clear();
  }

  /** The parents or children of a code. */
  next(code: string, direction: Direction): readonly string[] {
    const known = this.steps.get(direction) ?? this.index(direction);
    this.steps.set(direction, known);
    return known.get(code) ?? [];
  }

  /** A code and all its ancestors or descendants; a cycle ends where it closes. */
  reachable(start: string, direction: Direction): Set<string> {
    const found = new Set([start]);
    // A set that grows while it is walked: each code is visited once.
    for (const code of found) for (const next of this.next(code, direction)) found.add(next);
    return found;
  }

  private index(direction: Direction): ReadonlyMap<string, readonly string[]> {
    const [from, to] = direction === 'up' ? [this.children, this.parents] : [this.parents, this.children];
    const index = new Map<string, string[]>();
    for (const [place, code] of from.entries()) {
      const next = to[place] ?? '';
      const known = index.get(code);
      if (known === undefined) index.set(code, [next]);
      else known.push(next);
    }
    return index;
  }
}
