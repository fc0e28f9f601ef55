import {describe, expect, test} from 'vitest';
import {type LoadedPickle, loads} from '../../../src/wire/pickle/loads.ts';
import {represent} from '../../../src/wire/pickle/represent.ts';
import type {PyValue} from '../../../src/wire/python/value.ts';
import {bytesOf, given, made, raw} from './cases.ts';

const outcome = (bytes: Uint8Array): unknown => {
  const read = loads(bytes);
  return read.kind === 'loaded' ? {repr: represent(read.value)} : {error: read.class, message: read.message};
};

function value(bytes: Uint8Array): PyValue {
  const read = loads(bytes);
  expect(read).toMatchObject({kind: 'loaded'});
  return (read as LoadedPickle).value;
}

describe('as CPython', () => {
  const plain = given.filter(one => one.danger === 'safe' && one.loads_repr !== undefined);
  test.each(plain.map(one => [one.name, one] as const))('%s', (_, one) => {
    expect(outcome(bytesOf(one.hex))).toEqual({repr: one.loads_repr});
  });

  const read = given.filter(one => one.c_loads !== undefined);
  test.each(read.map(one => [one.name, one] as const))('%s', (_, one) => {
    expect(outcome(bytesOf(one.hex))).toEqual(one.c_loads);
  });

  test('made pickles of plain values', () => {
    const valid = made.filter(one => one.kind === 'valid');
    expect(valid.length).toBeGreaterThan(300);
    const wrong = valid.filter(one => JSON.stringify(outcome(bytesOf(one.hex))) !== JSON.stringify({repr: one.repr}));
    expect(wrong.map(({hex}) => hex)).toEqual([]);
  });
});

describe('refuses what would import or call', () => {
  test.each(
    given
      .filter(one => one.danger === 'dangerous' || one.danger === 'imports-benign')
      .map(one => [one.name, one] as const),
  )('%s', (_, one) => {
    const first = one.ops!.find(([, name]) => ['GLOBAL', 'STACK_GLOBAL', 'INST'].includes(name))!;
    expect(loads(bytesOf(one.hex))).toMatchObject({kind: 'fault', class: 'Refused', offset: first[0]});
  });

  test('a known constructor may only be called, and only as the pickler does', () => {
    const at = (text: string): unknown => loads(raw(text));
    expect(at('cbuiltins\nset\n.')).toMatchObject({class: 'Refused', offset: 0});
    expect(at(']cbuiltins\nset\na.')).toMatchObject({class: 'Refused', offset: 1});
    expect(at("cbuiltins\nset\n(S'abc'\ntR.")).toMatchObject({class: 'Refused', offset: 23});
    expect(at("c_codecs\nencode\n(S'abc'\nS'rot13'\ntR.")).toMatchObject({class: 'Refused'});
    expect(at('cbuiltins\nbytearray\n(I99999999999\ntR.')).toMatchObject({class: 'Refused'});
    expect(at('cbuiltins\nset\n)\x81.')).toMatchObject({class: 'Refused'});
    expect(at('cbuiltins\nset\n}b.')).toMatchObject({class: 'Refused'});
    expect(at('\x80\x03c__builtin__\nset\n)R.')).toMatchObject({class: 'Refused', offset: 2});
    expect(at('c__builtin__\nset\n)R.')).toMatchObject({kind: 'loaded', value: {t: 'set', v: []}});
    expect(at('\x80\x04\x8c\x08builtins\x8c\x08Ellipsis\x93.')).toMatchObject({value: {t: 'ellipsis'}});
  });

  test.each([
    ['Pabc\n.', 'UnpicklingError', /persistent id instruction/],
    ['NQ.', 'UnpicklingError', /persistent id instruction/],
    ['\x82\x01.', 'ValueError', /^unregistered extension code 1$/],
    ['\x84\xff\xff\xff\xff.', 'UnpicklingError', /^EXT specifies code <= 0$/],
    ['\x97.', 'UnpicklingError', /out-of-band/],
    ['NN\x93.', 'UnpicklingError', /^STACK_GLOBAL requires str$/],
    ['N)R.', 'TypeError', /^'NoneType' object is not callable$/],
    ['NNR.', 'TypeError', /^argument list must be a tuple$/],
    ['](tb.', 'UnpicklingError', /^state is not a dictionary$/],
  ])('%j', (text, className, says) => {
    const read = loads(raw(text));
    expect(read).toMatchObject({kind: 'fault', class: className, message: expect.stringMatching(says)});
  });
});

