import { dirname, join } from 'node:path';
import type { Disk } from './disk.js';
import { MANIFEST } from './ownership.js';
import { byCodeUnit } from '../order.js';
import type { Survey } from './survey.js';
import type { Move, Swap } from './swap.js';
import { vacant } from './swap.js';
import type { Workplace } from './workplace.js';

/** A swap that is ready to be carried out. */
export interface Plan extends Swap {
  /** Files of the user at paths of the output, and the names to which they are renamed. */
  readonly kept: readonly { readonly path: string; readonly as: string }[];
}

/** The number of changed files from which a folder is swapped as a whole: two renames instead of one per file. */
const WORTH_A_FOLDER = 3;

/**
 * Prepares the new files in the workplace and plans the renames that put them in place: whole folders where everything
 * in them was generated, so that a few renames swap a run of hundreds of files, and single files where the user has
 * files next to them. Unchanged files are not touched; a folder that is swapped has hard links to them.
 *
 * @param found the state of the output folder
 * @param place where to work; its folders are created
 * @param disk the file system
 * @throws what the disk throws; the output is then unchanged
 */
export function prepare(found: Survey, place: Workplace, disk: Disk): Plan {
  disk.makeFolder(place.fresh);
  disk.makeFolder(place.former);
  const planner = new Planner(found, place, disk);
  return planner.plan();
}

/** A folder of the output with what changes in it. */
interface Tree {
  readonly files: string[];
  readonly folders: Map<string, Tree>;
  wanted: number;
  changed: number;
}

class Planner {
  /** All renames out come before all renames in: a file may replace a folder, or the other way round. */
  private readonly outgoing: Move[] = [];
  private readonly incoming: Move[] = [];
  private readonly kept: { path: string; as: string }[] = [];
  private readonly surplus: ReadonlySet<string>;

  constructor(
    private readonly found: Survey,
    private readonly place: Workplace,
    private readonly disk: Disk,
  ) {
    this.surplus = new Set(found.surplus);
  }

  plan(): Plan {
    const root = this.tree();
    if (this.found.exists) this.visit(root, '');
    else this.whole(root, '');
    // The manifest describes the output, so it is moved last.
    this.incoming.sort((a, b) => Number(a.to.path === MANIFEST) - Number(b.to.path === MANIFEST));
    const owned = new Set([...this.found.owned, ...this.found.wanted.keys()]);
    return { moves: [...this.outgoing, ...this.incoming], owned: [...owned].sort(byCodeUnit), kept: this.kept };
  }

  private tree(): Tree {
    const root: Tree = { files: [], folders: new Map(), wanted: 0, changed: 0 };
    const add = (path: string, wanted: number, changed: number): void => {
      let tree = root;
      const parts = path.split('/');
      for (const [index, part] of parts.entries()) {
        tree.wanted += wanted;
        tree.changed += changed;
        if (index === parts.length - 1) {
          tree.files.push(path);
        } else {
          const below = tree.folders.get(part) ?? { files: [], folders: new Map(), wanted: 0, changed: 0 };
          tree.folders.set(part, below);
          tree = below;
        }
      }
    };
    for (const [path, file] of this.found.wanted) add(path, 1, file.state === 'same' ? 0 : 1);
    for (const path of this.found.surplus) add(path, 0, 1);
    return root;
  }

  private visit(tree: Tree, folder: string): void {
    for (const [name, below] of tree.folders) {
      if (below.changed > 0) this.folder(below, folder === '' ? name : `${folder}/${name}`);
    }
    for (const path of tree.files) this.file(path);
  }

  private folder(tree: Tree, path: string): void {
    if (this.disk.entry(join(this.place.output, path))?.kind !== 'folder') {
      this.whole(tree, path);
    } else if ((tree.wanted === 0 || tree.changed >= WORTH_A_FOLDER) && this.isOurs(path)) {
      this.moveAway(path);
      if (tree.wanted > 0) this.whole(tree, path);
    } else {
      this.visit(tree, path);
    }
  }

  /** Moves a whole folder to a place where none exists, or no longer does. */
  private whole(tree: Tree, path: string): void {
    if (tree.wanted === 0) return;
    this.stage(tree);
    this.incoming.push({ from: { place: 'fresh', path }, to: { place: 'output', path } });
  }

  private stage(tree: Tree): void {
    for (const path of tree.files) if (this.found.wanted.has(path)) this.stageFile(path);
    for (const below of tree.folders.values()) this.stage(below);
  }

  private stageFile(path: string): void {
    const file = this.found.wanted.get(path);
    if (file === undefined) return;
    const to = join(this.place.fresh, path);
    this.disk.makeFolder(dirname(to));
    if (file.state === 'same') this.linkOrCopy(join(this.place.output, path), to);
    else this.disk.create(to, file.content);
  }

  private file(path: string): void {
    const file = this.found.wanted.get(path);
    if (file === undefined) {
      this.moveAway(path);
      return;
    }
    if (file.state === 'same') return;
    this.stageFile(path);
    const move: Move = { from: { place: 'fresh', path }, to: { place: 'output', path } };
    if (file.state === 'missing') {
      this.incoming.push(move);
    } else if (file.state === 'foreign') {
      const as = vacant(join(this.place.output, path), this.disk).slice(this.place.output.length + 1);
      this.kept.push({ path, as });
      this.outgoing.push({ from: { place: 'output', path }, to: { place: 'output', path: as } });
      this.incoming.push(move);
    } else {
      this.replace(path, move);
    }
  }

  private replace(path: string, move: Move): void {
    const saved = join(this.place.former, path);
    this.disk.makeFolder(dirname(saved));
    try {
      this.disk.link(join(this.place.output, path), saved);
      this.incoming.push({ ...move, saved: { place: 'former', path } });
    } catch {
      // No hard links on this file system (FAT), or not for files of other users: two renames have the same effect.
      this.moveAway(path);
      this.incoming.push(move);
    }
  }

  private moveAway(path: string): void {
    this.disk.makeFolder(dirname(join(this.place.former, path)));
    this.outgoing.push({ from: { place: 'output', path }, to: { place: 'former', path } });
  }

  private linkOrCopy(from: string, to: string): void {
    try {
      this.disk.link(from, to);
    } catch {
      this.disk.copy(from, to);
    }
  }

  /** Whether a folder contains only what runs wrote; an empty folder in it belongs to the user. */
  private isOurs(folder: string): boolean {
    const names = this.disk.list(join(this.place.output, folder));
    return (
      names.length > 0 &&
      names.every((name) => {
        const path = `${folder}/${name}`;
        const kind = this.disk.entry(join(this.place.output, path))?.kind;
        if (kind === 'folder') return this.isOurs(path);
        const state = this.found.wanted.get(path)?.state;
        return state === 'same' || this.surplus.has(path) || (this.found.owned.has(path) && state === 'stale');
      })
    );
  }
}
