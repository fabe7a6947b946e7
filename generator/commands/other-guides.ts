import { CodegenError, UsageError } from '../errors.js';
import { packageId, type PackageIdentity } from '../fhir/package-id.js';
import { isPackageName, isPackageVersion } from '../load/spec.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';

/**
 * The other guides that a snapshot was pinned from, as specs.
 *
 * @param snapshot the snapshot of a pinned file
 * @param path the path of the file, for messages
 * @throws CodegenError when the file lists anything but packages: a spec can be a path, and a pinned file must not
 *   decide what is read from the disk
 */
export function otherGuidesOf({ also = [] }: PinnedSnapshot, path: string): readonly string[] {
  for (const { name, version } of also) {
    if (isPackageName(name) && isPackageVersion(version)) continue;
    const guide = JSON.stringify(packageId({ name, version }));
    throw new CodegenError(`"also" lists ${guide}, which is not a package (name#version): pin the guides again`, {
      package: path,
    });
  }
  return also.map(packageId);
}

/**
 * Checks that a new version belongs to the guide itself, and not to another guide of the snapshot, which would replace
 * it.
 *
 * @param old the snapshot of the pinned file
 * @param next the new snapshot
 * @throws UsageError when it belongs to another guide; the message contains the right command
 */
export function checkIsOfGuide(old: PinnedSnapshot, next: PinnedSnapshot): void {
  const others = old.also ?? [];
  if (old.package.name === next.package.name || !others.some(({ name }) => name === next.package.name)) return;
  const rest = others.filter(({ name }) => name !== next.package.name);
  const also = [next.package, ...rest].map((guide) => ` --also ${packageId(guide)}`).join('');
  throw new UsageError(
    `the pinned snapshot is of ${old.package.name} and only includes ${next.package.name}: ` +
      `run bump ${packageId(old.package)}${also}`,
  );
}

/**
 * An error about a guide that the user has not named, with the reason why the guide is loaded.
 *
 * @param error any
 * @param kept specs of the guides that are kept
 */
export function aboutKept(error: unknown, kept: readonly string[]): unknown {
  if (!(error instanceof CodegenError) || !kept.includes(error.where.package ?? '')) return error;
  const message = `the pinned snapshot includes this guide (name its folder or .tgz with --also): ${error.message}`;
  return new CodegenError(message, error.where, { cause: error });
}

/**
 * Reports what a bump does with the other guides.
 *
 * @param old the snapshot of the pinned file
 * @param next the new snapshot
 * @param areKept whether those of the pinned file are kept, as the user has named none
 */
export function otherGuideLines(old: PinnedSnapshot, next: PinnedSnapshot, areKept: boolean): readonly string[] {
  const also = next.also ?? [];
  const isRemoved = ({ name }: PackageIdentity): boolean => !also.some((guide) => guide.name === name);
  const removed = (old.also ?? []).filter(isRemoved);
  return [
    ...(also.length === 0 ? [] : [`also includes ${also.map(packageId).join(', ')}${areKept ? ' (unchanged)' : ''}`]),
    ...(removed.length === 0 ? [] : [`no longer includes ${removed.map(packageId).join(', ')}`]),
  ];
}
