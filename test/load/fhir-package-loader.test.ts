import { existsSync, lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import {
  BasePackageLoader,
  BuildDotFhirDotOrgClient,
  DiskBasedPackageCache,
  FHIRRegistryClient,
  NPMRegistryClient,
  RedundantRegistryClient,
  SQLJSPackageDB,
} from 'fhir-package-loader';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { newFolder } from '../folders.js';
import { load } from '../../generator/load/load.js';
import { GUIDE } from './loading.js';
import { registryOf, serve } from './registry-server.js';
import { cacheOf, tarballOf, tarOf } from './workspace.js';

/**
 * Faults of fhir-package-loader for which the generator has its own code. If a test fails after an update, the fault is
 * probably fixed: the table in generator/load/README.md names the code that can be removed.
 */
beforeEach(() => {
  for (const name of ['FPL_REGISTRY', 'FPL_REGISTRY_TOKEN', 'HTTPS_PROXY', 'HTTP_PROXY', 'http_proxy']) {
    vi.stubEnv(name, undefined);
  }
  return () => vi.unstubAllEnvs();
});

/** Whether a promise is settled after a while. */
async function isOpenAfter(milliseconds: number, asked: Promise<unknown>): Promise<boolean> {
  const waiting = new Promise<boolean>((resolve) => setTimeout(resolve, milliseconds, true));
  return Promise.race([
    waiting,
    asked.then(
      () => false,
      () => false,
    ),
  ]);
}

/** A loader as users of the library create it. */
async function loaderOf(folder: string, url: string, log: (level: string, message: string) => void) {
  const db = new SQLJSPackageDB();
  await db.initialize();
  const registry = new NPMRegistryClient(url, {});
  return new BasePackageLoader(db, new DiskBasedPackageCache(folder), registry, new BuildDotFhirDotOrgClient({}), {
    log,
  });
}

describe('clients of registries in fhir-package-loader', () => {
  it('F1: wait without limit for a registry that does not answer', async () => {
    const { url } = await serve(() => undefined);
    expect(await isOpenAfter(400, new FHIRRegistryClient(url, {}).download('example.guide', '1.0.0'))).toBe(true);
    expect(await isOpenAfter(400, new NPMRegistryClient(url, {}).resolveVersion('example.guide', 'latest'))).toBe(true);
  });

  it('F2: read a list of any length into memory', async () => {
    const length = 10_000_000;
    const sent = vi.fn();
    const { url } = await serve((request, response) => {
      if (request.url !== '/example.guide') response.end(tarballOf(GUIDE));
      else response.end(Buffer.alloc(length, ' '), sent);
    });
    await buffer(await new NPMRegistryClient(url, {}).download('example.guide', '1.0.0'));
    expect(sent).toHaveBeenCalled();
  });

  it('F3: follow twenty redirects', async () => {
    const { url } = await serve((request, response) => {
      const count = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 0);
      if (count >= 20) response.end(tarballOf(GUIDE));
      else response.writeHead(302, { location: `/r/${count + 1}` }).end();
    });
    await expect(new FHIRRegistryClient(url, {}).download('example.guide', '0')).resolves.toBeDefined();
  });

  it('F4: treat an npm range as a version, and reject 1.x', async () => {
    const registry = await registryOf(GUIDE);
    const client = new NPMRegistryClient(registry.url, {});
    await expect(client.resolveVersion('example.guide', '^1.0.0')).resolves.toBe('^1.0.0');
    await expect(client.resolveVersion('example.guide', '1.0')).resolves.toBe('1.0');
    await expect(client.resolveVersion('example.guide', '1.x')).rejects.toThrow('Incorrect version format');
    expect(registry.requests).toEqual([]);
  });

  it('F5: give the same reason for every failure', async () => {
    const failing = await serve((_, response) => response.writeHead(500).end());
    const denying = await serve((_, response) => response.writeHead(403).end());
    const reasons = [failing.url, denying.url, 'http://127.0.0.1:1'].map(async (url) => {
      const client = new RedundantRegistryClient([new NPMRegistryClient(url, {})]);
      return [
        await client.resolveVersion('example.guide', 'latest').catch((error: unknown) => String(error)),
        await client.download('example.guide', '1.0.0').catch((error: unknown) => String(error)),
      ];
    });
    expect(new Set((await Promise.all(reasons)).flat())).toEqual(
      new Set([
        'Error: Failed to resolve version for example.guide#latest',
        'Error: Failed to download example.guide#1.0.0',
      ]),
    );
  });

  it('F6: send the token to another server whose address has the same prefix; the generator does not', async () => {
    const authorizations: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      authorizations.push(request.headers.authorization);
      response.end(tarballOf(GUIDE));
    });
    vi.stubEnv('FPL_REGISTRY', other.url.slice(0, -1));
    vi.stubEnv('FPL_REGISTRY_TOKEN', 'secret');
    await buffer(await new FHIRRegistryClient(other.url, {}).download('example.guide', '1.0.0'));
    expect(authorizations).toEqual(['Bearer secret']);
    await load('example.guide#1.0.0', { fhirCache: cacheOf(), registry: other.url });
    expect(new Set(authorizations.slice(1))).toEqual(new Set([undefined]));
  });
});

