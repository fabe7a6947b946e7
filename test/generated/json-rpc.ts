import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Long enough for a busy machine; a server that does not answer must not block the tests. */
const TIME_LIMIT = 90_000;

/** An incoming message of JSON-RPC 2.0. */
interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A process that speaks the Language Server Protocol. */
export interface Connection {
  /**
   * @param method of the protocol
   * @param params as the method has them
   * @throws {Error} if the server refuses, ends, or does not answer in time
   */
  ask(method: string, params: object): Promise<unknown>;
  /** The same without a response. */
  tell(method: string, params: object): void;
  /** Stops the process. */
  close(): Promise<void>;
}

/**
 * Starts a language server on standard input and output.
 *
 * @param script program for Node
 * @param args of the program
 */
export function connect(script: string, args: readonly string[]): Connection {
  const server = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number | string, (message: Message) => void>();
  let last = 0;
  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    server.stdin.write(body);
  };
  const fail = (reason: string): void => {
    for (const settle of waiting.values()) settle({ error: { message: reason } });
  };
  server.on('error', (error) => fail(error.message));
  server.on('exit', (code) => fail(`the server has ended with ${code}`));
  server.stdin.on('error', (error) => fail(error.message));
  readMessages(server, (message) => {
    if (message.method === undefined) {
      if (message.id !== undefined) waiting.get(message.id)?.(message);
    } else if (message.id !== undefined) {
      // A request for settings needs an answer per setting, here null.
      const { items } = (message.params ?? {}) as { readonly items?: readonly unknown[] };
      send({ id: message.id, result: items?.map(() => null) ?? null });
    }
  });
  return {
    ask: (method, params) =>
      new Promise((resolve, reject) => {
        const id = (last += 1);
        const settle = (message: Message): void => {
          clearTimeout(timer);
          waiting.delete(id);
          if (message.error === undefined) resolve(message.result);
          else reject(new Error(`${method}: ${message.error.message}`));
        };
        const timer = setTimeout(() => settle({ error: { message: `no answer in ${TIME_LIMIT} ms` } }), TIME_LIMIT);
        waiting.set(id, settle);
        if (server.exitCode === null) send({ id, method, params });
        else settle({ error: { message: `the server has ended with ${server.exitCode}` } });
      }),
    tell: (method, params) => send({ method, params }),
    close: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

/** Content-Length counts bytes, and a chunk may end anywhere. */
function readMessages(server: ChildProcess, receive: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  server.stdout?.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end === -1) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, end))?.[1]);
      const start = end + 4;
      if (buffer.length < start + length) return;
      const message = JSON.parse(buffer.toString('utf8', start, start + length)) as Message;
      buffer = buffer.subarray(start + length);
      receive(message);
    }
  });
}
