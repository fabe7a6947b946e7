import { Readable } from 'node:stream';
import type { CurrentBuildClient } from 'fhir-package-loader';
import { CodegenError } from '../errors.js';
import { byCodeUnit } from '../order.js';
import { isArchive } from './archive.js';
import { checkedEndpoint, memberOf, shownEndpoint } from './endpoint.js';
import type { LoadLimits } from './limits.js';
import { get } from './request.js';
import { archiveLimits, listingLimits } from './transfer.js';
import { RequestError } from './request-error.js';
import { parseJson } from './resource.js';

/** The server that builds guides whenever their sources change (FHIR "Auto-IG-Builder"). */
const FHIR_BUILD_SERVER = 'https://build.fhir.org';

/** Names of the main branch, which `current` means without a branch. */
const MAIN_BRANCHES: ReadonlySet<string> = new Set(['main', 'master']);

/** Options of a build server. */
export interface BuildServerOptions {
  /** Its URL; that of FHIR's build server if absent. */
  readonly buildServer?: string | undefined;
  readonly timeoutSeconds: number;
  readonly limits: LoadLimits;
  readonly onProgress: (line: string) => void;
}

/** The build to use for a package. */
export interface NewestBuild {
  /** `organisation/repository` of the sources. */
  readonly repository: string;
  /** Other repositories with an older build of a package of this name. */
  readonly others: readonly string[];
}

/** A build of a guide in the list of the server. */
interface Build {
  readonly repository: string;
  readonly branch: string;
  /** In milliseconds; 0 when the server does not state it. */
  readonly date: number;
}

/**
 * The server that builds guides from their sources, and provides the package `name#current`, which no registry has. Its
 * list (`/ig/qas.json`) maps packages to repositories. The client of fhir-package-loader is no replacement: its URL is
 * fixed, and one invalid entry in the list makes it fail.
 */
export class BuildServer implements Pick<CurrentBuildClient, 'downloadCurrentBuild'> {
  private readonly endpoint: string;
  private listing: Promise<ReadonlyMap<string, readonly Build[]>> | undefined;

  /**
   * @throws UsageError when the URL is not an http or https URL
   */
  constructor(private readonly options: BuildServerOptions) {
    this.endpoint = checkedEndpoint(options.buildServer ?? FHIR_BUILD_SERVER, 'build server');
  }

  /**
   * @param name a package name
   * @param branch the branch of its sources; the main one if absent
   * @returns the repository of its newest build
   * @throws CodegenError when there is none; the message is one sentence
   */
  async newest(name: string, branch?: string): Promise<NewestBuild> {
    const [newest, ...older] = await this.naming(this.builds(name, branch));
    const others = new Set(older.map(({ repository }) => repository));
    others.delete(newest.repository);
    return { repository: newest.repository, others: [...others] };
  }

  /**
   * @param name a package name
   * @param branch the branch of its sources; the main one if absent
   * @returns the archive of the newest build
   * @throws CodegenError when there is none; the message is one sentence
   */
  async downloadCurrentBuild(name: string, branch?: string): Promise<Readable> {
    const [newest] = await this.naming(this.builds(name, branch));
    return Readable.from([await this.naming(this.archiveOf(name, newest, branch === undefined))]);
  }

  /** The builds of a package, the newest first. */
  private async builds(name: string, branch: string | undefined): Promise<readonly [Build, ...Build[]]> {
    // The list is requested once: if the request fails, it would fail for the next package too.
    this.listing ??= this.list();
    const builds = (await this.listing).get(name) ?? [];
    const [newest, ...older] = builds.filter((build) =>
      branch === undefined ? MAIN_BRANCHES.has(build.branch) : build.branch === branch,
    );
    if (newest === undefined) throw new RequestError(`has no build of this package${branchesOf(builds)}`, false);
    return [newest, ...older];
  }

  /** Adds the name of the server to failures. */
  private async naming<T>(answer: Promise<T>): Promise<T> {
    return answer.catch((error: unknown) => {
      if (!(error instanceof RequestError)) throw error;
      throw new CodegenError(`the build server ${shownEndpoint(this.endpoint)} ${error.message}`);
    });
  }

  private async archiveOf(name: string, { repository, branch }: Build, isMain: boolean): Promise<Buffer> {
    const { onProgress, timeoutSeconds, limits } = this.options;
    const folder = `${this.endpoint}/ig/${repository.split('/').map(encodeURIComponent).join('/')}`;
    const ofBranch = `${folder}/branches/${encodeURIComponent(branch)}/package.tgz`;
    const begin = () =>
      onProgress(`Downloading ${name}, built from ${repository}, from ${shownEndpoint(this.endpoint)}`);
    const limit = archiveLimits(timeoutSeconds, limits);
    const ask = async (address: string): Promise<Buffer> => get(address, limit, begin);
    const archive = isMain
      ? await ask(`${folder}/package.tgz`).catch((error: unknown) => {
          if (error instanceof RequestError && error.isUnknown) return ask(ofBranch);
          throw error;
        })
      : await ask(ofBranch);
    if (isArchive(archive)) return archive;
    throw new RequestError('does not return a package archive', false);
  }

  private async list(): Promise<ReadonlyMap<string, readonly Build[]>> {
    const { timeoutSeconds, limits } = this.options;
    return parseBuilds(await get(`${this.endpoint}/ig/qas.json`, listingLimits(timeoutSeconds, limits)));
  }
}

/** The builds of each package, the newest first. */
function parseBuilds(body: Buffer): ReadonlyMap<string, readonly Build[]> {
  const failure = 'does not return a list of builds';
  let content: unknown;
  try {
    content = parseJson(body);
  } catch (error) {
    throw new RequestError(failure, false, { cause: error });
  }
  if (!Array.isArray(content)) throw new RequestError(failure, false);
  const packages = new Map<string, Build[]>();
  const entries: readonly unknown[] = content;
  for (const entry of entries) {
    const name = memberOf(entry, 'package-id');
    const build = buildOf(entry);
    if (typeof name !== 'string' || build === undefined) continue;
    const others = packages.get(name);
    if (others === undefined) packages.set(name, [build]);
    else others.push(build);
  }
  for (const builds of packages.values()) {
    builds.sort((a, b) => b.date - a.date || byCodeUnit(a.repository, b.repository) || byCodeUnit(a.branch, b.branch));
  }
  return packages;
}

/** A path of the server: `organisation/repository/branches/branch/qa.json`; other values are ignored. */
const REPOSITORY = /^([\w.-]+\/[\w.-]+)\/branches\/([^/]+)\/qa\.json$/;

function buildOf(entry: unknown): Build | undefined {
  const path = memberOf(entry, 'repo');
  const [, repository, branch] = (typeof path === 'string' ? REPOSITORY.exec(path) : undefined) ?? [];
  if (repository === undefined || branch === undefined) return undefined;
  if ([...repository.split('/'), branch].some((part) => /^\.+$/.test(part))) return undefined;
  return { repository, branch, date: dateOf(memberOf(entry, 'dateISO8601')) || dateOf(memberOf(entry, 'date')) };
}

function dateOf(stated: unknown): number {
  return (typeof stated === 'string' && Date.parse(stated)) || 0;
}

function branchesOf(builds: readonly Build[]): string {
  const branches = [...new Set(builds.map(({ branch }) => branch))].sort(byCodeUnit);
  if (branches.length === 0) return '';
  return ` from that branch (it has ${branches.slice(0, 5).join(', ')}): write current$<branch>`;
}
