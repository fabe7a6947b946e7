/** Listens on a local port and keeps conforming resources in memory: `main.ts [port]`; port 0 selects a free port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenerOf } from './listener.js';
import { receivingServer } from './server.js';

const resources: object[] = [];
const app = receivingServer({ add: (resource) => String(resources.push(resource)) });
const port = Number(process.argv[2] ?? 8080);
const server = createServer(listenerOf(app)).listen(port, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}: POST /ImagingStudy`);
});
