import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {digits} from '../../../src/wire/number/base.ts';
import {numbersIn} from '../../../src/wire/number/bytes-as-numbers.ts';
import {describeInteger, describeNumber, describeText} from '../../../src/wire/number/describe.ts';
import {exactDecimal, floatHex} from '../../../src/wire/number/exact-decimal.ts';
import {describeFloat, encodeFloat, type FloatFormat} from '../../../src/wire/number/float-bits.ts';
import {parseHexBytes} from '../../../src/wire/number/hex-bytes.ts';
import {parseInteger} from '../../../src/wire/number/integer-text.ts';
import type {Span} from '../../../src/wire/number/span.ts';
import {wordOf} from '../../../src/wire/number/twos-complement.ts';
import {reprFloat} from '../../../src/wire/python/repr.ts';

interface Cases {
  integers: {
    value: string;
    hex: string;
    oct: string;
    bin: string;
    length: number;
    signed: (string | null)[];
    unsigned: (string | null)[];
    low: string[];
  }[];
  texts: [text: string, base: number, said: {result?: string; error?: string}][];
  doubles: {bits: string; repr: string; hex: string; exact: string | null; formats: (string | null)[]}[];
  bytes: {data: string; floats: [string, string] | null; big: [string, string]; little: [string, string]}[];
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')) as Cases;
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The stretches cover everything once, in order. */
function expectTiled(spans: readonly Span[], length: number) {
  expect(spans.map(span => span.start)).toEqual([0, ...spans.slice(0, -1).map(span => span.end)]);
  expect(spans.at(-1)?.end).toBe(length);
}

describe('integers', () => {
  test.each(cases.integers)('$value as Python prints and packs it', one => {
    const report = describeInteger(BigInt(one.value));
    expect([report.decimal, report.hex, report.oct, report.bin]).toEqual([one.value, one.hex, one.oct, one.bin]);
    expect(report.bitLength).toBe(one.length);
    for (const [index, word] of report.words.entries()) {
      expect([word.fitsSigned, word.fitsUnsigned]).toEqual([one.signed[index] !== null, one.unsigned[index] !== null]);
      expect(hexOf(word.little)).toBe(one.low[index]);
      const packed = one.signed[index] ?? one.unsigned[index];
      if (typeof packed === 'string') expect(hexOf(word.big)).toBe(packed);
      expect([word.hex, `0x${word.hex}`]).toEqual([
        hexOf(word.big),
        `0x${BigInt(`0b${word.binary}`)
          .toString(16)
          .padStart(word.width / 4, '0')}`,
      ]);
      expectTiled(word.bits, word.width);
      expectTiled(word.bigBytes, word.width / 8);
      expectTiled(word.littleBytes, word.width / 8);
    }
  });

  test('what does not fit is said with the bits it needs', () => {
    expect(wordOf(300n, 8).says).toBe('It does not fit 8 bits: it needs 9, and unsigned ends at 255.');
    expect(wordOf(-129n, 8).says).toBe('It does not fit 8 bits: it needs 9, and signed begins at -128.');
    expect(wordOf(200n, 8).says).toBe('It fits 8 bits unsigned; signed ends at 127.');
    expect(wordOf(-1n, 8).says).toBe('It fits 8 bits signed; unsigned begins at 0.');
    expect(wordOf(1n, 8)).toMatchObject({says: 'It fits 8 bits, signed and unsigned.', codes: ['b', 'B']});
    expect(wordOf(300n, 8)).toMatchObject({pattern: 44n, signed: 44n, codes: []});
    expect(wordOf(-2n, 16)).toMatchObject({unsigned: 65534n, signed: -2n, codes: ['h']});
  });

  test('each text in each base is read or refused in the words of Python', () => {
    const got = cases.texts.map(([text, base]) => {
      const read = parseInteger(text, base);
      const written = (value: bigint) => `${value < 0n ? '-' : ''}0x${(value < 0n ? -value : value).toString(16)}`;
      return [text, base, read.ok ? {result: written(read.value)} : {error: read.message}];
    });
    expect(got).toEqual(cases.texts);
  });

  test('any base there and back', () => {
    for (let base = 2; base <= 36; base++)
      for (const value of [0n, -1n, 4253n, 2n ** 64n - 1n])
        expect(parseInteger(digits(value, base), base)).toEqual({ok: true, value, base});
  });

  test('a wrong digit is pointed at', () => {
    expect(parseInteger(' 12a4', 10)).toMatchObject({ok: false, offset: 3, next: 'Use digits of base 10.'});
    expect(parseInteger('0x1g', 16)).toMatchObject({ok: false, offset: 3});
    expect(parseInteger('017', 0)).toMatchObject({ok: false, offset: 0, next: expect.stringMatching(/0o/)});
  });
});

describe('floats', () => {
  const names: FloatFormat[] = ['half', 'single', 'double'];

  test.each(cases.doubles)('$repr in each format, exactly', one => {
    const value = Buffer.from(one.bits, 'hex').readDoubleBE();
    const report = describeNumber(value);
    expect([report.repr, floatHex(value)]).toEqual([one.repr, one.hex]);
    if (one.exact !== null) expect(exactDecimal(value)).toBe(one.exact);
    for (const [index, name] of names.entries()) {
      const encoded = report.formats[name];
      expect(encoded.ok ? hexOf(encoded.float.big) : null).toBe(one.formats[index]);
      if (!encoded.ok) continue;
      const {float} = encoded;
      expect(hexOf(float.little)).toBe(Buffer.from(one.formats[index]!, 'hex').reverse().toString('hex'));
      expectTiled(float.fields, float.width);
      expect(float.fields.map(field => field.text).join('')).toBe(float.binary);
      expect(encoded.rounded).toBe(!Number.isNaN(value) && float.value !== value);
    }
  });

  test('the fields give the number back', () => {
    for (let bits = 0; bits < 0x10000; bits += 37) {
      const {fields, kind, value} = describeFloat(BigInt(bits), 'half');
      const [sign, exponent, fraction] = fields.map(field => Number.parseInt(field.text, 2)) as [
        number,
        number,
        number,
      ];
      if (kind === 'nan' || kind === 'infinity') continue;
      const lead = kind === 'normal' ? 1 : 0;
      const power = kind === 'normal' ? exponent - 15 : -14;
      expect(value).toBe((sign === 1 ? -1 : 1) * (lead + fraction / 1024) * 2 ** power);
    }
  });

  test('what each field means', () => {
    const meanings = (bits: bigint) => describeFloat(bits, 'single').fields.map(field => field.meaning);
    expect(meanings(0xc0a00000n)).toEqual(['negative', '129 - 127 = 2: times 2^2', '1 + 2097152/2^23']);
    expect(meanings(1n)).toEqual(['positive', 'all zeros: times 2^-126, without the leading 1', '0 + 1/2^23']);
    expect(meanings(0x7f800000n)[2]).toBe('zero: infinity');
    expect(meanings(0x7f800001n)[2]).toBe('signalling, not a number');
    expect(meanings(0x7fc00000n)[2]).toBe('quiet, not a number');
    const kinds = [0n, 1n, 0x3f800000n, 0xff800000n, 0x7fc00000n].map(bits => describeFloat(bits, 'single').kind);
    expect(kinds).toEqual(['zero', 'subnormal', 'normal', 'infinity', 'nan']);
  });

  test('rounding is said', () => {
    expect(encodeFloat(0.1, 'half')).toMatchObject({
      rounded: true,
      says: 'A half holds 0.0999755859375 instead: the nearest it has.',
    });
    expect(encodeFloat(0.5, 'half')).toMatchObject({rounded: false, says: 'A half holds it exactly.'});
    expect(encodeFloat(1e39, 'single')).toEqual({
      ok: false,
      says: 'It is too large for a single, which ends at 3.4028234663852886e+38.',
    });
  });
});

describe('bytes', () => {
  test.each(cases.bytes)('$data in both orders', one => {
    const {big, little} = numbersIn(Uint8Array.from(Buffer.from(one.data, 'hex')));
    for (const [index, reading] of [big, little].entries()) {
      const expected = index === 0 ? one.big : one.little;
      expect([`${reading.unsigned}`, `${reading.signed}`]).toEqual(expected);
      expect(reading.float === undefined ? null : reprFloat(reading.float.value)).toBe(one.floats?.[index] ?? null);
    }
  });

  test.each(['109d', '10 9d', '10:9D', '0x10, 0x9d', '\\x10\\x9d', ' 10-9d\n', '0x109d'])('%j is two bytes', text => {
    const read = parseHexBytes(text);
    expect(read).toMatchObject({ok: true, bytes: Uint8Array.of(0x10, 0x9d)});
    if (read.ok)
      expect(read.at.map(([start, end]) => text.slice(end - 2, end).toLowerCase() + (end - start >= 2))).toEqual([
        '10true',
        '9dtrue',
      ]);
  });

  test('half a byte and other digits are pointed at', () => {
    expect(parseHexBytes('10 9')).toMatchObject({ok: false, offset: 3, next: 'Put a 0 before it.'});
    expect(parseHexBytes('10 xy')).toMatchObject({ok: false, offset: 3, message: 'This is no hex digit.'});
    expect(parseHexBytes('')).toMatchObject({ok: true, bytes: new Uint8Array(0)});
  });
});

test('a text is read as it was meant', () => {
  expect(describeText('4253')).toMatchObject({kind: 'int', int: {hex: '0x109d'}});
  expect(describeText(' -0b11 ')).toMatchObject({kind: 'int', int: {value: -3n}});
  expect(describeText('1.5')).toMatchObject({kind: 'float', float: {value: 1.5}});
  expect(describeText("b'\\x10\\x9d'")).toMatchObject({
    kind: 'bytes',
    big: {unsigned: 4253n},
    little: {unsigned: 40208n},
  });
  expect(describeText('10 9d', 'bytes')).toMatchObject({kind: 'bytes', big: {unsigned: 4253n}});
  expect(describeText('zz', 36)).toMatchObject({kind: 'int', int: {value: 1295n}});
  expect(describeText('  12x')).toMatchObject({ok: false, offset: 4});
  expect(describeText("'a'")).toMatchObject({ok: false, message: 'This is no number.'});
});
