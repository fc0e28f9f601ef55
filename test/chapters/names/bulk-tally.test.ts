import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {LatencyTally} from '../../../src/chapters/names/bulk-tally.ts';

describe('times in buckets', () => {
  test('nothing yet is nought, not a strange number', () => {
    const tally = new LatencyTally();
    expect([tally.min, tally.max, tally.mean, tally.percentile(50), tally.percentile(99)]).toEqual([0, 0, 0, 0, 0]);
    expect(tally.buckets()).toEqual([]);
  });

  test('one time is every percentile', () => {
    const tally = new LatencyTally();
    tally.add(0.0123);
    for (const rank of [0.1, 50, 90, 99, 100]) expect(tally.percentile(rank)).toBe(0.0123);
  });

  test('percentiles are those of the sorted times, to 1.2 %', () => {
    const times = fc.array(fc.double({min: 2e-6, max: 100, noNaN: true}), {minLength: 1, maxLength: 500});
    fc.assert(
      fc.property(times, fc.integer({min: 1, max: 100}), (seconds, rank) => {
        const tally = new LatencyTally();
        for (const one of seconds) tally.add(one);
        const exact = [...seconds].sort((a, b) => a - b)[Math.ceil((rank / 100) * seconds.length) - 1]!;
        expect(Math.abs(tally.percentile(rank) / exact - 1)).toBeLessThan(0.012);
        expect(tally.mean).toBeCloseTo(seconds.reduce((sum, one) => sum + one, 0) / seconds.length, 6);
      }),
    );
  });

  test('buckets hold every time once, each where it belongs, and touch', () => {
    const seconds = [0, 1e-6, 5e-5, 5.1e-5, 0.001, 0.0010001, 1.5, 3000, 1e9];
    const tally = new LatencyTally();
    for (const one of seconds) tally.add(one);
    const buckets = tally.buckets();
    expect(buckets.reduce((sum, {count}) => sum + count, 0)).toBe(seconds.length);
    for (const {from, to} of buckets) expect(to / from).toBeCloseTo(2 ** 0.25, 2);
    const at = buckets.find(({from, to}) => from <= 0.001 && 0.001 < to);
    expect(at?.count).toBe(2);
  });
});
