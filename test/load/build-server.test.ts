import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { oneLine, UsageError } from '../../generator/errors.js';
import { load, type Loaded, type LoadOptions } from '../../generator/load/load.js';
import { failure, GUIDE, labelsOf } from './loading.js';
import { serve, type TestRegistry } from './registry-server.js';
import { cacheOf, tarballOf, tarOf, type TestPackage } from './workspace.js';
import { gzipSync } from 'node:zlib';

beforeEach(() => {
  for (const name of ['FPL_REGISTRY', 'FPL_REGISTRY_TOKEN', 'HTTPS_PROXY', 'HTTP_PROXY', 'http_proxy']) {
    vi.stubEnv(name, undefined);
  }
  return () => vi.unstubAllEnvs();
});

const BUILT: TestPackage = { ...GUIDE, version: '2.0.0-cibuild' };

interface Listed {
  readonly repo: string;
  readonly date?: string;
  readonly name?: string;
}

function qas(...builds: readonly Listed[]): string {
  return JSON.stringify(
    builds.map(({ repo, date, name = GUIDE.name }) => ({
      'package-id': name,
      'ig-ver': '2.0.0-cibuild',
      date: 'Mon, 05 Jan, 2026 10:00:00 +0000',
      ...(date !== undefined && { dateISO8601: date }),
      repo,
    })),
  );
}

/** A build server with a list of builds and some archives by path. */
async function buildsOf(listing: string, archives: Readonly<Record<string, TestPackage>>): Promise<TestRegistry> {
  return serve((request, response) => {
    const archive = archives[request.url ?? ''];
    if (request.url === '/ig/qas.json') response.end(listing);
    else if (archive !== undefined) response.end(tarballOf(archive));
    else response.writeHead(404).end('not found');
  });
}

async function online(spec: string, { url }: TestRegistry, more: LoadOptions = {}): Promise<Loaded> {
  const registry = 'http://127.0.0.1:1';
  return load(spec, { fhirCache: cacheOf(), registry, buildServer: url, timeoutSeconds: 1, ...more });
}

describe('the build server', () => {
  const MAIN = qas({ repo: 'Org/guide/branches/main/qa.json' });

  it('delivers current builds into the cache, with a note on their age', async () => {
    const server = await buildsOf(MAIN, { '/ig/Org/guide/package.tgz': BUILT });
    const fhirCache = cacheOf();
    const lines: string[] = [];
    const loaded = await online('example.guide#current', server, { fhirCache, onProgress: (line) => lines.push(line) });
    expect(labelsOf(loaded)).toEqual(['example.guide#2.0.0-cibuild', 'hl7.fhir.r4.core#4.0.1']);
    expect(loaded.warnings).toEqual([]);
    expect(lines).toContain(`Downloading example.guide, built from Org/guide, from ${server.url}`);
    expect(readFileSync(join(fhirCache, 'example.guide#current/package/package.json'), 'utf8')).toContain('cibuild');

    const again = await online('example.guide#current', server, { fhirCache });
    expect(server.requests).toEqual(['/ig/qas.json', '/ig/Org/guide/package.tgz']);
    const folder = join(fhirCache, 'example.guide#current');
    expect(again.warnings.map(oneLine)).toEqual([
      `example.guide#current: the build in the FHIR cache is used and may be outdated: remove ${folder} to download it again`,
    ]);
    rmSync(folder, { recursive: true });
    await online('example.guide#current', server, { fhirCache });
    expect(server.requests).toHaveLength(4);
  });

  it('is asked once for its list, also for dependencies', async () => {
    const dependencies = { b: 'current', c: 'current$next', d: 'current' };
    const listing = qas(
      { name: 'b', repo: 'Org/b/branches/master/qa.json' },
      { name: 'c', repo: 'Org/c/branches/next/qa.json' },
    );
    const server = await buildsOf(listing, {
      '/ig/Org/b/branches/master/package.tgz': { name: 'b', version: '1.0.0' },
      '/ig/Org/c/branches/next/package.tgz': { name: 'c', version: '1.0.0' },
    });
    const fhirCache = cacheOf({ ...GUIDE, dependencies });
    const loaded = await online('example.guide#1.0.0', server, { fhirCache });
    expect(labelsOf(loaded)).toEqual(['example.guide#1.0.0', 'b#1.0.0', 'c#1.0.0', 'hl7.fhir.r4.core#4.0.1']);
    expect(loaded.definitions.missing.map(({ name, reason }) => [name, reason])).toEqual([
      ['d', `it is not in the FHIR cache; the build server ${server.url} has no build of this package.`],
    ]);
    expect(server.requests).toEqual([
      '/ig/qas.json',
      '/ig/Org/b/package.tgz',
      '/ig/Org/b/branches/master/package.tgz',
      '/ig/Org/c/branches/next/package.tgz',
    ]);
    expect(existsSync(join(fhirCache, 'c#current$next'))).toBe(true);
  });

  it('delivers the newest build of several repositories, and a warning names the others', async () => {
    const listing = qas(
      { repo: 'Fork/guide/branches/main/qa.json', date: '2026-01-05T10:00:00Z' },
      { repo: 'Org/guide/branches/main/qa.json', date: '2026-02-05T10:00:00Z' },
      { repo: 'Org/guide/branches/next/qa.json', date: '2026-03-05T10:00:00Z' },
    );
    const server = await buildsOf(listing, { '/ig/Org/guide/package.tgz': BUILT });
    expect((await online('example.guide#current', server)).warnings.map(oneLine)).toEqual([
      'example.guide#current: built from Org/guide, whose build is newer than that of Fork/guide',
    ]);
  });

  it('names the existing branches if the requested one does not exist', async () => {
    const server = await buildsOf(qas({ repo: 'Org/guide/branches/next/qa.json' }), {});
    expect(await failure(online('example.guide#current', server))).toContain(
      'has no build of this package from that branch (it has next): write current$<branch>',
    );
  });

  it.each([
    'Org/guide/branches/../qa.json',
    '../../branches/main/qa.json',
    'Org/../branches/main/qa.json',
    'https://evil.example/branches/main/qa.json',
    'Org/guide/main/qa.json',
    'Org/guide/branches/main/qa.json?x',
    7,
  ])('ignores builds with an invalid path: %j', async (repo) => {
    const server = await buildsOf(JSON.stringify([null, 1, { 'package-id': GUIDE.name, repo }]), {});
    expect(await failure(online('example.guide#current', server))).toContain('has no build of this package.');
    expect(server.requests).toEqual(['/ig/qas.json']);
  });

  it('is never asked with --offline', async () => {
    const server = await buildsOf(MAIN, {});
    expect(await failure(online('example.guide#current', server, { offline: true }))).toContain(
      'offline, no build server is used',
    );
    expect(server.requests).toEqual([]);
  });

  it('does not receive the token of the registry', async () => {
    const authorizations = new Set<string | undefined>();
    const server = await serve((request, response) => {
      authorizations.add(request.headers.authorization);
      response.end(request.url === '/ig/qas.json' ? MAIN : tarballOf(BUILT));
    });
    vi.stubEnv('FPL_REGISTRY', 'https://registry.example');
    vi.stubEnv('FPL_REGISTRY_TOKEN', 'secret');
    await online('example.guide#current', server);
    expect([...authorizations]).toEqual([undefined]);
  });

  it.each(['ftp://example.org', 'example.org'])('with the address %s is wrong usage', async (url) => {
    await expect(online('example.guide#current', { url, requests: [] })).rejects.toThrow(UsageError);
  });
});

