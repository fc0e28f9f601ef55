import {expect, test} from 'vitest';
import {readRdata} from '../../../../src/wire/dns/rdata/read.ts';
import {rdataText} from '../../../../src/wire/dns/rdata/text.ts';
import {typeNumber} from '../../../../src/wire/dns/tables.ts';
import {fromHex} from '../../../../src/wire/text/hex.ts';

/** Type, bytes, where the fault is, what is said of it, and the fields before it. */
const malformed: readonly (readonly [string, string, number, RegExp, readonly string[]])[] = [
  ['A', '', 0, /has 4 bytes, and the record ends here/, []],
  ['A', 'c00002', 0, /has 4 bytes, and the record has 3 left here/, []],
  ['A', 'c0000201ff', 4, /1 more byte than its fields/, ['address']],
  ['AAAA', '20010db8', 0, /has 16 bytes/, []],
  ['NS', '', 0, /ends where the name "nameServer" should start/, []],
  ['NS', '036e7331', 4, /ends inside a name/, []],
  ['NS', '0a6e7331', 0, /goes beyond/, []],
  ['NS', 'c000', 0, /may only go backwards/, []],
  ['NS', '406e7331', 0, /neither a label nor a pointer/, []],
  ['MX', '00', 0, /has 2 bytes/, []],
  ['MX', '000a', 2, /"exchange" should start/, ['preference']],
  ['MX', '000a00ff', 3, /1 more byte/, ['preference', 'exchange']],
  ['SOA', '000000000001', 6, /"refresh" has 4 bytes/, ['primary', 'mailbox', 'serial']],
  ['TXT', '', 0, /ends here/, []],
  ['TXT', '0561', 0, /has 6 bytes, and the record has 2 left/, []],
  ['TXT', '016105', 2, /has 6 bytes/, ['strings[0]']],
  ['SRV', '000000000000', 6, /"target" should start/, ['priority', 'weight', 'port']],
  ['CAA', '000569', 1, /has 6 bytes/, ['flags']],
  ['LOC', '01', 0, /version 0 only/, []],
  ['LOC', '00aa', 1, /not two decimal digits/, ['version']],
  ['LOC', '00121613ffffffff', 4, /beyond 90 degrees/, ['version', 'size', 'horizontalPrecision', 'verticalPrecision']],
  ['APL', '0003', 2, /ends here/, []],
  ['APL', '00031800', 0, /neither 1, IPv4, nor 2, IPv6/, []],
  ['APL', '00012100', 2, /33 bits is longer/, []],
  ['APL', '000118050102030405', 3, /5 bytes are more/, []],
  ['DS', 'ec4505', 3, /"digestType" has 1 byte/, ['keyTag', 'algorithm']],
  ['NSEC', '00ff00', 2, /1 to 32 bytes, not 0/, ['nextName']],
  ['NSEC', '0000014000 0140'.replace(' ', ''), 4, /does not come after/, ['nextName', 'types[0]']],
  ['NSEC', '000021', 2, /1 to 32 bytes, not 33/, ['nextName']],
  ['NSEC3', '0101000cff', 5, /"salt" has 255 bytes/, ['hashAlgorithm', 'flags', 'iterations', 'saltLength']],
  ['IPSECKEY', '0a0402', 1, /4 is no form of a gateway/, ['precedence', 'gatewayType', 'algorithm']],
  ['AMTRELAY', '0a7f', 1, /127 is no form of a relay/, ['precedence', 'relayType']],
  ['HIP', '10020004aa', 4, /"tag" has 16 bytes/, ['tagLength', 'algorithm', 'keyLength']],
  ['SVCB', '00010000010000', 7, /The value of alpn is malformed/, ['priority', 'target']],
  ['SVCB', '00010000030001ff', 7, /The value of port is malformed/, ['priority', 'target']],
  [
    'SVCB',
    '0001000003000201bb00030002 01bb'.replace(' ', ''),
    9,
    /port does not come after port/,
    ['priority', 'target', 'params[0]'],
  ],
  ['SVCB', '00010000040003010203', 7, /The value of ipv4hint/, ['priority', 'target']],
  ['SVCB', '0001000000000400040001', 7, /The value of mandatory/, ['priority', 'target']],
  ['CAA', '0000', 1, /letters and digits/, ['flags']],
  ['CAA', '00026120', 1, /letters and digits/, ['flags']],
  ['CAA', '0003613d6278', 1, /letters and digits/, ['flags']],
  ['HIP', '00020001aa', 0, /a tag and a key/, ['tagLength', 'algorithm', 'keyLength']],
  ['NSEC3', '010000000000', 5, /has one byte at least/, ['hashAlgorithm', 'flags', 'iterations', 'saltLength']],
  ['APL', '00011802c000', 3, /Zero bytes at the end/, []],
  ['EUI48', '00005e0053', 0, /has 6 bytes/, []],
  ['ATMA', '0531', 0, /0 or 1, not 5/, []],
  ['TSIG', '000000', 1, /"timeSigned" has 6 bytes/, ['algorithm']],
];

test.each(malformed)('%s with the bytes "%s" is at fault at %i', (type, hex, at, reason, names) => {
  const data = fromHex(hex)!;
  const {fields, fault} = readRdata(data, 0, data.length, typeNumber(type)!);
  expect(fault?.offset).toBe(at);
  expect(fault?.reason).toMatch(reason);
  expect(fault?.reason).toMatch(/\.$/);
  const good = fields.filter(field => field.fault === undefined);
  expect(good.map(({name}) => name)).toEqual(names);
  const end = good.reduce((sum, {length}) => sum + length, 0);
  const rest = fields.slice(good.length);
  expect(rest.map(({offset, length}) => [offset, length])).toEqual(end < data.length ? [[end, data.length - end]] : []);
});

test('malformed data is shown as bytes', () => {
  expect(rdataText(1, fromHex('c00002')!)).toBe('\\# 3 C00002');
  expect(rdataText(15, fromHex('')!)).toBe('\\# 0');
});

test('offsets are those of the message', () => {
  const message = fromHex('ffff0003777777c0020102')!;
  expect(readRdata(message, 9, 11, 1).fault).toEqual({
    offset: 9,
    reason: 'The field "address" has 4 bytes, and the record has 2 left here.',
  });
});
