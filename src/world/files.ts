import {constants, type FileHandle, open} from 'node:fs/promises';
import {Socket} from 'node:net';
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
}

export const files: Files = {
  async readWhole(path, limits) {
    let handle: FileHandle | undefined;
    try {
      // A named pipe that nobody writes to would otherwise hold up the call, and with it the way out.
      handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const kind = await handle.stat();
      if (kind.isFIFO()) return await collect(pipeOf(handle), limits, path);
      return await collect(pieces(handle), limits, path);
    } catch (error) {
      return {ok: false, problem: fileProblem(path, error)};
    } finally {
      await handle?.close().catch(() => undefined);
    }
  },
};

/** All chunks as one array; a problem as soon as there are more than `limit` bytes. */
export async function collect(
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

async function* pieces(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const {bytesRead, buffer} = await handle.read(new Uint8Array(256 * 1024));
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Waits for the writers of a pipe without holding up a thread. The handle stays the caller's to close. */
async function* pipeOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  yield* new Socket({fd: handle.fd, readable: true, writable: false}) as AsyncIterable<Uint8Array>;
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
    ENOTDIR: `Part of the path ${path} is no directory`,
  };
  return {code: 'file.unreadable', says: why[errno] ?? `${path} cannot be read`, errno, next: 'Name a file to read.'};
}
