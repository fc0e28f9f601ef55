import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {quoteShell} from '../../../src/wire/text/quote-shell.ts';

test.each([
  ['127.0.0.1:80', '127.0.0.1:80'],
  ['', "''"],
  ['two words', "'two words'"],
  ["it's", '"it\'s"'],
  [`it's $HOME`, `'it'\\''s $HOME'`],
  ['"', `'"'`],
])('%j is written %s', (word, written) => {
  expect(quoteShell(word)).toBe(written);
});

test('a shell reads back what was meant', () => {
  const words = fc.sample(fc.string({unit: fc.constantFrom(...'\'"\\$`!~*?#&|;<>(){}[] \n\tab=-')}), 300);
  const script = `printf '%s\\0' ${words.map(quoteShell).join(' ')}`;
  expect(execFileSync('/bin/sh', ['-c', script], {encoding: 'utf8'})).toBe(words.map(word => `${word}\0`).join(''));
});
