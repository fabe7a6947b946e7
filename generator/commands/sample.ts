import { CodegenError } from '../errors.js';
import type { Json } from '../fhir/json.js';
import { conforms, type Issue, modelsFrom } from '../run/models.js';
import type { SampleSize } from '../sample/sample.js';
import type { Context } from './context.js';
import { onePackage, type PackageFlags } from './one-package.js';

/** Flags of `sample`. */
export interface SampleFlags extends PackageFlags {
  readonly minimal?: boolean;
  readonly full?: boolean;
  readonly seed?: number;
}

/**
 * Prints an instance of a profile that the profile's own guard accepts.
 *
 * @param profile canonical, id or name
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when no instance was found
 * @throws what the stages throw
 */
export async function runSample(profile: string, flags: SampleFlags, context: Context): Promise<number> {
  const { console } = context;
  const { snapshot, files, manifest } = await onePackage([profile], flags, context);
  const [url] = snapshot.profiles;
  const { buildModel } = await import('../model/build.js');
  const { contextOf } = await import('../sample/spec.js');
  const { samples } = await import('../sample/sample.js');
  const all = contextOf(buildModel(snapshot));
  const [model, entry] = [all.profiles.get(url ?? ''), manifest.profiles.find((one) => one.url === url)];
  if (model === undefined || entry === undefined) throw new CodegenError(`${profile} could not be generated`);
  const models = await modelsFrom(files, manifest);
  try {
    const validate = await models.validatorOf(entry);
    let first: readonly Issue[] = [];
    let unbuildable: string | undefined;
    const onUnbuildable = (reason: string): void => void (unbuildable ??= reason);
    for (const json of samples(model, all, { size: sizeOf(flags), seed: flags.seed, onUnbuildable })) {
      const issues = validate(json);
      if (conforms(issues)) return printed(json, context);
      if (first.length === 0) first = issues;
    }
    const why = first
      .filter(({ severity }) => severity === 'error')
      .map((one) => `${one.expression}: ${one.diagnostics}`);
    if (why.length === 0 && unbuildable !== undefined) why.push(unbuildable);
    console.fail(`no sample of ${entry.name} can satisfy the profile: ${why.join('; ')}`);
    return 1;
  } finally {
    await models.close();
  }
}

function sizeOf({ minimal, full }: SampleFlags): SampleSize {
  if (full === true) return 'full';
  return minimal === true ? 'minimal' : 'supported';
}

function printed(json: Json, { console }: Context): number {
  console.result(`${JSON.stringify(json, null, 2)}\n`);
  return 0;
}
