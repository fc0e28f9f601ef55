import {expect, test} from 'vitest';
import {quoteShell} from '../../../src/wire/text/quote-shell.ts';
import {splitShell} from '../../../src/wire/text/split-shell.ts';

test.each([
  ['', []],
  [' a\t b ', ['a', 'b']],
  [`say 'two words' "and more"x`, ['say', 'two words', 'and morex']],
  [`''`, ['']],
  [String.raw`a\ b "\"\$\n"`, ['a b', String.raw`"$\n`]],
])('%j is %j', (line, words) => {
  expect(splitShell(line)).toEqual({ok: true, words});
});

test.each([
  [`'a`, "'"],
  [`"a\\"`, '"'],
])('%j has a quote that is never closed', (line, quote) => {
  expect(splitShell(line)).toEqual({ok: false, quote});
});

test('takes apart what quoteShell has put together', () => {
  const words = ['', 'a', 'a b', `it's`, '"', '\\', '$x', '`y`', 'a\nb', 'ä', `'"'`, '--', '#'];
  expect(splitShell(words.map(quoteShell).join(' '))).toEqual({ok: true, words});
});
