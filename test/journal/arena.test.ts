import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Arena} from '../../src/journal/arena.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (found: Uint8Array | undefined) => found && new TextDecoder().decode(found);

test('bytes are found where they were put, as a copy', () => {
  const arena = new Arena(100);
  const given = bytes('hello');
  const range = arena.append(given);
  given[0] = 0;
  const found = arena.read(range)!;
  expect(text(found)).toBe('hello');
  found[0] = 0;
  expect(text(arena.read(range))).toBe('hello');
  expect(text(arena.read(arena.append(new Uint8Array(0))))).toBe('');
});

test('the oldest make room, are known to be gone, and are counted', () => {
  const arena = new Arena(10);
  const first = arena.append(bytes('abcdef'));
  const second = arena.append(bytes('ghij'));
  expect([text(arena.read(first)), arena.dropped]).toEqual(['abcdef', 0]);
  const third = arena.append(bytes('k'));
  expect([arena.read(first), text(arena.read(second)), text(arena.read(third))]).toEqual([undefined, 'ghij', 'k']);
  expect(arena.dropped).toBe(1);
});

test('a piece larger than the arena keeps its head', () => {
  const arena = new Arena(4);
  const range = arena.append(bytes('abcdefg'));
  expect([text(arena.read(range)), range.length, arena.dropped]).toEqual(['abcd', 4, 3]);
});

test('a range that was never given out is not found', () => {
  const arena = new Arena(100);
  arena.append(bytes('abc'));
  expect(arena.read({at: 2, length: 2})).toBeUndefined();
  expect(arena.read({at: Number.NEGATIVE_INFINITY, length: 1})).toBeUndefined();
});

test('whatever is appended, what is found is what was put, and what is lost was counted', () => {
  const pieces = fc.array(fc.uint8Array({maxLength: 40}), {maxLength: 60});
  fc.assert(
    fc.property(fc.integer({min: 1, max: 100}), fc.nat({max: 1e6}), pieces, (limit, from, given) => {
      const arena = new Arena(limit, from);
      const ranges = given.map(piece => arena.append(piece));
      let total = 0;
      let lastEnd = from;
      for (const [index, range] of ranges.entries()) {
        total += given[index]!.length;
        expect(range.at).toBe(lastEnd);
        lastEnd = range.at + range.length;
        const found = arena.read(range);
        if (found !== undefined) expect(found).toEqual(given[index]!.subarray(0, limit));
      }
      expect(total - arena.dropped).toBe(Math.min(limit, lastEnd - from));
      const newest = ranges.at(-1);
      if (newest !== undefined) expect(arena.read(newest)).toBeDefined();
    }),
  );
});

test('it goes on at any offset, behind bytes that were gone before', () => {
  const arena = new Arena(6, 1000);
  const gone = arena.skip(5);
  const ranges = ['abc', 'de', 'fgh'].map(piece => arena.append(bytes(piece)));
  expect([gone, arena.read(gone)]).toEqual([{at: 1000, length: 5}, undefined]);
  expect(ranges.map(({at}) => at)).toEqual([1005, 1008, 1010]);
  expect(ranges.map(range => text(arena.read(range)))).toEqual([undefined, 'de', 'fgh']);
  expect([arena.dropped, arena.end]).toEqual([2, 1013]);
  expect(arena.read(arena.skip(1))).toBeUndefined();
  expect(text(arena.read(ranges[2]!))).toBe('fgh');
});

test('it grows beyond its first size, and keeps what it had', () => {
  const arena = new Arena(1_000_000);
  const piece = (index: number) => new Uint8Array(1000).fill(index % 256);
  const ranges = Array.from({length: 900}, (_, index) => arena.append(piece(index)));
  expect(ranges.every((range, index) => arena.read(range)?.every(byte => byte === index % 256))).toBe(true);
  expect(arena.dropped).toBe(0);
});
