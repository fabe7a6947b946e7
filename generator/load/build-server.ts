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

/** Where guides are built whenever their sources change (FHIR "Auto-IG-Builder"). */
const FHIR_BUILD_SERVER = 'https://build.fhir.org';

/** Names of the branch that is built for `current` when none is named. */
const MAIN_BRANCHES: ReadonlySet<string> = new Set(['main', 'master']);

/** How a build server is spoken to. */
export interface BuildServerOptions {
  /** Its address; default that of FHIR. */
  readonly buildServer?: string | undefined;
  readonly timeoutSeconds: number;
  readonly limits: LoadLimits;
  readonly onProgress: (line: string) => void;
}

/** The build to use for a package. */
export interface NewestBuild {
  /** `organisation/repository` of the sources. */
  readonly repository: string;
  /** Other repositories that build a package of this name, whose build is older. */
  readonly others: readonly string[];
}

/** One build of a guide, as the server lists it. */
interface Build {
  readonly repository: string;
  readonly branch: string;
  /** In milliseconds; 0 when the server does not state it. */
  readonly date: number;
}

/**
 * The server that builds guides from their sources: it has what no registry has, the package `name#current`. Its list
 * (`/ig/qas.json`) says in which repository a package is made. The client of fhir-package-loader cannot take its place:
 * it knows one address only, and a single faulty entry of the list stops it.
 */
export class BuildServer implements Pick<CurrentBuildClient, 'downloadCurrentBuild'> {
  private readonly endpoint: string;
  private listing: Promise<ReadonlyMap<string, readonly Build[]>> | undefined;

  /** @throws UsageError when the address is not one of http or https */
  constructor(private readonly options: BuildServerOptions) {
    this.endpoint = checkedEndpoint(options.buildServer ?? FHIR_BUILD_SERVER, 'build server');
  }

  /**
   * @param name a package name
   * @param branch of its sources; the main one if absent
   * @returns where its newest build comes from
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
   * @param branch of its sources; the main one if absent
   * @returns the archive of the newest build
   * @throws CodegenError when there is none; the message is one sentence
   */
  async downloadCurrentBuild(name: string, branch?: string): Promise<Readable> {
    const [newest] = await this.naming(this.builds(name, branch));
    return Readable.from([await this.naming(this.archiveOf(name, newest, branch === undefined))]);
  }

  /** The builds of a package, the newest first. */
  private async builds(name: string, branch: string | undefined): Promise<readonly [Build, ...Build[]]> {
    // The list is asked for once: a server that did not give it will not for the next package either.
    this.listing ??= this.list();
    const builds = (await this.listing).get(name) ?? [];
    const [newest, ...older] = builds.filter((build) =>
      branch === undefined ? MAIN_BRANCHES.has(build.branch) : build.branch === branch,
    );
    if (newest === undefined) throw new RequestError(`has no build of this package${branchesOf(builds)}`, false);
    return [newest, ...older];
  }

  /** Failures with the name of the server. */
  private async naming<T>(asked: Promise<T>): Promise<T> {
    return asked.catch((error: unknown) => {
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

/** A path of the server: `organisation/repository/branches/branch/qa.json`; what is not one is passed over. */
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
