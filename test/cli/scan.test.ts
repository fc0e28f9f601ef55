import {describe, expect, test} from 'vitest';
import {kebab, scan} from '../../src/cli/scan.ts';

const known = [
  {name: 'port', value: 'PORT', short: 'p'},
  {name: 'sendBuffer', value: 'N'},
  {name: 'reuse', negatable: true},
  {name: 'json'},
];

const read = (...words: string[]) => {
  const scanned = scan(words, known);
  return scanned.ok
    ? [...scanned.value.flags.map(({name, value}) => `${name}=${value}`), ...scanned.value.positionals]
    : scanned.problem;
};

describe('words become flags and positionals', () => {
  test.each([
    [
      ['--port', '80', 'x'],
      ['port=80', 'x'],
    ],
    [['--port=80'], ['port=80']],
    [['--port='], ['port=']],
    [['--port=a=b'], ['port=a=b']],
    [['--port=a\nb'], ['port=a\nb']],
    [['-p', '80'], ['port=80']],
    [['-p80'], ['port=80']],
    [['--send-buffer', '-1'], ['sendBuffer=-1']],
    [['--sendBuffer', '1'], ['sendBuffer=1']],
    [['--reuse'], ['reuse=']],
    [['--no-reuse'], ['reuse=no']],
    [['--reuse=no'], ['reuse=no']],
    [
      ['a', '--json', 'b'],
      ['json=', 'a', 'b'],
    ],
    [
      ['-', '-5', '-.5', '-inf', '-0x10'],
      ['-', '-5', '-.5', '-inf', '-0x10'],
    ],
    [
      ['--', '--json', '-x'],
      ['--json', '-x'],
    ],
    [
      ['--port', '--', 'x'],
      ['port=--', 'x'],
    ],
    [[''], ['']],
  ])('%j', (words, expected) => {
    expect(read(...words)).toEqual(expected);
  });

  test.each([
    [['--prot', '1'], 'There is no flag --prot here', 'Did you mean --port?'],
    [['--zzzzzzz'], 'There is no flag --zzzzzzz here', 'Add --help to see those there are.'],
    [['--prot=secret'], 'There is no flag --prot here', 'Did you mean --port?'],
    [['--port'], '--port needs a value', 'Write --port=PORT.'],
    [['--port', '--json'], '--port needs a value', 'Write --port=PORT.'],
    [['--json=1'], '--json takes no value', 'Leave out “=1”.'],
    [['--no-reuse=1'], '--no-reuse takes no value', 'Leave out “=1”.'],
    [['--no-json'], 'There is no flag --no-json here', 'Add --help to see those there are.'],
    [['-x'], 'There is no flag -x here', 'Add --help to see those there are. To give it as a value, put -- before it.'],
  ])('%j is refused in a sentence', (words, says, next) => {
    expect(read(...words)).toEqual({code: 'usage.flag', says, next});
  });

  test('a name is written with dashes', () => {
    expect(kebab('sendBufferX')).toBe('send-buffer-x');
  });
});
