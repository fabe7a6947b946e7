import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { CodegenError, messageOf } from '../errors.js';
import type { LoadLimits } from './limits.js';
import { byCodeUnit } from '../order.js';
import { isPackageFile, type PackageFile, type PackageFiles } from './package.js';

/** Receives the content of one file in chunks. */
export interface Sink {
  write(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Decides about one file of an archive.
 *
 * @param path the segments of its path, none of which leads out of the target folder
 * @param bytes its length
 * @returns the sink for its content; undefined to skip it
 */
export type FileVisitor = (path: readonly string[], bytes: number) => Sink | undefined;

const GZIP = [0x1f, 0x8b];
const ZSTANDARD = [0x28, 0xb5, 0x2f, 0xfd];

/** The position of the tar magic (POSIX ustar, header block). */
const USTAR = { offset: 257, text: 'ustar' };

const FILES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);
const FOLDERS: ReadonlySet<string> = new Set(['Directory', 'GNUDumpDir']);

/**
 * Whether bytes begin like a package archive, so that an error page is recognised before it is unpacked. When a server
 * declares the compression as "Content-Encoding", the client decompresses it, and a plain tar remains.
 *
 * @param bytes the content of a response or a file
 */
export function isArchive(bytes: Uint8Array): boolean {
  return startsWith(bytes, GZIP) || isTar(bytes);
}

/**
 * Whether bytes begin like a compressed archive, the form in which registries store them.
 *
 * @param bytes an archive
 */
export function isPacked(bytes: Uint8Array): boolean {
  return startsWith(bytes, GZIP);
}

/**
 * Reads the files of a package that is packed as `.tgz`, in memory: nothing of it touches the disk.
 *
 * @param archive the bytes of the archive
 * @param place the package as the user names it
 * @param limits the limits of its content
 * @returns the `.json` and `.xml` files directly in its `package` folder; of two with the same path, the later one, as
 *   with tar
 * @throws CodegenError when it is not an archive, is damaged, has its package.json in another folder, or has entries
 *   that no valid package has
 */
export async function filesOfArchive(archive: Uint8Array, place: string, limits: LoadLimits): Promise<PackageFiles> {
  const files = new Map<string, PackageFile>();
  let elsewhere: string | undefined;
  await visitArchive(archive, place, limits, (path, bytes) => {
    const [folder, name, ...deeper] = path;
    if (path.length <= 2 && path.at(-1) === 'package.json') elsewhere ??= path.join('/');
    if (folder !== 'package' || name === undefined || deeper.length > 0 || !isPackageFile(name)) return undefined;
    // A file that exceeds the limit is listed, so that it can be reported, but never read.
    files.set(name, { name, bytes, read: () => Buffer.alloc(0) });
    if (bytes > limits.fileBytes) return undefined;
    const chunks: Uint8Array[] = [];
    return {
      write: (chunk) => chunks.push(chunk),
      end: () => files.set(name, { name, bytes, read: () => Buffer.concat(chunks) }),
    };
  });
  if (elsewhere !== undefined && !files.has('package.json')) {
    const message = `package.json is at "${shown(elsewhere)}", but in a FHIR package it is at "package/package.json".`;
    throw new CodegenError(`${message} Unpack it and name the folder, or repack it with npm pack.`, {
      package: place,
    });
  }
  return { place, files: [...files.values()].sort((a, b) => byCodeUnit(a.name, b.name)) };
}

/**
 * Visits the files of an archive.
 *
 * @param archive the bytes of the archive
 * @param place the package as the user names it
 * @param limits the limits of its content
 * @param visitor called with every file
 * @throws CodegenError when it is not an archive, is damaged, contains a link, a device or a path outside the package,
 *   or exceeds a limit; whatever a sink throws
 */
export async function visitArchive(
  archive: Uint8Array,
  place: string,
  limits: LoadLimits,
  visitor: FileVisitor,
): Promise<void> {
  const where = { package: place };
  if (!isArchive(archive)) throw new CodegenError('this is not a .tgz archive.', where);
  const refuse = (message: string): never => {
    throw new CodegenError(`the archive is rejected: ${message}.`, where);
  };
  let entries = 0;
  const count = () => {
    entries++;
    if (entries > limits.entries) refuse(`it contains more than ${limits.entries} entries (limit "entries")`);
  };
  // The parser reports errors as events and continues, so the first failure is recorded and ends the loop below.
  let failure: unknown;
  let ended = false;
  const guard = (step: () => void) => {
    if (failure !== undefined) return;
    try {
      step();
    } catch (error) {
      failure = error;
    }
  };
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      guard(() => {
        count();
        const sink = sinkOf(entry, visitor, refuse);
        if (sink === undefined) return;
        entry.on('data', (chunk) => guard(() => sink.write(chunk)));
        entry.on('end', () => guard(() => sink.end()));
      });
      entry.resume();
    },
  });
  parser.on('meta', () => guard(count));
  parser.on('ignoredEntry', () => guard(count));
  parser.on('eof', () => (ended = true));
  parser.on('error', (error: unknown) => (failure ??= damaged(error, place)));

  let unpacked = 0;
  for await (const chunk of unpack(archive, place)) {
    // The parser would decompress doubly compressed data without counting its bytes.
    if (unpacked === 0 && (startsWith(chunk, GZIP) || startsWith(chunk, ZSTANDARD))) refuse('it is compressed twice');
    unpacked += chunk.length;
    if (unpacked > limits.unpackedBytes) {
      refuse(`it unpacks to more than ${limits.unpackedBytes} bytes (limit "unpackedBytes")`);
    }
    parser.write(chunk);
    if (failure !== undefined || ended) break;
  }
  if (failure === undefined) parser.end();
  if (failure !== undefined) throw failure;
}

function sinkOf(entry: ReadEntry, visitor: FileVisitor, refuse: (message: string) => never): Sink | undefined {
  const path = partsOf(entry.path, refuse);
  if (FOLDERS.has(entry.type)) return undefined;
  if (!FILES.has(entry.type)) refuse(`"${shown(entry.path)}" is a link or a device, not a file`);
  // Some old archives mark folders only by a trailing slash.
  return /[/\\]$/.test(entry.path) ? undefined : visitor(path, entry.size);
}

/** The parts of a path; `/` and `\` both separate, whatever the system. */
function partsOf(path: string, refuse: (message: string) => never): readonly string[] {
  if (/[\p{Cc}]/u.test(path)) refuse(`"${shown(path)}" has control characters in its path`);
  if (/^[/\\]|^[a-z]:/i.test(path)) refuse(`"${shown(path)}" is an absolute path`);
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) refuse(`"${shown(path)}" is outside the package`);
  return parts;
}

async function* unpack(archive: Uint8Array, place: string): AsyncGenerator<Buffer> {
  if (!startsWith(archive, GZIP)) {
    yield Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
    return;
  }
  const gunzip = createGunzip();
  gunzip.end(archive);
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (error) {
    throw damaged(error, place);
  } finally {
    gunzip.destroy();
  }
}

function damaged(error: unknown, place: string): CodegenError {
  const message = `the archive is damaged or incomplete (${messageOf(error)}).`;
  return new CodegenError(message, { package: place }, { cause: error });
}

function isTar(bytes: Uint8Array): boolean {
  const magic = bytes.subarray(USTAR.offset, USTAR.offset + USTAR.text.length);
  return Buffer.from(magic).toString('latin1') === USTAR.text;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function shown(path: string): string {
  return path.slice(0, 100);
}
