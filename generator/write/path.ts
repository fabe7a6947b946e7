import { CodegenError } from '../errors.js';

/** Longest name of a file or folder, in bytes: the limit of ext4, APFS and NTFS. */
const NAME_LIMIT = 255;

/** Longest path below the output folder, in characters: leaves room for the folder itself under Windows' 260. */
const PATH_LIMIT = 1024;

/** Names that Windows reserves for devices, whatever their extension and case (`aux.ts` is the serial port). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;

/** Characters that some file system rejects or gives another meaning (`:` is an alternate stream on NTFS). */
const REJECTED = /[\p{Cc}\u2028\u2029\ufffd\ud800-\udfff<>:"|?*\\]/u;

/** Folders whose content other programs run or trust. */
const RESERVED = new Set(['.git', 'node_modules']);

/**
 * Why a path cannot be written below an output folder on every system, or nothing when it can. Names are derived from
 * the content of packages, and packages come from the internet: this is the last check before the disk.
 *
 * @param path relative path, parts separated by `/`
 */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > PATH_LIMIT) return `has more than ${PATH_LIMIT} characters`;
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'is absolute';
  for (const part of path.split('/')) {
    if (part === '') return 'has an empty part';
    if (part === '.' || part === '..') return 'has a part . or ..';
    if (REJECTED.test(part)) return 'has a character that not every file system allows';
    if (part.endsWith('.') || part.endsWith(' ')) return 'has a part that ends in a dot or a space';
    if (DEVICE.test(part)) return 'has a part that is a device on Windows';
    if (Buffer.byteLength(part) > NAME_LIMIT) return `has a part of more than ${NAME_LIMIT} bytes`;
    if (RESERVED.has(fold(part))) return 'leads into a folder of other programs';
  }
  return undefined;
}

/**
 * The form in which two names are the same on a disk that ignores case (Windows, macOS) or normalises Unicode (macOS).
 *
 * @param path a path or a part of one
 */
export function fold(path: string): string {
  return path.normalize('NFC').toLowerCase().normalize('NFC');
}

/**
 * Rejects a set of paths that cannot exist together in one folder on every system.
 *
 * @param paths relative paths, parts separated by `/`
 * @throws CodegenError for a path that {@link pathFault} objects to, two paths that are the same on a disk that ignores
 *   case, and a path that is both a file and a folder
 */
export function checkPaths(paths: readonly string[]): void {
  const files = new Map<string, string>();
  for (const path of paths) {
    const fault = pathFault(path);
    if (fault !== undefined) throw rejected(`the output path '${path}' ${fault}`);
    const other = files.get(fold(path));
    if (other !== undefined)
      throw rejected(`the output paths '${other}' and '${path}' are the same file on some disks`);
    files.set(fold(path), path);
  }
  const folders = new Map<string, string>();
  for (const path of paths) {
    for (const folder of foldersOf(path)) {
      const file = files.get(fold(folder));
      if (file !== undefined) throw rejected(`the output path '${file}' is a file and, for '${path}', a folder`);
      const other = folders.get(fold(folder));
      if (other !== undefined && other !== folder) {
        throw rejected(`the output folders '${other}' and '${folder}' are the same folder on some disks`);
      }
      folders.set(fold(folder), folder);
    }
  }
}

/**
 * The folders that lead to a path, outermost first: `a/b/c.ts` gives `a` and `a/b`.
 *
 * @param path relative path, parts separated by `/`
 */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function rejected(message: string): CodegenError {
  return new CodegenError(`${message}: nothing was written; this is a bug in the generator, please report it`);
}
