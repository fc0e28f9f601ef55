import {expect, test} from 'vitest';
import {quantity} from '../../../src/ui/parts/quantity.ts';

test.each([
  [0, 'B', '0 B'],
  [5, 'B', '5 B'],
  [1023, 'B', '1023 B'],
  [1024, 'B', '1 KiB'],
  [2560, 'B', '2.5 KiB'],
  [4 * 1024 ** 2, 'B', '4 MiB'],
  [3 * 1024 ** 4, 'B', '3 TiB'],
  [0, 's', '0 s'],
  [0.000_000_25, 's', '250 ns'],
  [0.000_012_34, 's', '12.3 µs'],
  [0.0025, 's', '2.5 ms'],
  [1.25, 's', '1.25 s'],
  [3600, 's', '3600 s'],
  [-0.5, 's', '-500 ms'],
  [12.345, '%', '12.3 %'],
  [9999, '', '9999'],
  [12_345, '', '12.3 k'],
  [2_500_000, 'segments', '2.5 M segments'],
  [7, 'segments', '7 segments'],
  [0.005, '', '0.005'],
  [100, '', '100'],
  [Number.NaN, 'B', 'none'],
  [Number.POSITIVE_INFINITY, 'B', 'no limit'],
])('%d %s is written %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text);
});
