import {describe, expect, test} from 'vitest';
import {decodeHalf, encodeHalf, halfLimit} from '../../../src/wire/struct/half.ts';

// IEEE 754-2019 §3.4: positive halves are ordered as their bits are, so neighbours are one apart.
const largest = 0x7bff;

describe('binary16', () => {
  test('every pattern that is a number goes out as it came in', () => {
    const changed: number[] = [];
    for (let bits = 0; bits <= 0xffff; bits++) {
      const number = decodeHalf(bits);
      if (!Number.isNaN(number) && encodeHalf(number) !== bits) changed.push(bits);
    }
    expect(changed).toEqual([]);
  });

  test('every midpoint between neighbours goes to the even one, and what is beside it to the nearer', () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < largest; bits++) {
      const low = decodeHalf(bits);
      const high = decodeHalf(bits + 1);
      const middle = (low + high) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const near = (high - low) / 2 ** 20;
      const rounded = [encodeHalf(middle), encodeHalf(-middle), encodeHalf(middle - near), encodeHalf(middle + near)];
      const right = [even, even | 0x8000, bits, bits + 1];
      if (!(high > low) || rounded.some((one, index) => one !== right[index])) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  test('the ends', () => {
    expect(decodeHalf(largest)).toBe(65504);
    expect(encodeHalf(halfLimit - 2 ** -30)).toBe(largest);
    expect(decodeHalf(1)).toBe(2 ** -24);
    expect(encodeHalf(2 ** -25)).toBe(0);
    expect(encodeHalf(5e-324)).toBe(0);
    expect(decodeHalf(0x8000)).toBe(-0);
    expect(encodeHalf(-0)).toBe(0x8000);
    expect([decodeHalf(0x7c00), decodeHalf(0xfc00)]).toEqual([Infinity, -Infinity]);
    expect([encodeHalf(Infinity), encodeHalf(-Infinity)]).toEqual([0x7c00, 0xfc00]);
    expect(encodeHalf(Number.NaN) & 0x7fff).toBe(0x7e00);
    expect(decodeHalf(0x7c01)).toBeNaN();
  });
});
