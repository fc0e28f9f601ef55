import {describe, expect, test} from 'vitest';
import {textField} from '../../src/chapters/fields.ts';
import {flagsOf, readAsk} from '../../src/cli/ask.ts';
import {scan} from '../../src/cli/scan.ts';

const fields = {
  option: textField({
    label: 'Options',
    default: 'a=1',
    repeated: ',',
    check: text => (text.includes('!') ? 'No exclamations' : undefined),
  }),
  name: textField({label: 'Name', default: ''}),
};

function ask(...words: string[]) {
  const scanned = scan(words, flagsOf(fields));
  if (!scanned.ok) throw new Error(scanned.problem.says);
  return readAsk({fields, positionals: ['option']}, scanned.value);
}

describe('a flag that may be repeated', () => {
  test.each([
    [[], 'a=1'],
    [['--option', 'b=2'], 'b=2'],
    [['--option', 'b=2', '--option=c=3'], 'b=2,c=3'],
    [['b=2', '--option', 'c=3'], 'b=2,c=3'],
  ])('%j', (words, option) => {
    expect(ask(...words)).toEqual({ok: true, value: {option, name: ''}});
  });

  test('is read as a whole', () => {
    expect(ask('--option', 'a', '--option', '!')).toMatchObject({
      ok: false,
      problem: {says: '--option: No exclamations'},
    });
  });
});

test('of any other flag the last one counts', () => {
  expect(ask('--name', 'one', '--name', 'two')).toMatchObject({ok: true, value: {name: 'two'}});
});

describe('words without a flag, beside flags', () => {
  const places = {host: textField({label: 'Host', default: 'h'}), way: textField({label: 'Way', default: 'w'})};
  const read = (...words: string[]) => {
    const scanned = scan(words, flagsOf(places));
    if (!scanned.ok) throw new Error(scanned.problem.says);
    return readAsk({fields: places, positionals: ['host', 'way']}, scanned.value);
  };

  test('a word goes to the first field that no flag has given', () => {
    expect(read('--host', 'a', 'b')).toEqual({ok: true, value: {host: 'a', way: 'b'}});
    expect(read('a', '--way', 'b')).toEqual({ok: true, value: {host: 'a', way: 'b'}});
  });

  test('a word for which no field is left is refused, never ignored', () => {
    expect(read('--host', 'a', '--way', 'b', 'c')).toMatchObject({ok: false, problem: {says: '“c” has no place here'}});
    expect(read('a', 'b', '--way', 'c')).toMatchObject({ok: false, problem: {says: '“b” has no place here'}});
  });

  test.each([[['@w', 'a']], [['a', '@w']], [['--host', 'a', '@w']]])(
    'a word with its mark is for one field, wherever it stands: %j',
    words => {
      const scanned = scan(words, flagsOf(places));
      expect(
        scanned.ok && readAsk({fields: places, positionals: ['host'], marked: {'@': 'way'}}, scanned.value),
      ).toEqual({ok: true, value: {host: 'a', way: 'w'}});
    },
  );

  test('a mark alone is a word like any other', () => {
    const scanned = scan(['@'], flagsOf(places));
    expect(
      scanned.ok && readAsk({fields: places, positionals: ['host'], marked: {'@': 'way'}}, scanned.value),
    ).toMatchObject({value: {host: '@'}});
  });
});
