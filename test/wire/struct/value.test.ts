import {expect, test} from 'vitest';
import {
  asInteger,
  float,
  fromPython,
  PyByteArray,
  pythonType,
  toPython,
  truth,
} from '../../../src/wire/struct/value.ts';

test('truth is that of Python', () => {
  const bytes = (...items: number[]) => Uint8Array.from(items);
  for (const value of [1, -1n, Number.NaN, true, 'a', bytes(0), new PyByteArray(bytes(0)), float(0.5), [0], {}])
    expect(truth(value)).toBe(true);
  for (const value of [0, -0, 0n, false, '', bytes(), new PyByteArray(bytes()), float(-0), [], null, undefined])
    expect(truth(value)).toBe(false);
});

test('type names are those of Python', () => {
  const values = [null, true, 'a', new Uint8Array(1), new PyByteArray(new Uint8Array(1)), float(1), [], 1, 1n, 1.5];
  expect(values.map(pythonType)).toEqual([
    'NoneType',
    'bool',
    'str',
    'bytes',
    'bytearray',
    'float',
    'list',
    'int',
    'int',
    'float',
  ]);
  expect([asInteger(true), asInteger(3), asInteger(3.5), asInteger('3'), asInteger(float(3))]).toEqual([
    1n,
    3n,
    undefined,
    undefined,
    undefined,
  ]);
});

test('Python values in and out', () => {
  expect(fromPython({t: 'int', v: 5n})).toBe(5n);
  expect(fromPython({t: 'float', v: 1})).toEqual(float(1));
  expect(fromPython({t: 'none'})).toBeNull();
  expect(truth(fromPython({t: 'tuple', v: []}))).toBe(false);
  expect(truth(fromPython({t: 'ellipsis'}))).toBe(true);
  expect(toPython(1, 'd')).toEqual({t: 'float', v: 1});
  expect(toPython(1, 'h')).toEqual({t: 'int', v: 1n});
  expect(toPython(1n, 'q')).toEqual({t: 'int', v: 1n});
  expect(toPython(true, '?')).toEqual({t: 'bool', v: true});
});
