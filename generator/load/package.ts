import { setImmediate } from 'node:timers/promises';
import { CodegenError, messageOf, type Warning } from '../errors.js';
import { decodedCanonical } from '../fhir/canonical.js';
import type { ConformanceResource, FhirPackage } from '../fhir/package.js';
import { containedDefinitions } from './contained.js';
import type { LoadLimits } from './limits.js';
import { readPackageJson, type PackageJson } from './package-json.js';
import { excessive, readResource, type FileContent } from './resource.js';

/** The files directly in the `package` folder of a package, whether on disk or in an archive. */
export interface PackageFiles {
  /** The package as the user names it, for messages: `name#version` or a path. */
  readonly place: string;
  /** In order of name, by code unit. */
  readonly files: readonly PackageFile[];
}

/** One file, not read yet. */
export interface PackageFile {
  readonly name: string;
  /** Its length in bytes. */
  readonly bytes: number;
  /** Its content; throws what the disk throws. */
  read(): Uint8Array;
}

/**
 * Whether a file may contain a definition, even in a format that is not supported.
 *
 * @param name without folder
 */
export function isPackageFile(name: string): boolean {
  return /\.(?:json|xml)$/i.test(name);
}

/** How a package is read. */
export interface Reading {
  /**
   * Whether a broken file stops the run, as for the root package, which is the user's own; in a dependency it is a
   * warning.
   */
  readonly strict: boolean;
  readonly limits: LoadLimits;
  /** The size of all packages read in the run; updated while reading. */
  readonly spent: Spent;
}

/** The size of the definitions already read. */
export interface Spent {
  values: number;
  bytes: number;
}

/** The number of warnings about single files of a package; the rest are counted. */
const FILE_WARNINGS = 20;

/** The number of files between two pauses, so that timers and signals are handled while a large package is read. */
const BATCH = 200;

/**
 * Reads the definitions of a package.
 *
 * @param files the files of its `package` folder
 * @param reading strictness and limits
 * @returns the package with its StructureDefinitions, ValueSets and CodeSystems in order of file name, and warnings
 * @throws CodegenError when package.json is unusable or, in a strict reading, when a file is broken
 */
export async function readPackage(
  files: PackageFiles,
  reading: Reading,
): Promise<{ package: FhirPackage; warnings: Warning[] }> {
  const { limits, strict, spent } = reading;
  const identity = packageJsonOf(files, limits);
  const label = `${identity.name}#${identity.version}`;
  if (files.files.length > limits.entries) {
    throw new CodegenError(`it contains ${files.files.length} files, more than the limit "entries".`, {
      package: label,
    });
  }
  const resources: ConformanceResource[] = [];
  const warnings: Warning[] = [];
  const warn = (message: string) => warnings.push({ message, where: { package: label } });
  const leaveOut = (message: string) => {
    leftOut++;
    if (leftOut <= FILE_WARNINGS) warn(message);
  };
  const names = new Map<string, string>();
  const isSecond = ({ resourceType, url, version }: ConformanceResource, name: string): boolean => {
    const canonical = version === undefined ? url : `${url}|${version}`;
    const key = `${resourceType}\n${decodedCanonical(canonical)}`;
    const first = names.get(key);
    if (first === undefined) names.set(key, name);
    else leaveOut(`${name} is left out: ${first} defines ${resourceType} ${canonical} as well, and the first counts`);
    return first !== undefined;
  };
  let leftOut = 0;
  let beyond = 0;
  for (const [index, file] of files.files.entries()) {
    if (index % BATCH === BATCH - 1) await setImmediate();
    if (!isDefinitionFile(file.name)) continue;
    const content = contentOf(file, limits, spent);
    switch (content.kind) {
      case 'definition':
        spent.values += content.values;
        spent.bytes += file.bytes;
        if (isSecond(content.resource, file.name)) break;
        resources.push(content.resource, ...containedDefinitions(content.resource));
        break;
      case 'broken':
        if (strict) {
          throw new CodegenError(`${file.name} cannot be read: ${content.why}. Repair or remove it.`, {
            package: label,
          });
        }
        leaveOut(`${file.name} is left out, it cannot be read: ${content.why}`);
        break;
      case 'unusable':
      case 'excessive':
        leaveOut(`${file.name} is left out: ${content.why}`);
        break;
      case 'beyond':
        beyond++;
        break;
      case 'other':
    }
  }
  if (leftOut > FILE_WARNINGS) warn(`${leftOut - FILE_WARNINGS} more file(s) left out`);
  const xml = xmlDefinitions(files.files, limits);
  if (xml > 0) {
    const message = `${xml} definition(s) in XML are ignored: only JSON is supported`;
    const hasProfiles = resources.some(({ resourceType }) => resourceType === 'StructureDefinition');
    if (strict && !hasProfiles) {
      throw new CodegenError(`${message}, and the package has no profile in JSON. Ask its publisher for JSON.`, {
        package: label,
      });
    }
    warn(message);
  }
  if (beyond > 0) {
    warn(`${beyond} file(s) left out: all packages together exceed the limit "totalValues" or "totalBytes"`);
  }
  return { package: { ...identity, resources }, warnings };
}

