import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {layouts} from '../../../../src/wire/dns/rdata/layouts.ts';
import {parseRdata} from '../../../../src/wire/dns/rdata/parse.ts';
import {readRdata} from '../../../../src/wire/dns/rdata/read.ts';
import {genericText, rdataText} from '../../../../src/wire/dns/rdata/text.ts';
import {typeNumber} from '../../../../src/wire/dns/tables.ts';
import {fromHex, toHex} from '../../../../src/wire/text/hex.ts';

/** The data of records of all types, made by BIND (test/vectors/make-dns-rdata.py). */
interface Vector {
  readonly type: string;
  readonly text: string;
  readonly hex: string;
  /** What dig prints. */
  readonly shown: string;
}

const file = new URL('../../../vectors/dns-rdata.json', import.meta.url);
const {records} = JSON.parse(readFileSync(file, 'utf8')) as {readonly records: readonly Vector[]};
const vectors = records.map(vector => ({...vector, number: typeNumber(vector.type)!, data: fromHex(vector.hex)!}));

test.each(vectors)('$type $text is written to the bytes that BIND makes', ({number, text, hex}) => {
  const parsed = parseRdata(number, text);
  expect(parsed.ok ? toHex(parsed.data) : parsed.says).toBe(hex);
});

test.each(vectors)('$type $text is shown as dig shows it, and reads back', ({number, data, shown, hex}) => {
  expect(rdataText(number, data)).toBe(shown);
  const again = parseRdata(number, shown);
  expect(again.ok ? toHex(again.data) : again.says).toBe(hex);
  const generic = parseRdata(number, genericText(data));
  expect(generic.ok ? toHex(generic.data) : generic.says).toBe(hex);
});

test.each(vectors)('the fields of $type $text cover its bytes once, in order', ({number, data}) => {
  const {fields, fault} = readRdata(data, 0, data.length, number);
  expect(fault).toBeUndefined();
  expect(fields.map(({offset}) => offset)).toEqual(startsOf(fields));
  expect(fields.reduce((sum, {length}) => sum + length, 0)).toBe(data.length);
  for (const {length, name, value, meaning} of fields) {
    expect(length).toBeGreaterThan(0);
    expect(`${name} ${value} ${meaning}`).not.toMatch(/undefined|NaN|\[object/);
    expect(meaning).toMatch(/^[A-Z0-9].*\.$/);
  }
});

const filled = vectors.filter(({data}) => data.length > 0);

test.each(filled)('$type $text, cut anywhere, still has every byte in a field', ({number, data}) => {
  for (let end = 0; end < data.length; end++) {
    const {fields, fault} = readRdata(data.subarray(0, end), 0, end, number);
    expect(fields.reduce((sum, {length}) => sum + length, 0)).toBe(end);
    expect(fields.filter(field => field.fault !== undefined).length).toBeLessThanOrEqual(fault === undefined ? 0 : 1);
    if (fault !== undefined) {
      expect(fault.offset).toBeLessThanOrEqual(end);
      expect(rdataText(number, data.subarray(0, end))).toBe(genericText(data.subarray(0, end)));
    }
  }
});

test.each(filled)('$type $text, with any one byte changed, is read without a throw', ({number, data}) => {
  for (let at = 0; at < Math.min(data.length, 80); at++)
    for (const change of [0x01, 0x40, 0x80, 0xff]) {
      const changed = data.slice();
      changed[at]! ^= change;
      const {fields} = readRdata(changed, 0, changed.length, number);
      expect(fields.reduce((sum, {length}) => sum + length, 0)).toBe(changed.length);
      expect(rdataText(number, changed)).not.toMatch(/undefined|NaN/);
    }
});

describe('the vectors', () => {
  test('have every type whose layout is known, but for those that only messages have', () => {
    const covered = new Set(vectors.map(({number}) => number));
    // TKEY and TSIG are in parse.test.ts.
    const left = [...layouts.keys()].filter(type => !covered.has(type));
    expect(left).toEqual([249, 250]);
    expect(vectors.length).toBeGreaterThan(240);
  });
});

function startsOf(fields: readonly {readonly length: number}[]): number[] {
  let at = 0;
  return fields.map(({length}) => {
    at += length;
    return at - length;
  });
}
