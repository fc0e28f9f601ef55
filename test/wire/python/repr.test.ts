import {expect, test} from 'vitest';
import * as python from '../../../src/wire/python/repr.ts';
import {typeName} from '../../../src/wire/python/value.ts';

test.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [1e16, '1e+16'],
  [9999999999999998, '9999999999999998.0'],
  [123456789012345680000, '1.2345678901234568e+20'],
  [1e-4, '0.0001'],
  [1e-5, '1e-05'],
  [1.5e-7, '1.5e-07'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [-100.25, '-100.25'],
  [Number.NaN, 'nan'],
  [-Infinity, '-inf'],
])('repr of the float %d', (value, text) => expect(python.reprFloat(value)).toBe(text));

test('the others', () => {
  expect([python.reprInt(-0), python.reprInt(-(2n ** 70n))]).toEqual(['0', '-1180591620717411303424']);
  expect(python.reprBytes(Uint8Array.from([0, 9, 10, 13, 31, 32, 39, 92, 126, 127, 255]))).toBe(
    'b"\\x00\\t\\n\\r\\x1f \'\\\\~\\x7f\\xff"',
  );
  expect(python.reprBytes(Uint8Array.from([39, 34]))).toBe(`b'\\'"'`);
  expect(python.reprStr('\ud800é☃\u{1f600}\u00a0\u200b')).toBe("'\\ud800é☃😀\\xa0\\u200b'");
  expect(python.asciiStr('☃\u{1f600}é')).toBe("'\\u2603\\U0001f600\\xe9'");
  expect([[], ['1'], ['1', '2']].map(python.reprTuple)).toEqual(['()', '(1,)', '(1, 2)']);
  expect([python.reprSet([]), python.reprSet(['1']), python.reprFrozenset(['1'])]).toEqual([
    'set()',
    '{1}',
    'frozenset({1})',
  ]);
  expect(python.repr({t: 'dict', v: [[{t: 'none'}, {t: 'bytearray', v: new Uint8Array(1)}]]})).toBe(
    "{None: bytearray(b'\\x00')}",
  );
  expect(typeName({t: 'none'})).toBe('NoneType');
});