/** `package.json` and `.index.json` describe the package; everything else that ends in `.json` may be a definition. */
function isDefinitionFile(name: string): boolean {
  return /^[^.].*\.json$/i.test(name) && name !== 'package.json';
}

/** The number of bytes in which the root element of a file is searched for. */
const XML_HEAD = 10_000;

/** The number of definitions in XML only: some packages have each file in both formats. */
function xmlDefinitions(files: readonly PackageFile[], limits: LoadLimits): number {
  const baseName = (name: string): string => name.replace(/\.[^.]*$/, '');
  const inJson = new Set(files.filter(({ name }) => isDefinitionFile(name)).map(({ name }) => baseName(name)));
  return files
    .filter((file) => /^[^.].*\.xml$/i.test(file.name) && !inJson.has(baseName(file.name)))
    .filter((file) => {
      if (file.bytes > limits.fileBytes) return false;
      try {
        const head = new TextDecoder().decode(file.read().subarray(0, XML_HEAD));
        return /<(?:\w+:)?(?:StructureDefinition|ValueSet|CodeSystem)[\s>]/.test(head);
      } catch {
        return false;
      }
    }).length;
}

/**
 * Reads only the metadata of a package.
 *
 * @param files the files of its `package` folder
 * @param limits the limits, of which that of package.json applies
 * @throws CodegenError when package.json is missing or unusable
 */
export function packageJsonOf({ files, place }: PackageFiles, limits: LoadLimits): PackageJson {
  const file = files.find(({ name }) => name === 'package.json');
  const where = { package: place };
  if (file !== undefined && file.bytes > limits.packageJsonBytes) {
    throw new CodegenError(`package.json has ${file.bytes} bytes, more than the limit "packageJsonBytes".`, where);
  }
  let bytes: Uint8Array | undefined;
  try {
    bytes = file?.read();
  } catch (error) {
    throw new CodegenError(`package.json cannot be read: ${messageOf(error)}`, where, { cause: error });
  }
  return readPackageJson(bytes, place);
}

function contentOf(file: PackageFile, limits: LoadLimits, spent: Spent): FileContent {
  if (file.bytes > limits.fileBytes) return excessive('fileBytes', `has ${file.bytes} bytes`, limits.fileBytes);
  if (spent.bytes + file.bytes > limits.totalBytes) return { kind: 'beyond' };
  let bytes: Uint8Array;
  try {
    bytes = file.read();
  } catch (error) {
    return { kind: 'broken', why: messageOf(error) };
  }
  return readResource(bytes, limits, limits.totalValues - spent.values);
}
