import {expect, test} from 'vitest';
import {keyBytes} from './keys.ts';

test.each([
  ['a', 'a'],
  ['A', 'A'],
  ['+', '+'],
  ['é', 'é'],
  ['漢', '漢'],
  ['enter', '\r'],
  ['esc', '\x1b'],
  ['space', ' '],
  ['backspace', '\x7f'],
  ['up', '\x1b[A'],
  ['end', '\x1b[F'],
  ['f1', '\x1bOP'],
  ['f5', '\x1b[15~'],
  ['f12', '\x1b[24~'],
  ['delete', '\x1b[3~'],
  ['pagedown', '\x1b[6~'],
  ['shift+tab', '\x1b[Z'],
  ['ctrl+c', '\x03'],
  ['ctrl+space', '\0'],
  ['ctrl+]', '\x1d'],
  ['alt+x', '\x1bx'],
  ['alt+enter', '\x1b\r'],
  ['alt++', '\x1b+'],
  ['shift+a', 'A'],
  ['ctrl+up', '\x1b[1;5A'],
  ['shift+alt+left', '\x1b[1;4D'],
  ['ctrl+f1', '\x1b[1;5P'],
  ['shift+f5', '\x1b[15;2~'],
  ['ctrl+delete', '\x1b[3;5~'],
])('%s', (key, bytes) => {
  expect(keyBytes(key)).toBe(bytes);
});

test('cursor keys in application mode, function keys as ever', () => {
  expect(keyBytes('up', true)).toBe('\x1bOA');
  expect(keyBytes('home', true)).toBe('\x1bOH');
  expect(keyBytes('f2', true)).toBe('\x1bOQ');
  expect(keyBytes('ctrl+up', true)).toBe('\x1b[1;5A');
});

test('what no terminal sends is refused', () => {
  expect(() => keyBytes('entr')).toThrow('no key entr');
  expect(() => keyBytes('cmd+a')).toThrow('no modifier cmd');
  expect(() => keyBytes('ctrl+1')).toThrow('a terminal has no ctrl+1');
});
