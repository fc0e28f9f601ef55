import {expect, test} from 'vitest';
import {opcodeAt, opcodeNamed, opcodes} from '../../../src/wire/pickle/opcodes.ts';

test('68 opcodes, each with a byte and a name of its own', () => {
  expect(opcodes).toHaveLength(68);
  expect(new Set(opcodes.map(({code}) => code)).size).toBe(68);
  expect(new Set(opcodes.map(({name}) => name)).size).toBe(68);
});

test('how many each protocol brought', () => {
  const counts = [0, 1, 2, 3, 4, 5].map(protocol => opcodes.filter(row => row.protocol === protocol).length);
  expect(counts).toEqual([22, 19, 12, 2, 10, 3]);
});

test('found by byte and by name', () => {
  expect(opcodeAt(0x2e)).toBe(opcodeNamed('STOP'));
  expect(opcodeAt(0xff)).toBeUndefined();
  expect(opcodeNamed('APPENDS')).toMatchObject({
    before: ['list', 'mark', 'stackslice'],
    after: ['list'],
    argument: null,
  });
});

test('each says what it does in a sentence', () => {
  for (const {meaning} of opcodes) expect(meaning).toMatch(/^[A-Z].*\.$/);
});
