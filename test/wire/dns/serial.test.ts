import {expect, test} from 'vitest';
import {compareSerials, serialOf, withSerial} from '../../../src/wire/dns/serial.ts';
import type {ResourceRecord} from '../../../src/wire/dns/types.ts';

const soa: ResourceRecord = {
  name: 'example.test.',
  type: 6,
  class: 1,
  ttl: 300,
  data: Uint8Array.from([0, 0, 0xff, 0, 0, 1, ...new Uint8Array(16)]),
};

test('the serial is the first of the five numbers, and another can take its place', () => {
  expect(serialOf(soa)).toBe(0xff000001);
  expect(serialOf(withSerial(soa, 7))).toBe(7);
  expect(serialOf(soa)).toBe(0xff000001);
});

test('a record of another type has none, and neither has one that is cut anywhere', () => {
  expect(serialOf({...soa, type: 1})).toBeUndefined();
  for (let length = 0; length < soa.data.length; length++)
    expect(serialOf({...soa, data: soa.data.subarray(0, length)})).toBeUndefined();
});

test.each([
  [1, 2, -1],
  [2, 1, 1],
  [5, 5, 0],
  [2 ** 32 - 1, 0, -1],
  [3, 2 ** 32 - 1, 1],
])('serials go round: %d and %d', (a, b, sign) => {
  expect(Math.sign(compareSerials(a, b))).toBe(sign);
});
