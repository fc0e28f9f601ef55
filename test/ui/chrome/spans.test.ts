import {expect, test} from 'vitest';
import {Grid} from '../../../src/terminal/grid.ts';
import {ansiLine} from '../../../src/ui/chrome/spans.tsx';
import {makeTheme} from '../../../src/ui/theme.ts';

test('codes that came with the text are shown, those of the roles are its only ones', () => {
  const theme = makeTheme('terminal');
  const line = ansiLine(['\x1b[31mred\x9b', ['tone', 'bad']], theme);
  expect(line).toContain('\\x1b[31mred\\u{9b}');
  const grid = new Grid(40, 1);
  grid.ansi(0, 0, line);
  expect(grid.toLines()).toEqual(['\\x1b[31mred\\u{9b}tone']);
  expect(new Set(grid.styles.subarray(0, 17)).size).toBe(1);
  expect(grid.styles[17]).not.toBe(grid.styles[0]);
});

test('where there is only ASCII it is ASCII', () => {
  expect(ansiLine(['“a” … · →'], makeTheme('terminal', true))).toMatch(/^[\x00-\x7f]*$/);
});
