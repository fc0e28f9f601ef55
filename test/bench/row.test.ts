import {describe, expect, test} from 'vitest';
import {type BenchRow, holds} from '../../bench/row.ts';
import {median, quantile} from '../../bench/statistics.ts';
import {table} from '../../bench/table.ts';

const row: BenchRow = {area: 'hex', what: 'dump', unit: 'MB/s', ours: 300, peers: [{name: 'xxd', value: 100}]};

describe('a target', () => {
  test.each([
    ['no target', row, undefined],
    ['at least three times', {...row, target: {peer: 'xxd', ratio: 3}}, true],
    ['at least four times', {...row, target: {peer: 'xxd', ratio: 4}}, false],
    ['four times, or so many as will do', {...row, target: {peer: 'xxd', ratio: 4, enough: 300}}, true],
    ['four times, or more than there are', {...row, target: {peer: 'xxd', ratio: 4, enough: 301}}, false],
    ['a peer that is not here', {...row, target: {peer: 'hexyl', ratio: 1}}, undefined],
    ['at most, within', {...row, target: {atMost: 300}}, true],
    ['at most, beyond', {...row, target: {atMost: 299}}, false],
    ['four times as long, where less is better', {...row, better: 'lower', target: {peer: 'xxd', ratio: 4}}, true],
    ['twice as long, where less is better', {...row, better: 'lower', target: {peer: 'xxd', ratio: 2}}, false],
  ] satisfies [string, BenchRow, boolean | undefined][])('%s', (_name, measured, expected) => {
    expect(holds(measured)).toBe(expected);
  });
});

test('the table says what each figure is worth', () => {
  const text = table([
    {...row, target: {peer: 'xxd', ratio: 4}, note: 'a note'},
    {...row, better: 'lower', unit: 'ms', target: {atMost: 400}},
  ]);
  expect(text.split('\n')).toEqual([
    'area  what      value  ours is      target',
    'hex   dump   300 MB/s               at least 4 x xxd  DOES NOT HOLD',
    '        xxd  100 MB/s  3.00 x more',
    '        (a note)',
    'hex   dump     300 ms               at most 400       holds',
    '        xxd    100 ms  3.00 x more',
  ]);
});

test('quantiles', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([0, 10], 0.25)).toBe(2.5);
  expect(quantile([5], 0.99)).toBe(5);
  expect(median([])).toBeNaN();
});
