import { join } from 'node:path';
import { CodegenError } from '../errors.js';
import type { Disk } from './disk.js';
import type { GeneratedFile } from '../render/file.js';
import { readOwnership } from './ownership.js';
import { byCodeUnit } from '../order.js';
import { fold, foldersOf } from './path.js';

/** How a file that is to be written compares with what is at its path. */
export type FileState =
  | 'missing'
  | 'same'
  /** A generated file with different content. */
  | 'stale'
  /** A user's file with different content. */
  | 'foreign';

/** The state of the output folder, compared with the output. */
export interface Survey {
  /** Whether the folder exists. */
  readonly exists: boolean;
  /** By path, in the order of paths. */
  readonly wanted: ReadonlyMap<string, WantedFile>;
  /** Files of earlier runs that are no longer part of the output, sorted. */
  readonly surplus: readonly string[];
  /** Paths that earlier runs wrote. */
  readonly owned: ReadonlySet<string>;
}

/** A file that is to be written. */
export interface WantedFile {
  readonly content: Buffer;
  readonly state: FileState;
}

/**
 * Compares an output folder with the files that should be in it. Reads only, and follows no symbolic link below the
 * folder.
 *
 * @param files the output, paths checked by `checkPaths`
 * @param folder the output folder, without symbolic links; it need not exist
 * @param disk the file system
 * @throws CodegenError when a symbolic link or a user's file or folder is in the place of an output path; what the disk
 *   throws
 */
export function survey(files: readonly GeneratedFile[], folder: string, disk: Disk): Survey {
  const contents = new Map(files.map((file) => [file.path, Buffer.from(file.content, 'utf8')]));
  const exists = disk.entry(folder) !== undefined;
  const ownership = readOwnership(folder, disk);
  const owned = new Set(ownership.files);
  if (ownership.source === 'unlisted') for (const path of contents.keys()) owned.add(path);
  const place = new Place(folder, owned, disk);

  const surplus = [...owned].filter((path) => !contents.has(path) && place.holds(path)).sort(byCodeUnit);
  const surplusNames = new Set(surplus.map(fold));
  const wanted = new Map<string, WantedFile>();
  for (const [path, content] of contents) {
    wanted.set(path, { content, state: place.state(path, content, surplusNames.has(fold(path))) });
  }
  return { exists, wanted, surplus, owned };
}

/** One output folder, whose folders are looked up once. */
class Place {
  private readonly folders = new Map<string, 'folder' | 'none'>();

  constructor(
    private readonly root: string,
    private readonly owned: ReadonlySet<string>,
    private readonly disk: Disk,
  ) {}

  /** Whether a generated file still exists. A file behind a symbolic link does not count. */
  holds(path: string): boolean {
    for (const folder of foldersOf(path)) {
      if (this.disk.entry(join(this.root, folder))?.kind !== 'folder') return false;
    }
    const kind = this.disk.entry(join(this.root, path))?.kind;
    return kind === 'file' || kind === 'link';
  }

  state(path: string, content: Buffer, otherCase: boolean): FileState {
    for (const folder of foldersOf(path)) if (this.folder(folder) === 'none') return 'missing';
    const full = join(this.root, path);
    const entry = this.disk.entry(full);
    if (entry === undefined) return 'missing';
    // On a disk that ignores case, `Foo.ts` of an earlier run is found as `foo.ts`: it is replaced by the new file.
    if (otherCase && !this.spells(path)) return 'missing';
    const owned = this.owned.has(path);
    if (entry.kind === 'folder') {
      if (this.isOurs(path)) return 'missing';
      throw new CodegenError(`a folder is in the place of the file '${path}': move or delete '${full}'`);
    }
    const same = entry.kind === 'file' && entry.size === content.length && this.disk.read(full).equals(content);
    return same ? 'same' : owned ? 'stale' : 'foreign';
  }

  private folder(path: string): 'folder' | 'none' {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const full = join(this.root, path);
    const entry = this.disk.entry(full);
    if (entry?.kind === 'link') {
      // Files written through a link would be outside the output folder.
      throw new CodegenError(`'${full}' is a symbolic link: the output would leave its folder; delete the link`);
    }
    if (entry !== undefined && entry.kind !== 'folder' && !this.owned.has(path)) {
      throw new CodegenError(`a file is in the place of the folder '${path}': move or delete '${full}'`);
    }
    const result = entry?.kind === 'folder' ? 'folder' : 'none';
    this.folders.set(path, result);
    return result;
  }

  private spells(path: string): boolean {
    const cut = path.lastIndexOf('/');
    return this.disk.list(join(this.root, path.slice(0, Math.max(cut, 0)))).includes(path.slice(cut + 1));
  }

  /** Whether earlier runs wrote everything in a folder; an empty folder counts as the user's. */
  private isOurs(path: string): boolean {
    const names = this.disk.list(join(this.root, path));
    return (
      names.length > 0 &&
      names.every((name) => {
        const below = `${path}/${name}`;
        const kind = this.disk.entry(join(this.root, below))?.kind;
        return kind === 'folder' ? this.isOurs(below) : this.owned.has(below);
      })
    );
  }
}
