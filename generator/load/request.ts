import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { messageOf } from '../errors.js';

/** How much a request may take. */
export interface RequestLimits {
  /** Longest silence: before the answer begins, and between two pieces of it. */
  readonly silenceSeconds: number;
  /** Longest duration of the whole. */
  readonly totalSeconds: number;
  /** Longest answer. */
  readonly bytes: number;
}

/** A server's answer; the body only when the status is 200. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** A request that came to nothing: the message is half a sentence that goes on after the server's name. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  /**
   * @param message `does not answer within 10 seconds`
   * @param unreachable whether the next request to the same server would go the same way
   * @param options the error that led to this one
   */
  constructor(
    message: string,
    readonly unreachable: boolean,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

const REDIRECTS = 5;

/**
 * The connections that a request has opened. Aborting it does not close one that is still being negotiated with a
 * proxy, and a connection that is never closed keeps the process alive: a silent proxy would hang the command line.
 */
const connections = new AsyncLocalStorage<Set<Socket>>();
subscribe('net.client.socket', (message) => {
  if (typeof message !== 'object' || message === null || !('socket' in message)) return;
  if (message.socket instanceof Socket) connections.getStore()?.add(message.socket);
});

/**
 * Gets an address by way of fhir-package-loader, which knows HTTPS_PROXY and FPL_REGISTRY_TOKEN. Its registry clients
 * are not used, since they take no limit: a server that accepts and never answers would hold them for ever.
 *
 * @param url an http or https address
 * @param limits how long it may take
 * @returns the answer, whatever its status
 * @throws RequestError when there is none, or not within the limits
 */
export async function get(url: string, limits: RequestLimits): Promise<Answer> {
  // Loaded when it is needed: it brings a database along and takes a third of a second.
  const { axiosGet } = await import('fhir-package-loader');
  const controller = new AbortController();
  const opened = new Set<Socket>();
  let body: Readable | undefined;
  let late: RequestError | undefined;
  const stop = (error: RequestError) => {
    late ??= error;
    controller.abort();
    body?.destroy(error);
    for (const socket of opened) socket.destroy();
  };
  const silence = setTimeout(() => {
    const seconds = `${limits.silenceSeconds} seconds`;
    stop(new RequestError(body ? `stopped sending for ${seconds}` : `does not answer within ${seconds}`, true));
  }, limits.silenceSeconds * 1000);
  const total = setTimeout(() => {
    stop(new RequestError(`sends for more than ${limits.totalSeconds} seconds`, true));
  }, limits.totalSeconds * 1000);
  try {
    const response: { readonly status: number; readonly data: unknown } = await connections.run(opened, () =>
      axiosGet(url, {
        responseType: 'stream',
        signal: controller.signal,
        maxRedirects: REDIRECTS,
        validateStatus: () => true,
      }),
    );
    if (!(response.data instanceof Readable)) throw new RequestError('answers in an unknown way', false);
    body = response.data;
    silence.refresh();
    if (response.status !== 200) return { status: response.status, body: Buffer.alloc(0) };
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body) {
      silence.refresh();
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > limits.bytes) throw new RequestError(`sends more than ${limits.bytes} bytes`, false);
      chunks.push(bytes);
    }
    return { status: response.status, body: Buffer.concat(chunks) };
  } catch (error) {
    throw late ?? (error instanceof RequestError ? error : describe(error, body !== undefined));
  } finally {
    clearTimeout(silence);
    clearTimeout(total);
    body?.on('error', () => undefined).destroy();
  }
}

/** What a failed connection means to the user; the code names it for those who know. */
function describe(error: unknown, begun: boolean): RequestError {
  const cause = { cause: error };
  const code = codeOf(error);
  if (begun) return new RequestError(`breaks off in the middle of its answer${code}`, false, cause);
  if (code.includes('ERR_FR_TOO_MANY_REDIRECTS')) {
    return new RequestError(`redirects more than ${REDIRECTS} times`, false, cause);
  }
  if (code.includes('ECONNREFUSED')) return new RequestError('refuses the connection', true, cause);
  return new RequestError(`cannot be reached${code || ` (${messageOf(error).slice(0, 120)})`}`, true, cause);
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
