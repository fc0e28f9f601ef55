import {spawnSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {dump} from '../../../src/wire/hex/dump.ts';
import type {DumpOptions} from '../../../src/wire/hex/options.ts';
import {guessStyle, type UndumpOptions, undump} from '../../../src/wire/hex/undump.ts';
import {commands, sample} from './samples.ts';

/** What has to be said to read such a dump back. */
function reading(options: DumpOptions): UndumpOptions {
  if (options.style !== 'xxd') return {style: options.style};
  return {
    style: 'xxd',
    ...(options.littleEndian ? {littleEndian: {group: options.group ?? 4, columns: options.columns ?? 16}} : {}),
    bits: options.base === 'bits',
    decimalOffset: options.decimalOffset ?? false,
  };
}

describe('undump is the inverse of dump', () => {
  test.each(commands.map(({command, options}) => [command.join(' '), options] as const))('%s', (_name, options) => {
    const bytes = fc.oneof(
      fc.uint8Array({maxLength: 100}),
      fc.array(fc.constantFrom(0, 0, 0, 0x20, 0x61), {maxLength: 300}).map(numbers => Uint8Array.from(numbers)),
    );
    fc.assert(
      fc.property(bytes, source => {
        const answer = undump(dump(source, options), reading(options));
        expect(answer.kind).toBe('bytes');
        if (answer.kind !== 'bytes') return;
        expect(answer.bytes).toEqual(source);
        if (source.length > 0 && 'offset' in options) expect(answer.offset).toBe(options.offset);
      }),
      {numRuns: 60},
    );
  });

  test('the style is guessed', () => {
    const bytes = sample('every byte', 100);
    for (const options of [
      {style: 'hexdump'},
      {style: 'xxd'},
      {style: 'plain'},
      {style: 'include', name: 'a'},
      {style: 'include'},
    ] as const) {
      expect(guessStyle(dump(bytes, options))).toBe(options.style);
      expect(undump(dump(bytes, options))).toMatchObject({kind: 'bytes', bytes});
    }
  });
});

test('edited rows, gaps and overlaps', () => {
  expect(undump('00000000: 6162\n00000004: 65\n')).toEqual({
    kind: 'bytes',
    offset: 0,
    bytes: Uint8Array.of(0x61, 0x62, 0, 0, 0x65),
  });
  expect(undump('0: 616263  whatever: 99\n1: 58\n')).toMatchObject({bytes: Uint8Array.of(0x61, 0x58, 0x63)});
  expect(undump('0000037: 3574 68')).toMatchObject({offset: 0x37, bytes: Uint8Array.of(0x35, 0x74, 0x68)});
  expect(undump('')).toEqual({kind: 'bytes', offset: 0, bytes: new Uint8Array()});
});

describe('what makes no sense', () => {
  test.each([
    ['00000000: 6162\nhello\n', 2, /No address/],
    ['00000000: 616\n', 1, /Half a byte/],
    ['00000000: 61zz\n', 1, /not a hex digit/],
    ['00000010: 61\n00000000: 62\n', 2, /before the first/],
    ['00000000: 61\nffffffff: 62\n', 2, /limit/],
    ['00000000  61 62  |ab|\n*\nfffffff0  61  |a|\n', 3, /limit/],
    ['00000000  61 6  |a|\n', 1, /Half a byte/],
    ['6162\n6x\n', 2, /not a hex digit/],
    ['unsigned char a[] = {\n  0x61,\n  0xzz\n};', 3, /not a hex digit/],
  ])('%j', (text, line, sentence) => {
    const answer = undump(text);
    expect(answer).toMatchObject({kind: 'error', line});
    if (answer.kind === 'error') expect(answer.sentence).toMatch(sentence);
  });

  test('bits that are not eight to a byte', () => {
    expect(undump('00000000: 0101', {bits: true})).toMatchObject({kind: 'error', line: 1});
  });
});

const absent = spawnSync('xxd', ['-v']).error !== undefined;
if (absent) console.warn('undump: xxd is not installed, so it is not asked to read our dumps back');

test.skipIf(absent)('xxd -r reads our dumps, and we read what it prints', () => {
  const bytes = sample('nul rows among others', 500);
  for (const args of [[], ['-c', '7'], ['-p'], ['-a']]) {
    const printed = spawnSync('xxd', args, {input: bytes, encoding: 'latin1'}).stdout;
    expect(undump(printed), args.join(' ')).toMatchObject({kind: 'bytes', bytes});
  }
  const back = spawnSync('xxd', ['-r'], {input: dump(bytes, {style: 'xxd', squeeze: true})}).stdout;
  expect(Uint8Array.from(back)).toEqual(bytes);
});
