import { CodegenError, UsageError } from '../errors.js';
import { packageId, type PackageIdentity } from '../fhir/package-id.js';
import { isPackageName, isPackageVersion } from '../load/spec.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';

/**
 * The other guides that a snapshot was pinned from, as specs.
 *
 * @param snapshot of a pinned file
 * @param path of the file, for messages
 * @throws CodegenError when the file has something else in their place: a spec can be a path, and a pinned file must not
 *   choose what is read from the disk
 */
export function otherGuidesOf({ also = [] }: PinnedSnapshot, path: string): readonly string[] {
  for (const { name, version } of also) {
    if (isPackageName(name) && isPackageVersion(version)) continue;
    const guide = JSON.stringify(packageId({ name, version }));
    throw new CodegenError(`"also" has ${guide}, which is not a package: pin the guides again`, { package: path });
  }
  return also.map(packageId);
}

/**
 * Checks that a new version is one of the guide itself, and not of another that the snapshot was pinned from: the guide
 * would be lost.
 *
 * @param old the snapshot of the pinned file
 * @param next the new snapshot
 * @throws UsageError when it is one of the others; the message has the command to write
 */
export function checkIsOfGuide(old: PinnedSnapshot, next: PinnedSnapshot): void {
  const others = old.also ?? [];
  if (old.package.name === next.package.name || !others.some(({ name }) => name === next.package.name)) return;
  const rest = others.filter(({ name }) => name !== next.package.name);
  const also = [next.package, ...rest].map((guide) => ` --also ${packageId(guide)}`).join('');
  throw new UsageError(
    `${next.package.name} is not the guide of the pinned snapshot, but another one in it: ` +
      `write bump ${packageId(old.package)}${also}`,
  );
}

/**
 * An error about a guide that the user has not named, with the reason why it is looked for.
 *
 * @param error any
 * @param kept specs of the guides that are kept
 */
export function aboutKept(error: unknown, kept: readonly string[]): unknown {
  if (!(error instanceof CodegenError) || !kept.includes(error.where.package ?? '')) return error;
  const message = `the snapshot was also pinned from this guide (name its folder or .tgz with --also): ${error.message}`;
  return new CodegenError(message, error.where, { cause: error });
}

/**
 * What a bump does with the other guides, in lines for people.
 *
 * @param old the snapshot of the pinned file
 * @param next the new snapshot
 * @param areKept whether the user has named none, so that those of the pinned file are kept
 */
export function otherGuideLines(old: PinnedSnapshot, next: PinnedSnapshot, areKept: boolean): readonly string[] {
  const also = next.also ?? [];
  const isGone = ({ name }: PackageIdentity): boolean => !also.some((guide) => guide.name === name);
  const gone = (old.also ?? []).filter(isGone);
  return [
    ...(also.length === 0 ? [] : [`also from ${also.map(packageId).join(', ')}${areKept ? ' (kept)' : ''}`]),
    ...(gone.length === 0 ? [] : [`no longer from ${gone.map(packageId).join(', ')}`]),
  ];
}
