import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodegenError, UsageError } from '../errors.js';

/** The location of a package as the user names it. */
export type Spec =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'archive'; readonly path: string }
  | { readonly kind: 'name'; readonly name: string; readonly version: string }
  /** A package of npm: the installed version, or one of its registry. */
  | { readonly kind: 'npm'; readonly name: string; readonly version: string | undefined };

/**
 * Names that need no escaping in file names and URLs: letters, digits, dots, dashes and underscores (FHIR's NPM package
 * specification allows fewer characters, but published packages use these).
 */
const NAME = /^[a-z0-9][a-z0-9._-]{0,127}$/i;

/** Versions, `latest`, `current$branch` and ranges without spaces that are valid in file names. */
const VERSION = /^[a-z0-9][a-z0-9.+$_-]{0,127}$/i;

/** Ranges in npm's syntax; they are only compared, and never become part of a path or URL. */
const RANGE = /^[a-z0-9.+*^~<>=| $_-]{1,128}$/i;

/**
 * Whether a text is a valid package name.
 *
 * @param name a name from a package or a user
 */
export function isPackageName(name: string): boolean {
  return NAME.test(name);
}

/**
 * Whether a text is a valid version of a package, and so may be part of a path and a URL.
 *
 * @param version a version from a package or a user
 */
export function isPackageVersion(version: string): boolean {
  return VERSION.test(version);
}

/**
 * Whether a text can select versions of a package.
 *
 * @param wanted a version, `latest`, `current` or a range
 */
export function isWantedVersion(wanted: string): boolean {
  return VERSION.test(wanted) || RANGE.test(wanted);
}

/**
 * Parses the spec of a package. A path that exists takes precedence over a name.
 *
 * @param spec `name#version`, `name@version`, `npm:name@version`, `name` of a package that npm has installed, a folder,
 *   the package.json in it, or a `.tgz`
 * @returns the place to read the package from
 * @throws UsageError when the text is none of these; CodegenError when it is a path that does not exist
 */
export async function parseSpec(spec: string): Promise<Spec> {
  const entry = await statOf(spec);
  if (entry?.isDirectory() === true) return { kind: 'folder', path: spec };
  if (entry?.isFile() === true && isManifest(spec)) return { kind: 'folder', path: dirname(spec) };
  if (entry?.isFile() === true) return { kind: 'archive', path: spec };
  if (entry !== undefined) throw new CodegenError('this is neither a folder nor a file.', { package: spec });
  const npm = /^npm:([^#@]+)(?:[#@](.+))?$/.exec(spec);
  if (npm?.[1] !== undefined && isPackageName(npm[1]) && (npm[2] === undefined || isWantedVersion(npm[2]))) {
    return { kind: 'npm', name: npm[1], version: npm[2] };
  }
  const match = /^([^#@]+)[#@](.+)$/.exec(spec);
  const [name, version] = [match?.[1], match?.[2]];
  if (name !== undefined && version !== undefined && isPackageName(name) && isWantedVersion(version)) {
    return { kind: 'name', name, version };
  }
  if (isManifest(spec) || /[/\\]|\.tgz$|\.tar\.gz$|^\.+$/i.test(spec)) {
    throw new CodegenError('this folder or .tgz does not exist; check the path.', { package: spec });
  }
  if (isPackageName(spec)) return { kind: 'npm', name: spec, version: undefined };
  throw new UsageError(`"${spec}" is not a package: give name#version, npm:name@version, a package folder or a .tgz.`);
}

/**
 * Whether a path names the package.json of a package, which means its folder.
 *
 * @param path the path that the user gives
 */
export function isManifest(path: string): boolean {
  return /(?:^|[/\\])package\.json$/i.test(path);
}

async function statOf(path: string) {
  if (path === '' || path.includes('\0')) return undefined;
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}
