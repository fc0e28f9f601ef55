import {expect, test} from 'vitest';
import {sparkline} from '../../../src/ui/parts/sparkline.ts';
import {ascii, unicode} from './painting.ts';

test('the last values, one cell each, from the least to the most', () => {
  expect(sparkline([9, 0, 1, 2, 3, 4, 5, 6, 7], 8, unicode)).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8, ascii)).toBe('_.:-=+*#');
  expect(sparkline([1, 2], 5, unicode)).toBe('   ▁█');
  expect(sparkline([], 3, unicode)).toBe('   ');
  expect(sparkline([1, 2], 0, unicode)).toBe('');
});

test('given ends hold, and what lies outside them stays at the edge', () => {
  expect(sparkline([50, 150, -10], 3, unicode, {min: 0, max: 100})).toBe('▅█▁');
  expect(sparkline([5, 5, 5], 3, unicode, {min: 0})).toBe('███');
  expect(sparkline([5, 5, 5], 3, unicode)).toBe('▁▁▁');
});

test('in log scale equal factors make equal steps, and nothing positive is needed', () => {
  expect(sparkline([1, 10, 100, 1000], 4, unicode, {log: true})).toBe('▁▃▆█');
  expect(sparkline([0, 1, 1000], 3, unicode, {log: true})).toBe('▁▁█');
  expect(sparkline([0, 0], 2, unicode, {log: true})).toBe('▁▁');
});

test('what is not a number leaves a gap', () => {
  expect(sparkline([1, Number.NaN, 2, Number.POSITIVE_INFINITY], 4, unicode)).toBe('▁ █ ');
});
