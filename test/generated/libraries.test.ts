import { MedplumClient } from '@medplum/core';
import { type FRImagingStudyDocument, isFRImagingStudyDocument } from 'ans-document-fr-core';
import { readFileSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { pinnedSnapshot } from '../mutation/subject.js';
import { openWorkspace } from '../mutation/workspace.js';
import { rendered } from '../rendered.js';
import { diagnose, ROOT } from './compile.js';
import { exchange as withFhirKitClient } from './programs/fhir-kit-client.js';
import { exchange as withHono } from './programs/hono.js';
import { fill as fillReactHookForm } from './programs/react-hook-form.js';
import { study } from './programs/study.js';
import { fill as fillTanStackForm } from './programs/tanstack-form.js';
import { exchange as withTrpc } from './programs/trpc.js';

/** Not compiled with the others: its types are those of models generated on Medplum's types. */
const MEDPLUM = `${ROOT}test/generated/programs/medplum.ts`;
type Store = (client: MedplumClient, study: FRImagingStudyDocument) => Promise<string[]>;

/** A server that stores the last resource sent to it. */
let server: Server;
let baseUrl = '';
const posted: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.method === 'POST') posted.push(body);
      const kept: unknown = JSON.parse(posted.at(-1) ?? '{}');
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/fhir+json' });
      response.end(JSON.stringify(Object.assign({}, kept, { id: '1' })));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  baseUrl = `http://127.0.0.1:${address.port}/`;
});
afterAll(() => void server.close());

// The programs are compiled by the project's own type check; here they run.
describe('studies pass through', () => {
  it('Hono and its client', async () => {
    expect(await withHono()).toEqual([study, '24028007']);
  });

  it('tRPC and its client', async () => {
    expect(await withTrpc()).toEqual([study, '1.2.250.1.59.1']);
  });

  it('fhir-kit-client', async () => {
    expect(await withFhirKitClient(baseUrl)).toEqual({ ...study, id: '1' });
    expect(JSON.parse(posted.at(-1) ?? '')).toEqual(study);
  });

  it("Medplum's client", async () => {
    const { store } = (await import(MEDPLUM)) as { store: Store };
    expect(await store(new MedplumClient({ baseUrl, fetch }), study)).toEqual(['1', '1.2.250.1.59.1']);
    expect(JSON.parse(posted.at(-1) ?? '')).toEqual(study);
  });

  it("Medplum's client, with models generated on its types", async () => {
    const needed = /imaging-study-document$|number-of-frames-extension$|instance-uid-identifier-document$/;
    const { profiles, ...model } = buildModel(pinnedSnapshot());
    const own = profiles.filter(({ url }) => needed.test(url));
    const { files } = await rendered({ ...model, profiles: own }, { baseTypes: '@medplum/fhirtypes' });
    const workspace = openWorkspace(files);
    symlinkSync(`${ROOT}node_modules/@medplum`, join(workspace.folder, 'node_modules/@medplum'), 'dir');
    const program = readFileSync(MEDPLUM, 'utf8').replace(
      'ans-document-fr-core',
      `${workspace.generated}/ans.document.fr.core/fr-imaging-study-document.js`,
    );
    const errors = diagnose(program, { exactOptionalPropertyTypes: false });
    workspace.close();
    expect(errors).toEqual([]);
  });
});

describe('studies are created from', () => {
  it('a form of TanStack Form', async () => {
    const [empty, filled] = await fillTanStackForm();
    expect(empty).toEqual([expect.stringContaining('ImagingStudy.identifier[0].value')]);
    expect(filled).toEqual([]);
  });

  it('a form of React Hook Form', async () => {
    expect(isFRImagingStudyDocument(await fillReactHookForm())).toBe(true);
  });
});
