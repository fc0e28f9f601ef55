import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {byteClass, byteClasses} from '../../../src/wire/hex/byte-class.ts';
import {columnAt, fitSurface, hexRow, hexRowText, hexSurface, selectionSpans} from '../../../src/wire/hex/surface.ts';

const bytes = new TextEncoder().encode('GET / HTTP/1.1\r\nHost: a\0\xff');

describe('a row', () => {
  test('reads like a hex dump', () => {
    const surface = hexSurface({columns: 16});
    expect(hexRowText(hexRow(bytes, 0, surface), surface)).toBe(
      '00000000  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1··',
    );
    expect(hexRowText(hexRow(bytes, 16, surface), surface)).toBe(
      '00000010  48 6f 73 74 3a 20 61 00  c3 bf                    Host: a···',
    );
  });

  test('with neither address nor groups, from bytes that start elsewhere', () => {
    const surface = hexSurface({columns: 4, group: 0, digits: 0});
    const row = hexRow(bytes.subarray(4), 5, surface, 4);
    expect(hexRowText(row, surface)).toBe('20 48 54 54   HTT');
    expect(row.cells[0]).toEqual({
      offset: 5,
      byte: 0x20,
      class: 'space',
      hex: '20',
      hexSpan: {from: 0, to: 2},
      text: ' ',
      textSpan: {from: 13, to: 14},
    });
  });

  test('past the end it is empty', () => {
    const surface = hexSurface({columns: 8});
    expect(hexRow(bytes, 64, surface).cells).toEqual([]);
  });
});

test('every byte is found again from either of its places', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 64}),
      fc.constantFrom(0, 1, 2, 4, 8, 16),
      fc.constantFrom(0, 4, 8),
      (columns, group, digits) => {
        const surface = hexSurface({columns, group, digits});
        for (let column = 0; column < columns; column++) {
          expect(columnAt(surface.hexAt[column]!, surface)).toEqual({column, gutter: 'hex'});
          expect(columnAt(surface.hexAt[column]! + 1, surface)).toEqual({column, gutter: 'hex'});
          expect(columnAt(surface.textAt[column]!, surface)).toEqual({column, gutter: 'text'});
        }
        expect(columnAt(surface.hexAt.at(-1)! + 2, surface)).toBeUndefined();
        expect(columnAt(surface.width, surface)).toBeUndefined();
        if (digits > 0) expect(columnAt(0, surface)).toBeUndefined();
        const places = [...surface.hexAt.flatMap(at => [at, at + 1]), ...surface.textAt];
        expect(new Set(places).size).toBe(places.length);
        expect(Math.max(...places)).toBe(surface.width - 1);
      },
    ),
  );
});

test('the widest surface that fits is taken', () => {
  for (let width = 15; width <= 300; width++) {
    const surface = fitSurface(width);
    expect(surface.width).toBeLessThanOrEqual(width);
    if (surface.columns % 8 === 0 && surface.columns < 64)
      expect(hexSurface({columns: surface.columns + 8}).width).toBeGreaterThan(width);
  }
  expect(fitSurface(80).columns).toBe(16);
  expect(fitSurface(1).columns).toBe(1);
});

test('a selection covers its bytes in both gutters, and nothing in other rows', () => {
  const surface = hexSurface({columns: 8});
  const selection = {from: 6, to: 11};
  expect(selectionSpans(0, selection, surface)).toEqual({
    hex: {from: surface.hexAt[6], to: surface.hexAt[7]! + 2},
    text: {from: surface.textAt[6], to: surface.textAt[7]! + 1},
  });
  expect(selectionSpans(8, selection, surface)).toEqual({
    hex: {from: surface.hexAt[0], to: surface.hexAt[2]! + 2},
    text: {from: surface.textAt[0], to: surface.textAt[2]! + 1},
  });
  expect(selectionSpans(16, selection, surface)).toBeUndefined();
  expect(selectionSpans(0, {from: 3, to: 3}, surface)).toBeUndefined();
});

test('every byte has a class of the legend, and every class has a byte', () => {
  const counts = new Map(byteClasses.map(({id}) => [id, 0]));
  for (let byte = 0; byte < 256; byte++) counts.set(byteClass(byte), counts.get(byteClass(byte))! + 1);
  expect(Object.fromEntries(counts)).toEqual({null: 1, printable: 94, space: 6, control: 27, high: 128});
});
