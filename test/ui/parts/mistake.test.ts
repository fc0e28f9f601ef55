import {expect, test} from 'vitest';
import {lineText, lineWidth} from '../../../src/ui/parts/line.ts';
import {mistakeLine, mistakeLines, mistakeRows} from '../../../src/ui/parts/mistake.ts';
import {hostile} from './painting.ts';

const says = [['struct.error', 'bad'], ': bad char in struct format'] as const;
const texts = (mistake: Parameters<typeof mistakeLines>[0], cells: number) =>
  mistakeLines(mistake, cells).map(lineText);

test('the complaint, the place, the next step', () => {
  expect(texts({says, text: '<iz', at: 2, end: 3, next: 'Use another.'}, 60)).toEqual([
    'struct.error: bad char in struct format',
    '  <iz',
    '    ^',
    'Use another.',
  ]);
  expect(texts({says, text: '<iz'}, 60)).toEqual(['struct.error: bad char in struct format']);
  expect(texts({says, text: '<12z', at: 1, end: 4}, 60).at(-1)).toBe('   ^^^');
});

test('no row is wider than there is room, nothing of a sentence is lost, and the caret stays under its place', () => {
  for (const text of [`<${'i'.repeat(100)}z`, `${hostile}z`, '漢'.repeat(60)])
    for (const cells of [20, 38, 78]) {
      const at = text.length - 1;
      const mistake = {says, text, at, next: 'Write something else, if you can think of anything.'};
      const lines = mistakeLines(mistake, cells);
      expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(cells);
      expect(lines.length).toBe(mistakeRows(mistake, cells));
      const caret = lines.findIndex(line => lineText(line).trim().startsWith('^'));
      const shown = lines[caret - 1]!;
      expect(lineWidth(shown.slice(0, 2))).toBe(lineText(lines[caret]!).indexOf('^'));
      expect(
        lines
          .slice(0, caret - 1)
          .map(lineText)
          .join(' '),
      ).toBe(lineText(says));
    }
});

test('on one row: a full stop, however it was written, behind the place', () => {
  expect(lineText(mistakeLine({says: 'There is no file x', next: 'Name one.'}))).toBe('There is no file x. Name one.');
  expect(lineText(mistakeLine({says: 'A comma is missing.', mark: {at: 3}}))).toBe('A comma is missing (at 4).');
});
