import {ProblemError} from '../../journal/problem.ts';
import {visible} from '../../wire/text/visible.ts';
import type {HexKit} from './hex-bench.ts';
import type {OpenedHex} from './hex-file.ts';
import {findForwards} from './hex-search.ts';
import {type HexAsk, pageLength, readPattern} from './hex-shape.ts';

const none: ReadonlyMap<number, number> = new Map();

/** Prints the bytes asked for, page by page, or every place where the pattern is. */
export async function printHex(ask: HexAsk, kit: HexKit, {file, of}: OpenedHex): Promise<void> {
  kit.emit('opened', {name: file.path, of, size: file.size});
  if (ask.find !== '') {
    await findAll(ask, kit, {file, of});
    return;
  }
  if (ask.offset > file.size)
    throw new ProblemError({
      code: 'hex.offset',
      says: `Offset ${ask.offset} lies outside: there are ${file.size} bytes`,
      next: `Give --offset ${Math.max(0, file.size - 1)} at most.`,
    });
  const end = Math.min(file.size, ask.offset + ask.length);
  for (let at = ask.offset; at < end && !kit.signal.aborted; at += pageLength) {
    kit.emit('page', {offset: at}, await file.read(at, Math.min(pageLength, end - at)));
    await kit.caughtUp();
  }
}

async function findAll(ask: HexAsk, kit: HexKit, {file}: OpenedHex): Promise<void> {
  const wanted = readPattern(ask.find, ask.findAs);
  if (typeof wanted === 'string') throw new ProblemError({code: 'hex.pattern', says: wanted});
  const search = {file, wanted, edits: none, givenUp: () => kit.signal.aborted};
  let number = 0;
  for (let from = ask.offset; !kit.signal.aborted; ) {
    const offset = await findForwards(search, from);
    if (offset === undefined) break;
    kit.emit('match', {number: ++number, offset, size: wanted.length});
    if (kit.once) return;
    from = offset + 1;
    await kit.caughtUp();
  }
  if (number === 0 && !kit.signal.aborted)
    throw new ProblemError({
      code: 'hex.absent',
      says: `“${visible(ask.find)}” is nowhere from offset ${ask.offset} on`,
    });
}
