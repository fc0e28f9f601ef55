import {type FileHandle, open, unlink} from 'node:fs/promises';
import type {Problem} from '../journal/problem.ts';
import type {OpenFile} from './open-file.ts';

/**
 * Writes a copy of a file with some bytes changed. The copy is a new file: one that exists is never written over, so the
 * original cannot be either. A copy that fails, or is given up, is removed.
 */
export async function saveCopy(
  file: Pick<OpenFile, 'pieces'>,
  path: string,
  edits: ReadonlyMap<number, number>,
  signal: AbortSignal,
): Promise<{readonly ok: true; readonly written: number} | {readonly ok: false; readonly problem: Problem}> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'wx');
    let written = 0;
    for await (const piece of file.pieces()) {
      signal.throwIfAborted();
      const bytes = piece.slice();
      for (const [offset, value] of edits)
        if (offset >= written && offset < written + bytes.length) bytes[offset - written] = value;
      await writeAll(handle, bytes);
      written += bytes.length;
    }
    await handle.close();
    return {ok: true, written};
  } catch (error) {
    if (handle !== undefined) {
      await handle.close().catch(() => undefined);
      await unlink(path).catch(() => undefined);
    }
    const errno = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const says = errno === 'EEXIST' ? `${path} exists, and nothing is written over` : `${path} cannot be written`;
    return {ok: false, problem: {code: 'file.unwritable', says, next: 'Name another file.', errno: String(errno)}};
  }
}

/** write() may take less than it is given. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}
