import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { FRImagingStudyDocument } from 'ans-document-fr-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StudyClient } from '../../examples/client/exchange.js';
import { localServer } from '../../examples/client/local-server.js';
import { withFhirKitClient } from '../../examples/client/with-fhir-kit-client.js';
import { withMedplum } from '../../examples/client/with-medplum.js';
import { study } from '../generated/programs/study.js';
import { ROOT } from '../generated/compile.js';
import { shellCommandsOf } from '../pages.js';
import { printedBy } from './program.js';

const run = promisify(execFile);

const UID = 'urn:oid:1.2.250.1.59';

const stored: object[] = [];
const server = localServer(stored);
let address = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  stored.length = 0;
});

/** A study of a program that bypasses the types. */
function broken(): FRImagingStudyDocument {
  const { series: _, ...rest } = study;
  return rest as object as FRImagingStudyDocument;
}

describe.each<[string, (baseUrl: string, language?: 'en' | 'fr') => StudyClient]>([
  ['fhir-kit-client', withFhirKitClient],
  ["Medplum's client", withMedplum],
])('%s', (_, withClient) => {
  it('sends a study and finds it by its UID', async () => {
    const client = withClient(address);
    expect(await client.send(study)).toEqual({ ...study, id: '1' });
    expect(await client.search(UID)).toEqual({ studies: [{ ...study, id: '1' }], others: [] });
    expect(await client.search('urn:oid:1.2.3')).toEqual({ studies: [], others: [] });
  });

  it('reports which of the found studies do not conform', async () => {
    stored.push({ ...study, status: 'seen' }, study);
    const { studies, others } = await withClient(address).search(UID);
    expect(studies).toEqual([study]);
    expect(others).toEqual([expect.stringContaining('entry[0]: ImagingStudy.status: ')]);
  });

  it("returns the issues of the server's OperationOutcome, also in French", async () => {
    await expect(withClient(address).send(broken())).rejects.toMatchObject({
      name: 'Rejected',
      issues: [{ severity: 'error', code: 'required', expression: ['ImagingStudy.series'] }],
    });
    await expect(withClient(address, 'fr').send(broken())).rejects.toThrow(
      'ImagingStudy.series: au moins 1 élément requis',
    );
  });

  it('passes on errors that are not OperationOutcomes', async () => {
    const error: unknown = await withClient('http://127.0.0.1:9/')
      .send(study)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: expect.not.stringContaining('Rejected') as string });
  });
});

it('the program sends and searches with both clients', async () => {
  expect((await printedBy('client/main.ts')).split('\n')).toEqual([
    'fhir-kit-client: 1 is stored; 1 of that UID, 0 faults',
    'Medplum: 2 is stored; 2 of that UID, 0 faults',
  ]);
  const [, command = ''] = shellCommandsOf('examples/client/README.md');
  const [, program = '', shown = ''] = /^npx tsx (\S+) (\S+)$/.exec(command) ?? [];
  expect(shown).toBe('http://127.0.0.1:8080/');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', program, address], { cwd: ROOT });
  expect(stdout).toMatch(/^fhir-kit-client: 1 is stored;/);
  expect(stored).toHaveLength(2);
});
