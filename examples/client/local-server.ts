import { createServer, type Server } from 'node:http';
import { listenerOf } from '../receiving-server/listener.js';
import { receivingServer } from '../receiving-server/server.js';

/**
 * The server of `receiving-server`, with a search by identifier.
 *
 * @param stored the initial resources; new ones are added
 */
export function localServer(stored: object[] = []): Server {
  const app = receivingServer({
    add: (resource) => {
      const id = String(stored.length + 1);
      stored.push({ ...resource, id });
      return id;
    },
  });
  app.get('/ImagingStudy', (context) => {
    const value = context.req.query('identifier')?.split('|').at(-1);
    // Enough for an example: a server has an index of identifiers.
    const found = stored.filter((resource) => JSON.stringify(resource).includes(JSON.stringify(value)));
    return context.json({ resourceType: 'Bundle', type: 'searchset', entry: found.map((resource) => ({ resource })) });
  });
  return createServer(listenerOf(app));
}
