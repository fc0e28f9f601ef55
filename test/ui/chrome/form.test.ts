import {describe, expect, test} from 'vitest';
import {integerField} from '../../../src/chapters/fields.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {formAfterClick, formHeight, paintForm} from '../../../src/ui/chrome/form.ts';
import {type FormState, formOf, moveTo, readForm, setTyped} from '../../../src/ui/form.ts';
import {makeTheme} from '../../../src/ui/theme.ts';
import {bell} from '../toys/experiments.ts';

const form = formOf(bell);

function paint(shown: FormState, width: number, height: number, active = true) {
  const grid = new Grid(width, height);
  const caret = paintForm(grid.surface(), {form: shown, theme: makeTheme('terminal'), active});
  return {rows: grid.toLines(), caret};
}

test('labels, values and choices in columns, and under them what the field means', () => {
  expect(paint(form, 40, 4)).toEqual({
    rows: ['▸ Tone   c', '  Times  2', '  Mood   [calm] cross', '  what it sounds like'],
    caret: {x: 10, y: 0},
  });
});

test('without the keys it has no caret, no mark and no hint, and an empty value says so', () => {
  expect(paint(setTyped(form, 'tone', ''), 40, 4, false)).toEqual({
    rows: ['  Tone   (empty)', '  Times  2', '  Mood   [calm] cross', ''],
    caret: undefined,
  });
});

test('a choice that does not fit shows the chosen one, and where among the others it stands', () => {
  expect(paint(moveTo(form, 2), 22, 4).rows[2]).toBe('▸ Mood   ‹ calm › 1 …');
});

test('fewer rows than fields: it scrolls with the caret and says that there is more', () => {
  expect(paint(form, 40, 3).rows).toEqual(['▸ Tone   c', 'v Times  2', '  what it sounds like']);
  expect(paint(moveTo(form, 2), 40, 3).rows).toEqual(['^ Times  2', '▸ Mood   [calm] cross', '  calm, cross']);
});

describe('a complaint', () => {
  const read = readForm(setTyped(form, 'times', '12'));
  const wrong = 'form' in read ? read.form : form;

  test('marks its field, and takes two rows where there are two', () => {
    expect(paint(wrong, 40, 5).rows).toEqual([
      '  Tone   c',
      '▸ Times  12',
      '  Mood   [calm] cross',
      '! Times must be from 0 to 9. Type 9 or',
      '  a number between.',
    ]);
  });

  test('stays in sight, and its field marked, when the caret is elsewhere', () => {
    const rows = paint(moveTo(wrong, 0), 80, 4).rows;
    expect(rows[1]).toBe('! Times  12');
    expect(rows[3]).toBe('! Times must be from 0 to 9. Type 9 or a number between.');
  });
});

describe('a long value', () => {
  const long = setTyped(form, 'tone', `${'0123456789'.repeat(9)}漢字`);

  test('shows its end while it is typed, with the caret, and its beginning otherwise', () => {
    const {rows, caret} = paint(long, 30, 4);
    expect(rows[0]).toMatch(/^▸ Tone {3}\d+漢字$/);
    expect(caret!.x).toBeLessThan(30);
    expect(paint(moveTo(long, 1), 30, 4).rows[0]).toMatch(/^ {2}Tone {3}0123456789.*…$/);
  });

  test('a click puts the caret where it was clicked, whatever part of it is seen', () => {
    const {caret} = paint(long, 30, 4);
    const clicked = formAfterClick(long, {x: caret!.x - 4, y: 0}, {width: 30, height: 4});
    expect(clicked.typed['tone']!.caret).toBe(90);
  });
});

test.each([
  [20, 1, 4],
  [20, 2, 5],
  [3, 2, 3],
  [0, 1, 2],
])('its height with %d rows and %d for the hint is %d', (available, hint, rows) => {
  expect(formHeight(form, available, hint)).toBe(rows);
});

test('fields that scroll leave two rows for a complaint and its next step', () => {
  const many = Object.fromEntries(
    Array.from({length: 9}, (_, at) => [
      `f${at}`,
      integerField({label: `F${at}`, default: 1, from: 0, to: 9, hint: ''}),
    ]),
  );
  const read = readForm(setTyped(formOf({...bell, fields: many}), 'f0', '12'));
  const {rows} = paint('form' in read ? read.form : formOf({...bell, fields: many}), 34, 7);
  expect(rows).toHaveLength(7);
  expect(rows[4]).toMatch(/^v F4/);
  expect(rows.slice(5)).toEqual(['! F0 must be from 0 to 9. Type 9', '  or a number between.']);
});
