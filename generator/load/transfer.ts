import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { messageOf } from '../errors.js';
import type { LoadLimits } from './limits.js';
import { failureOf, RequestError } from './request-error.js';

/** Limits of a transfer. */
export interface TransferLimits {
  /** Longest silence: before a response begins, and between two chunks of it. */
  readonly silenceSeconds: number;
  /** Longest total duration. */
  readonly totalSeconds: number;
  /** Largest response. */
  readonly bytes: number;
  /** The name of that limit in messages. */
  readonly name: 'archiveBytes' | 'listingBytes';
  /** Largest list that a client of fhir-package-loader reads before the response. */
  readonly listingBytes: number;
}

/** The user's limits that apply to transfers. */
type OwnLimits = Pick<LoadLimits, 'archiveBytes' | 'listingBytes' | 'downloadSeconds'>;

/**
 * Limits of the transfer of an archive.
 *
 * @param silenceSeconds longest silence
 * @param limits the user's limits
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
 * @param limits the user's limits
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

/** The part of axios's requests that limits affect. */
interface AxiosRequest {
  readonly url?: string;
  readonly responseType?: string;
  readonly signal?: AbortSignal;
  readonly maxRedirects?: number;
  readonly headers?: { delete(name: string): unknown };
}

/** The part of axios's responses that is read here. */
interface AxiosResponse {
  readonly data: unknown;
}

/** The interceptors of axios: its public interface to change requests and observe responses. */
interface Interceptors {
  readonly request: { use(change: (request: AxiosRequest) => AxiosRequest): unknown };
  readonly response: {
    use(pass: (answer: AxiosResponse) => Promise<AxiosResponse>, fail: (error: unknown) => unknown): unknown;
  };
}

const REDIRECTS = 5;

/** The transfer that a request belongs to. */
const transfers = new AsyncLocalStorage<Transfer>();

/**
 * Imposes limits on clients of fhir-package-loader, which have none. An interceptor of axios applies the limits to each
 * request that they make within {@link of}; connections and response are closed when a limit is reached.
 */
export class Transfer {
  private readonly controller = new AbortController();
  /**
   * Aborting a request does not close a connection that is still being negotiated with a proxy, and an open connection
   * keeps the process alive: a silent proxy would make the command line hang.
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
   * Reads the response of a client of fhir-package-loader.
   *
   * @param limits the limits of the transfer
   * @param open calls the client
   * @param onAnswer called when the response begins
   * @returns the whole response
   * @throws RequestError when there is no response within the limits
   */
  static async of(limits: TransferLimits, open: () => Promise<unknown>, onAnswer?: () => void): Promise<Buffer> {
    installInterceptors();
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

  /**
   * Applies the limits to a request; throws when an earlier failure of the same transfer shows that it would fail too.
   */
  limited(request: AxiosRequest): AxiosRequest {
    const hopeless = this.late ?? this.failures.find(({ unreachable }) => unreachable);
    if (hopeless !== undefined) throw hopeless;
    if (!/^https?:/i.test(request.url ?? ''))
      throw new RequestError('uses an address that is not http or https', false);
    // fhir-package-loader sends the token to any URL that begins with the same characters.
    if (!isOfRegistry(request.url)) request.headers?.delete('Authorization');
    this.silence.refresh();
    this.isListing = request.responseType !== 'stream';
    return { ...request, responseType: 'stream', signal: this.controller.signal, maxRedirects: REDIRECTS };
  }

  /**
   * Applies the limits to a response: a body that the client expects to be complete is read here, as axios itself reads
   * it without limits.
   */
  async read(answer: AxiosResponse): Promise<AxiosResponse> {
    if (!this.isListing || !(answer.data instanceof Readable)) return answer;
    const text = (await this.content(answer.data, this.limits.listingBytes, 'listingBytes')).toString();
    this.body = undefined;
    return { ...answer, data: jsonOr(text) };
  }

  /**
   * Records why a request failed: clients of fhir-package-loader continue with the next URL, or report another reason.
   */
  failed(error: unknown): void {
    this.failures.push(describe(error));
  }

  /** Records a connection, to close it with the transfer. */
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

/** Installs the interceptors once per process; requests outside a transfer are not changed. */
function installInterceptors(): void {
  if (isLimited) return;
  isLimited = true;
  subscribe('net.client.socket', (message) => {
    if (typeof message !== 'object' || message === null || !('socket' in message)) return;
    if (message.socket instanceof Socket) transfers.getStore()?.opened(message.socket);
  });
  const { request, response } = interceptorsOfLoader();
  request.use((config) => transfers.getStore()?.limited(config) ?? config);
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

/** Whether a URL is of the registry that FPL_REGISTRY_TOKEN is for. */
function isOfRegistry(address = ''): boolean {
  const registry = process.env['FPL_REGISTRY'] ?? '';
  return URL.canParse(address) && URL.canParse(registry) && new URL(address).origin === new URL(registry).origin;
}

/** Parses a body like axios by default. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The interceptors of the copy of axios that fhir-package-loader uses, wherever npm has installed it. */
function interceptorsOfLoader(): Interceptors {
  const loader = createRequire(createRequire(import.meta.url).resolve('fhir-package-loader'));
  const axios: unknown = loader('axios');
  if (hasInterceptors(axios)) return axios.interceptors;
  throw new Error('fhir-package-loader no longer uses axios: its downloads cannot be limited');
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
