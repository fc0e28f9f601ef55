import {expect, test} from 'vitest';
import {splitWords} from '../../src/cli/words.ts';

test.each([
  ['', []],
  ['  a  b\tc ', ['a', 'b', 'c']],
  [`say 'two words'`, ['say', 'two words']],
  [`say "two words"x`, ['say', 'two wordsx']],
  [`''`, ['']],
  [String.raw`a\ b`, ['a b']],
  [String.raw`"\"\\\n"`, [String.raw`"\\n`]],
  [String.raw`'\n'`, [String.raw`\n`]],
  ['a\\', ['a\\']],
])('%j', (line, words) => {
  expect(splitWords(line)).toEqual({ok: true, value: words});
});

test.each([[`'a`], [`"a\\"`]])('%j is never closed', line => {
  expect(splitWords(line)).toMatchObject({ok: false, problem: {code: 'usage.quote'}});
});
