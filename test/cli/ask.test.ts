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
