/** A failed request: the message is the end of a sentence that starts with the server's name. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** The HTTP status, when the server answered with an error. */
  readonly status: number | undefined;

  /**
   * @param message `does not answer within 10 seconds`
   * @param unreachable whether the next request to the same server would fail too
   * @param options the cause, and the HTTP status
   */
  constructor(
    message: string,
    readonly unreachable: boolean,
    options: { readonly cause?: unknown; readonly status?: number } = {},
  ) {
    super(message, options);
    this.status = options.status;
  }

  /** Whether the server does not have the requested resource. */
  get isUnknown(): boolean {
    return this.status === 404;
  }

  /** Whether the server denies access. */
  get isDenied(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/**
 * The error for an HTTP status.
 *
 * @param status the HTTP status, not 200
 */
export function failureOf(status: number): RequestError {
  if (status === 404) return new RequestError('does not have it (HTTP 404)', false, { status });
  if (status === 401 || status === 403) return new RequestError(`denies access (HTTP ${status})`, false, { status });
  return new RequestError(`answers with HTTP ${status}`, false, { status });
}
