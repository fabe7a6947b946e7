import type { BaseTypesName } from '../render/base-types.js';
import type { PackageJson } from '../render/package-json.js';
import type { DocLanguage } from '../render/words.js';
import type { Patch } from '../repair/repairs.js';
import type { Limits } from './limits.js';

/**
 * Options of the output. In {@link Config} they apply to all packages; in {@link PackageConfig} they apply to one
 * package, and each takes precedence over the one in `Config`.
 */
export interface OutputConfig {
  /**
   * Output folder, relative to the folder of the configuration. In {@link Config} with several packages, it is the
   * folder that contains one folder for each, named after the package.
   *
   * @defaultValue `generated` in the current folder
   */
  readonly out?: string | undefined;
  /**
   * Canonicals, ids or names of the profiles to generate. Each must exist; cannot be combined with `include` and
   * `exclude`.
   */
  readonly profiles?: readonly string[] | undefined;
  /**
   * Patterns that select the profiles to generate: canonicals, ids or names, in which `*` matches any text. Profiles
   * that the selected ones refer to are always generated.
   *
   * @defaultValue all profiles of the package
   */
  readonly include?: readonly string[] | undefined;
  /** Patterns of profiles not to generate; takes precedence over `include`. */
  readonly exclude?: readonly string[] | undefined;
  /**
   * npm name of the generated package.
   *
   * @defaultValue name of the FHIR package, or its alias, with dashes
   */
  readonly npmName?: string | undefined;
  /**
   * npm version of the generated package.
   *
   * @defaultValue version of the FHIR package
   */
  readonly npmVersion?: string | undefined;
  /**
   * Members of the generated package.json about its publisher: `repository`, `bugs`, `homepage`, `keywords`, `license`,
   * `author`, `contributors`, `funding`, `publishConfig`, `private`.
   *
   * @defaultValue the licence of the runtime, the guide's page as `homepage`, and keywords
   */
  readonly packageJson?: PackageJson | undefined;
  /**
   * Type names by canonical of the profile or value set, which replace those taken from the package. The names of
   * functions and classes follow: `Name` gives `createName`, `NameBuilder` and so on.
   */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /**
   * Folders of packages by name of the FHIR package, so that import paths stay the same when a guide renames its
   * package. In a list, the first is the folder, and the generated package.json maps import paths that begin with the
   * others to it.
   *
   * @defaultValue a folder named after each package
   */
  readonly aliases?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /**
   * Package of the FHIR types that the output uses. `@medplum/fhirtypes` declares optional members without `|
   * undefined`, so programs that use it compile only without `exactOptionalPropertyTypes`.
   *
   * @defaultValue `@types/fhir`
   */
  readonly baseTypes?: BaseTypesName | undefined;
  /**
   * Language of the fixed sentences in comments; texts of the guide stay as they are.
   *
   * @defaultValue `en`
   */
  readonly docLanguage?: DocLanguage | undefined;
  /**
   * Value sets with more codes than this do not become union types.
   *
   * @defaultValue 10000
   */
  readonly codeLimit?: number | undefined;
}

/** A package, and the options of its output. */
export interface PackageConfig extends OutputConfig {
  /**
   * `name#version`, a package folder, a `.tgz` or a pinned file (`.json`); paths are relative to the folder of the
   * configuration.
   */
  readonly spec: string;
  /**
   * Specs of packages whose profiles go into the same output: definitions that several guides refer to are generated
   * once, and all packages share one runtime.
   */
  readonly also?: readonly string[] | undefined;
}

/** What `fhir-codegen.config.ts` exports. Flags of the command line take precedence over it. */
export interface Config extends OutputConfig {
  /**
   * What `generate` and `check` work on when the command line names no package: specs, or specs with options of their
   * own.
   *
   * @defaultValue the pinned snapshot
   */
  readonly packages?: readonly (string | PackageConfig)[] | undefined;
  /**
   * Folder of the FHIR package cache, relative to the folder of the configuration.
   *
   * @defaultValue `~/.fhir/packages`
   */
  readonly fhirCache?: string | undefined;
  /** URL of the FHIR package registry. */
  readonly registry?: string | undefined;
  /**
   * URL of the server that builds guides, which provides `name#current`.
   *
   * @defaultValue `https://build.fhir.org`
   */
  readonly buildServer?: string | undefined;
  /** Whether to work without any server. */
  readonly offline?: boolean | undefined;
  /**
   * Specs of packages to prefer when resolving dependencies, before the cache and servers; paths are relative to the
   * folder of the configuration.
   */
  readonly with?: readonly string[] | undefined;
  /**
   * Corrections of definitions of any package: `{ canonical, element, set }` replaces members of an element, or of the
   * definition itself if `element` is absent; `null` removes a member.
   */
  readonly patches?: readonly Patch[] | undefined;
  /** Canonicals of profiles and value sets to treat as missing. */
  readonly leaveOut?: readonly string[] | undefined;
  /**
   * Files with value sets, such as the expansions of a terminology server, and code systems, which take precedence over
   * those of the packages; `*` in a file name matches any text. Paths are relative to the folder of the configuration.
   */
  readonly terminology?: readonly string[] | undefined;
  /** Limits that differ from the defaults. */
  readonly limits?: Limits | undefined;
}

/**
 * Returns the configuration unchanged; editors take its type from here.
 *
 * @param config see {@link Config}
 * @example
 * export default defineConfig({ packages: ['guide.example#1.0.0'], docLanguage: 'fr' });
 */
export function defineConfig(config: Config): Config {
  return config;
}
