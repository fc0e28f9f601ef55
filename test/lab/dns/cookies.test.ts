import {expect, test} from 'vitest';
import {createCookies} from '../../../src/lab/dns/cookies.ts';
import {fromHex, toHex} from '../../../src/wire/text/hex.ts';

const bytes = (hex: string): Uint8Array => fromHex(hex)!;

/** RFC 9018 appendix A. */
test.each([
  {
    what: 'A.1: a client that has no server cookie yet',
    secret: 'e5e973e5a6b2a43f48e7dc849e37bfcf',
    at: 1_559_731_985,
    address: '198.51.100.100',
    client: '2464c4abcf10c957',
    made: '2464c4abcf10c957010000005cf79f111f8130c3eee29480',
  },
  {
    what: 'A.4: IPv6',
    secret: 'dd3bdf9344b678b185a6f5cb60fca715',
    at: 1_559_741_817,
    address: '2001:db8:220:1:59de:d0f4:8769:82b8',
    client: '22681ab97d52c298',
    made: '22681ab97d52c298010000005cf7c57926556bd0934c72f8',
  },
])('a cookie as RFC 9018 has it: $what', ({secret, at, address, client, made}) => {
  const cookies = createCookies(() => at, bytes(secret));
  expect(toHex(cookies.make(bytes(client), address))).toBe(made);
  expect(cookies.check(bytes(made), address)).toBe('good');
});

const later = (seconds: number) =>
  createCookies(() => 1_559_731_985 + seconds, bytes('e5e973e5a6b2a43f48e7dc849e37bfcf'));
const cookie = bytes('2464c4abcf10c957010000005cf79f111f8130c3eee29480');

test.each([
  ['of the right address and age', 3600, '198.51.100.100', cookie, 'good'],
  ['older than an hour', 3601, '198.51.100.100', cookie, 'bad'],
  ['from five minutes ahead', -300, '198.51.100.100', cookie, 'good'],
  ['from further ahead', -301, '198.51.100.100', cookie, 'bad'],
  ['of another address', 0, '198.51.100.101', cookie, 'bad'],
  ['with a bit changed', 0, '198.51.100.100', cookie.with(23, 0x81), 'bad'],
  ['of another version', 0, '198.51.100.100', cookie.with(8, 2), 'bad'],
  ['with the client’s half alone', 0, '198.51.100.100', cookie.subarray(0, 8), 'fresh'],
  ['of 7 bytes', 0, '198.51.100.100', cookie.subarray(0, 7), 'malformed'],
  ['of 12 bytes', 0, '198.51.100.100', cookie.subarray(0, 12), 'malformed'],
  ['of 41 bytes', 0, '198.51.100.100', new Uint8Array(41), 'malformed'],
  ['of another length', 0, '198.51.100.100', new Uint8Array(40), 'bad'],
] as const)('a cookie %s', (_what, seconds, address, given, expected) => {
  expect(later(seconds).check(given, address)).toBe(expected);
});
