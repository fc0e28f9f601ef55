import {describe, expect, test} from 'vitest';
import {Pacer} from '../../../src/world/dns/bulk-pacer.ts';

/** How many are let through in these milliseconds, asked every `step`. */
function through(pacer: Pacer, from: number, to: number, step: number): number {
  let count = 0;
  for (let now = from; now <= to; now += step) while (count < 1e6 && pacer.take(now)) count++;
  return count;
}

describe('so many a second', () => {
  test.each([1, 10, 100, 1000, 50_000])('%d', rate => {
    const count = through(new Pacer(rate, 0), 0, 10_000, 1);
    expect(count).toBeGreaterThanOrEqual(rate * 10 * 0.97);
    expect(count).toBeLessThanOrEqual(rate * 10 + 1);
  });

  test('0 lets everything through', () => {
    const pacer = new Pacer(0, 0);
    expect(Array.from({length: 1000}, () => pacer.take(0)).every(Boolean)).toBe(true);
  });

  test('after a pause there is no burst', () => {
    const pacer = new Pacer(1000, 0);
    through(pacer, 0, 100, 1);
    expect(through(pacer, 60_000, 60_000, 1)).toBeLessThanOrEqual(20);
  });

  test('a change holds at once', () => {
    const pacer = new Pacer(1, 0);
    pacer.change(1000, 0);
    expect(through(pacer, 0, 1000, 1)).toBeGreaterThan(950);
  });
});
