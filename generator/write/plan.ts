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
  /** Files of the user that stand where the output goes, and the names under which they stay. */
  readonly kept: readonly { readonly path: string; readonly as: string }[];
}

/** From how many changed files on a folder is swapped as a whole: two renames instead of one per file. */
const WORTH_A_FOLDER = 3;

/**
 * Prepares the new files in the workplace and says by which renames they get to their places: whole folders where
 * everything in them is ours, so that a run of hundreds of files is swapped by a handful of renames, and single files
 * where the user has files beside them. Unchanged files are not touched; in a folder that is swapped they are the same
 * files under a second name.
 *
 * @param found the output folder as it stands
 * @param place where to work; its folders are created
 * @param disk the file system
 * @throws what the disk throws; the output is untouched then
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
  /** Out of the way first, then in: a file may take the place of a folder, or the other way round. */
  private readonly away: Move[] = [];
  private readonly come: Move[] = [];
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
    // The manifest says what the output is: it comes last.
    this.come.sort((a, b) => Number(a.to.path === MANIFEST) - Number(b.to.path === MANIFEST));
    const owned = new Set([...this.found.owned, ...this.found.wanted.keys()]);
    return { moves: [...this.away, ...this.come], owned: [...owned].sort(byCodeUnit), kept: this.kept };
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

  /** Brings a folder that is not there, or no longer. */
  private whole(tree: Tree, path: string): void {
    if (tree.wanted === 0) return;
    this.stage(tree);
    this.come.push({ from: { place: 'fresh', path }, to: { place: 'output', path } });
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
    if (file.state === 'same') this.secondName(join(this.place.output, path), to);
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
      this.come.push(move);
    } else if (file.state === 'foreign') {
      const as = vacant(join(this.place.output, path), this.disk).slice(this.place.output.length + 1);
      this.kept.push({ path, as });
      this.away.push({ from: { place: 'output', path }, to: { place: 'output', path: as } });
      this.come.push(move);
    } else {
      this.replace(path, move);
    }
  }

  private replace(path: string, move: Move): void {
    const saved = join(this.place.former, path);
    this.disk.makeFolder(dirname(saved));
    try {
      this.disk.link(join(this.place.output, path), saved);
      this.come.push({ ...move, saved: { place: 'former', path } });
    } catch {
      // No second names on this file system (FAT), or not for files of others: two renames do as well.
      this.moveAway(path);
      this.come.push(move);
    }
  }

  private moveAway(path: string): void {
    this.disk.makeFolder(dirname(join(this.place.former, path)));
    this.away.push({ from: { place: 'output', path }, to: { place: 'former', path } });
  }

  private secondName(from: string, to: string): void {
    try {
      this.disk.link(from, to);
    } catch {
      this.disk.copy(from, to);
    }
  }

  /** Whether a folder holds nothing but what runs wrote; an empty folder in it is somebody's. */
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
