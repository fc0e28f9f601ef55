import {expect, test} from 'vitest';
import {columns, stack} from '../../../src/ui/parts/stack.ts';

const wishes = [
  {part: 'queues', atLeast: 3, rank: 2},
  {part: 'wire', atLeast: 6, share: 2, rank: 3},
  {part: 'bytes', atLeast: 4, share: 1},
];

test('spare rows are shared, all of them', () => {
  expect(stack(wishes, {width: 78, height: 20})).toEqual([
    {part: 'queues', x: 0, y: 0, width: 78, height: 3},
    {part: 'wire', x: 0, y: 3, width: 78, height: 10},
    {part: 'bytes', x: 0, y: 13, width: 78, height: 7},
  ]);
});

test('where there is no room the lowest ranks are left out, and the last one takes what there is', () => {
  expect(stack(wishes, {width: 38, height: 10}).map(({part, height}) => [part, height])).toEqual([
    ['queues', 3],
    ['wire', 7],
  ]);
  expect(stack(wishes, {width: 38, height: 7}).map(({part, height}) => [part, height])).toEqual([['wire', 7]]);
  expect(stack(wishes, {width: 38, height: 2}).map(({part, height}) => [part, height])).toEqual([['wire', 2]]);
});

test('two columns where it is wide, one where it is not', () => {
  const right = [{part: 'code', atLeast: 3, share: 1}];
  const wide = columns(wishes, right, {width: 119, height: 20}, {wideFrom: 100, leftShare: 0.6});
  expect(wide.map(({part, x, width}) => [part, x, width])).toEqual([
    ['queues', 0, 70],
    ['wire', 0, 70],
    ['bytes', 0, 70],
    ['code', 71, 48],
  ]);
  const narrow = columns(wishes, right, {width: 78, height: 30}, {wideFrom: 100});
  expect(narrow.map(({part, y}) => [part, y])).toEqual([
    ['queues', 0],
    ['wire', 3],
    ['bytes', 16],
    ['code', 23],
  ]);
  expect(narrow.reduce((sum, {height}) => sum + height, 0)).toBe(30);
});
