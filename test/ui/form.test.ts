import {describe, expect, test} from 'vitest';
import {integerField} from '../../src/chapters/fields.ts';
import {
  currentField,
  formOf,
  moveTo,
  newForm,
  pressForm,
  readForm,
  setTyped,
  settleForm,
  suggestingForm,
} from '../../src/ui/form.ts';
import {bell} from './toys/experiments.ts';

const form = formOf(bell);

test('a form begins with the defaults, or with the values given, and the caret in the first field', () => {
  expect(readForm(form)).toEqual({ask: {tone: 'c', times: 2, mood: 'calm'}});
  expect(readForm(formOf(bell, {times: 7, mood: 'cross'}))).toEqual({ask: {tone: 'c', times: 7, mood: 'cross'}});
  expect(currentField(form)?.name).toBe('tone');
  expect(currentField(newForm({}))).toBeUndefined();
});

describe('keys', () => {
  test.each([
    ['tab', 0, 1],
    ['down', 2, 0],
    ['shift+tab', 0, 2],
    ['up', 1, 0],
  ])('%s goes from field %d to %d', (key, from, to) => {
    expect(pressForm(moveTo(form, from), key, undefined)?.index).toBe(to);
  });

  test.each([
    ['right', undefined, 'cross'],
    ['left', undefined, 'cross'],
    ['space', ' ', 'cross'],
    ['c', 'c', 'cross'],
    ['x', 'x', undefined],
    ['backspace', undefined, undefined],
  ])('%s on a choice', (key, text, chosen) => {
    expect(pressForm(moveTo(form, 2), key, text)?.typed['mood']?.text).toBe(chosen);
  });

  test('text goes into the field with the caret, and nowhere else', () => {
    const typed = pressForm(moveTo(form, 1), '5', '5')!;
    expect([typed.typed['times']?.text, typed.typed['tone']?.text]).toEqual(['25', 'c']);
    expect(pressForm(form, 'F7', undefined)).toBeUndefined();
  });

  test('a form without fields takes nothing', () => {
    expect(pressForm(newForm({}), 'a', 'a')).toBeUndefined();
  });
});

describe('reading', () => {
  const wrong = readForm(setTyped(setTyped(form, 'times', '99'), 'mood', 'furious'));

  test('every field that cannot be read is told of, and the caret goes to the first', () => {
    if (!('form' in wrong)) throw new Error('read');
    expect(Object.keys(wrong.form.wrong)).toEqual(['times', 'mood']);
    expect(wrong.form.wrong['times']).toBe('Times must be from 0 to 9. Type 9 or a number between.');
    expect(wrong.form.index).toBe(1);
    expect(wrong.form.typed['times']?.text, 'nothing typed is lost').toBe('99');
  });

  test('typing in a field takes its complaint away, and only its', () => {
    if (!('form' in wrong)) throw new Error('read');
    expect(Object.keys(pressForm(wrong.form, 'backspace', undefined)!.wrong)).toEqual(['mood']);
  });
});

test('values that an action changed are shown, except where one types', () => {
  const typing = settleForm(form, {tone: 'fis', times: 4, unknown: 1}, true);
  expect([typing.typed['tone']?.text, typing.typed['times']?.text]).toEqual(['c', '4']);
  expect(settleForm(form, {tone: 'fis'}, false).typed['tone']?.text).toBe('fis');
  expect(settleForm(form, {tone: 'c', times: 2}, false), 'the same form when nothing changed').toBe(form);
});

describe('a suggestion', () => {
  const asked = suggestingForm(bell.fields);
  const typed = (key: string, text?: string) => pressForm(asked, key, text)?.typed['tone']?.text;

  test('is replaced by the first thing typed, cleared by Backspace, and edited after a movement', () => {
    expect([typed('x', 'x'), typed('paste', 'xyz'), typed('backspace'), typed('left')]).toEqual(['x', 'xyz', '', 'c']);
    const moved = pressForm(asked, 'left', undefined)!;
    expect(pressForm(moved, 'x', 'x')?.typed['tone']?.text).toBe('xc');
    const further = pressForm(pressForm(asked, 'x', 'x')!, 'y', 'y');
    expect(further?.typed['tone']?.text).toBe('xy');
  });

  test('is what Enter takes', () => {
    expect(readForm(asked)).toEqual(readForm(newForm(bell.fields)));
  });
});

test('a complaint that is a whole sentence gets no second full stop', () => {
  const said = {
    ...integerField({label: 'N', default: 1, from: 0, to: 9, hint: ''}),
    read: () => ({ok: false as const, says: 'That is none.', next: 'Type one.'}),
  };
  const read = readForm(newForm({said}));
  expect('form' in read && read.form.wrong).toEqual({said: 'That is none. Type one.'});
});
