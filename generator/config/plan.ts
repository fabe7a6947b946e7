import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.js';
import type { GenerateOptions } from '../generate.js';
import type { Config, OutputConfig, PackageConfig } from './config.js';
import type { LoadedConfig } from './load-config.js';
import type { Patterns } from './select.js';

/** One run of the generator, into one output folder. */
export interface Run {
  /** What to load; the pinned snapshot if absent. */
  readonly spec?: string | undefined;
  /** Specs of further packages whose profiles are generated. */
  readonly also?: readonly string[] | undefined;
  /** Canonicals, ids or names of the profiles to generate, each of which must exist; all profiles when it is empty. */
  readonly profiles: readonly string[];
  /** Patterns that select the package's profiles, when none is named. */
  readonly patterns?: Patterns | undefined;
  /** Output folder, absolute; if absent, one named after the package in `parent`. */
  readonly out?: string | undefined;
  readonly parent: string;
  readonly options: OutputOptions;
}

/** Options of the output. */
export type OutputOptions = Omit<GenerateOptions, 'assets' | 'generator' | 'ledger'>;

/** The flags of the command line that decide what is generated. */
export interface RunFlags {
  readonly profile: readonly string[];
  readonly out?: string | undefined;
  /** Specs of packages that go into the same output. */
  readonly also?: readonly string[] | undefined;
}

/** Default locations. */
export interface Places {
  /** The folder that paths on the command line are relative to. */
  readonly cwd: string;
  /** Default output folder. */
  readonly output: string;
}

/**
 * The runs to carry out: for the package that the command line names, or else those of the configuration, or else the
 * pinned snapshot. The command line takes precedence over the configuration.
 *
 * @param spec the spec on the command line
 * @param flags the flags on the command line
 * @param loaded the configuration, if there is one
 * @param places see {@link Places}
 * @returns at least one run
 * @throws UsageError when two runs would write into one folder, or two packages would have the same npm name
 */
export function planRuns(
  spec: string | undefined,
  flags: RunFlags,
  loaded: Omit<LoadedConfig, 'file'> | undefined,
  places: Places,
): readonly Run[] {
  const config = loaded?.config ?? {};
  const folder = loaded?.folder ?? places.cwd;
  const entries = entriesOf(spec, config, folder, places.cwd);
  const isOnly = entries.length === 1;
  const shared = config.out === undefined ? places.output : resolve(folder, config.out);
  const base = flags.out === undefined ? shared : resolve(places.cwd, flags.out);
  const runs = entries.map((entry): Run => {
    const own = entry.out === undefined || flags.out !== undefined ? undefined : resolve(folder, entry.out);
    return {
      // A path on the command line is relative to the current folder, one in the configuration to the folder of that.
      spec: spec ?? (entry.spec === undefined ? undefined : locate(entry.spec, folder)),
      ...wanted(flags.profile, entry, config),
      ...alsoOf(flags, entry, folder),
      out: own ?? (isOnly ? base : undefined),
      parent: base,
      options: optionsOf(entry, config),
    };
  });
  if (!isOnly) checkTogether(runs);
  return runs;
}

type Entry = OutputConfig & { readonly spec?: string; readonly also?: readonly string[] | undefined };

function entriesOf(spec: string | undefined, config: Config, folder: string, cwd: string): readonly Entry[] {
  const packages = packagesOf(config);
  if (spec === undefined) return packages.length > 0 ? packages : [{}];
  return [{ ...packages.find((entry) => isSame(entry.spec, folder, spec, cwd)), spec }];
}

function packagesOf(config: Config): readonly PackageConfig[] {
  return (config.packages ?? []).map((entry) => (typeof entry === 'string' ? { spec: entry } : entry));
}

/**
 * Whether a spec of the configuration and one on the command line mean the same package; each path is relative to its
 * own folder.
 */
function isSame(own: string, folder: string, spec: string, cwd: string): boolean {
  return own === spec || locate(own, folder) === resolve(cwd, spec);
}

/**
 * The profiles to compare between two states of a package: those that the configuration selects, since a profile that
 * is not generated breaks no program. Its `profiles` are patterns here, since either state may lack some.
 *
 * @param specs the two states, as named on the command line
 * @param loaded the configuration, if there is one
 * @param cwd the folder that paths on the command line are relative to
 * @returns `undefined` when all profiles are compared
 */
