import { Readable } from 'node:stream';
import type { RegistryClient } from 'fhir-package-loader';
import { CodegenError } from '../errors.js';
import { isArchive, isPacked } from './archive.js';
import { type Checksums, checksumsOf, isAsListed } from './checksum.js';
import { checkedEndpoint, memberOf, shownEndpoint } from './endpoint.js';
import type { LoadLimits } from './limits.js';
import { get } from './request.js';
import { failureOf, RequestError } from './request-error.js';
import { parseJson } from './resource.js';
import { isPackageVersion } from './spec.js';
import { archiveLimits, listingLimits, Transfer } from './transfer.js';
import { byVersion } from '../fhir/version.js';

/** The FHIR registries, in the order in which they are tried (FHIR "Package registries"). */
const FHIR_REGISTRIES = ['https://packages.fhir.org', 'https://packages2.fhir.org/packages'] as const;

/** The default registry of npm, which has some FHIR packages; npm's configuration may name another one. */
const NPM_REGISTRY = 'https://registry.npmjs.org';

/**
 * The command by which npm installs a FHIR package: npm's own registry lacks most of them, including hl7.fhir.r4.core,
 * on which nearly all others depend.
 *
 * @param name of the package
 * @param version its version; the latest if absent
 * @returns a command line
 */
export function npmInstallOf(name: string, version?: string): string {
  const wanted = version === undefined ? name : `${name}@${version}`;
  return `npm install --save-dev ${wanted} --registry ${FHIR_REGISTRIES[0]}`;
}

const TOKEN_HINT = '; it may require a token in FPL_REGISTRY_TOKEN';

/** The registry's metadata of a package. */
export interface Listing {
  readonly versions: ReadonlySet<string>;
  /** Its latest version. */
  readonly latest: string | undefined;
  /** Checksums by version, where the registry states them. */
  readonly checksums: ReadonlyMap<string, Checksums>;
}

/** Options of a registry. */
export interface RegistryOptions {
  /** URL of the registry; default: the environment variable FPL_REGISTRY, or else the FHIR registries. */
  readonly registry?: string | undefined;
  /** Whether to try npm's registry before those of FHIR. */
  readonly npm?: boolean | undefined;
  readonly timeoutSeconds: number;
  readonly limits: LoadLimits;
  readonly onProgress: (line: string) => void;
}

/**
 * Package registries with npm's protocol. The clients of fhir-package-loader download, within limits. Versions are
 * requested here, since those clients support neither ranges nor lists, and report every failure with the same reason.
 * An unreachable registry is not tried again: behind a firewall, the user would have to wait for every further
 * dependency.
 */
export class Registry implements Pick<RegistryClient, 'download'> {
  private readonly endpoints: readonly string[];
  private readonly unreachable = new Map<string, string>();
  /** Registries that did not return a list of versions. */
  private readonly unlisted = new Set<string>();
  private readonly listings = new Map<string, Listing | RequestError>();

  /**
   * @throws UsageError when the URL is not an http or https URL
   */
  constructor(private readonly options: RegistryOptions) {
    const custom = options.registry ?? process.env['FPL_REGISTRY'];
    const npm = options.npm === true ? [process.env['npm_config_registry'] ?? NPM_REGISTRY] : [];
    this.endpoints = (custom ? [custom] : [...npm, ...FHIR_REGISTRIES]).map((address) =>
      checkedEndpoint(address, 'registry'),
    );
  }

  /**
   * @param name a package name
   * @returns the available versions
   * @throws CodegenError when no registry lists any; the message is one sentence
   */
  async list(name: string): Promise<Listing> {
    return this.ask(async (endpoint) => this.listing(endpoint, name));
  }

  /**
   * @param name a package name
   * @param version one of its versions
   * @returns the archive
   * @throws CodegenError when no registry has it; the message is one sentence
   */
  async download(name: string, version: string): Promise<Readable> {
    return Readable.from([await this.ask(async (endpoint) => this.downloadFrom(endpoint, name, version))]);
  }

  /** The response of the first endpoint that has one. */
  private async ask<T>(question: (endpoint: string) => Promise<T>): Promise<T> {
    const failures: string[] = [];
    for (const endpoint of this.endpoints) {
      try {
        const known = this.unreachable.get(endpoint);
        if (known !== undefined) throw new RequestError(known, true);
        return await question(endpoint);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (error.unreachable) this.unreachable.set(endpoint, error.message);
        failures.push(`the registry ${shownEndpoint(endpoint)} ${error.message}${error.isDenied ? TOKEN_HINT : ''}`);
      }
    }
    throw new CodegenError(failures.join('; '));
  }

