import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';

const PUBLIC = 'https://registry.npmjs.org';

/** A registry that has a package before it is published, and sends for all others to npm's. */
export interface RegistryBefore {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts a registry on this machine in which a packed package is published already: `npm install <name>` then does what
 * it does for users.
 *
 * @param manifest the package.json of the package
 * @param tarball path of its archive
 */
export async function registryWith(
  manifest: { readonly name: string; readonly version: string },
  tarball: string,
): Promise<RegistryBefore> {
  const { name, version } = manifest;
  const file = `/${name}/-/${basename(tarball)}`;
  const server = createServer((request, response) => {
    if (request.url === `/${name}`) {
      const dist = { tarball: `http://${request.headers.host}${file}` };
      response.end(
        JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }),
      );
    } else if (request.url === file) response.end(readFileSync(tarball));
    else response.writeHead(302, { location: `${PUBLIC}${request.url ?? ''}` }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
