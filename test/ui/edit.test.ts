import {describe, expect, test} from 'vitest';
import {edit, insert, press, visiblePart} from '../../src/ui/edit.ts';

/** `|` is the caret. */
function line(marked: string) {
  const caret = marked.indexOf('|');
  return edit(marked.replace('|', ''), caret);
}

function marked({text, caret}: {readonly text: string; readonly caret: number}): string {
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

describe('keys', () => {
  test.each([
    ['left', 'ab|c', 'a|bc'],
    ['left', '|abc', '|abc'],
    ['right', 'ab|c', 'abc|'],
    ['right', 'abc|', 'abc|'],
    ['home', 'ab|c', '|abc'],
    ['end', 'ab|c', 'abc|'],
    ['ctrl+e', '|abc', 'abc|'],
    ['backspace', 'ab|c', 'a|c'],
    ['backspace', '|abc', '|abc'],
    ['delete', 'ab|c', 'ab|'],
    ['ctrl+d', 'abc|', 'abc|'],
    ['ctrl+left', 'one two  |three', 'one |two  three'],
    ['ctrl+right', 'one| two three', 'one two| three'],
    ['ctrl+w', 'one two|three', 'one |three'],
    ['ctrl+u', 'one two|three', '|three'],
    ['ctrl+k', 'one two|three', 'one two|'],
    ['left', '漢字|', '漢|字'],
    ['backspace', 'a👩‍👩‍👧|b', 'a|b'],
    ['left', 'e\u0301|x', '|e\u0301x'],
    ['delete', '|e\u0301x', '|x'],
    ['backspace', 'a\u202e|', '|'],
  ])('%s: %s becomes %s', (key, before, after) => {
    expect(marked(press(line(before), key)!)).toBe(after);
  });

  test.each(['a', 'enter', 'tab', 'up', 'F5', 'ctrl+a', 'escape'])('%s is not the line’s', key => {
    expect(press(line('abc|'), key)).toBeUndefined();
  });
});

test('what is typed or pasted goes in at the caret, which goes behind it', () => {
  expect(marked(insert(line('a|d'), 'bc'))).toBe('abc|d');
});

describe('what fits', () => {
  test.each([
    ['abc|', 10, 'abc', 3],
    ['abcdefgh|', 4, 'fgh', 3],
    ['|abcdefgh', 4, 'abcdefgh', 0],
    ['漢字漢字|', 5, '漢字', 4],
    ['漢字漢字|', 4, '字', 2],
    ['abc|', 0, '', 0],
  ])('%s in %d cells', (before, cells, text, column) => {
    expect(visiblePart(line(before), cells)).toEqual({text, column});
  });
});
