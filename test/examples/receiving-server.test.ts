import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { listenerOf } from '../../examples/receiving-server/listener.js';
import { receivingServer } from '../../examples/receiving-server/server.js';
import { ROOT } from '../generated/compile.js';
import { validStudy } from '../generated/study.js';
import { shellCommandsOf } from '../pages.js';

const kept: object[] = [];
let server: Server;
let address = '';
beforeAll(async () => {
  server = createServer(listenerOf(receivingServer({ add: (resource) => String(kept.push(resource)) }, 20_000)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

async function post(
  path: string,
  body: Body,
  headers: Record<string, string> = {},
): Promise<{ status: number; location: string | null; body: unknown }> {
  const init = {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/fhir+json', ...headers },
    duplex: 'half',
  };
  const response = await fetch(`${address}${path}`, init as RequestInit);
  return { status: response.status, location: response.headers.get('location'), body: await response.json() };
}

const broken = (): string => {
  const study = validStudy();
  delete study['series'];
  return JSON.stringify(study);
};

it('stores a study that conforms', async () => {
  const { status, location, body } = await post('/ImagingStudy', JSON.stringify(validStudy()));
  expect([status, location]).toEqual([201, '/ImagingStudy/1']);
  expect(body).toMatchObject({ resourceType: 'ImagingStudy', id: '1' });
  expect(kept).toHaveLength(1);
});

it.each([
  ['fr-FR,fr;q=0.9', 'au moins 1 élément requis, 0 trouvé'],
  ['en', 'at least 1 required'],
])('rejects a study that does not conform, in the language of the caller (%s)', async (language, text) => {
  const { status, body } = await post('/ImagingStudy', broken(), { 'accept-language': language });
  expect(status).toBe(422);
  expect(body).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [
      { code: 'required', expression: ['ImagingStudy.series'], diagnostics: expect.stringContaining(text) as string },
    ],
  });
});

it.each<[number, string, Body, Record<string, string>]>([
  [400, '/ImagingStudy', '{"resourceType":', {}],
  [400, '/ImagingStudy', new Uint8Array(Buffer.from('{"text":"Clarté"}', 'latin1')), {}],
  [415, '/ImagingStudy', '<ImagingStudy/>', { 'content-type': 'application/fhir+xml' }],
  [422, '/ImagingStudy', '[]', {}],
  [422, '/ImagingStudy', 'null', {}],
  [422, '/Patient', '{"resourceType":"Patient"}', {}],
  [413, '/ImagingStudy', JSON.stringify({ text: 'x'.repeat(30_000) }), {}],
])('answers %i on %s to %s', async (status, path, body, headers) => {
  const found = await post(path, body, headers);
  expect(found.status).toBe(status);
  expect(found.body).toMatchObject({ resourceType: 'OperationOutcome' });
});

it('stops reading a body of unknown length at the limit', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1000;
      if (sent > 5_000_000) controller.close();
      else controller.enqueue(new Uint8Array(1000).fill(32));
    },
  });
  const outcome = await post('/ImagingStudy', endless).then(
    ({ status }) => status,
    () => 'closed',
  );
  expect([413, 'closed']).toContain(outcome);
  expect(sent).toBeLessThan(5_000_000);
});

it('handles two hundred concurrent requests', async () => {
  const before = kept.length;
  const text = JSON.stringify(validStudy());
  const answers = await Promise.all(Array.from({ length: 200 }, () => post('/ImagingStudy', text)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(kept).toHaveLength(before + 200);
});

it('starts by the command of the page, here on a port that is free', async () => {
  const [, program = '', port = ''] =
    /^npx tsx (\S+) (\d+)$/.exec(shellCommandsOf('examples/receiving-server/README.md')[0] ?? '') ?? [];
  expect(port).toBe('8080');
  const child = spawn(process.execPath, ['--import', 'tsx', program, '0'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill());
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const [started = ''] = /^http:\S+(?=: POST \/ImagingStudy)/.exec(line.toString()) ?? [];
  const response = await fetch(`${started}/ImagingStudy`, {
    method: 'POST',
    body: JSON.stringify(validStudy()),
    headers: { 'content-type': 'application/fhir+json' },
  });
  expect(response.status).toBe(201);
});
