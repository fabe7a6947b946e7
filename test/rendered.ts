import { DEFAULT_CODE_LIMIT } from '../generator/generate.js';
import type { Model } from '../generator/model/model.js';
import { resolveModel } from '../generator/model/resolve.js';
import { nameAll } from '../generator/names/names.js';
import { type Assets, readAssets } from '../generator/assets.js';
import type { RenderChoices } from '../generator/render/context.js';
import { render, type Rendered } from '../generator/render/render.js';
import { runtimeFiles } from '../generator/render/runtime-files.js';
import { compileTemplates } from '../generator/render/templates.js';

/** Read once per process. */
let assets: Promise<Assets> | undefined;

/**
 * The output of `generate` for a model, without formatting, which takes more time than the rest.
 *
 * @param model all profiles
 * @param choices options of the output
 */
export async function rendered(model: Model, choices: RenderChoices = {}): Promise<Rendered> {
  const { templates, runtime, releases } = await (assets ??= readAssets());
  const resolved = resolveModel(model, choices.facts);
  return render(resolved, nameAll(resolved), {
    template: compileTemplates(templates),
    runtime: runtimeFiles(runtime, releases, model.fhirVersion),
    generator: { name: 'test', version: '1.0.0' },
    npmName: 'test',
    npmVersion: '1.0.0',
    codeLimit: DEFAULT_CODE_LIMIT,
    ledger: () => '',
    choices,
  });
}

/**
 * A file of that output.
 *
 * @param model all profiles
 * @param path in the output
 * @throws if there is none with that path
 */
export async function renderedFile(model: Model, path: string): Promise<string> {
  const { files } = await rendered(model);
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(files.map((file) => file.path).join('\n'));
  return found.content;
}
