import {describe, expect, test} from 'vitest';
import {
  addressText,
  decodeAddress,
  encodeAddress,
  isLoopback,
  literalAddress,
  type SocketAddress,
} from '../../../src/world/libc/address.ts';

const vectors: {address: SocketAddress; hex: string; text: string}[] = [
  {
    address: {family: 'AF_INET', host: '127.0.0.1', port: 1060},
    hex: '02000424 7f000001 0000000000000000',
    text: '127.0.0.1:1060',
  },
  {
    address: {family: 'AF_INET6', host: '::1', port: 80},
    hex: '0a000050 00000000 00000000000000000000000000000001 00000000',
    text: '[::1]:80',
  },
  {
    address: {family: 'AF_INET6', host: 'fe80::a:0:0:1', port: 65535, flow: 7, scope: 2},
    hex: '0a00ffff 00000007 fe80000000000000000a000000000001 02000000',
    text: '[fe80::a:0:0:1%2]:65535',
  },
  {address: {family: 'AF_UNIX', path: '/run/x'}, hex: '0100 2f72756e2f78 00', text: '/run/x'},
  {address: {family: 'AF_UNIX', path: '@name'}, hex: '0100 00 6e616d65', text: '@name'},
];

describe('struct sockaddr', () => {
  test.each(vectors)('$text', ({address, hex, text}) => {
    const bytes = Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
    expect(encodeAddress(address)).toEqual(bytes);
    expect(decodeAddress(bytes)).toEqual(address);
    expect(addressText(address)).toBe(text);
  });

  test('cut short, it is no address', () => {
    for (const {address} of vectors.slice(0, 3)) {
      const bytes = encodeAddress(address);
      for (let length = 0; length < bytes.length; length++)
        expect(decodeAddress(bytes.subarray(0, length))).toBeUndefined();
    }
  });

  test('a name, a wrong port and a long path are refused with a next step', () => {
    expect(() => encodeAddress({family: 'AF_INET', host: 'localhost', port: 1})).toThrow(/Look the name up/);
    expect(() => encodeAddress({family: 'AF_INET6', host: '127.0.0.1', port: 1})).toThrow(/not an IPv6 address/);
    expect(() => encodeAddress({family: 'AF_INET', host: '127.0.0.1', port: 70000})).toThrow(/0 to 65535/);
    expect(() => encodeAddress({family: 'AF_UNIX', path: 'x'.repeat(108)})).toThrow(/107 bytes/);
  });

  test('a literal host has a family, a name has none', () => {
    expect(literalAddress('10.0.0.1', 5)).toEqual({family: 'AF_INET', host: '10.0.0.1', port: 5});
    expect(literalAddress('::', 5)).toEqual({family: 'AF_INET6', host: '::', port: 5});
    expect(literalAddress('example.com', 5)).toBeUndefined();
  });
});

test('the addresses that no packet can leave this machine from', () => {
  const is = (host: string) => isLoopback(literalAddress(host, 1)!);
  expect(['127.0.0.1', '127.255.255.254', '::1'].map(is)).toEqual([true, true, true]);
  expect(['128.0.0.1', '12.7.0.1', '0.0.0.0', '::', 'fe80::1'].map(is)).toEqual([false, false, false, false, false]);
  expect(isLoopback({family: 'AF_UNIX', path: '127.0.0.1'})).toBe(false);
});
