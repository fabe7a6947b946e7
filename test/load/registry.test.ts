import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newFolder } from '../folders.js';
import { oneLine, UsageError } from '../../generator/errors.js';
import { load, type Loaded, type LoadOptions } from '../../generator/load/load.js';
import { failure, GUIDE, labelsOf } from './loading.js';
import { listen, registryOf, serve, type TestRegistry } from './registry-server.js';
import { CORE, cacheOf, tarballOf, tarOf } from './workspace.js';

beforeEach(() => {
  for (const name of ['FPL_REGISTRY', 'FPL_REGISTRY_TOKEN', 'HTTPS_PROXY', 'HTTP_PROXY', 'http_proxy']) {
    vi.stubEnv(name, undefined);
  }
  return () => vi.unstubAllEnvs();
});

async function online(spec: string, { url }: TestRegistry, more: LoadOptions = {}): Promise<Loaded> {
  return load(spec, { fhirCache: cacheOf(), registry: url, timeoutSeconds: 1, ...more });
}

describe('a registry', () => {
  const guide = { ...GUIDE, dependencies: { near: '1.0.0', held: '1.0.x' } };
  const near = { name: 'near', version: '1.0.0', dependencies: { far: '^2.0.0', gone: '1.0.0' } };
  const far = { name: 'far', version: '2.3.0', files: { 'example/x.txt': 'x' } };

  it('delivers packages and their dependencies into the cache, where later runs find them', async () => {
    const registry = await registryOf(guide, near, far, { ...far, version: '3.0.0' });
    const fhirCache = cacheOf({ name: 'held', version: '1.0.7' });
    const lines: string[] = [];
    const loaded = await online('example.guide#1.0.0', registry, { fhirCache, onProgress: (line) => lines.push(line) });
    expect(labelsOf(loaded)).toEqual([
      'example.guide#1.0.0',
      'near#1.0.0',
      'held#1.0.7',
      'far#2.3.0',
      'hl7.fhir.r4.core#4.0.1',
    ]);
    expect(loaded.definitions.root.resources).toHaveLength(3);
    expect(loaded.definitions.missing.map(({ name, reason }) => [name, reason])).toEqual([
      ['gone', `it is not in the FHIR cache; the registry ${registry.url} does not have it (HTTP 404).`],
    ]);
    expect(lines).toContain(`Downloading near#1.0.0 from ${registry.url}`);
    // Packages that no registry lists are not downloaded.
    expect(lines.filter((line) => line.includes('gone'))).toEqual([]);
    expect(readdirSync(fhirCache).sort()).toEqual([
      'example.guide#1.0.0',
      'far#2.3.0',
      'held#1.0.7',
      'hl7.fhir.r4.core#4.0.1',
      'near#1.0.0',
    ]);
    expect(readFileSync(join(fhirCache, 'far#2.3.0', 'package', 'example', 'x.txt'), 'utf8')).toBe('x');

    const asked = registry.requests.length;
    const again = await load('example.guide#1.0.0', { fhirCache, offline: true });
    expect(again.definitions.packages).toEqual(loaded.definitions.packages);
    expect(registry.requests).toHaveLength(asked);
  });

  it('receives no request for packages in the cache', async () => {
    const registry = await registryOf();
    await online('example.guide#1.0.0', registry, { fhirCache: cacheOf(GUIDE) });
    expect(registry.requests).toEqual([]);
  });

  it.each([
    ['latest', '2.0.0'],
    ['1.0.x', '1.0.4'],
    ['^1.0.0', '1.2.0'],
    ['1.2', '1.2.0'],
  ])('resolves %s to a version', async (wanted, version) => {
    const versions = ['1.0.0', '1.0.4', '1.2.0', '2.0.0'].map((each) => ({ ...GUIDE, version: each }));
    const loaded = await online(`example.guide#${wanted}`, await registryOf(...versions), {
      fhirCache: cacheOf(GUIDE),
    });
    expect(loaded.definitions.root.version).toBe(version);
  });

  it('that fails causes a warning, and the newest version in the cache is used', async () => {
    const registry = await serve((_, response) => response.writeHead(500).end());
    const loaded = await online('example.guide#latest', registry, { fhirCache: cacheOf(GUIDE) });
    expect(loaded.definitions.root.version).toBe('1.0.0');
    expect(loaded.warnings.map(oneLine)).toEqual([
      expect.stringMatching(/^example\.guide#latest: 1\.0\.0, the newest in the FHIR cache, is used: .*HTTP 500/),
    ]);
  });

  it.each([
    ['the address that FHIR registries use', '/example.guide/1.0.0'],
    ['the address that npm uses', '/example.guide/-/example.guide-1.0.0.tgz'],
  ])('may lack a list of versions: %s is tried', async (_, path) => {
    const registry = await serve((request, response) => {
      if (request.url === path) response.end(tarballOf(GUIDE));
      else response.writeHead(404).end();
    });
    await expect(online('example.guide#1.0.0', registry)).resolves.toBeDefined();
  });

  it('is configured by FPL_REGISTRY, with its token', async () => {
    const authorizations = new Set<string | undefined>();
    const registry = await serve((request, response) => {
      authorizations.add(request.headers.authorization);
      response.end(tarballOf(GUIDE));
    });
    vi.stubEnv('FPL_REGISTRY', registry.url);
    vi.stubEnv('FPL_REGISTRY_TOKEN', 'secret');
    await load('example.guide#1.0.0', { fhirCache: cacheOf(), timeoutSeconds: 1 });
    expect([...authorizations]).toEqual(['Bearer secret']);
  });

  it.each(['ftp://example.org', 'example.org', 'file:///etc'])('with the address %s is wrong usage', async (url) => {
    await expect(online('example.guide#1.0.0', { url, requests: [] })).rejects.toThrow(UsageError);
  });

  it('has a password that is never shown', async () => {
    const line = await failure(online('example.guide#1.0.0', { url: 'http://user:secret@127.0.0.1:1', requests: [] }));
    expect(line).toContain('http://127.0.0.1:1 refuses the connection');
  });
});

describe('a failure of the registry is reported in one line:', () => {
  const page = '<html>hello</html>';
  const listing = JSON.stringify({ versions: { '2.0.0': {}, '1.5.0': {} } });
  const twice = (response: ServerResponse, url: string | undefined) => response.writeHead(302, { location: url }).end();

  it.each<[string, RegExp, (response: ServerResponse, url: string | undefined) => void]>([
    ['404', /does not have it \(HTTP 404\)/, (response) => response.writeHead(404).end(page)],
    ['500', /answers with HTTP 500/, (response) => response.writeHead(500).end(page)],
    ['401', /denies access \(HTTP 401\); it may require a token in FPL_REGISTRY_TOKEN/, (r) => r.writeHead(401).end()],
    ['a web page', /does not return a package archive/, (response) => response.end(page)],
    ['an empty answer', /does not return a package archive/, (response) => response.end()],
    [
      'other versions',
      /has no such version \(it has 1\.5\.0, 2\.0\.0\)/,
      (r, url) => (url?.includes('/', 1) === true ? r.writeHead(404).end() : r.end(listing)),
    ],
    ['a redirect to itself', /redirects more than 5 times/, twice],
    ['a truncated archive', /damaged or incomplete/, (response) => response.end(tarballOf(GUIDE).subarray(0, 300))],
    [
      'half of the announced bytes',
      /closes the connection in the middle/,
      (response) => {
        response.writeHead(200, { 'content-length': 10_000 }).write(tarballOf(GUIDE).subarray(0, 300));
        setTimeout(() => response.destroy(), 20);
      },
    ],
    ['another package', /the registry sent else#1\.0\.0 instead/, (r) => r.end(tarballOf({ ...GUIDE, name: 'else' }))],
    [
      'another version',
      /the registry sent example\.guide#1\.0\.1 instead/,
      (r) => r.end(tarballOf({ ...GUIDE, version: '1.0.1' })),
    ],
    [
      'no package.json',
      /there is no package\.json/,
      (r) => r.end(gzipSync(tarOf([{ path: 'package/a', content: 'a' }]))),
    ],
    [
      'an archive with a link',
      /is a link/,
      (r) => r.end(gzipSync(tarOf([{ path: 'package/a', type: 'SymbolicLink', linkpath: '/' }]))),
    ],
    ['a closed connection', /cannot be reached \(ECONNRESET\)/, (response) => response.destroy()],
    ['no answer', /does not answer within 1 seconds/, () => undefined],
    ['no answer after the headers', /stopped sending for 1 seconds/, (r) => r.writeHead(200).flushHeaders()],
    ['no answer in the middle', /stopped sending for 1 seconds/, (r) => r.write(tarballOf(GUIDE).subarray(0, 300))],
  ])('%s', async (_, message, answer) => {
    const registry = await serve((request, response) => answer(response, request.url));
    const fhirCache = cacheOf();
    const lines: string[] = [];
    const onProgress = (text: string) => lines.push(text);
    const line = await failure(online('example.guide#1.0.0', registry, { fhirCache, onProgress }));
    expect(new Set(lines).size).toBe(lines.length);
    expect(line).toMatch(message);
    expect(line).toMatch(/^example\.guide#1\.0\.0: /);
    expect(readdirSync(fhirCache)).toEqual(['hl7.fhir.r4.core#4.0.1']);
  });

  it('an endless slow answer', async () => {
    const registry = await serve((_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const line = await failure(online('example.guide#1.0.0', registry, { limits: { downloadSeconds: 0.2 } }));
    expect(line).toContain('takes more than 0.2 seconds (limit "downloadSeconds")');
  });

  it('more bytes than the limits allow', async () => {
    const registry = await serve((_, response) => response.end(Buffer.alloc(1000)));
    const limits = { listingBytes: 100, archiveBytes: 100 };
    expect(await failure(online('example.guide#1.0.0', registry, { limits }))).toContain(
      'sends more than 100 bytes (limit "archiveBytes")',
    );
  });

  describe('an archive with a checksum that differs from the list:', () => {
    const archive = tarballOf(GUIDE);
    const sha1 = createHash('sha1').update(archive).digest('hex');
    const sha512 = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
    const other = `sha512-${createHash('sha512').update('other').digest('base64')}`;

    it.each<[string, boolean, object]>([
      ['SHA-1', false, { shasum: '0'.repeat(40) }],
      ['SHA-512, which has priority', false, { shasum: sha1, integrity: other }],
      ['the right SHA-1', true, { shasum: sha1.toUpperCase() }],
      ['the right SHA-512', true, { shasum: '0'.repeat(40), integrity: sha512 }],
      ['none', true, {}],
      ['an invalid one', true, { shasum: 'abc', integrity: 'md5-abc' }],
    ])('%s', async (_, isTaken, dist) => {
      const registry = await serve((request, response) => {
        if (request.url === '/example.guide') response.end(JSON.stringify({ versions: { '1.0.0': { dist } } }));
        else response.end(archive);
      });
      const fhirCache = cacheOf();
      const line = await failure(online('example.guide#1.0.0', registry, { fhirCache }));
      expect(line).toBe(
        isTaken
          ? 'nothing failed'
          : `example.guide#1.0.0: it is not in the FHIR cache; the registry ${registry.url} sends an archive with ` +
              `another checksum than it lists. FHIR cache: ${fhirCache}. If you have the package, name its folder or .tgz instead.`,
      );
      expect(existsSync(join(fhirCache, 'example.guide#1.0.0'))).toBe(isTaken);
    });
  });

  it('invalid addresses in its list', async () => {
    const registry = await serve((request, response) => {
      const tarball = 'file:///etc/passwd';
      if (request.url === '/example.guide')
        response.end(JSON.stringify({ versions: { '1.0.0': { dist: { tarball } } } }));
      else response.writeHead(404).end();
    });
    expect(await failure(online('example.guide#1.0.0', registry))).toContain(
      'uses an address that is not http or https',
    );
  });
});

describe('an unreachable registry', () => {
  const dependencies = { b: '1.0.0', c: '1.0.0', d: '1.0.x' };

  it('is asked once for any number of dependencies', async () => {
    const registry = await serve(() => undefined);
    const loaded = await online('example.guide#1.0.0', registry, { fhirCache: cacheOf({ ...GUIDE, dependencies }) });
    expect(registry.requests).toEqual(['/b']);
    expect(loaded.definitions.missing.map(({ name }) => name)).toEqual(['b', 'c', 'd']);
    for (const { reason } of loaded.definitions.missing) expect(reason).toContain('does not answer within 1 seconds');
  });

  it('causes a warning for a dependency, and an error for the package', async () => {
    const closed = { url: 'http://127.0.0.1:1', requests: [] };
    const loaded = await online('example.guide#1.0.0', closed, { fhirCache: cacheOf({ ...GUIDE, dependencies }) });
    expect(loaded.warnings.map(oneLine)[0]).toMatch(/^b#1\.0\.0: left out, required by .* refuses the connection\.$/);
    expect(await failure(online('other#1.0.0', closed))).toMatch(/^other#1\.0\.0: .* refuses the connection/);
  });

  it('behind a proxy that does not answer is disconnected, so that the process ends', async () => {
    let onClose: () => void = () => undefined;
    const closing = new Promise<void>((resolve) => (onClose = resolve));
    const proxy = createServer((socket) => socket.on('close', onClose).on('error', onClose).resume());
    vi.stubEnv('HTTPS_PROXY', await listen(proxy));
    const line = await failure(online('example.guide#1.0.0', { url: 'https://registry.example', requests: [] }));
    expect(line).toContain('https://registry.example does not answer within 1 seconds');
    await closing;
  });

  it('is never asked with --offline', async () => {
    const registry = await registryOf(GUIDE, CORE);
    const line = await failure(online('example.guide#1.0.0', registry, { offline: true }));
    expect(line).toContain('offline, no registry is used');
    expect(registry.requests).toEqual([]);
  });
});

describe('a cache that is not writable', () => {
  const places: readonly (readonly [string, (folder: string) => string])[] = [
    ['with a file on the way to it', (folder) => join(folder, 'file', 'cache')],
    ['that is a file', (folder) => join(folder, 'file')],
    // Node's own recursive mkdir never returns here.
    ...(existsSync('/proc/self') ? [['below a folder that takes none', () => '/proc/nowhere/cache'] as const] : []),
  ];
  it.each(places)('%s causes a warning, and the download is used', async (_, cacheIn) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    const fhirCache = cacheIn(folder);
    const loaded = await online('example.guide#1.0.0', await registryOf(GUIDE, CORE), { fhirCache });
    expect(labelsOf(loaded)).toEqual(['example.guide#1.0.0', 'hl7.fhir.r4.core#4.0.1']);
    const lines = loaded.warnings.map(oneLine);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(
      `example.guide#1.0.0: it was downloaded but could not be saved in the FHIR cache ${fhirCache}: nothing can be`,
    );
    expect(lines[1]).toMatch(/^hl7\.fhir\.r4\.core#4\.0\.1: it was downloaded but could not be saved/);
  });

  it.skipIf(process.getuid?.() === 0)(
    'without permission does the same (skipped for root, who needs none)',
    async () => {
      const fhirCache = join(newFolder(), 'cache');
      mkdirSync(fhirCache);
      chmodSync(fhirCache, 0o555);
      const loaded = await online('example.guide#1.0.0', await registryOf(GUIDE, CORE), { fhirCache });
      expect(loaded.warnings).toHaveLength(2);
      expect(existsSync(join(fhirCache, 'example.guide#1.0.0'))).toBe(false);
      chmodSync(fhirCache, 0o755);
    },
  );

  it('is created if it does not exist', async () => {
    const fhirCache = join(newFolder(), 'a', 'b');
    await online('example.guide#1.0.0', await registryOf(GUIDE, CORE), { fhirCache });
    expect(readdirSync(fhirCache).sort()).toEqual(['example.guide#1.0.0', 'hl7.fhir.r4.core#4.0.1']);
  });
});
