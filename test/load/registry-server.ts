import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { tarballOf, type TestPackage } from './workspace.js';

/** A registry for one test: its address, and the requests to it. */
export interface TestRegistry {
  readonly url: string;
  readonly requests: readonly string[];
}

/** Starts a server with the given handler on a free local port until the test ends. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestRegistry> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  const url = await listen(server);
  onTestFinished(() => server.closeAllConnections());
  return { url, requests };
}

/** Opens a server on a free local port until the test ends. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** A registry with some packages that answers like npm registries. */
export async function registryOf(...packages: readonly TestPackage[]): Promise<TestRegistry> {
  return serve((request, response) => {
    const [, name, , file] = (request.url ?? '').split('/');
    const versions = packages.filter((entry) => entry.name === name);
    const wanted = versions.find(({ version }) => file === `${name}-${version}.tgz`);
    if (wanted !== undefined) response.end(tarballOf(wanted));
    else if (versions.length > 0 && file === undefined) response.end(JSON.stringify(listing(request, versions)));
    else response.writeHead(404).end('not found');
  });
}

function listing(request: IncomingMessage, versions: readonly TestPackage[]): object {
  return {
    name: versions[0]?.name,
    'dist-tags': { latest: versions.at(-1)?.version },
    versions: Object.fromEntries(
      versions.map(({ name, version, dependencies }) => [
        version,
        {
          name,
          version,
          dependencies,
          dist: { tarball: `http://${request.headers.host}/${name}/-/${name}-${version}.tgz` },
        },
      ]),
    ),
  };
}
