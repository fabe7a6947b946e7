import type { Warning } from './errors.js';
import { buildModel } from './model/build.js';
import { kebabCase } from './names/identifier.js';
import { nameAll } from './names/names.js';
import type { PinnedSnapshot } from './pin/snapshot.js';
import type { Assets } from './render/assets.js';
import type { GeneratedFile } from './render/file.js';
import { formatAll } from './render/format.js';
import type { GeneratorIdentity, Manifest } from './render/manifest.js';
import { render } from './render/render.js';
import { compileTemplates } from './render/templates.js';

/** How a package is generated. */
export interface GenerateOptions {
  /** Templates and runtime, see `readAssets`. */
  readonly assets: Assets;
  /** Who generates, for the manifest. */
  readonly generator: GeneratorIdentity;
  /** npm name of the generated package; that of the FHIR package with dashes if absent. */
  readonly npmName?: string;
  /** Its npm version; that of the FHIR package if absent. */
  readonly npmVersion?: string;
  /** More codes than this are not made a union. */
  readonly codeLimit?: number;
}

/** A generated package. */
export interface Generated {
  /** Sorted by path. */
  readonly files: readonly GeneratedFile[];
  readonly manifest: Manifest;
  readonly warnings: readonly Warning[];
}

/** A union of this many codes still costs the compiler next to nothing; 120,000 cost it 1.2 s. */
export const DEFAULT_CODE_LIMIT = 10_000;

/**
 * Typed models from pinned facts. A function of its arguments: the same facts give the same bytes.
 *
 * @param snapshot the pinned facts
 * @param options see there
 */
export async function generate(snapshot: PinnedSnapshot, options: GenerateOptions): Promise<Generated> {
  const model = buildModel(snapshot);
  const rendered = render(model, nameAll(model), {
    template: compileTemplates(options.assets.templates),
    runtime: options.assets.runtime,
    generator: options.generator,
    npmName: options.npmName ?? snapshot.package.name.split('.').map(kebabCase).join('-'),
    npmVersion: options.npmVersion ?? snapshot.package.version,
    codeLimit: options.codeLimit ?? DEFAULT_CODE_LIMIT,
  });
  return { files: await formatAll(rendered.files), manifest: rendered.manifest, warnings: model.warnings };
}
