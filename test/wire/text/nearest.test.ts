import {expect, test} from 'vitest';
import {distance, nearest} from '../../../src/wire/text/nearest.ts';

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
  ['tpc', 'tcp', 1],
  ['ca', 'abc', 3],
])('%s to %s takes %i edits', (a, b, edits) => {
  expect(distance(a, b)).toBe(edits);
  expect(distance(b, a)).toBe(edits);
});

test.each([
  ['tpc', 'tcp'],
  ['half', 'half-close'],
  ['HALF-CLOSE', 'half-close'],
  ['deadlok', 'deadlock'],
  ['x', undefined],
  ['completely', undefined],
])('%s means %s', (word, meant) => {
  expect(nearest(word, ['tcp', 'data', 'half-close', 'deadlock'])).toBe(meant);
});
