import type { Warning } from './errors.js';
import { buildModel } from './model/build.js';
import { resolveModel } from './model/resolve.js';
import { type Aliases, foldersOf } from './names/alias.js';
import { serializeLedger } from './names/ledger-file.js';
import { ledgerOf } from './names/ledger-of.js';
import type { NameLedger } from './names/ledger.js';
import { nameAll } from './names/names.js';
import { npmNameOf } from './names/path.js';
import type { PinnedSnapshot } from './pin/snapshot.js';
import type { Assets } from './assets.js';
import type { BaseTypesName } from './render/base-types.js';
import { DEFAULT_CODE_LIMIT } from './render/context.js';
import type { GeneratedFile } from './render/file.js';
import type { GeneratorIdentity, Manifest } from './render/manifest.js';
import type { PackageJson } from './render/package-json.js';
import { render } from './render/render.js';
import { runtimeFiles } from './render/runtime-files.js';
import { compileTemplates } from './render/templates.js';
import type { DocLanguage } from './render/words.js';

/** Options of {@link generate}. */
export interface GenerateOptions {
  /** Templates and runtime, see `readAssets`. */
  readonly assets: Assets;
  /** Name and version of the generator, for the manifest. */
  readonly generator: GeneratorIdentity;
  /** npm name of the generated package; the folder of the FHIR package with dashes if absent. */
  readonly npmName?: string;
  /** Its npm version; if absent, that of the ledger, or else that of the FHIR package. */
  readonly npmVersion?: string;
  /** Members of its package.json about who publishes it. */
  readonly packageJson?: PackageJson;
  /** Value sets with more codes than this do not become union types. */
  readonly codeLimit?: number;
  /** Type names by canonical of the profile or value set, which replace those taken from the package. */
  readonly names?: Readonly<Record<string, string>>;
  /** Names of the previous output, which stay; none if absent. */
  readonly ledger?: NameLedger | undefined;
  /**
   * Folders of packages, by name of the FHIR package; in a list, the first is the folder, and import paths that begin
   * with the others are mapped to it. If absent, the folder has the name of the package.
   */
  readonly aliases?: Aliases;
  /** The FHIR types that the output uses; `@types/fhir` if absent. */
  readonly baseTypes?: BaseTypesName;
  /** Language of the fixed sentences in comments, `en` if absent; texts of the guide stay as they are. */
  readonly docLanguage?: DocLanguage;
  /** Called after each module, with the number of finished modules and of all modules. */
  readonly onModule?: (done: number, all: number) => void;
}

/** A generated package. */
export interface Generated {
  /** Sorted by path. */
  readonly files: readonly GeneratedFile[];
  readonly manifest: Manifest;
  readonly warnings: readonly Warning[];
}

export { DEFAULT_CODE_LIMIT };

/**
 * Generates typed models from pinned facts. A pure function: the same facts give the same bytes.
 *
 * @param snapshot the pinned facts
 * @param options see {@link GenerateOptions}
 * @throws CodegenError when a configured name is not valid or would be used twice
 */
export async function generate(snapshot: PinnedSnapshot, options: GenerateOptions): Promise<Generated> {
  const model = resolveModel(buildModel(snapshot));
  const overrides = new Map(Object.entries(options.names ?? {}));
  const codeLimit = options.codeLimit ?? DEFAULT_CODE_LIMIT;
  const { ledger } = options;
  const { folders, former } = foldersOf(options.aliases ?? {});
  const names = nameAll(model, { overrides, ledger, folders, codeLimit });
  const rendered = render(model, names, {
    template: compileTemplates(options.assets.templates, options.docLanguage),
    runtime: runtimeFiles(options.assets.runtime, options.assets.releases, snapshot.fhirVersion),
    generator: options.generator,
    npmName: options.npmName ?? npmNameOf(snapshot.package.name, folders),
    npmVersion: options.npmVersion ?? ledger?.npmVersion ?? snapshot.package.version,
    packageJson: options.packageJson,
    codeLimit,
    formerFolders: former,
    ledger: (declares) =>
      serializeLedger({
        ...ledgerOf(names, { overrides, declares }),
        ...(ledger?.npmVersion === undefined ? {} : { npmVersion: ledger.npmVersion }),
      }),
    choices: { baseTypes: options.baseTypes, docLanguage: options.docLanguage },
    onModule: options.onModule,
  });
  return { files: rendered.files, manifest: rendered.manifest, warnings: model.warnings };
}
