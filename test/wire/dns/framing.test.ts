import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createSplitter, withLength} from '../../../src/wire/dns/framing.ts';

test('a message has its length before it, in two bytes', () => {
  expect(withLength(Uint8Array.of(1, 2, 3))).toEqual(Uint8Array.of(0, 3, 1, 2, 3));
  expect(withLength(new Uint8Array(65_535)).subarray(0, 2)).toEqual(Uint8Array.of(0xff, 0xff));
});

test('messages come whole out of whatever pieces they came in', () => {
  const messages = fc.array(fc.uint8Array({maxLength: 300}), {maxLength: 6});
  fc.assert(
    fc.property(messages, fc.array(fc.integer({min: 1, max: 50}), {minLength: 1}), (sent, sizes) => {
      const stream = Uint8Array.from(sent.flatMap(message => [...withLength(message)]));
      const splitter = createSplitter();
      const received: Uint8Array[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length]!;
        received.push(...splitter.push(stream.subarray(at, at + size)));
        at += size;
      }
      expect(received).toEqual(sent);
      expect(splitter.waiting).toBe(0);
    }),
  );
});

test('what is not whole yet is counted, with how long it is to be', () => {
  const splitter = createSplitter();
  expect(splitter.push(Uint8Array.of(0))).toEqual([]);
  expect(splitter).toMatchObject({waiting: 1, expected: undefined});
  expect(splitter.push(Uint8Array.of(4, 1))).toEqual([]);
  expect(splitter).toMatchObject({waiting: 3, expected: 4});
});
