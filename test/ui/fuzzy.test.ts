import {describe, expect, test} from 'vitest';
import {fuzzy, rank} from '../../src/ui/fuzzy.ts';

describe('one text', () => {
  test.each([
    ['', 'anything', []],
    ['cop', 'Copy as', [0, 1, 2]],
    ['CA', 'copy as', [0, 5]],
    ['pa', 'copy as: part', [9, 10]],
    ['c a s', 'copy as', [0, 5, 6]],
  ])('“%s” in “%s”', (query, text, at) => {
    expect(fuzzy(query, text)?.at).toEqual(at);
  });

  test.each([
    ['x', 'copy'],
    ['sa', 'copy as'],
  ])('“%s” is not in “%s”', (query, text) => {
    expect(fuzzy(query, text)).toBeUndefined();
  });
});

describe('many', () => {
  test.each([
    ['theme', ['the main exit', 'Next theme', 'Theme: dark'], ['Theme: dark', 'Next theme', 'the main exit']],
    ['sw', ['answer', 'shutdown write', 'show'], ['answer', 'show', 'shutdown write']],
    ['', ['b', 'a'], ['b', 'a']],
    ['q', ['b', 'a'], []],
  ])('“%s”, best first', (query, texts, found) => {
    expect(rank(query, texts, text => text)).toEqual(found);
  });

  test('the start of a word beats the middle of one', () => {
    expect(rank('dm', ['sadism', 'data mirror'], text => text)[0]).toBe('data mirror');
  });
});
