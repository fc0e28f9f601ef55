import {findBytes, findLastBytes} from '../../wire/hex/find.ts';
import type {OpenFile} from '../../world/open-file.ts';

export interface Search {
  readonly file: OpenFile;
  readonly wanted: Uint8Array;
  /** Bytes that differ from the file. */
  readonly edits: ReadonlyMap<number, number>;
  /** True when nobody waits for it any more. */
  readonly givenUp: () => boolean;
}

/** What is read at once. */
const stretchLength = 1024 * 1024;

/** The first place from `from` up to `end` where the pattern begins; the file is read stretch by stretch. */
export async function findForwards(search: Search, from: number, end = search.file.size): Promise<number | undefined> {
  const {file, wanted} = search;
  for (let at = from; at < end && !search.givenUp(); at += stretchLength) {
    const starts = Math.min(stretchLength, end - at);
    // The pattern may begin in this stretch and end in the next.
    const bytes = await stretch(search, at, Math.min(starts + wanted.length - 1, file.size - at));
    const found = findBytes(bytes, wanted);
    if (found !== -1 && found < starts) return at + found;
  }
  return undefined;
}

/** The last place before `from`, down to `end`, where the pattern begins. */
export async function findBackwards(search: Search, from: number, end = 0): Promise<number | undefined> {
  const {file, wanted} = search;
  for (let stop = from; stop > end && !search.givenUp(); stop -= stretchLength) {
    const at = Math.max(end, stop - stretchLength);
    const bytes = await stretch(search, at, Math.min(stop - at + wanted.length - 1, file.size - at));
    const found = findLastBytes(bytes, wanted, stop - at - 1);
    if (found !== -1) return at + found;
  }
  return undefined;
}

async function stretch({file, edits}: Search, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await file.read(offset, length);
  return edited(bytes, offset, edits);
}

/** The bytes as they are in the copy. They are changed in place: whoever read them owns them. */
export function edited(bytes: Uint8Array, offset: number, edits: ReadonlyMap<number, number>): Uint8Array {
  for (const [at, value] of edits) if (at >= offset && at < offset + bytes.length) bytes[at - offset] = value;
  return bytes;
}