describe('a failure of the build server is reported in one line:', () => {
  const listed = (response: ServerResponse): unknown => response.end(qas({ repo: 'Org/guide/branches/main/qa.json' }));

  it.each<[string, RegExp, (response: ServerResponse, isList: boolean) => unknown, LoadOptions?]>([
    ['no list', /does not have it \(HTTP 404\)/, (response) => response.writeHead(404).end()],
    ['a list of another shape', /does not return a list of builds/, (response) => response.end('{}')],
    ['a list that is not JSON', /does not return a list of builds/, (response) => response.end('<html>')],
    ['no archive', /HTTP 404/, (response, isList) => (isList ? listed(response) : response.writeHead(404).end())],
    [
      'a web page in place of the archive',
      /does not return a package archive/,
      (response, isList) => (isList ? listed(response) : response.end('<html>')),
    ],
    [
      'another package',
      /the build server sent else#1\.0\.0 instead/,
      (response, isList) => (isList ? listed(response) : response.end(tarballOf({ name: 'else', version: '1.0.0' }))),
    ],
    [
      'an archive with a link',
      /is a link/,
      (response, isList) =>
        isList
          ? listed(response)
          : response.end(gzipSync(tarOf([{ path: 'package/a', type: 'SymbolicLink', linkpath: '/' }]))),
    ],
    ['an endless list', /sends more than 10 bytes/, (response) => listed(response), { limits: { listingBytes: 10 } }],
    [
      'an endless archive',
      /sends more than 10 bytes/,
      (response, isList) => (isList ? listed(response) : response.end(tarballOf(BUILT))),
      { limits: { archiveBytes: 10 } },
    ],
    ['silence', /does not answer within 1 seconds/, () => undefined],
  ])('%s', async (_, message, answer, more) => {
    const server = await serve((request, response) => {
      answer(response, request.url === '/ig/qas.json');
    });
    const fhirCache = cacheOf();
    const line = await failure(online('example.guide#current', server, { fhirCache, ...more }));
    expect(line).toMatch(message);
    expect(line).toMatch(/^example\.guide#current: /);
    expect(readdirSync(fhirCache)).toEqual(['hl7.fhir.r4.core#4.0.1']);
  });
});
