import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { newFolder } from '../folders.js';
import { structureDefinition } from '../guide/definitions.js';

/** A package for a test. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  /** R4 by default. */
  readonly fhirVersions?: readonly string[];
  /** File name → content: strings as they are, anything else as JSON. */
  readonly files?: Readonly<Record<string, unknown>>;
}

/** A nearly empty core package of R4, for tests that do not read it. */
export const CORE: TestPackage = {
  name: 'hl7.fhir.r4.core',
  version: '4.0.1',
  files: { 'StructureDefinition-Patient.json': structureDefinition('http://hl7.org/fhir/StructureDefinition/Patient') },
};

/** A FHIR cache with the given packages and R4's core package. */
export function cacheOf(...packages: readonly TestPackage[]): string {
  const cache = newFolder();
  for (const entry of [CORE, ...packages])
    writePackage(join(cache, `${entry.name}#${entry.version}`, 'package'), entry);
  return cache;
}

export function writePackage(folder: string, entry: TestPackage): void {
  for (const [path, content] of Object.entries(filesOf(entry))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The package as a registry sends it. */
export function tarballOf(entry: TestPackage): Buffer {
  const files = Object.entries(filesOf(entry));
  return gzipSync(tarOf(files.map(([path, content]) => ({ path: `package/${path}`, content }))));
}

function filesOf({ name, version, dependencies, fhirVersions, files }: TestPackage): Record<string, string> {
  const packageJson = { name, version, fhirVersions: fhirVersions ?? ['4.0.1'], dependencies: dependencies ?? {} };
  const all: Record<string, unknown> = { 'package.json': packageJson, ...files };
  return Object.fromEntries(
    Object.entries(all).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : JSON.stringify(content),
    ]),
  );
}

/** One entry of a tar archive, valid or not. */
export interface TarEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly type?: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO' | 'Directory' | 'ExtendedHeader';
  readonly linkpath?: string;
}

/** An uncompressed archive, made here because tar itself refuses to write most of the tested ones. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks: Buffer[] = [];
  for (const { path, content = '', type = 'File', linkpath } of entries) {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    new Header({ path, type, size: body.length, mode: 0o644, ...(linkpath === undefined ? {} : { linkpath }) }).encode(
      header,
      0,
    );
    blocks.push(header, body, Buffer.alloc((512 - (body.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
