import {expect, test} from 'vitest';
import {addressesIn, addressOf, followAliases, nameIn} from '../../../src/wire/dns/answers.ts';
import {nameBytes} from '../../../src/wire/dns/name.ts';
import {types} from '../../../src/wire/dns/numbers.ts';
import type {ResourceRecord} from '../../../src/wire/dns/types.ts';

const record = (name: string, type: number, data: Uint8Array): ResourceRecord => ({name, type, class: 1, ttl: 0, data});
const alias = (name: string, to: string) => record(name, types.CNAME, nameBytes(to));
const four = Uint8Array.of(192, 0, 2, 1);
const six = Uint8Array.from([0x20, 1, 0xd, 0xb8, ...new Uint8Array(11), 1]);

test('addresses of a name in either version, in their order, and of no other name', () => {
  const records = [
    record('A.test.', types.AAAA, six),
    record('b.test.', types.A, four),
    record('a.test.', types.A, four),
    record('a.test.', types.TXT, four),
  ];
  expect(addressesIn('a.test.', records)).toEqual(['2001:db8::1', '192.0.2.1']);
});

test('data of another size is no address', () => {
  expect(addressOf(record('a.test.', types.A, six))).toBeUndefined();
  expect(addressOf(record('a.test.', types.AAAA, four))).toBeUndefined();
});

test('aliases are followed to their end, whatever the order and the letter case', () => {
  const records = [alias('B.test.', 'c.test.'), alias('a.test.', 'b.test.'), record('c.test.', types.A, four)];
  expect(followAliases('a.test.', records)).toEqual({aliases: ['b.test.', 'c.test.'], target: 'c.test.', loops: false});
  expect(followAliases('d.test.', records)).toEqual({aliases: [], target: 'd.test.', loops: false});
});

test('aliases in a circle are noticed', () => {
  const records = [alias('a.test.', 'b.test.'), alias('b.test.', 'c.test.'), alias('c.test.', 'B.test.')];
  expect(followAliases('a.test.', records)).toMatchObject({loops: true, aliases: ['b.test.', 'c.test.']});
  expect(followAliases('a.test.', [alias('a.test.', 'A.test.')]).loops).toBe(true);
});

test('data that holds no name ends the way there', () => {
  expect(nameIn(Uint8Array.of(5, 1))).toBeUndefined();
  expect(followAliases('a.test.', [record('a.test.', types.CNAME, Uint8Array.of(5, 1))]).target).toBe('a.test.');
});
