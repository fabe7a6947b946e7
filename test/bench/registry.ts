import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';

/** Most guides depend on this package only through their `fhirVersions`. */
const CORE = 'hl7.fhir.r4.core';

/** A package that the registry serves. */
interface Served {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly archive: Buffer;
}

/** A local registry. */
export interface LocalRegistry {
  readonly address: string;
  readonly close: () => void;
}

/**
 * Serves the packages of a FHIR package cache as an npm registry does. The cache has one version of each, which
 * satisfies every dependency; other dependencies are omitted.
 *
 * @param cache folder with `name#version/package`
 */
export async function serveCache(cache: string): Promise<LocalRegistry> {
  const versions = new Map(
    readdirSync(cache).flatMap((spec): [string, string][] => {
      const [name = '', version] = spec.split('#');
      return version === undefined ? [] : [[name, version]];
    }),
  );
  const served = new Map<string, Served>();
  for (const [name, version] of versions) served.set(name, await packed(cache, name, version, versions));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
    const [name = '', file] = path.split('/-/');
    const found = served.get(name);
    if (found === undefined) response.writeHead(404).end('{}');
    else if (file !== undefined) response.end(found.archive);
    else response.end(JSON.stringify(packument(found, request.headers.host ?? 'localhost')));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the registry has no port');
  return { address: `http://localhost:${address.port}/`, close: () => server.close() };
}

async function packed(
  cache: string,
  name: string,
  version: string,
  versions: ReadonlyMap<string, string>,
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-package-'));
  try {
    cpSync(join(cache, `${name}#${version}`, 'package'), join(folder, 'package'), { recursive: true });
    const path = join(folder, 'package/package.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { readonly dependencies?: Record<string, string> };
    const wanted = new Set([...Object.keys(manifest.dependencies ?? {}), CORE]);
    const dependencies = Object.fromEntries(
      [...versions].filter(([one]) => one !== name && name !== CORE && wanted.has(one)),
    );
    writeFileSync(path, JSON.stringify({ ...manifest, name, version, dependencies }));
    const chunks: Buffer[] = [];
    for await (const chunk of create({ cwd: folder, gzip: true }, ['package'])) chunks.push(chunk as Buffer);
    return { name, version, dependencies, archive: Buffer.concat(chunks) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function packument({ name, version, dependencies, archive }: Served, host: string): object {
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  const dist = { tarball: `http://${host}/${name}/-/${name}-${version}.tgz`, integrity };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dependencies, dist } } };
}
