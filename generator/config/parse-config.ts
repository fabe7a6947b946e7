import { valid } from 'semver';
import { UsageError } from '../errors.js';
import { nameFault } from '../names/overrides.js';
import { folderFault } from '../names/path.js';
import { BASE_TYPES } from '../render/base-types.js';
import { PACKAGE_JSON_KEYS, type PackageJson } from '../render/package-json.js';
import { DOC_LANGUAGES } from '../render/words.js';
import type { Config, OutputConfig, PackageConfig } from './config.js';
import { limits } from './limits.js';
import { count, flag, list, type Member, members, oneOf, type Read, record, text } from './read.js';
import type { Patch } from '../repair/repairs.js';
import { serverUrl } from './server-url.js';

const OUTPUT_KEYS = [
  'out',
  'profiles',
  'include',
  'exclude',
  'npmName',
  'npmVersion',
  'packageJson',
  'names',
  'aliases',
  'baseTypes',
  'docLanguage',
  'codeLimit',
] as const satisfies readonly (keyof OutputConfig)[];
const PACKAGE_KEYS = ['spec', 'also', ...OUTPUT_KEYS] as const satisfies readonly (keyof PackageConfig)[];
const CONFIG_KEYS = [
  'packages',
  'fhirCache',
  'registry',
  'buildServer',
  'offline',
  'with',
  'patches',
  'leaveOut',
  'terminology',
  'limits',
  ...OUTPUT_KEYS,
] as const satisfies readonly (keyof Config)[];

/**
 * Reads a configuration and checks every member of it.
 *
 * @param value the default export of a configuration file, unchecked
 * @throws UsageError of one line for an unknown key, with a suggestion, or for a value that is not valid
 */
export function parseConfig(value: unknown): Config {
  const member = members(value, '', CONFIG_KEYS);
  return {
    packages: member('packages', list(packageConfig)),
    fhirCache: member('fhirCache', text),
    registry: member('registry', server('registry')),
    buildServer: member('buildServer', server('build server')),
    offline: member('offline', flag),
    with: member('with', list(text)),
    patches: member('patches', list(patch)),
    leaveOut: member('leaveOut', list(text)),
    terminology: member('terminology', list(text)),
    limits: member('limits', limits),
    ...outputConfig(member, ''),
  };
}

const PATCH_KEYS = ['canonical', 'element', 'set'] as const satisfies readonly (keyof Patch)[];

const patch: Read<Patch> = (value, at) => {
  const member = members(value, at, PATCH_KEYS);
  const [canonical, set] = [member('canonical', text), member('set', record(anything))];
  if (canonical === undefined) throw new UsageError(`${at}.canonical is missing`);
  if (set === undefined) throw new UsageError(`${at}.set is missing: the members to replace`);
  return { canonical, element: member('element', text), set };
};

const anything: Read<unknown> = (value) => value;

const packageConfig: Read<string | PackageConfig> = (value, at) => {
  if (typeof value === 'string') return text(value, at);
  const member = members(value, at, PACKAGE_KEYS);
  const spec = member('spec', text);
  if (spec === undefined) throw new UsageError(`${at}.spec is missing: name#version, a package folder or a .tgz`);
  return { spec, also: member('also', list(text)), ...outputConfig(member, `${at}.`) };
};

function outputConfig(member: Member<keyof OutputConfig>, at: string): OutputConfig {
  const config: OutputConfig = {
    out: member('out', text),
    profiles: member('profiles', list(text)),
    include: member('include', list(text)),
    exclude: member('exclude', list(text)),
    npmName: member('npmName', npmName),
    npmVersion: member('npmVersion', npmVersion),
    packageJson: member('packageJson', packageJson),
    names: member('names', names),
    aliases: member('aliases', record(alias)),
    baseTypes: member('baseTypes', oneOf(BASE_TYPES)),
    docLanguage: member('docLanguage', oneOf(DOC_LANGUAGES)),
    codeLimit: member('codeLimit', count),
  };
  if (config.profiles !== undefined && (config.include ?? config.exclude) !== undefined) {
    throw new UsageError(`${at}profiles cannot be combined with include and exclude: use one or the other`);
  }
  return config;
}

function server(name: string): Read<string> {
  return (value, at) => {
    try {
      return serverUrl(text(value, at), name);
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(`${at}: ${error.message}`) : error;
    }
  };
}

/** Names that npm accepts for new packages (npm, package-name-guidelines). */
const NPM_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const NPM_NAME_LIMIT = 214;

const npmName: Read<string> = (value, at) => {
  const name = text(value, at);
  if (name.length <= NPM_NAME_LIMIT && NPM_NAME.test(name)) return name;
  throw new UsageError(
    `${at}: ${JSON.stringify(name)} is not a valid npm package name: use lower-case letters, digits, - . _`,
  );
};

const npmVersion: Read<string> = (value, at) => {
  const version = text(value, at);
  if (valid(version) === version) return version;
  throw new UsageError(`${at}: ${JSON.stringify(version)} is not an npm version, such as 1.0.0`);
};

const packageJson: Read<PackageJson> = (value, at) => {
  const member = members(value, at, PACKAGE_JSON_KEYS);
  return Object.fromEntries(
    PACKAGE_JSON_KEYS.map((key) => [key, member(key, json)]).filter(([, given]) => given !== undefined),
  );
};

/** A value, as JSON represents it. */
const json: Read<unknown> = (value, at) => {
  try {
    return JSON.parse(JSON.stringify(value)) as unknown;
  } catch {
    throw new UsageError(`${at} is not JSON`);
  }
};

const typeName: Read<string> = (value, at) => {
  const name = text(value, at);
  const fault = nameFault(name);
  if (fault === undefined) return name;
  throw new UsageError(`${at}: ${JSON.stringify(name)} ${fault}`);
};

const folderName: Read<string> = (value, at) => {
  const folder = text(value, at);
  const fault = folderFault(folder);
  if (fault === undefined) return folder;
  throw new UsageError(`${at}: ${JSON.stringify(folder)} ${fault}`);
};

const alias: Read<string | readonly string[]> = (value, at) => {
  if (!Array.isArray(value)) return folderName(value, at);
  if (value.length === 0) throw new UsageError(`${at} is empty`);
  return list(folderName)(value, at);
};

const names: Read<Readonly<Record<string, string>>> = (value, at) => {
  const given = record(typeName)(value, at);
  const owners = new Map<string, string>();
  for (const [canonical, name] of Object.entries(given)) {
    const owner = owners.get(name);
    if (owner !== undefined) throw new UsageError(`${at}: both ${owner} and ${canonical} are called "${name}"`);
    owners.set(name, canonical);
  }
  return given;
};
