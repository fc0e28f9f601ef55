import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {canonicalRdata, expandRdata} from '../../../../src/wire/dns/rdata/expand.ts';
import {parseRdata} from '../../../../src/wire/dns/rdata/parse.ts';
import {readRdata} from '../../../../src/wire/dns/rdata/read.ts';
import {rdataText} from '../../../../src/wire/dns/rdata/text.ts';
import {typeNumber} from '../../../../src/wire/dns/tables.ts';
import {parseZone} from '../../../../src/wire/dns/zone-file.ts';
import {fromHex} from '../../../../src/wire/text/hex.ts';

const file = new URL('../../../vectors/dns-rdata.json', import.meta.url);
const {records} = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly records: readonly {readonly type: string; readonly hex: string}[];
};

/** Data of a record with a few bytes changed, cut or added. */
const damaged = fc
  .record({
    record: fc.constantFrom(...records.filter(({hex}) => hex.length < 800)),
    changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), {maxLength: 4}),
    cut: fc.option(fc.nat(400)),
    more: fc.uint8Array({maxLength: 6}),
  })
  .map(({record, changes, cut, more}) => {
    const data = Uint8Array.from([...fromHex(record.hex)!.subarray(0, cut ?? undefined), ...more]);
    for (const [at, value] of changes) if (at < data.length) data[at] = value;
    return {type: typeNumber(record.type)!, data};
  });

test('damaged data is read without a throw, every byte in a field', () => {
  fc.assert(
    fc.property(damaged, ({type, data}) => {
      const {fields} = readRdata(data, 0, data.length, type);
      expect(fields.reduce((sum, {length}) => sum + length, 0)).toBe(data.length);
      expect(rdataText(type, data)).not.toMatch(/undefined|NaN|[^\x20-\x7e]/);
      expandRdata(data, 0, data.length, type);
      expect(canonicalRdata(type, data)).toHaveLength(data.length);
    }),
    {numRuns: 3000},
  );
});

test('the text of what is not malformed is read as what it shows', () => {
  fc.assert(
    fc.property(damaged, ({type, data}) => {
      const {fault, fields} = readRdata(data, 0, data.length, type);
      if (fault !== undefined || fields.some(({targets}) => targets !== undefined)) return;
      const text = rdataText(type, data);
      const parsed = parseRdata(type, text);
      // Bits and bytes that mean nothing are not in the text, so the bytes may differ and the text may not.
      if (parsed.ok) expect(rdataText(type, parsed.data)).toBe(text);
      else expect(parsed.says).toMatch(/^mandatory names/);
    }),
    {numRuns: 3000},
  );
});

const pieces = fc.constantFrom(
  ...[
    ' TXT ',
    ' A 192.0.2.1',
    ' SVCB 1 . alpn="',
    '\\# 3 ',
    '$TTL ',
    '$ORIGIN ',
    '\n',
    ' ',
    '\t',
    '(',
    ')',
    ';',
    '"',
    '\\',
    '\\0',
    '@',
    'a.',
    '3',
    '=',
    '.',
  ],
);

test('no master file makes the reader throw, and its faults are in order', () => {
  fc.assert(
    fc.property(fc.array(pieces, {maxLength: 40}), words => {
      const text = words.join('');
      const {faults} = parseZone(text, {origin: 'example.test.'});
      const lines = faults.map(({line}) => line);
      expect(lines.every(line => line >= 1 && line <= text.split('\n').length)).toBe(true);
    }),
    {numRuns: 3000},
  );
});
