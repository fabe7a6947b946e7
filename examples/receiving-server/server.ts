import {
  type Issue,
  toOperationOutcome,
  validateByProfile,
  validateFRImagingStudyDocument,
} from 'ans-document-fr-core';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** FHIR's media type (FHIR R4, RESTful API, "Content Types"). */
const FHIR_JSON = 'application/fhir+json';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** What the server does with resources that conform. */
export interface Store {
  /** Stores a resource, and returns its id. */
  readonly add: (resource: object) => string;
}

type Language = 'en' | 'fr';

/**
 * A server that accepts studies, and any resource that claims a profile of the guide: 201 with its URL, or 422 with an
 * OperationOutcome in the caller's language.
 *
 * @param store receives the resources that conform
 * @param maxSize bytes of a body; a longer one is rejected while it is read
 */
export function receivingServer(store: Store, maxSize = 1024 * 1024): Hono {
  const app = new Hono();
  app.use(
    bodyLimit({
      maxSize,
      onError: (context) => outcome(context, 413, [fault('too-long', `the body has more than ${maxSize} bytes`)]),
    }),
  );
  app.post('/ImagingStudy', (context) => received(context, validateFRImagingStudyDocument, store));
  app.post('/:type', (context) => received(context, validateByProfile, store));
  return app;
}

async function received(
  context: Context,
  validate: (value: unknown, options: { readonly language: Language }) => readonly Issue[],
  store: Store,
): Promise<Response> {
  if (!/^application\/(?:fhir\+)?json\b/.test(context.req.header('content-type') ?? '')) {
    return outcome(context, 415, [fault('not-supported', `the body must be ${FHIR_JSON}`)]);
  }
  let resource: unknown;
  try {
    // `json()` would replace bytes that are not UTF-8, and store the resource with other letters than its sender wrote.
    resource = JSON.parse(UTF_8.decode(await context.req.arrayBuffer()));
  } catch {
    return outcome(context, 400, [fault('structure', 'the body is not JSON in UTF-8')]);
  }
  const language = languageOf(context);
  const issues = validate(resource, { language });
  if (!isObject(resource) || issues.some(({ severity }) => severity === 'error')) return outcome(context, 422, issues);
  // A resource that claims no profile of the guide was not checked at all.
  if (issues.some(({ code }) => code === 'not-supported')) return outcome(context, 422, issues);
  const id = store.add(resource);
  const place = `${context.req.path}/${id}`;
  return context.json({ ...resource, id }, 201, { 'content-type': FHIR_JSON, location: place });
}

function outcome(context: Context, status: 400 | 413 | 415 | 422, issues: readonly Issue[]): Response {
  const body = toOperationOutcome(issues, { language: languageOf(context) });
  return context.json(body, status, { 'content-type': FHIR_JSON });
}

function fault(code: Issue['code'], diagnostics: string): Issue {
  return { severity: 'error', code, expression: '$this', diagnostics };
}

function languageOf(context: Context): Language {
  return /^\s*fr\b/i.test(context.req.header('accept-language') ?? '') ? 'fr' : 'en';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
