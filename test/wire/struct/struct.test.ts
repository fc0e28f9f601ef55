import {describe, expect, test} from 'vitest';
import {StructError} from '../../../src/wire/struct/error.ts';
import {Struct} from '../../../src/wire/struct/struct.ts';
import {float, PyByteArray, type Value} from '../../../src/wire/struct/value.ts';

const modes = ['generated', 'interpreted'] as const;

function failure(run: () => unknown): [string, string] {
  try {
    run();
  } catch (error) {
    if (error instanceof StructError) return [error.pythonClass, error.message];
    throw error;
  }
  throw new Error('it did not fail');
}

describe.each(modes)('Struct, %s', mode => {
  const make = (format: string, python: '3.13' | '3.11' = '3.13') => new Struct(format, {mode, python});

  test('gives a number up to 32 bits and a bigint above', () => {
    const values = make('@bBhHiIlLqQnNP').unpack(new Uint8Array(make('@bBhHiIlLqQnNP').size as number).fill(0xff));
    expect(values.slice(0, 6)).toEqual([-1, 255, -1, 65535, -1, 2 ** 32 - 1]);
    const all = 2n ** 64n - 1n;
    expect(values.slice(6)).toEqual([-1n, all, -1n, all, -1n, all, all]);
    expect(make('<lL').unpack(new Uint8Array(8).fill(0xff))).toEqual([-1, 2 ** 32 - 1]);
  });

  test('takes an integral number as an int, and a tagged float never', () => {
    expect([...make('<i').pack(1)]).toEqual([1, 0, 0, 0]);
    expect([...make('<q').pack(2 ** 53 - 1)]).toEqual([...make('<q').pack(2n ** 53n - 1n)]);
    expect([...make('<Q').pack(5)]).toEqual([5, 0, 0, 0, 0, 0, 0, 0]);
    for (const value of [float(1), 1.5, Number.NaN, '1', null, undefined, new Uint8Array(4)])
      expect(failure(() => make('<i').pack(value))).toEqual(['struct.error', 'required argument is not an integer']);
    expect([...make('<f').pack(float(1))]).toEqual([...make('<f').pack(1)]);
    expect(failure(() => make('<f').pack(1e39))[0]).toBe('OverflowError');
    expect(failure(() => make('<f').pack(10n ** 39n))).toEqual(['struct.error', 'int too large to convert']);
    expect(failure(() => make('Q').pack(-1))[1]).toMatch(/^'Q' format requires 0 <=/);
  });

  test('tells bytes from a bytearray where Python does', () => {
    const bytearray = new PyByteArray(Uint8Array.of(97));
    expect([...make('s').pack(bytearray)]).toEqual([97]);
    expect(failure(() => make('c').pack(bytearray))[1]).toBe('char format requires a bytes object of length 1');
  });

  test.each(['!IHB', '<qdfe', '3s4p?c', '@bhiq', '<40I', '>33HB40b2Q', '4x', '<100s', 'P', '>70d'])(
    'iterates over %s as it unpacks, in each of its ways',
    format => {
      const struct = make(format);
      const size = struct.size as number;
      const bytes = Uint8Array.from({length: size * 5}, (_, index) => (index * 73 + 11) & 0x3f);
      const expected = Array.from({length: 5}, (_, index) =>
        struct.unpack(bytes.slice(index * size, (index + 1) * size)),
      );
      expect([...struct.iterUnpack(bytes)]).toEqual(expected);
      const handed: Value[][] = [];
      struct.forEach(bytes, (...fields) => handed.push(fields));
      expect(handed).toEqual(expected);
      expect(struct.unpackFrom(bytes, size * 2)).toEqual(expected[2]);
      expect(struct.unpackFrom(bytes, BigInt(-size))).toEqual(expected[4]);
      for (const [index, values] of expected.entries()) {
        const packed = struct.pack(...values);
        const into = new Uint8Array(size * 2).fill(0xaa);
        struct.packInto(into, -size, ...values);
        expect([...into]).toEqual([...new Uint8Array(size).fill(0xaa), ...packed]);
        expect(make(format).unpack(packed), `record ${index}`).toEqual(values);
      }
    },
  );

  test('refuses the bytes of an iteration at once, before the first record is asked for', () => {
    expect(failure(() => make('<h').iterUnpack(new Uint8Array(3)))[1]).toMatch(/a multiple of 2 bytes/);
    expect(failure(() => make('').forEach(new Uint8Array(0), () => {}))[1]).toMatch(/struct of length 0/);
    expect(make('<h').iterUnpack(new Uint8Array(6)).remaining).toBe(3);
  });

  test('gives copies: changing what it read, or what it wrote from, changes nothing', () => {
    const source = Uint8Array.from({length: 40}, (_, index) => index);
    const [first] = make('40s').unpack(source) as [Uint8Array];
    const [node] = make('4s').unpackFrom(Buffer.from(source.buffer, 8, 8)) as [Uint8Array];
    source.fill(0xff);
    expect(first[39]).toBe(39);
    expect([...node]).toEqual([8, 9, 10, 11]);
    expect(node.constructor).toBe(Uint8Array);
  });

  test.each([1, 64, 65, 100, 1024, 1025])(
    'no two packed arrays of %d bytes share a byte, and padding is zero',
    size => {
      const struct = make(`<B${size - 1}x`);
      const packed = Array.from({length: 300}, (_, index) => struct.pack(index & 0xff));
      for (const [index, bytes] of packed.entries()) {
        expect([bytes.length, bytes[0], bytes.indexOf(1, 1)]).toEqual([size, index & 0xff, -1]);
        bytes.fill(1);
        bytes[0] = index & 0xff;
      }
      expect(packed.every((bytes, index) => bytes[0] === (index & 0xff))).toBe(true);
    },
  );

  test('a huge count costs nothing', () => {
    const struct = make('9223372036854775807c');
    expect(struct.size).toBe(9223372036854775807n);
    expect(struct.layout).toHaveLength(1);
    expect(failure(() => struct.pack(1))[1]).toBe('pack expected 9223372036854775807 items for packing (got 1)');
    expect(failure(() => struct.unpack(new Uint8Array(1)))[1]).toBe(
      'unpack requires a buffer of 9223372036854775807 bytes',
    );
    expect(failure(() => make('9223372036854775807x').pack())).toEqual(['OverflowError', 'byte string is too large']);
    expect(failure(() => make('4611686018427387904x').pack())).toEqual(['MemoryError', '']);
    expect(failure(() => make('9007199254740991s').pack(new Uint8Array(1)))).toEqual(['MemoryError', '']);
    expect(failure(() => make('9'.repeat(1_000_000) + 's'))[1]).toBe('total struct size too long');
  });

  test('wrong types carry the class that Python raises', () => {
    const untyped = make('<i') as unknown as Record<string, (...values: unknown[]) => unknown>;
    const call = (name: string, ...values: unknown[]) => failure(() => untyped[name]!(...values));
    expect(call('unpack', 'abcd')).toEqual(['TypeError', "a bytes-like object is required, not 'str'"]);
    expect(call('iterUnpack', null)).toEqual(['TypeError', "a bytes-like object is required, not 'NoneType'"]);
    expect(call('unpackFrom', new Uint8Array(4), 1.5)).toEqual([
      'TypeError',
      "'float' object cannot be interpreted as an integer",
    ]);
    expect(call('packInto')).toEqual(['struct.error', 'pack_into expected buffer argument']);
    expect(call('packInto', new Uint8Array(4))).toEqual(['struct.error', 'pack_into expected offset argument']);
    expect(call('packInto', 'abcd', 0, 1)).toEqual([
      'TypeError',
      'argument must be read-write bytes-like object, not str',
    ]);
    expect(call('packInto', new Uint8Array(4), 2n ** 70n, 1)[0]).toBe('IndexError');
    expect(failure(() => new Struct(5 as unknown as string))).toEqual([
      'TypeError',
      'Struct() argument 1 must be a str or bytes object, not int',
    ]);
  });

  test('a 0p before 3.13 is an error to read and a stray length byte to write', () => {
    expect(failure(() => make('0p', '3.11').unpack(new Uint8Array(0)))[0]).toBe('SystemError');
    expect([...make('0px', '3.11').pack(Uint8Array.of(1))]).toEqual([0xff]);
    expect(make('0p').unpack(new Uint8Array(0))).toEqual([new Uint8Array(0)]);
  });
});

test('the mode is what was asked for, unless the format is too long to write out', () => {
  expect(new Struct('<h').mode).toBe('generated');
  expect(new Struct('<h', {mode: 'interpreted'}).mode).toBe('interpreted');
  expect(new Struct('<' + 'bh'.repeat(40)).mode).toBe('interpreted');
  expect(new Struct('<' + 'h'.repeat(4000)).mode).toBe('generated');
});

test('a format may be bytes', () => {
  expect(new Struct(Uint8Array.of(0x3c, 0x68)).size).toBe(2);
  expect(failure(() => new Struct(Uint8Array.of(0xff)))[1]).toBe('bad char in struct format');
});
