import { createTRPCClient, httpLink } from '@trpc/client';
import { initTRPC } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { FRImagingStudyDocument } from 'ans-document-fr-core';
import { study } from './study.js';

// FHIR's JSON needs no transformation; with a transformer that declares this, tRPC keeps the types.
const transformer = { serialize: (value: unknown): unknown => value, deserialize: (value: unknown): unknown => value };
const { router, procedure } = initTRPC.create({ transformer });
const app = router({
  get: procedure.query(() => study),
  put: procedure.input(FRImagingStudyDocument).mutation(({ input }) => input.series[0].uid),
});

/** Client and server of tRPC: the client returns a study. */
export async function exchange(): Promise<readonly [got: FRImagingStudyDocument, put: string]> {
  const link = httpLink({
    url: 'http://localhost/trpc',
    transformer,
    fetch: (input, init) =>
      fetchRequestHandler({
        endpoint: '/trpc',
        req: new Request(input.toString(), init as RequestInit),
        router: app,
      }),
  });
  const client = createTRPCClient<typeof app>({ links: [link] });
  const got: FRImagingStudyDocument = await client.get.query();
  return [got, await client.put.mutate(got)];
}
