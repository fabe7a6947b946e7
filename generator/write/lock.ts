import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodegenError } from '../errors.js';
import type { Disk } from './disk.js';
import { errorCode } from './disk.js';

/** How long a run waits for others. */
export interface LockOptions {
  /** How long to wait for another run, in milliseconds. */
  readonly wait?: number;
  /** Age in milliseconds from which a lock counts as forgotten, whichever process holds it: a swap takes seconds. */
  readonly forgotten?: number;
}

const WAIT = 30_000;
const FORGOTTEN = 10 * 60_000;
/** A lock without content was created this very moment, or its process died between two system calls. */
const UNREADABLE_FORGOTTEN = 5_000;
const PAUSE = 25;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, where the system reports it: process ids are reused. */
  readonly started?: string;
  readonly token: string;
}

/** The right to write into one output folder, as a file that only one process can create. */
export class Lock {
  private constructor(
    private readonly path: string,
    private readonly token: string,
    private readonly disk: Disk,
  ) {}

  /**
   * Waits until no other run holds the lock, and takes it. A lock whose process has ended is taken over.
   *
   * @param path the file
   * @param disk the file system
   * @param options how long to wait
   * @throws CodegenError when another run holds it for too long; what the disk throws when it cannot be created
   */
  static async take(path: string, disk: Disk, options: LockOptions = {}): Promise<Lock> {
    const token = randomBytes(12).toString('hex');
    const started = startOf(process.pid);
    const self: Holder = { pid: process.pid, host: hostname(), ...(started === undefined ? {} : { started }), token };
    const deadline = Date.now() + (options.wait ?? WAIT);
    for (;;) {
      try {
        disk.create(path, JSON.stringify(self));
        discard(asideOf(path), disk);
        return new Lock(path, token, disk);
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') {
          // The file may have been created and its content not: a full disk.
          if (errorCode(error) === 'ENOSPC' || errorCode(error) === 'EDQUOT') discard(path, disk);
          throw error;
        }
      }
      if (disk.entry(path) === undefined) continue;
      const text = readOrNothing(path, disk);
      const holder = parseHolder(text);
      if (isForgotten(path, holder, disk, options.forgotten ?? FORGOTTEN)) {
        moveAside(path, text, disk);
        continue;
      }
      if (Date.now() >= deadline) {
        const who = holder === undefined ? 'another run' : `another run (process ${holder.pid} on ${holder.host})`;
        throw new CodegenError(`${who} is writing there: wait for it, or delete '${path}' if there is none`);
      }
      await sleep(PAUSE);
    }
  }

  /** Whether this run still holds the lock: another one may have taken it over as forgotten. */
  isHeld(): boolean {
    return parseHolder(readOrNothing(this.path, this.disk))?.token === this.token;
  }

  /** Releases the lock; never throws, as the next run takes over a lock that remains. */
  release(): void {
    if (this.isHeld()) discard(this.path, this.disk);
  }
}

function isForgotten(path: string, holder: Holder | undefined, disk: Disk, age: number): boolean {
  const entry = disk.entry(path);
  if (entry === undefined) return false;
  const since = Date.now() - entry.modified;
  if (holder === undefined) return since > Math.min(UNREADABLE_FORGOTTEN, age);
  return since > age || (holder.host === hostname() && !isRunning(holder));
}

/** The path to which a forgotten lock is moved; the next holder deletes what a killed run left there. */
function asideOf(path: string): string {
  return `${path}.old`;
}

/**
 * Moves a forgotten lock aside. Two runs may do so at once: the slower one would take away the lock that the faster one
 * has made since, so it checks what it moved and puts it back.
 */
function moveAside(path: string, judged: string, disk: Disk): void {
  const aside = asideOf(path);
  try {
    disk.rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    if (readOrNothing(aside, disk) !== judged) disk.link(aside, path);
  } catch {
    // A third run has the lock by now; the second one notices by isHeld before it writes.
  }
  discard(aside, disk);
}

function isRunning(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if (errorCode(error) !== 'EPERM') return false;
  }
  const started = startOf(holder.pid);
  return holder.started === undefined || started === undefined || started === holder.started;
}

/** On Linux, when a process started, in ticks, or `dead` for a zombie; elsewhere `undefined`. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    // proc(5): the name of the program, in brackets, may contain spaces; the state follows it, the start is field 22.
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : fields[19];
  } catch {
    return undefined;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('pid' in value && 'host' in value && 'token' in value)) return undefined;
    const { pid, host, token } = value;
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
    if (typeof host !== 'string' || typeof token !== 'string') return undefined;
    const started = 'started' in value && typeof value.started === 'string' ? { started: value.started } : {};
    return { pid, host, token, ...started };
  } catch {
    return undefined;
  }
}

function readOrNothing(path: string, disk: Disk): string {
  try {
    return disk.read(path).toString('utf8');
  } catch {
    return '';
  }
}

function discard(path: string, disk: Disk): void {
  try {
    if (disk.entry(path) !== undefined) disk.removeFile(path);
  } catch {
    // Removed already, or the folder no longer permits it: the next run sees that its process has ended.
  }
}
