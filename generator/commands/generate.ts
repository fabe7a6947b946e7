import { generateEach, type GeneratedPackage } from '../run/generate-each.js';
import { duration, many, type Context, type SourceOptions, surroundingsOf } from './context.js';
import { type EachFlags, runsOf, reportEach, type CommandResult } from './each.js';

/** Flags of `generate` and `check`. */
export interface GenerateFlags extends SourceOptions, EachFlags {}

/**
 * Generates packages and writes their output folders.
 *
 * @param spec the package; the packages of the configuration or the project's pinned snapshot when there is none
 * @param flags of the command line
 * @param context of the command
 * @returns exit code: 1 when a requested profile could not be generated; the others are written
 * @throws what the stages throw; the output is then unchanged
 */
export async function runGenerate(spec: string | undefined, flags: GenerateFlags, context: Context): Promise<number> {
  const start = context.now();
  const runs = runsOf(spec, flags, context);
  const outcomes = await generateEach(runs, surroundingsOf(flags, context), true);
  return reportEach('generate', outcomes, context, start, resultOf);
}

function resultOf(generated: GeneratedPackage, warnings: readonly string[]): CommandResult {
  const { requested, files, manifest, failed, folder, written, milliseconds } = generated;
  const [changed, unchanged, removed] = [written?.written ?? [], written?.unchanged ?? [], written?.removed ?? []];
  return {
    code: failed.length > 0 ? 1 : 0,
    summary: {
      command: 'generate',
      package: manifest.package,
      fhirVersion: manifest.fhirVersion,
      out: written?.folder ?? folder,
      profiles: { requested: requested.length, generated: manifest.profiles.length, failed },
      files: {
        total: files.length,
        written: changed.length,
        unchanged: unchanged.length,
        removed: removed.length,
      },
      unresolved: manifest.unresolved,
      warnings,
      milliseconds,
    },
    lines: [
      `${packagesOf(generated)}: ${many(requested.length - failed.length, 'profile')} and what they refer to, ` +
        `${many(manifest.profiles.length, 'model')} in ${written?.folder ?? folder}`,
      ...failedLine(failed.length, requested.length),
      `${many(files.length, 'file')}: ${changed.length} written, ${unchanged.length} unchanged, ` +
        `${removed.length} removed`,
      ...unresolvedLine(manifest.unresolved),
      `${many(warnings.length, 'warning')}, ${duration(milliseconds)}`,
    ],
    isResult: false,
    failed,
  };
}

/** The package, and the other packages whose profiles were requested. */
function packagesOf({ manifest, requested, snapshot }: GeneratedPackage): string {
  const wanted = new Set(requested);
  const all = (snapshot?.structureDefinitions ?? []).filter(({ url }) => wanted.has(url));
  // A profile may come from two versions of one package, of which one is generated.
  const others = all.map(({ package: from }) => from).filter((from) => !from.startsWith(`${manifest.package.name}#`));
  return [nameOf(manifest.package), ...new Set(others)].join(' and ');
}

function failedLine(failed: number, all: number): string[] {
  if (failed === 0) return [];
  return [`${many(failed, 'profile')} failed${failed < all ? ', the others are written' : ''}: exit code 1`];
}

/** Packages and canonicals are counted separately, as in the warnings. */
function unresolvedLine(unresolved: readonly { readonly kind: string }[]): string[] {
  const packages = unresolved.filter(({ kind }) => kind === 'package').length;
  const canonicals = unresolved.length - packages;
  const counts = [
    ...(packages === 0 ? [] : [many(packages, 'package')]),
    ...(canonicals === 0 ? [] : [many(canonicals, 'canonical')]),
  ];
  return counts.length === 0 ? [] : [`${counts.join(' and ')} unresolved, listed in manifest.json`];
}

/**
 * A package in the notation of FHIR.
 *
 * @param identity its name and version
 */
export function nameOf(identity: { readonly name: string; readonly version: string }): string {
  return `${identity.name}#${identity.version}`;
}