export function comparedOf(
  specs: readonly string[],
  loaded: Omit<LoadedConfig, 'file'> | undefined,
  cwd: string,
): Patterns | undefined {
  if (loaded === undefined) return undefined;
  const { config, folder } = loaded;
  const packages = packagesOf(config);
  const names = new Set(specs.flatMap(nameOf));
  const entry =
    packages.find((one) => specs.some((spec) => isSame(one.spec, folder, spec, cwd))) ??
    packages.find((one) => nameOf(one.spec).some((name) => names.has(name)));
  const { profiles, patterns } = wanted([], entry ?? {}, config);
  return profiles.length > 0 ? { include: profiles } : patterns;
}

/** The name in `name#version` or `name@version`; none in a path. */
function nameOf(spec: string): readonly string[] {
  return /^([^#@/\\]+)[#@]/.exec(spec)?.slice(1, 2) ?? [];
}

/**
 * A spec of the configuration in a form that does not depend on the current folder.
 *
 * @param spec `name#version`, or a path
 * @param folder the folder that its paths are relative to
 */
export function locate(spec: string, folder: string): string {
  const path = resolve(folder, spec);
  return existsSync(path) || /^\.|[/\\]|\.(?:tgz|tar\.gz|json)$/i.test(spec) ? path : spec;
}

function alsoOf({ also }: RunFlags, entry: Entry, folder: string): Pick<Run, 'also'> {
  const specs = also ?? entry.also?.map((spec) => locate(spec, folder));
  return specs === undefined ? {} : { also: specs };
}

function wanted(flags: readonly string[], entry: Entry, config: Config): Pick<Run, 'profiles' | 'patterns'> {
  if (flags.length > 0) return { profiles: flags };
  if (entry.profiles !== undefined) return { profiles: entry.profiles };
  const isOwn = (entry.include ?? entry.exclude) !== undefined;
  if (!isOwn && config.profiles !== undefined) return { profiles: config.profiles };
  const include = entry.include ?? config.include;
  const exclude = entry.exclude ?? config.exclude;
  return (include ?? exclude) === undefined ? { profiles: [] } : { profiles: [], patterns: { include, exclude } };
}

function optionsOf(entry: Entry, config: Config): OutputOptions {
  const npmName = entry.npmName ?? config.npmName;
  const npmVersion = entry.npmVersion ?? config.npmVersion;
  const packageJson = { ...config.packageJson, ...entry.packageJson };
  const names = { ...config.names, ...entry.names };
  const aliases = { ...config.aliases, ...entry.aliases };
  const baseTypes = entry.baseTypes ?? config.baseTypes;
  const docLanguage = entry.docLanguage ?? config.docLanguage;
  const codeLimit = entry.codeLimit ?? config.codeLimit;
  return {
    ...(npmName !== undefined && { npmName }),
    ...(npmVersion !== undefined && { npmVersion }),
    ...(Object.keys(packageJson).length > 0 && { packageJson }),
    ...(Object.keys(names).length > 0 && { names }),
    ...(Object.keys(aliases).length > 0 && { aliases }),
    ...(baseTypes !== undefined && { baseTypes }),
    ...(docLanguage !== undefined && { docLanguage }),
    ...(codeLimit !== undefined && { codeLimit }),
  };
}

function checkTogether(runs: readonly Run[]): void {
  const npmNames = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const { spec = 'the pinned snapshot', out, options } of runs) {
    if (out !== undefined) claimFolder(folders, out, spec);
    const { npmName } = options;
    if (npmName === undefined) continue;
    const other = npmNames.get(npmName);
    if (other !== undefined) throw new UsageError(`npmName: ${other} and ${spec} cannot both be called ${npmName}`);
    npmNames.set(npmName, spec);
  }
}

/**
 * Prevents two packages from using one output folder: the later run would remove what the earlier one wrote.
 *
 * @param folders the folders of earlier packages, with their specs; the new one is added
 * @param folder absolute path
 * @param spec of its package
 * @throws UsageError when another package has this folder, one that contains it, or one inside it
 */
export function claimFolder(folders: Map<string, string>, folder: string, spec: string): void {
  for (const [taken, other] of folders) {
    if (!isWithin(folder, taken) && !isWithin(taken, folder)) continue;
    throw new UsageError(`${other} and ${spec} cannot both be written to ${folder}: give each its own folder`);
  }
  folders.set(folder, spec);
}

function isWithin(path: string, folder: string): boolean {
  const route = relative(folder, path);
  return route === '' || (route !== '..' && !route.startsWith(`..${sep}`) && !/^[a-z]:/i.test(route));
}
