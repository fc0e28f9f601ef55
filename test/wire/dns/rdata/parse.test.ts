import {expect, test} from 'vitest';
import {parseRdata} from '../../../../src/wire/dns/rdata/parse.ts';
import {rdataText} from '../../../../src/wire/dns/rdata/text.ts';
import {typeNumber} from '../../../../src/wire/dns/tables.ts';
import {toHex} from '../../../../src/wire/text/hex.ts';

test.each([
  ['A', '192.0.2', 0, /not an IPv4 address/],
  ['A', '192.0.2.256', 0, /not an IPv4 address/],
  ['A', '', 0, /the IPv4 address is missing/],
  ['A', '192.0.2.1 extra', 10, /one word too many/],
  ['AAAA', '2001:db8::1::2', 0, /not an IPv6 address/],
  ['MX', 'ten mail.', 0, /preference is a number from 0 to 65535/],
  ['MX', '65536 mail.', 0, /preference/],
  ['MX', '10', 2, /the exchange is missing/],
  ['MX', '10 a..b', 5, /label/],
  ['MX', `10 ${'a'.repeat(64)}.`, 3, /64 bytes/],
  ['TXT', '"open', 0, /quote is not closed/],
  ['TXT', '"\\256"', 0, /more than a byte/],
  ['TXT', `"${'x'.repeat(256)}"`, 0, /256 bytes, and 255 is the most/],
  ['TXT', '', 0, /missing/],
  ['TXT', '( "a"', 0, /never closed/],
  ['TXT', '"a" )', 4, /closes nothing/],
  ['SOA', 'a. b. 1 2 3 4 5x', 14, /seconds, or like 1h30m/],
  ['DS', '1 13 2 abc', 7, /pairs of hex digits/],
  ['DS', '1 NOALG 2 abcd', 2, /algorithm/],
  ['DNSKEY', '256 3 13 AQI', 9, /base64/],
  ['RRSIG', 'A 13 2 300 20261301000000 20260101000000 1 a. AQID', 11, /YYYYMMDDHHMMSS/],
  ['RRSIG', 'NOTYPE 13 2 300 0 0 1 a. AQID', 0, /not a type of record/],
  ['NSEC', 'a. A NOTYPE', 5, /not a type of record/],
  ['NSEC3', '1 0 0 xyz 2t7b4g4vsa5smi47k61mv5bv1a22bojr', 6, /salt/],
  ['LOC', '91 N 0 E 0', 3, /more than 90 degrees/],
  ['LOC', '1 60 N 0 E 0', 2, /not a part of an angle/],
  ['LOC', '1 N 2 E -200000m', 8, /number of metres/],
  ['APL', '3:192.0.2.0/24', 0, /not a prefix/],
  ['SVCB', '1 . alpn', 4, /alpn cannot have the value ""/],
  ['SVCB', '1 . port=65536', 9, /port cannot have/],
  ['SVCB', '1 . port=1 port=2', 11, /stands here twice/],
  ['SVCB', '1 . mandatory=port', 3, /names port, which is not there/],
  ['SVCB', '1 . nokey=1', 4, /is not a key/],
  ['EUI48', '00-00-5e-00-53', 0, /6 pairs of hex digits/],
  ['IPSECKEY', '10 0 2 192.0.2.1 AQID', 7, /taken by a dot/],
  ['TYPE65280', 'free text', 0, /not known here: write/],
  ['A', '\\# 4 c00002', 5, /length says 4, and 3 bytes/],
  ['A', '\\# 3 c00002', 0, /no A: The field "address" has 4 bytes/],
  ['A', '\\# 4 c000020g', 5, /pairs of hex digits/],
])('%s %s is refused at %i', (type, text, at, says) => {
  const parsed = parseRdata(typeNumber(type)!, text);
  expect(parsed).toMatchObject({ok: false, at});
  const sentence = parsed.ok ? '' : parsed.says;
  expect(sentence).toMatch(says);
  expect(sentence).not.toMatch(/\.$|undefined|NaN/);
});

test('relative names go on with the origin, and @ is the origin', () => {
  const parsed = parseRdata(15, '10 mail', 'example.test.');
  expect(parsed.ok && rdataText(15, parsed.data)).toBe('10 mail.example.test.');
  const origin = parseRdata(2, '@', 'example.test.');
  expect(origin.ok && rdataText(2, origin.data)).toBe('example.test.');
});

test('numbers of types and classes stand for names', () => {
  expect(parseRdata(46, 'TYPE1 ECDSAP256SHA256 0 0 0 0 0 . AQID')).toMatchObject({ok: true});
  const nsec = parseRdata(47, '. TYPE1 CAA');
  expect(nsec.ok && rdataText(47, nsec.data)).toBe('. A CAA');
});

test('parentheses and comments may stand in data', () => {
  const parsed = parseRdata(6, 'a. b. ( 1 ; serial\n 2h\n 3 4 5 )');
  expect(parsed.ok && rdataText(6, parsed.data)).toBe('a. b. 1 7200 3 4 5');
});

test('TKEY and TSIG, which no zone has, are written as dig writes them', () => {
  const tsig = parseRdata(250, 'hmac-sha256. 1796096000 300 4 AQIDBA== 4660 NOERROR 0');
  expect(tsig.ok && toHex(tsig.data)).toBe(
    '0b686d61632d736861323536000000' + '6b0e4000012c' + '0004' + '01020304' + '1234' + '0000' + '0000',
  );
  expect(tsig.ok && rdataText(250, tsig.data)).toBe('hmac-sha256. 1796096000 300 4 AQIDBA== 4660 NOERROR 0');
  const badTime = 'hmac-sha256. 1796096000 300 0 4660 BADTIME 6 AABpDrDU';
  const read = parseRdata(250, badTime);
  expect(read.ok && rdataText(250, read.data)).toBe(badTime);
  const tkey = parseRdata(249, 'gss-tsig. 20260101000000 20260102000000 3 BADKEY 3 AQID 0');
  expect(tkey.ok && rdataText(249, tkey.data)).toBe('gss-tsig. 20260101000000 20260102000000 3 BADKEY 3 AQID 0');
});
