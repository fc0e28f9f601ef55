import {describe, expect, test} from 'vitest';
import {commands} from '../../src/cli/commands.ts';
import {table, wrap} from '../../src/cli/wrap.ts';
import {wirebook} from '../support/fake-io.ts';

const help = async (...words: string[]) => (await wirebook(words, {columns: 80})).out;

describe('help', () => {
  test('the overview names chapters, commands, general flags and exit codes', async () => {
    const text = await help('help');
    expect(await help('--help')).toBe(text);
    for (const name of [...Object.keys(commands), 'tcp', 'data', '--timeout S', '124', '130'])
      expect(text).toContain(name);
  });

  test('a chapter lists its experiments', async () => {
    expect(await help('tcp')).toBe(
      'Chapter 3: TCP\n\nExperiments:\n  wirebook tcp toy  Counts, and does what a test wants to see.\n',
    );
  });

  test('an experiment says what it asks for, does and prints', async () => {
    const text = await help('tcp', 'toy', '--help');
    expect(await help('help', 'tcp', 'toy')).toBe(text);
    expect(text).toContain('Usage: wirebook tcp toy [HOST] [PORT] [WORDS…] [flags]\n');
    expect(text).toMatch(/^ {2}--port PORT +Port: 1 to 65535 \(default 1060\)$/m);
    expect(text).toMatch(/^ {2}--mood calm\|cross +Mood \(default calm\)$/m);
    expect(text).toMatch(/^ {2}--refuse +Refuse: fails at once$/m);
    expect(text).toMatch(/^ {2}say \[WORD\] +Say \(key s\)$/m);
    expect(text).toMatch(/^ {2}counted +the next number; has bytes$/m);
    expect(text).toContain('Answers --batch');
    expect(await help('help', 'data', 'quiet')).not.toContain('Answers --batch');
  });

  test.each(Object.keys(commands))('%s has help of its own', async name => {
    const {code, out} = await wirebook(['help', name], {columns: 80});
    expect(code).toBe(0);
    expect(out).toContain(`Usage: wirebook ${name}`);
  });

  test.each([[40], [60], [100]])('no line is wider than %i', async columns => {
    for (const words of [['help'], ['help', 'tcp', 'toy'], ['help', 'hex'], ['help', 'completions']]) {
      const {out} = await wirebook(words, {columns});
      // A word that is longer than a line stands alone rather than being cut.
      const long = out
        .split('\n')
        .filter(line => line.length > columns && line.trim().includes(' ') && !line.startsWith('Usage:'));
      expect(long).toEqual([]);
    }
  });

  test.each([
    [['help', 'tpc'], 'Did you mean wirebook tcp?'],
    [['help', 'tcp', 'toi'], 'Did you mean wirebook tcp toy?'],
  ])('%j names what was meant: 2', async (words, next) => {
    expect(await wirebook(words)).toMatchObject({code: 2, out: '', err: expect.stringContaining(next)});
  });
});

describe('laying out text', () => {
  test('wrap breaks at blanks and never loses a word', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrap('', 9)).toEqual([]);
    expect(wrap('enormously x', 3)).toEqual(['enormously', 'x']);
  });

  test('a table keeps its columns', () => {
    expect(
      table(
        [
          ['a', 'first'],
          ['a long name indeed', 'second'],
        ],
        40,
      ),
    ).toEqual(['  a                 first', '  a long name indeed', '                    second']);
  });
});
