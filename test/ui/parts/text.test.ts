import {expect, test} from 'vitest';
import {textPart, wrapWords} from '../../../src/ui/parts/text.ts';
import {paintPart, paneModel, unicode} from './painting.ts';

test('lines are cut to the size, never wrapped', () => {
  const part = textPart<string>('says', 'What it says', ({state}, width) => [
    [state],
    [[`${width} cells`, 'good']],
    ['third'],
  ]);
  const painted = paintPart(part, paneModel('a sentence that is too long'), {width: 14, height: 2});
  expect(painted.lines).toEqual(['a sentence th…', '14 cells']);
  expect(painted.style(0, 1)).toBe(unicode.roles.good);
  expect(part.title(paneModel(''))).toBe('What it says');
});

test('sentences break at spaces; a word that is longer than a row stands alone', () => {
  expect(wrapWords('bytes may still come from the other end', 12)).toEqual([
    'bytes may',
    'still come',
    'from the',
    'other end',
  ]);
  expect(wrapWords('an unbreakable word', 6)).toEqual(['an', 'unbreakable', 'word']);
  expect(wrapWords('', 6)).toEqual([]);
});
