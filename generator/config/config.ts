import type { BaseTypesName } from '../render/base-types.js';
import type { PackageJson } from '../render/package-json.js';
import type { DocLanguage } from '../render/words.js';
import type { Patch } from '../repair/repairs.js';
import type { Limits } from './limits.js';

/**
 * What is made of a package. For all packages in {@link Config}, for one of them in {@link PackageConfig}, which goes
 * before the former member by member.
 */
export interface OutputConfig {
  /**
   * Output folder, from the folder of the configuration. For all packages, when there are several: the folder that
   * holds one folder for each, named after the package.
   *
   * @defaultValue `generated`, from the current folder
   */
  readonly out?: string | undefined;
  /** Canonicals, ids or names of the wanted profiles, each of which must be there; not together with patterns. */
  readonly profiles?: readonly string[] | undefined;
  /**
   * Patterns of the wanted profiles of the package: canonicals, ids or names, in which `*` stands for any text. What
   * the wanted profiles refer to is generated in any case.
   *
   * @defaultValue all profiles of the package
   */
  readonly include?: readonly string[] | undefined;
  /** Patterns, likewise, of profiles that are not wanted; goes before `include`. */
  readonly exclude?: readonly string[] | undefined;
  /**
   * npm name of the output.
   *
   * @defaultValue name of the FHIR package, or its alias, with dashes
   */
  readonly npmName?: string | undefined;
  /**
   * npm version of the output.
   *
   * @defaultValue version of the FHIR package
   */
  readonly npmVersion?: string | undefined;
  /**
   * Members of the output's package.json that say who publishes it: `repository`, `bugs`, `homepage`, `keywords`,
   * `license`, `author`, `contributors`, `funding`, `publishConfig`, `private`.
   *
   * @defaultValue the licence of the runtime, the guide's page as `homepage`, and keywords
   */
  readonly packageJson?: PackageJson | undefined;
  /**
   * Type names by canonical of the profile or value set, in place of those that the package gives. The names of
   * functions and classes follow: `Name` makes `createName`, `NameBuilder` and so on.
   */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /**
   * Folders of packages by name of the FHIR package, so that import paths stay when a guide changes the name of its
   * package. In a list, the first is the folder, and the generated package.json leads import paths that begin with the
   * others there too.
   *
   * @defaultValue a folder of the name of each package
   */
  readonly aliases?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /**
   * Package of the FHIR types that the output uses. `@medplum/fhirtypes` has no `| undefined` in its optional
   * members, so programs on it compile without `exactOptionalPropertyTypes`.
   *
   * @defaultValue `@types/fhir`
   */
  readonly baseTypes?: BaseTypesName | undefined;
  /**
   * Language of the fixed sentences of comments; the guide's own words stay as they are.
   *
   * @defaultValue `en`
   */
  readonly docLanguage?: DocLanguage | undefined;
  /**
   * Value sets of more codes than this are not made a union.
   *
   * @defaultValue 10000
   */
  readonly codeLimit?: number | undefined;
}

/** One package, and what is made of it. */
export interface PackageConfig extends OutputConfig {
  /** `name#version`, a package folder, a `.tgz` or a pinned file (`.json`); paths from the folder of the configuration. */
  readonly spec: string;
  /**
   * Specs of packages whose profiles go into the same output: what several guides refer to is there once, and they share
   * one runtime.
   */
  readonly also?: readonly string[] | undefined;
}

/** What `fhir-codegen.config.ts` exports. Flags of the command line go before it. */
export interface Config extends OutputConfig {
  /**
   * What `generate` and `check` work on when the command line names no package: specs, or specs with what differs.
   *
   * @defaultValue the pinned snapshot
   */
  readonly packages?: readonly (string | PackageConfig)[] | undefined;
  /**
   * FHIR package cache, from the folder of the configuration.
   *
   * @defaultValue `~/.fhir/packages`
   */
  readonly fhirCache?: string | undefined;
  /** Address of the FHIR package registry. */
  readonly registry?: string | undefined;
  /**
   * Address of the server that builds guides, which is asked for `name#current`.
   *
   * @defaultValue `https://build.fhir.org`
   */
  readonly buildServer?: string | undefined;
  /** Ask no server. */
  readonly offline?: boolean | undefined;
  /** Specs of packages that answer dependencies before cache and servers do; paths from the folder of the configuration. */
  readonly with?: readonly string[] | undefined;
  /**
   * Corrections of definitions, of whatever package: `{ canonical, element, set }` puts members in the place of those of
   * an element, or of the definition itself; `null` takes one away.
   */
  readonly patches?: readonly Patch[] | undefined;
  /** Canonicals of profiles and value sets that are taken for not being there. */
  readonly leaveOut?: readonly string[] | undefined;
  /**
   * Files with value sets, such as the expansions of a terminology server, and code systems, which go before those of
   * the packages; `*` stands for any text in the name of the file. Paths from the folder of the configuration.
   */
  readonly terminology?: readonly string[] | undefined;
  /** Limits that differ from the defaults. */
  readonly limits?: Limits | undefined;
}

/**
 * The configuration itself: gives editors its type.
 *
 * @param config see {@link Config}
 * @example
 * export default defineConfig({ packages: ['guide.example#1.0.0'], docLanguage: 'fr' });
 */
export function defineConfig(config: Config): Config {
  return config;
}
