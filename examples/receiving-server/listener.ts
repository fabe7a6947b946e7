import type { IncomingMessage, RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import type { Hono } from 'hono';

/**
 * Node's listener for a Hono application; `@hono/node-server` does the same with more care. The body is a stream, so
 * a body that is too long is not read to its end.
 *
 * @param app the application
 */
export function listenerOf(app: Hono): RequestListener {
  return (incoming, answer) => {
    void (async () => {
      const response = await app.fetch(requestOf(incoming));
      answer.writeHead(response.status, Object.fromEntries(response.headers));
      answer.end(Buffer.from(await response.arrayBuffer()));
    })().catch(() => {
      answer.writeHead(500).end();
    });
  };
}

function requestOf(incoming: IncomingMessage): Request {
  const { method = 'GET', url = '/', headers } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(new URL(url, 'http://127.0.0.1'), {
    method,
    headers: pairs,
    // Node's `fetch` requires `duplex` if the body is a stream; its types lack the option.
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
  });
}