/** Words of CPython 3.13's `_pickle`. */
test.each([
  ['', 'EOFError', 'Ran out of input'],
  ['N', 'EOFError', 'Ran out of input'],
  ['.', 'UnpicklingError', 'unpickling stack underflow'],
  ['(.', 'UnpicklingError', 'unexpected MARK found'],
  ['t.', 'UnpicklingError', 'could not find MARK'],
  ['(Nd.', 'UnpicklingError', 'odd number of items for DICT'],
  ['h\x05.', 'UnpicklingError', 'Memo value not found at index 5'],
  ['\xff', 'UnpicklingError', "invalid load key, '\\xff'."],
  ['Z', 'UnpicklingError', "invalid load key, 'Z'."],
  ['K', 'UnpicklingError', 'pickle data was truncated'],
  ['Iabc\n.', 'ValueError', 'could not convert string to int'],
  ['Labc\n.', 'ValueError', "invalid literal for int() with base 0: 'abc\\n'"],
  ['LabcL\n.', 'ValueError', "invalid literal for int() with base 0: 'abc'"],
  ['Fxyz\n.', 'ValueError', "could not convert string to float: 'xyz\n'"],
  ['F1x\n.', 'ValueError', 'could not convert string to float'],
  ['F1e999\n.', 'OverflowError', "value too large to convert to float: '1e999\n'"],
  ['Sabc\n.', 'UnpicklingError', 'the STRING opcode argument must be quoted'],
  ['U\x01\xff.', 'UnicodeDecodeError', "'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)"],
  ['\x80\x06N.', 'ValueError', 'unsupported pickle protocol: 6'],
  ['\x95\x09\0\0\0\0\0\0\0N.', 'UnpicklingError', 'pickle data was truncated'],
  ['}]Ns.', 'TypeError', "unhashable type: 'list'"],
  [')Na.', 'AttributeError', "'tuple' object has no attribute 'append'"],
  [']NNs.', 'TypeError', 'list indices must be integers or slices, not NoneType'],
  [']K\x05Ns.', 'IndexError', 'list assignment index out of range'],
  [']\x98.', 'TypeError', "memoryview: a bytes-like object is required, not 'list'"],
])('%j fails as in CPython', (text, className, message) => {
  expect(loads(raw(text))).toMatchObject({class: className, message});
});

describe('values', () => {
  test.each([
    ['I0x10\n.', '16'],
    ['I010\n.', '8'],
    ['I00\n.', 'False'],
    ['I+1\n.', 'True'],
    ['I 1\n.', 'True'],
    ['L0x1fL\n.', '31'],
    ['\x8b\x04\0\0\0\xff\xff\xff\x7f.', '2147483647'],
    ['\x8a\x00.', '0'],
    ['F-inf\n.', '-inf'],
    ['V\\ud834\\udd1e\n.', "'\\ud834\\udd1e'"],
    ['\x8c\x06\xed\xa0\xb4\xed\xb4\x9e.', "'\\ud834\\udd1e'"],
    ['\x8c\x04\xf0\x9d\x84\x9e.', "'𝄞'"],
    ['}(K\x01S"a"\nG\x3f\xf0\0\0\0\0\0\0S"b"\n\x88S"c"\nu.', "{1: 'c'}"],
    ['\x8f(K\x01\x88G\x3f\xf0\0\0\0\0\0\0K\x02\x90.', '{1, 2}'],
    [']q\0h\0a.', '[[...]]'],
    ['}q\0K\x01h\0s.', '{1: {...}}'],
    ['](K\x01K\x02eK\x00K\x07s.', '[7, 2]'],
    ['\x96\x02\0\0\0\0\0\0\0abK\x63a.', "bytearray(b'abc')"],
    ['NN.', 'None'],
    ['N(0.', 'None'],
  ])('%j is %s', (text, repr) => {
    expect(outcome(raw(text))).toEqual({repr});
  });

  test('a pickle frames itself: what follows STOP is left', () => {
    const read = loads(raw('K\x05.rest')) as LoadedPickle;
    expect(read.consumed).toBe(3);
    expect(Buffer.from(read.rest).toString()).toBe('rest');
    expect(loads(raw('K\x05.K\x06.'), {start: 3})).toMatchObject({value: {v: 6n}, consumed: 3});
  });

  test('parts that are shared are one object', () => {
    const both = value(raw('(]q\x01h\x01t.'));
    if (both.t !== 'tuple') throw new Error('not a tuple');
    expect(both.v[0]).toBe(both.v[1]);
  });

  test('bytes are copies: changing the input changes nothing', () => {
    const input = raw('C\x02ab.');
    const read = value(input);
    input.fill(0);
    expect(represent(read)).toBe("b'ab'");
  });
});

