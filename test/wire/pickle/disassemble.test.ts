import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type Disassembly, disassemble} from '../../../src/wire/pickle/disassemble.ts';
import type {StackItem} from '../../../src/wire/pickle/opcodes.ts';
import {bytesOf, given, type MadeCase, made, raw} from './cases.ts';

const printed = ({text, error}: Disassembly): unknown =>
  error === undefined ? {text} : {text, error: error.class, message: error.message};

describe('the text and the errors are those of pickletools.dis', () => {
  test.each(given.map(one => [one.name, one] as const))('%s', (_, one) => {
    expect(printed(disassemble(bytesOf(one.hex)))).toEqual(one.dis);
  });

  test('made pickles: valid, mutated, hostile, random opcodes', () => {
    expect(made.length).toBeGreaterThan(1200);
    const wrong = made.filter(({hex, text, error, message}) => {
      const expected = error === undefined ? {text} : {text, error, message};
      return JSON.stringify(printed(disassemble(bytesOf(hex)))) !== JSON.stringify(expected);
    });
    expect(wrong.map(({hex}) => hex)).toEqual([]);
  });
});

const python = spawnSync('python3', ['-c', 'import sys; print(sys.version_info[:2])'], {encoding: 'utf8'});
const known = ['(3, 11)', '(3, 12)', '(3, 13)'].includes(python.stdout?.trim() ?? '');
if (!known)
  console.warn(
    `SKIPPED: pickletools of the python3 here needs 3.11 to 3.13, found ${python.stdout?.trim() || 'none'}.`,
  );

test.skipIf(!known)('what the python3 of this machine prints of pickles made now', () => {
  const seed = process.env.WIREBOOK_SEED ?? String(process.pid);
  const script = join(import.meta.dirname, '../../vectors/make-pickle.py');
  const run = spawnSync('python3', [script, seed], {encoding: 'utf8', maxBuffer: 2 ** 26});
  expect(run.stderr).toBe('');
  const cases: MadeCase[] = JSON.parse(run.stdout).cases;
  expect(cases.length).toBeGreaterThan(1200);
  const wrong = cases.filter(({hex, text, error, message}) => {
    const expected = error === undefined ? {text} : {text, error, message};
    return JSON.stringify(printed(disassemble(bytesOf(hex)))) !== JSON.stringify(expected);
  });
  expect(wrong.map(({hex}) => ({seed, hex}))).toEqual([]);
});

test.each(given.flatMap(one => (one.ops ? [[one.name, one] as const] : [])))('operations of %s', (_, one) => {
  const {ops} = disassemble(bytesOf(one.hex));
  expect(ops.map(({offset, name}) => [offset, name])).toEqual(one.ops!.map(([offset, name]) => [offset, name]));
  const known = one.ops!.flatMap(([, , argument], at) =>
    typeof argument === 'string' && ops[at]!.argument?.t === 'str' ? [[argument, ops[at]!.argument]] : [],
  );
  for (const [expected, argument] of known) expect(argument).toMatchObject({v: expected});
  const end = ops.at(-1)!;
  expect(ops.reduce((sum, {length}) => sum + length, 0)).toBe(end.offset + end.length);
});

describe('options', () => {
  test.each(given.flatMap(one => (one.dis_annotate ? [[one.name, one] as const] : [])))('annotated %s', (_, one) => {
    // The notes themselves are CPython's; taken from the expected text, they show that the columns are right.
    const notes = new Map<string, string>();
    const [plain, annotated] = [one.dis.text.split('\n'), one.dis_annotate!.text.split('\n')];
    const {ops} = disassemble(bytesOf(one.hex));
    ops.forEach(({name}, at) => {
      notes.set(name, annotated[at]!.slice(plain[at]!.length).trim());
    });
    const note = ({name}: {name: string}): string => notes.get(name) ?? '';
    expect(printed(disassemble(bytesOf(one.hex), {annotate: 1, note}))).toEqual(one.dis_annotate);
  });

  test('our own notes', () => {
    const {text} = disassemble(raw('N.'), {annotate: 1});
    expect(text).toContain('NONE Pushes None.\n');
  });

  test('a start, an indent and a memo that goes from pickle to pickle', () => {
    const memo = new Map<bigint, StackItem>();
    const both = raw('(Nq\x01t.', 'h\x01.');
    const first = disassemble(both, {memo, indentlevel: 2});
    expect(first.text).toContain('    1: N      NONE\n');
    expect(first.consumed).toBe(6);
    const second = disassemble(both, {memo, start: first.consumed});
    expect(second.text).toBe('    6: h    BINGET     1\n    8: .    STOP\nhighest protocol among opcodes = 1\n');
    expect(disassemble(both, {start: 6}).error?.message).toBe('memo key 1 has never been stored into');
  });

  test('marks and memo keys are said of each operation', () => {
    const {ops} = disassemble(raw('(NNtq\x07.'));
    expect(ops.map(({depth, markAt, memoKey}) => [depth, markAt, memoKey])).toEqual([
      [0, undefined, undefined],
      [1, undefined, undefined],
      [1, undefined, undefined],
      [1, 0, undefined],
      [0, undefined, 7n],
      [0, undefined, undefined],
    ]);
  });
});

describe('hostile bytes', () => {
  test('text that grows quadratically stops at a limit', () => {
    const {error, text} = disassemble(raw('('.repeat(100_000)), {textLimit: 1_000_000});
    expect(error?.class).toBe('Limit');
    expect(text.length).toBeLessThan(1_100_000);
  });

  test('an integer of more digits than CPython converts', () => {
    const long = raw(0x8b, 0xd0, 7, 0, 0, '\x7f'.repeat(2000), '.');
    expect(printed(disassemble(long))).toEqual({
      text: '    0: ',
      error: 'ValueError',
      message:
        'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit',
    });
    const decimal = disassemble(raw('I', '1'.repeat(4301), '\n.'));
    expect(decimal.error?.message).toContain('value has 4301 digits');
  });

  test('a mark that another opcode took for an item', () => {
    expect(printed(disassemble(raw('(NRt.')))).toEqual({
      text: '    0: (    MARK\n    1: N        NONE\n    2: R        REDUCE\n    3: ',
      error: 'IndexError',
      message: 'list index out of range',
    });
  });

  test('every prefix of every given pickle ends in an error at an offset inside it', () => {
    for (const {hex, dis} of given.filter(one => one.hex.length < 1000 && one.dis.error === undefined)) {
      const bytes = bytesOf(hex);
      const whole = disassemble(bytes);
      expect(whole.error, dis.text).toBeUndefined();
      for (let length = 0; length < bytes.length; length += 1) {
        const {error, text} = disassemble(bytes.subarray(0, length));
        expect(error?.offset).toBeGreaterThanOrEqual(0);
        expect(error?.offset).toBeLessThanOrEqual(length);
        expect(whole.text.startsWith(text)).toBe(true);
      }
    }
  });
});
