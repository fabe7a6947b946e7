import { CodegenError, type Warning } from '../errors.js';
import type { MissingPackage } from './definitions.js';
import type { FhirPackage } from '../fhir/package.js';
import { isCore, isForeignCore, isUsable, type Release } from '../fhir/release.js';
import { wantedPackages } from '../fhir/package.js';
import { readPackage, type Reading } from './package.js';
import type { PackageSource } from './source.js';
import { isPackageName, isWantedVersion } from './spec.js';
import type { PackageIdentity } from '../fhir/package-id.js';

/** A package and those that it depends on, and those that could not be loaded. */
export interface Dependencies {
  readonly packages: readonly FhirPackage[];
  readonly missing: readonly MissingPackage[];
  readonly warnings: readonly Warning[];
}

/** A dependency, and the package that declares it. */
interface Wanted extends PackageIdentity {
  readonly by: string;
}

/**
 * Follows dependencies breadth first, so that the nearest comes first. Each version of a package is loaded once,
 * however many packages depend on it, so cycles end; two versions are both loaded.
 *
 * @param root the requested package
 * @param given packages that the user provides; they follow the root's own dependencies
 * @param release the FHIR release of the package: its core package is loaded even when no package depends on it
 * @param source the source of packages
 * @param reading strictness and limits
 * @param onProgress called with each package that is read
 * @throws CodegenError when the core package cannot be loaded; any other package that cannot be loaded is reported as
 *   missing, with a warning
 */
export async function followDependencies(
  root: FhirPackage,
  given: readonly PackageIdentity[],
  release: Release,
  source: PackageSource,
  reading: Reading,
  onProgress: (line: string) => void,
): Promise<Dependencies> {
  const packages: FhirPackage[] = [root];
  const missing = new Map<string, MissingPackage>();
  const warnings: Warning[] = [];
  const asked = new Map<string, Set<string>>();
  const loaded = new Set([labelOf(root)]);
  const queue: Wanted[] = [...wantedBy(root), ...given.map(({ name, version }) => ({ name, version, by: 'the user' }))];
  let hasCore = root.name === release.core.name;
  let coreFailure: Warning | undefined;

  const load = async (wanted: Wanted): Promise<void> => {
    const found = await source.find(wanted.name, wanted.version, 'nearest');
    const label = `${wanted.name}#${found.version}`;
    if (loaded.has(label)) return;
    onProgress(`Reading ${label}`);
    const read = await readPackage(found.files, { ...reading, strict: false });
    loaded.add(label);
    warnings.push(...found.warnings, ...read.warnings);
    // FHIR's own definitions may be in a package with another name.
    const identity = isCore(wanted.name) ? { name: wanted.name, version: found.version } : {};
    const loadedPackage = withoutForeign({ ...read.package, ...identity }, release, warnings);
    packages.push(loadedPackage);
    queue.push(...wantedBy(loadedPackage));
  };

  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const key = labelOf(next);
    const before = asked.get(key);
    asked.set(key, (before ?? new Set()).add(next.by));
    if (before !== undefined || loaded.has(key)) continue;
    if (isForeignCore(next.name, release) && next.by === labelOf(root)) {
      const message = `the package is for ${release.name}, but depends on this: ${labelOf(release.core)} is read instead`;
      warnings.push({ message, where: { package: key } });
    }
    if (isCore(next.name) && (next.name !== release.core.name || hasCore)) continue;
    if (asked.size > reading.limits.packages) {
      warnings.push({
        message: `more than ${reading.limits.packages} packages are needed (limit "packages"); the rest is left out`,
        where: { package: labelOf(root) },
      });
      break;
    }
    try {
      checkWanted(next);
      await load(next);
      if (next.name === release.core.name) hasCore = true;
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error;
      if (isCore(next.name)) {
        coreFailure ??= { message: error.message, where: { package: key } };
        continue;
      }
      missing.set(key, { name: next.name, version: next.version, wantedBy: [], reason: error.message });
    }
  }
  if (!hasCore) {
    await load({ ...release.core, by: labelOf(root) }).catch((error: unknown) => {
      if (!(error instanceof CodegenError)) throw error;
      // npm's registry has these packages, and is often reachable when FHIR registries are not.
      const { core, coreOfNpm = core } = release;
      const remedy = `provide it with --with, or install it with: npm install --save-dev ${coreOfNpm.name}@${coreOfNpm.version}`;
      const message = `every profile depends on this package, and it cannot be loaded (${remedy}): ${error.message}`;
      throw new CodegenError(message, { package: labelOf(release.core) }, { cause: error });
    });
    // FHIR's technical corrections (4.0.0, 4.0.1) define the same types, so one can replace another.
    if (coreFailure !== undefined) {
      const message = `${labelOf(release.core)} is used instead: ${coreFailure.message}`;
      warnings.push({ ...coreFailure, message });
    }
  }

  const unavailable = [...missing].map(([key, entry]) => ({ ...entry, wantedBy: [...(asked.get(key) ?? [])] }));
  for (const entry of unavailable) warnings.push(warningOf(entry));
  return { packages, missing: unavailable, warnings };
}

/** Rejects a dependency whose name or version cannot be used in a request. */
function checkWanted({ name, version }: Wanted): void {
  if (!isPackageName(name)) throw new CodegenError('its name is not a valid package name.');
  if (!isWantedVersion(version)) throw new CodegenError('its version is neither a version nor a range.');
}

function wantedBy(from: FhirPackage): Wanted[] {
  const by = labelOf(from);
  return wantedPackages(from.dependencies).map((wanted) => ({ ...wanted, by }));
}

/** Omits the StructureDefinitions of a package for another release. */
function withoutForeign(read: FhirPackage, release: Release, warnings: Warning[]): FhirPackage {
  const resources = read.resources.filter((resource) => isUsable(resource, read, release));
  const count = read.resources.length - resources.length;
  if (count === 0) return read;
  warnings.push({
    message: `${count} StructureDefinition(s) for another release of FHIR than ${release.name} left out; the terminology is used`,
    where: { package: labelOf(read) },
  });
  return { ...read, resources };
}

function warningOf({ name, version, wantedBy: by, reason }: MissingPackage): Warning {
  const shown = by.slice(0, 5).join(', ') + (by.length > 5 ? `, and ${by.length - 5} more` : '');
  return { message: `left out, required by ${shown}: ${reason}`, where: { package: `${name}#${version}` } };
}

function labelOf({ name, version }: PackageIdentity): string {
  return `${name}#${version}`;
}
