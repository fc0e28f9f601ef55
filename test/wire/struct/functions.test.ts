import {expect, test} from 'vitest';
import {
  calcsize,
  compiled,
  iterUnpack,
  layout,
  pack,
  packInto,
  unpack,
  unpackFrom,
} from '../../../src/wire/struct/functions.ts';

test('the functions are the methods, with the format in front', () => {
  expect([...pack('>hB', -2, 3)]).toEqual([0xff, 0xfe, 3]);
  expect(unpack('>hB', Uint8Array.of(0xff, 0xfe, 3))).toEqual([-2, 3]);
  expect(unpackFrom('>H', Uint8Array.of(9, 1, 2), 1)).toEqual([0x0102]);
  expect(unpackFrom('>H', Uint8Array.of(1, 2, 9))).toEqual([0x0102]);
  expect([...iterUnpack('<H', Uint8Array.of(1, 0, 2, 0))]).toEqual([[1], [2]]);
  expect([calcsize('qb'), calcsize('qb0q'), calcsize('<qb')]).toEqual([9, 16, 9]);
  const target = new Uint8Array(4).fill(0xaa);
  packInto('>H', target, 1, 0x0102);
  expect([...target]).toEqual([0xaa, 1, 2, 0xaa]);
});

test('the layout names the padding and where in the format each entry stands', () => {
  expect(layout('@b2xh3s0i')).toEqual([
    {kind: 'value', code: 'b', type: 'signed', c: 'signed char', offset: 0, size: 1, count: 1, index: 0, at: [1, 2]},
    {kind: 'pad', code: 'x', why: 'x', offset: 1, size: 2, at: [2, 4]},
    {kind: 'pad', code: '', why: 'alignment', offset: 3, size: 1, at: [4, 5]},
    {kind: 'value', code: 'h', type: 'signed', c: 'short', offset: 4, size: 2, count: 1, index: 1, at: [4, 5]},
    {kind: 'value', code: 's', type: 'bytes', c: 'char[]', offset: 6, size: 3, count: 1, index: 2, at: [5, 7]},
    {kind: 'pad', code: '', why: 'alignment', offset: 9, size: 3, at: [7, 9]},
  ]);
});

test('compiled formats are remembered, the ones in use longest', () => {
  const kept = compiled('<h');
  const dropped = compiled('<h2x');
  for (let index = 0; index < 500; index++) {
    compiled(`<${index}h`);
    expect(compiled('<h')).toBe(kept);
  }
  expect(compiled('<h2x')).not.toBe(dropped);
});
