import { sValidator } from '@hono/standard-validator';
import { FRImagingStudyDocument, parseFRImagingStudyDocument } from 'ans-document-fr-core';
import { Hono } from 'hono';
import { hc } from 'hono/client';
import { study } from './study.js';

const app = new Hono()
  .get('/study', (context) => context.json(study))
  .post('/study', sValidator('json', FRImagingStudyDocument), (context) => {
    const [series] = context.req.valid('json').series;
    return context.json({ laterality: series.laterality.code });
  });

/** Client and server of Hono: the client returns the JSON form of the type, which `parse` turns into a study. */
export async function exchange(): Promise<readonly [got: FRImagingStudyDocument, posted: string]> {
  const client = hc<typeof app>('http://localhost', {
    fetch: async (input: string | URL | Request, init?: RequestInit) => app.request(input.toString(), init),
  });
  const got = await (await client.study.$get()).json();
  const parsed = parseFRImagingStudyDocument(got);
  if (!parsed.ok) throw new Error(`no study: ${got.status}`);
  const posted = await (await client.study.$post({ json: parsed.value })).json();
  if (!('laterality' in posted)) throw new Error('the server rejects the study');
  return [parsed.value, posted.laterality];
}
