import {type FileHandle, open, stat} from 'node:fs/promises';
import type {Problem} from '../journal/problem.ts';

/** A regular file that is read where one likes, and never written. */
export interface OpenFile {
  readonly path: string;
  /** Bytes, as they were when it was opened. */
  readonly size: number;
  /** Up to `length` bytes from `offset` on: fewer where the file ends. Rejects when the disk does. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** All of it, piece by piece. The same memory is filled again: a piece holds until the next is asked for. */
  pieces(): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

export type Opened = {readonly ok: true; readonly file: OpenFile} | {readonly ok: false; readonly problem: Problem};

/** Opens a regular file for reading. Pipes and devices have no offsets, so they are refused. */
export async function openFile(path: string): Promise<Opened> {
  let handle: FileHandle | undefined;
  try {
    // Asked before it is opened: opening a named pipe would wait for somebody to write to it.
    handle = await openRegular(path);
    if (handle === undefined)
      return refused(path, 'is no regular file', 'Pipe it into the command instead, with - as its name.');
    const {size} = await handle.stat();
    return {ok: true, file: fileOf(handle, path, size)};
  } catch (error) {
    await handle?.close().catch(() => undefined);
    const errno = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return refused(path, reasons[errno] ?? 'cannot be read', 'Name a file that can be read.', errno);
  }
}

async function openRegular(path: string): Promise<FileHandle | undefined> {
  return (await stat(path)).isFile() ? open(path, 'r') : undefined;
}

/** What is read at once when all of it is. */
const pieceLength = 256 * 1024;

function fileOf(handle: FileHandle, path: string, size: number): OpenFile {
  const read = async (into: Uint8Array, offset: number) => {
    let filled = 0;
    while (filled < into.length) {
      const {bytesRead} = await handle.read(into, filled, into.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return into.subarray(0, filled);
  };
  return {
    path,
    size,
    read: (offset, length) => read(new Uint8Array(Math.max(0, Math.min(length, size - offset))), offset),
    async *pieces() {
      const into = new Uint8Array(pieceLength);
      for (let at = 0; ; ) {
        const piece = await read(into, at);
        if (piece.length === 0) return;
        at += piece.length;
        yield piece;
      }
    },
    close: () => handle.close(),
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by you',
  ENOTDIR: 'does not exist: part of its path is no directory',
};

function refused(path: string, why: string, next: string, errno?: string): Opened {
  const says = `${path} ${why}`;
  return {ok: false, problem: {code: 'file.unreadable', says, next, ...(errno !== undefined && {errno})}};
}
