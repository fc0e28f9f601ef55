import {expect, test} from 'vitest';
import {inspectBytes} from '../../../src/wire/number/inspect-bytes.ts';
import {unpack} from '../../../src/wire/struct/functions.ts';

/** The struct format of each type. */
const formats = {
  u8: 'B',
  i8: 'b',
  u16: 'H',
  i16: 'h',
  u32: 'I',
  i32: 'i',
  u64: 'Q',
  i64: 'q',
  f16: 'e',
  f32: 'f',
  f64: 'd',
};

test.each(['ff00000000000080', '0102030405060708', '0000c03f00003c40', '9d100000deadbeef'])(
  '%s is what struct makes of it, in both orders',
  hex => {
    const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
    for (const {type, size, little, big} of inspectBytes(bytes))
      for (const [order, shown] of [
        ['<', little],
        ['>', big],
      ] as const) {
        const [value] = unpack(`${order}${formats[type]}`, bytes.subarray(0, size));
        // Nine digits tell every float of 32 bits from its neighbours.
        const read = type === 'f32' ? Math.fround(Number(shown)) : shown;
        expect([type, order, String(read)]).toEqual([type, order, String(value)]);
      }
  },
);

test('where the bytes end, there is no number', () => {
  const found = inspectBytes(Uint8Array.of(1, 2, 3));
  expect(found.filter(({little}) => little !== undefined).map(({type}) => type)).toEqual([
    'u8',
    'i8',
    'u16',
    'i16',
    'f16',
  ]);
});

test('minus zero keeps its sign', () => {
  expect(inspectBytes(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x80)).find(({type}) => type === 'f64')?.little).toBe('-0');
});