describe('the client of the build server in fhir-package-loader', () => {
  it('F7: asks one address only, and stops at a list entry without a path', async () => {
    const addresses: unknown[] = [];
    const axios: unknown = createRequire(createRequire(import.meta.url).resolve('fhir-package-loader'))('axios');
    if (typeof axios !== 'function' || !('get' in axios)) throw new Error('the library does not use axios any more');
    const original = axios.get;
    onTestFinished(() => void Object.assign(axios, { get: original }));
    Object.assign(axios, {
      get: async (url: string) => {
        addresses.push(url);
        return Promise.resolve({ data: [{ 'package-id': 'example.guide' }] });
      },
    });
    await expect(new BuildDotFhirDotOrgClient({}).downloadCurrentBuild('example.guide')).rejects.toThrow(TypeError);
    expect(addresses).toEqual(['https://build.fhir.org/ig/qas.json']);
  });
});

describe('the disk cache in fhir-package-loader', () => {
  it('F8: unpacks whatever an archive contains, links and bombs included', async () => {
    const folder = newFolder();
    const archive = gzipSync(
      tarOf([
        { path: 'package/package.json', content: '{}' },
        { path: 'package/long.json', content: Buffer.concat([randomBytes(50_000), Buffer.alloc(10_000_000)]) },
        { path: 'package/link.json', type: 'SymbolicLink', linkpath: 'package.json' },
      ]),
    );
    expect(archive.length).toBeLessThan(100_000);
    await new DiskBasedPackageCache(folder).cachePackageTarball('a', '1.0.0', Readable.from([archive]));
    expect(statSync(join(folder, 'a#1.0.0/package/long.json')).size).toBe(10_050_000);
    expect(lstatSync(join(folder, 'a#1.0.0/package/link.json')).isSymbolicLink()).toBe(true);
  });

  it('F9: stores a package under the requested name, whatever its own', async () => {
    const folder = newFolder();
    const registry = await serve((_, response) => response.end(tarballOf({ name: 'else', version: '3.0.0' })));
    const loader = await loaderOf(folder, registry.url, () => undefined);
    await expect(loader.loadPackage('example.guide', '1.0.0')).resolves.toBe('LOADED');
    expect(existsSync(join(folder, 'example.guide#1.0.0'))).toBe(true);
  });

  it('F13: stores an archive whose checksum differs from that of the registry', async () => {
    const folder = newFolder();
    const registry = await serve((request, response) => {
      const dist = { tarball: `http://${request.headers.host}/a.tgz`, shasum: '0'.repeat(40) };
      if (request.url === '/example.guide') response.end(JSON.stringify({ versions: { '1.0.0': { dist } } }));
      else response.end(tarballOf(GUIDE));
    });
    const loader = await loaderOf(folder, registry.url, () => undefined);
    await expect(loader.loadPackage('example.guide', '1.0.0')).resolves.toBe('LOADED');
  });
});

describe('the loader of fhir-package-loader', () => {
  it('F10: loads a package with an invalid definition, and reports it as a debug message only', async () => {
    const folder = newFolder();
    const path = join(folder, 'a#1.0.0/package/StructureDefinition-b.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '{"resourceType": "StructureDefinition", ');
    writeFileSync(join(dirname(path), 'package.json'), '{"name": "a", "version": "1.0.0"}');
    const lines: string[] = [];
    const loader = await loaderOf(folder, 'http://127.0.0.1:1', (level, message) => lines.push(`${level}: ${message}`));
    await expect(loader.loadPackage('a', '1.0.0')).resolves.toBe('LOADED');
    expect(lines.filter((line) => line.includes('StructureDefinition-b'))).toEqual([expect.stringMatching(/^debug: /)]);
  });

  it('F11: rejects latest if no registry answers, even if the cache has a version', async () => {
    const loader = await loaderOf(cacheOf(GUIDE), 'http://127.0.0.1:1', () => undefined);
    await expect(loader.loadPackage('example.guide', 'latest')).rejects.toThrow('Latest version');
  });

  it('F12: reports a failed download without its reason', async () => {
    const failing = await serve((_, response) => response.writeHead(403).end());
    const reasons = [failing.url, 'http://127.0.0.1:1'].map(async (url) => {
      const lines: string[] = [];
      const loader = await loaderOf(newFolder(), url, (level, message) => lines.push(`${level}: ${message}`));
      await loader.loadPackage('example.guide', '1.0.0');
      return lines.filter((line) => line.startsWith('error')).join();
    });
    const failure = 'Failed to download example.guide#1.0.0 from the registry';
    const message = `error: Failed to load example.guide#1.0.0: ${failure}`;
    expect(await Promise.all(reasons)).toEqual([message, message]);
  });
});
