import {isIPv6} from 'node:net';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {address4Text, address6Text, addressBytes, parseAddress4, parseAddress6} from '../../src/wire/ip-address.ts';

// Zero groups are frequent here, because where `::` goes is the hard part.
const sixteen = fc
  .array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat(0xffff)), {minLength: 8, maxLength: 8})
  .map(groups => Uint8Array.from(groups.flatMap(group => [group >> 8, group & 0xff])));

describe('version 6', () => {
  test('what is written is read again, and the URL parser writes the same where it has no dots', () => {
    fc.assert(
      fc.property(sixteen, bytes => {
        const text = address6Text(bytes);
        expect(isIPv6(text)).toBe(true);
        expect(parseAddress6(text)).toEqual(bytes);
        if (!text.includes('.')) expect(new URL(`http://[${text}]/`).hostname).toBe(`[${text}]`);
      }),
    );
  });

  /** As inet_ntop(3) writes them. */
  test.each([
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:0:2:0:3:0:4:0', '1:0:2:0:3:0:4:0'],
    ['::ffff:127.0.0.1', '::ffff:127.0.0.1'],
    ['::ffff:7f00:1', '::ffff:127.0.0.1'],
    ['::1.2.3.4', '::1.2.3.4'],
  ])('%s is written %s', (typed, text) => {
    expect(address6Text(parseAddress6(typed)!)).toBe(text);
  });

  test.each(['', ':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', 'g::', '::1%2', '::1.2.3'])(
    '“%s” is none',
    text => {
      expect(parseAddress6(text)).toBeUndefined();
    },
  );
});

describe('version 4', () => {
  test('comes back', () => {
    expect(address4Text(parseAddress4('127.4.0.53')!)).toBe('127.4.0.53');
  });

  test.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.x'])('“%s” is none', text => {
    expect(parseAddress4(text)).toBeUndefined();
  });
});

test('bytes of either version, without a scope, and of the fourth where it is mapped into the sixth', () => {
  expect(addressBytes('127.4.0.53')).toEqual(Uint8Array.of(127, 4, 0, 53));
  expect(addressBytes('::FFFF:127.4.0.53')).toEqual(Uint8Array.of(127, 4, 0, 53));
  expect(addressBytes('fe80::1%eth0')).toHaveLength(16);
  expect(addressBytes('www.example.test')).toHaveLength(0);
});
