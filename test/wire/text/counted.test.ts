import {expect, test} from 'vitest';
import {counted, grouped} from '../../../src/wire/text/counted.ts';

test('digits in threes', () => {
  expect([0, 999, 1000, 1_113_940_341, 2n ** 64n].map(grouped)).toEqual([
    '0',
    '999',
    '1 000',
    '1 113 940 341',
    '18 446 744 073 709 551 616',
  ]);
});

test('only one is singular', () => {
  expect([0, 1, 2].map(count => counted(count, 'byte'))).toEqual(['0 bytes', '1 byte', '2 bytes']);
});
