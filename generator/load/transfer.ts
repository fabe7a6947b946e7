import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { createRequire as requireOf } from 'node:module';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { messageOf } from '../errors.js';
import type { LoadLimits } from './limits.js';
import { failureOf, RequestError } from './request-error.js';

/** How much a transfer may take. */
export interface TransferLimits {
  /** Longest silence: before an answer begins, and between two pieces of it. */
  readonly silenceSeconds: number;
  /** Longest duration of the whole. */
  readonly totalSeconds: number;
  /** Longest answer: what is asked for. */
  readonly bytes: number;
  /** What messages call that limit. */
  readonly name: 'archiveBytes' | 'listingBytes';
  /** Longest list that a client of fhir-package-loader reads on the way to it. */
  readonly listingBytes: number;
}

/** Limits of a user, as far as transfers have them. */
type OwnLimits = Pick<LoadLimits, 'archiveBytes' | 'listingBytes' | 'downloadSeconds'>;

/**
 * Limits of the transfer of an archive.
 *
 * @param silenceSeconds longest silence
 * @param limits of the user
 */
export function archiveLimits(
  silenceSeconds: number,
  { downloadSeconds, archiveBytes, listingBytes }: OwnLimits,
): TransferLimits {
  return { silenceSeconds, totalSeconds: downloadSeconds, bytes: archiveBytes, name: 'archiveBytes', listingBytes };
}

/**
 * Limits of the transfer of a list of versions or builds.
 *
 * @param silenceSeconds longest silence
 * @param limits of the user
 */
export function listingLimits(silenceSeconds: number, { listingBytes }: OwnLimits): TransferLimits {
  return {
    silenceSeconds,
    totalSeconds: silenceSeconds * 3,
    bytes: listingBytes,
    name: 'listingBytes',
    listingBytes,
  };
}

/** What axios asks, as far as limits are put on it. */
interface AxiosRequest {
  readonly url?: string;
  readonly responseType?: string;
  readonly signal?: AbortSignal;
  readonly maxRedirects?: number;
  readonly headers?: { delete(name: string): unknown };
}

/** What axios gives, as far as it is read here. */
interface AxiosAnswer {
  readonly data: unknown;
}

/** The interceptors of axios, its public means to change requests of others and to see their answers. */
interface Interceptors {
  readonly request: { use(change: (request: AxiosRequest) => AxiosRequest): unknown };
  readonly response: {
    use(pass: (answer: AxiosAnswer) => Promise<AxiosAnswer>, fail: (error: unknown) => unknown): unknown;
  };
}

const REDIRECTS = 5;

/** The transfer that a request belongs to. */
const transfers = new AsyncLocalStorage<Transfer>();

/**
 * Puts limits around clients of fhir-package-loader, which take none. Each request that they make within {@link of}
 * gets the limits by an interceptor of axios; its connections and the answer are closed when the limits are reached.
 */
export class Transfer {
  private readonly controller = new AbortController();
  /**
   * Aborting a request does not close a connection that is still being negotiated with a proxy, and one that is never
   * closed keeps the process alive: a silent proxy would hang the command line.
   */
  private readonly connections = new Set<Socket>();
  private readonly failures: RequestError[] = [];
  private isListing = false;
  private body: Readable | undefined;
  private late: RequestError | undefined;
  private readonly silence: NodeJS.Timeout;
  private readonly total: NodeJS.Timeout;

  private constructor(private readonly limits: TransferLimits) {
    const { silenceSeconds, totalSeconds } = limits;
    this.silence = setTimeout(() => {
      const seconds = `${silenceSeconds} seconds`;
      this.stop(
        new RequestError(this.body ? `stopped sending for ${seconds}` : `does not answer within ${seconds}`, true),
      );
    }, silenceSeconds * 1000);
    this.total = setTimeout(() => {
      const limit = limits.name === 'archiveBytes' ? ' (limit "downloadSeconds")' : '';
      this.stop(new RequestError(`takes more than ${totalSeconds} seconds${limit}`, true));
    }, totalSeconds * 1000);
  }

  /**
   * Reads what a client of fhir-package-loader gives.
   *
   * @param limits how much it may take
   * @param open asks the client
   * @param onAnswer called when the answer begins
   * @returns the whole answer
   * @throws RequestError when there is none, or not within the limits
   */
  static async of(limits: TransferLimits, open: () => Promise<unknown>, onAnswer?: () => void): Promise<Buffer> {
    putLimitsOnAxios();
    const transfer = new Transfer(limits);
    try {
      const body = await transfers.run(transfer, open);
      if (!(body instanceof Readable))
        throw transfer.failures[0] ?? new RequestError('sends an unknown response', false);
      onAnswer?.();
      return await transfer.content(body, limits.bytes, limits.name);
    } catch (error) {
      throw transfer.reasonOf(error);
    } finally {
      transfer.end();
    }
  }

