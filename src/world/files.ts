import * as fs from 'node:fs';
import {constants} from 'node:fs';
import {Socket} from 'node:net';
import {isatty} from 'node:tty';
import {promisify} from 'node:util';
import type {Problem} from '../journal/problem.ts';

export type WholeFile =
  | {readonly ok: true; readonly bytes: Uint8Array}
  | {readonly ok: false; readonly problem: Problem};

export interface ReadLimits {
  /** Bytes. A longer file is a problem, not cut off. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** Files, as an argument. What goes wrong is a value. */
export interface Files {
  /** All bytes of a file, named pipe or process substitution. */
  readWhole(path: string, limits: ReadLimits): Promise<WholeFile>;
  /** All chunks as one array; a problem as soon as there are more bytes than the limit. `name` says whose they are. */
  collect(chunks: AsyncIterable<Uint8Array>, limits: ReadLimits, name: string): Promise<WholeFile>;
}

export const files: Files = {
  async readWhole(path, limits) {
    try {
      // Without O_NONBLOCK, opening a named pipe that nobody writes to holds up a thread and with it the way out.
      const descriptor = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
      const kind = await fstat(descriptor);
      const chunks = kind.isFIFO() ? pipe(descriptor, limits.signal) : pieces(descriptor);
      return await collect(chunks, limits, path);
    } catch (error) {
      return {ok: false, problem: fileProblem(path, error)};
    }
  },
  collect,
};

const open = promisify(fs.open);
const fstat = promisify(fs.fstat);
const close = promisify(fs.close);
const read = promisify(fs.read) as unknown as (
  descriptor: number,
  buffer: Uint8Array,
) => Promise<{bytesRead: number; buffer: Uint8Array}>;

async function collect(
  chunks: AsyncIterable<Uint8Array>,
  {limit, signal}: ReadLimits,
  name: string,
): Promise<WholeFile> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    length += chunk.length;
    if (length > limit) return {ok: false, problem: tooLong(name, limit)};
    kept.push(chunk);
  }
  return {ok: true, bytes: Buffer.concat(kept)};
}

async function* pieces(descriptor: number): AsyncGenerator<Uint8Array> {
  try {
    // What is typed there is meant for the program that has the terminal.
    if (isatty(descriptor)) throw Object.assign(new Error('It is a terminal'), {code: 'ENOTSUP'});
    for (;;) {
      const {bytesRead, buffer} = await read(descriptor, new Uint8Array(256 * 1024));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await close(descriptor);
  }
}

/** Waits for the writers of a pipe without holding up a thread. The socket closes the descriptor. */
async function* pipe(descriptor: number, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const socket = new Socket({fd: descriptor, readable: true, writable: false});
  const leave = () => socket.destroy();
  if (signal?.aborted === true) leave();
  signal?.addEventListener('abort', leave, {once: true});
  try {
    yield* socket as AsyncIterable<Uint8Array>;
  } finally {
    signal?.removeEventListener('abort', leave);
    leave();
  }
}

function tooLong(name: string, limit: number): Problem {
  return {
    code: 'file.long',
    says: `${name} has more than ${limit} bytes`,
    next: `Cut out the piece that matters: head -c ${limit}.`,
  };
}

function fileProblem(path: string, error: unknown): Problem {
  const errno = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const why: Readonly<Record<string, string>> = {
    ENOENT: `There is no file ${path}`,
    EACCES: `You may not read ${path}`,
    EISDIR: `${path} is a directory`,
    ENOTSUP: `${path} is a terminal`,
    ENOTDIR: `Part of the path ${path} is no directory`,
  };
  return {code: 'file.unreadable', says: why[errno] ?? `${path} cannot be read`, errno, next: 'Name a file to read.'};
}