describe('hostile bytes', () => {
  test.each([
    ['B\xff\xff\xff\xffab.'],
    ['\x8e\xff\xff\xff\xff\xff\xff\x00\x00ab.'],
    ['\x8d\xff\xff\xff\xff\xff\xff\x00\x00ab.'],
    ['\x96\xff\xff\xff\xff\xff\xff\xff\x7fab.'],
    ['\x8b\xff\xff\xff\x7fab.'],
    ['T\xff\xff\xff\xffab.'],
    ['X\xff\xff\xff\xffab.'],
  ])('a declared length of gigabytes takes none: %j', text => {
    const before = process.memoryUsage().arrayBuffers;
    expect(loads(raw(text))).toMatchObject({class: 'UnpicklingError', message: 'pickle data was truncated', offset: 0});
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 2 ** 20);
  });

  test('nesting deeper than the call stack', () => {
    const deep = value(raw(')', '\x85'.repeat(200_000), '.'));
    expect(represent(deep)).toHaveLength(2 + 3 * 200_000);
    const lists = value(raw('('.repeat(200_000), 'l'.repeat(200_000), '.'));
    expect(represent(lists)).toBe('['.repeat(200_000) + ']'.repeat(200_000));
    expect(value(raw('})', '\x85'.repeat(100_000), 'Ns.')).t).toBe('dict');
  });

  test('a value that is shared a billion times over', () => {
    const bomb = value(raw(']', '2\x86'.repeat(60), '.'));
    expect(represent(bomb, 1000)).toHaveLength(1001);
    expect(value(raw('})', '2\x86'.repeat(60), 'Ns.')).t).toBe('dict');
  });

  test('limits', () => {
    expect(loads(raw('N.'), {bytes: 1})).toMatchObject({class: 'Limit', offset: 0});
    expect(loads(raw('((((N.'), {marks: 3})).toMatchObject({class: 'Limit', offset: 3});
    expect(loads(raw('N\x94\x94\x94.'), {memo: 2})).toMatchObject({class: 'Limit', offset: 3});
  });

  test('cut at every byte, each given pickle is an error at an offset inside it', () => {
    for (const {hex} of given.filter(one => one.danger === 'safe' && one.hex.length < 1200)) {
      const bytes = bytesOf(hex);
      for (let length = 0; length < bytes.length; length += 1) {
        const read = loads(bytes.subarray(0, length));
        if (read.kind === 'loaded') throw new Error(`${length} bytes of ${hex} were enough`);
        expect(read.offset).toBeGreaterThanOrEqual(0);
        expect(read.offset).toBeLessThanOrEqual(length);
      }
    }
  });

  test('any of the made pickles ends in a value or in an error inside it', () => {
    for (const {hex} of made) {
      const bytes = bytesOf(hex);
      const read = loads(bytes);
      if (read.kind === 'loaded') expect(read.consumed).toBeLessThanOrEqual(bytes.length);
      else expect(read.offset).toBeLessThanOrEqual(bytes.length);
    }
  });
});