  /** A request with limits; refused when an earlier request of the same transfer shows that it would fail as well. */
  limited(request: AxiosRequest): AxiosRequest {
    const hopeless = this.late ?? this.failures.find(({ unreachable }) => unreachable);
    if (hopeless !== undefined) throw hopeless;
    if (!/^https?:/i.test(request.url ?? ''))
      throw new RequestError('uses an address that is not http or https', false);
    // fhir-package-loader sends the token wherever an address begins with the same characters.
    if (!isOfRegistry(request.url)) request.headers?.delete('Authorization');
    this.silence.refresh();
    this.isListing = request.responseType !== 'stream';
    return { ...request, responseType: 'stream', signal: this.controller.signal, maxRedirects: REDIRECTS };
  }

  /** An answer with limits: what the client wants whole is read here, as axios would read it without any. */
  async read(answer: AxiosAnswer): Promise<AxiosAnswer> {
    if (!this.isListing || !(answer.data instanceof Readable)) return answer;
    const text = (await this.content(answer.data, this.limits.listingBytes, 'listingBytes')).toString();
    this.body = undefined;
    return { ...answer, data: jsonOr(text) };
  }

  /** Keeps why a request failed: clients of fhir-package-loader go on to the next address, or say something else. */
  failed(error: unknown): void {
    this.failures.push(describe(error));
  }

  /** Keeps a connection, to close it with the transfer. */
  opened(connection: Socket): void {
    this.connections.add(connection);
  }

  private async content(body: Readable, limit: number, name: TransferLimits['name']): Promise<Buffer> {
    this.body = body;
    this.silence.refresh();
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of body) {
        this.silence.refresh();
        const bytes = Buffer.from(chunk);
        length += bytes.length;
        if (length > limit) throw new RequestError(`sends more than ${limit} bytes (limit "${name}")`, false);
        chunks.push(bytes);
      }
    } catch (error) {
      throw error instanceof RequestError ? error : brokenOff(error);
    }
    return Buffer.concat(chunks);
  }

  private reasonOf(error: unknown): RequestError {
    if (this.late !== undefined) return this.late;
    if (error instanceof RequestError) return error;
    const { failures } = this;
    return failures.find(({ status }) => status !== 404) ?? failures[0] ?? describe(error);
  }

  private stop(error: RequestError): void {
    this.late ??= error;
    this.controller.abort();
    this.body?.destroy(error);
    for (const connection of this.connections) connection.destroy();
  }

  private end(): void {
    clearTimeout(this.silence);
    clearTimeout(this.total);
    this.controller.abort();
    this.body?.on('error', () => undefined).destroy();
  }
}

let isLimited = false;

/** Once for the process; requests outside a transfer stay as they are. */
function putLimitsOnAxios(): void {
  if (isLimited) return;
  isLimited = true;
  subscribe('net.client.socket', (message) => {
    if (typeof message !== 'object' || message === null || !('socket' in message)) return;
    if (message.socket instanceof Socket) transfers.getStore()?.opened(message.socket);
  });
  const { request, response } = interceptorsOfLoader();
  request.use((asked) => transfers.getStore()?.limited(asked) ?? asked);
  response.use(
    async (answer) => {
      const transfer = transfers.getStore();
      if (transfer === undefined) return answer;
      return transfer.read(answer).catch((error: unknown) => {
        transfer.failed(error);
        throw error;
      });
    },
    (error: unknown) => {
      transfers.getStore()?.failed(error);
      throw error;
    },
  );
}

/** Whether an address is one of the registry that FPL_REGISTRY_TOKEN is for. */
function isOfRegistry(address = ''): boolean {
  const registry = process.env['FPL_REGISTRY'] ?? '';
  return URL.canParse(address) && URL.canParse(registry) && new URL(address).origin === new URL(registry).origin;
}

/** What axios makes of a body by default. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Those of the copy of axios that fhir-package-loader uses, wherever npm has put it. */
function interceptorsOfLoader(): Interceptors {
  const loader = requireOf(requireOf(import.meta.url).resolve('fhir-package-loader'));
  const axios: unknown = loader('axios');
  if (hasInterceptors(axios)) return axios.interceptors;
  throw new Error('fhir-package-loader does not use axios any more: no limits can be put on what it downloads');
}

function hasInterceptors(value: unknown): value is { readonly interceptors: Interceptors } {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && 'interceptors' in value;
}

/** Describes a failed request to the user, with its code. */
function describe(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  const cause = { cause: error };
  const status = statusOf(error);
  if (status !== undefined) return failureOf(status);
  const code = codeOf(error);
  const message = messageOf(error);
  if (code.includes('ERR_FR_TOO_MANY_REDIRECTS')) {
    return new RequestError(`redirects more than ${REDIRECTS} times`, false, cause);
  }
  if (code.includes('ECONNREFUSED')) return new RequestError('refuses the connection', true, cause);
  return new RequestError(`cannot be reached${code || ` (${message.slice(0, 120)})`}`, true, cause);
}

function brokenOff(error: unknown): RequestError {
  return new RequestError(`closes the connection in the middle of its response${codeOf(error)}`, false, {
    cause: error,
  });
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('response' in error)) return undefined;
  const { response } = error;
  if (typeof response !== 'object' || response === null || !('status' in response)) return undefined;
  return typeof response.status === 'number' ? response.status : undefined;
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
