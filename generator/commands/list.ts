import { nameOf } from './generate.js';
import { many, type Context } from './context.js';
import { oneModel, type PackageFlags } from './one-package.js';

/**
 * Lists the profiles of a package.
 *
 * @param spec the package; that of the configuration, or the pinned snapshot, if absent
 * @param flags of the command line; with `all`, the profiles that those of the package refer to are listed too
 * @param context of the command
 * @returns exit code
 * @throws what the stages throw
 */
export async function runList(
  spec: string | undefined,
  flags: PackageFlags & { readonly all?: boolean },
  context: Context,
): Promise<number> {
  const { model, snapshot } = await oneModel([], { ...flags, package: spec }, context);
  const wanted = new Set(snapshot.profiles);
  const profiles = model.profiles.filter(({ url }) => flags.all === true || wanted.has(url));
  const widths = [
    Math.max(0, ...profiles.map(({ name }) => name.length)),
    Math.max(0, ...profiles.map(({ type }) => type.length)),
  ] as const;
  await context.console.report(
    {
      command: 'list',
      package: { name: model.package.name, version: model.package.version },
      fhirVersion: model.fhirVersion,
      profiles: profiles.map(({ url, version, name, type, kind }) => ({ url, version, name, type, kind })),
    },
    [
      ...profiles.map(({ name, type, url }) => `${name.padEnd(widths[0])}  ${type.padEnd(widths[1])}  ${url}`),
      `${many(profiles.length, 'profile')} of ${nameOf(model.package)}; explain <name> shows what a profile requires`,
    ],
  );
  return 0;
}
