import {describe, expect, test} from 'vitest';
import {canonicalRdata, expandRdata, rdataNames} from '../../../../src/wire/dns/rdata/expand.ts';
import {parseRdata} from '../../../../src/wire/dns/rdata/parse.ts';
import {readRdata} from '../../../../src/wire/dns/rdata/read.ts';
import {rdataText} from '../../../../src/wire/dns/rdata/text.ts';
import {typeNumber} from '../../../../src/wire/dns/tables.ts';
import {fromHex, toHex} from '../../../../src/wire/text/hex.ts';

/** `example.` at 0, then RDATA at 9. */
const owner = '076578616d706c6500';

describe('names that are compressed', () => {
  test.each([
    ['MX', '000a046d61696cc000', '10 mail.example.', [0]],
    ['NS', 'c000', 'example.', [0]],
    ['SRV', '000000000050c000', '0 0 80 example.', [0]],
    ['SOA', 'c000046d61696cc0000000000100000002000000030000000400000005', 'example. mail.example. 1 2 3 4 5', [0]],
    [
      'RRSIG',
      '00010d010000000c00000000000000000001c000abcd',
      'A 13 1 12 19700101000000 19700101000000 1 example. q80=',
      [0],
    ],
  ])('in %s are written out', (type, hex, text, targets) => {
    const message = fromHex(owner + hex)!;
    const number = typeNumber(type)!;
    const data = expandRdata(message, 9, message.length, number);
    expect(rdataText(number, data)).toBe(text);
    const pointed = readRdata(message, 9, message.length, number).fields.flatMap(field => field.targets ?? []);
    expect(new Set(pointed)).toEqual(new Set(targets));
  });

  test('stay as they are where a pointer makes no sense', () => {
    const message = fromHex(`${owner}c0ff`)!;
    expect(toHex(expandRdata(message, 9, 11, 2))).toBe('c0ff');
  });

  test('are not looked for in data that has none', () => {
    expect(toHex(expandRdata(fromHex('c0000201')!, 0, 4, 1))).toBe('c0000201');
    expect(toHex(expandRdata(fromHex('c0000201')!, 0, 4, 65280))).toBe('c0000201');
  });
});

describe('the canonical form (RFC 4034 §6.2, RFC 6840 §5.1)', () => {
  test.each([
    ['NS', 'NS.Example.', 'ns.example.'],
    ['MX', '10 MAIL.Example.', '10 mail.example.'],
    ['SOA', 'NS.Example. Host.Example. 1 2 3 4 5', 'ns.example. host.example. 1 2 3 4 5'],
    ['SRV', '1 2 3 Target.Example.', '1 2 3 target.example.'],
    ['NAPTR', '1 2 "S" "SIP+D2U" "" SIP.Example.', '1 2 "S" "SIP+D2U" "" sip.example.'],
    ['DNAME', 'Target.Example.', 'target.example.'],
    [
      'RRSIG',
      'A 13 1 0 20260101000000 20260101000000 1 Example. AQID',
      'A 13 1 0 20260101000000 20260101000000 1 example. AQID',
    ],
    ['NSEC', 'Next.Example. A', 'Next.Example. A'],
    ['SVCB', '1 Svc.Example. alpn="H2"', '1 Svc.Example. alpn="H2"'],
    ['TXT', '"UPPER"', '"UPPER"'],
    ['IPSECKEY', '10 3 2 Gateway.Example. AQID', '10 3 2 Gateway.Example. AQID'],
  ])('of %s %s', (type, text, canonical) => {
    const number = typeNumber(type)!;
    const parsed = parseRdata(number, text);
    expect(parsed.ok && rdataText(number, canonicalRdata(number, parsed.data))).toBe(canonical);
  });

  test('keeps a label of 65 to 90 out of it: lengths end at 63', () => {
    const long = 'A'.repeat(63);
    const parsed = parseRdata(2, `${long}.`);
    expect(parsed.ok && rdataText(2, canonicalRdata(2, parsed.data))).toBe(`${long.toLowerCase()}.`);
  });
});

describe('the names of a type', () => {
  test('only those of RFC 1035 may be compressed (RFC 3597 §4)', () => {
    const compressed = [2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15];
    const all = Array.from({length: 300}, (_, type) => type);
    expect(all.filter(type => rdataNames(type).some(name => name.compressed))).toEqual(compressed);
  });
});