  private async downloadFrom(endpoint: string, name: string, version: string): Promise<Buffer> {
    const { onProgress, timeoutSeconds, limits } = this.options;
    const limit = archiveLimits(timeoutSeconds, limits);
    const begin = once(() => onProgress(`Downloading ${name}#${version} from ${shownEndpoint(endpoint)}`));
    const failures: RequestError[] = [];
    for (const client of await clientsOf(endpoint)) {
      try {
        const archive = await Transfer.of(limit, () => client.download(name, version), begin);
        if (isArchive(archive)) return await this.checked(archive, endpoint, name, version);
        failures.push(new RequestError('does not return a package archive', false));
      } catch (error) {
        if (!(error instanceof RequestError) || error.unreachable || error.isDenied) throw error;
        failures.push(error);
      }
    }
    const listing = await this.listing(endpoint, name).catch((error: unknown) => {
      // Not all registries have lists.
      if (error instanceof RequestError) return undefined;
      throw error;
    });
    if (listing !== undefined && !listing.versions.has(version)) {
      throw new RequestError(`has no such version${someOf(listing)}`, false);
    }
    throw failures.find(({ isUnknown }) => !isUnknown) ?? failures[0] ?? failureOf(404);
  }

  /** Rejects what npm also rejects: an archive that is truncated, was changed on the way, or is of another version. */
  private async checked(archive: Buffer, endpoint: string, name: string, version: string): Promise<Buffer> {
    // There is nothing to compare with when the archive was decompressed on the way, or the registry has no list.
    if (!isPacked(archive) || this.unlisted.has(endpoint)) return archive;
    try {
      const { checksums } = await this.listing(endpoint, name);
      if (isAsListed(archive, checksums.get(version) ?? {})) return archive;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.unreachable) this.unlisted.add(endpoint);
      return archive;
    }
    throw new RequestError('sends an archive with another checksum than it lists', false);
  }

  private async listing(endpoint: string, name: string): Promise<Listing> {
    const key = `${endpoint}/${encodeURIComponent(name)}`;
    const known = this.listings.get(key);
    if (known instanceof RequestError) throw known;
    if (known !== undefined) return known;
    const { timeoutSeconds, limits } = this.options;
    try {
      const listing = parseListing(await get(key, listingLimits(timeoutSeconds, limits)));
      this.listings.set(key, listing);
      return listing;
    } catch (error) {
      if (error instanceof RequestError) this.listings.set(key, error);
      throw error;
    }
  }
}

/** Two clients may use two URLs of one server, but the user sees one download. */
function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}

/** FHIR's own registries have their own URLs for archives; other registries may use those of npm, or these. */
async function clientsOf(endpoint: string): Promise<readonly RegistryClient[]> {
  const { FHIRRegistryClient, NPMRegistryClient } = await import('fhir-package-loader');
  const client = new FHIRRegistryClient(endpoint, {});
  return FHIR_REGISTRIES.some((one) => one === endpoint) ? [client] : [new NPMRegistryClient(endpoint, {}), client];
}

/** Reads the document of npm registries about a package (npm "Package metadata"). */
function parseListing(body: Buffer): Listing {
  let content: unknown;
  try {
    content = parseJson(body);
  } catch (error) {
    throw new RequestError('does not return a list of versions', false, { cause: error });
  }
  const stated = memberOf(content, 'versions');
  if (typeof stated !== 'object' || stated === null) {
    throw new RequestError('does not return a list of versions', false);
  }
  const versions = new Set(Object.keys(stated).filter((version) => isPackageVersion(version)));
  const latest = memberOf(memberOf(content, 'dist-tags'), 'latest');
  const checksums = Object.entries(stated).map(([version, entry]): [string, Checksums] => [
    version,
    checksumsOf(memberOf(entry, 'dist')),
  ]);
  return {
    versions,
    latest: typeof latest === 'string' && isPackageVersion(latest) ? latest : undefined,
    checksums: new Map(checksums),
  };
}

function someOf({ versions }: Listing): string {
  if (versions.size === 0) return '';
  return ` (it has ${[...versions].sort(byVersion).slice(-5).join(', ')})`;
}
