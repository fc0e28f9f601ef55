import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {buildQuery, firstCookie} from '../../../src/chapters/names/query-build.ts';
import {type QueryAsk, queryFields} from '../../../src/chapters/names/query-fields.ts';
import {random} from '../../../src/chapters/names/query-random.ts';
import {
  readClass,
  readCookie,
  readName,
  readOpcode,
  readOptions,
  readPin,
  readSubnet,
  readTypes,
} from '../../../src/chapters/names/query-read.ts';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {toHex} from '../../../src/wire/text/hex.ts';

const says = (pattern: RegExp) => ({
  ok: false,
  says: expect.stringMatching(pattern),
  next: expect.stringMatching(/\.$/),
});

describe('a name', () => {
  test.each([
    ['www.example.test', 'www.example.test.', true],
    ['www.example.test.', 'www.example.test.', false],
    ['.', '.', false],
    ['a\\.b.test', 'a\\.b.test.', true],
    ['\\065bc.test', 'Abc.test.', true],
    ['faß.de', 'xn--fa-hia.de.', true],
    ['_dmarc.bücher.test', '_dmarc.xn--bcher-kva.test.', true],
    ['日本。テスト', 'xn--wgv71a.xn--zckzah.', true],
    ['192.0.2.1', '192.0.2.1', false],
    ['2001:db8::1', '2001:db8::1', false],
  ])('%s', (typed, name, isRelative) => {
    expect(readName(typed)).toMatchObject({ok: true, value: {name, isRelative}});
  });

  test('the way it was typed is kept where DNS has other letters', () => {
    expect(readName('faß.de')).toMatchObject({value: {typed: 'faß.de'}});
    expect(readName('fass.de')).not.toHaveProperty('value.typed');
  });

  test.each([
    ['a..b', /Two dots/],
    ['.a', /Two dots|in front/],
    ['', /empty/],
    [`${'x'.repeat(64)}.test`, /64 bytes.*63 at most/],
    [Array.from({length: 64}, () => 'abc').join('.'), /255/],
    ['\\300.test', /./],
    ['xn--a.ü\u202e', /ASCII/],
  ])('%s is refused', (typed, pattern) => {
    expect(readName(typed)).toMatchObject(says(pattern));
  });

  test('63 bytes in a label and 255 in a name are taken', () => {
    expect(readName(`${'x'.repeat(63)}.test`).ok).toBe(true);
    const longest = `${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(63)}.${'w'.repeat(61)}`;
    expect(readName(longest).ok).toBe(true);
    expect(readName(`${longest}w`).ok).toBe(false);
  });
});

test('types: names, numbers, several, and the serial of IXFR', () => {
  expect(readTypes('a, MX type65280')).toEqual({ok: true, value: [{type: 1}, {type: 15}, {type: 65_280}]});
  expect(readTypes('IXFR=2024010101')).toEqual({ok: true, value: [{type: 251, serial: 2_024_010_101}]});
  expect(readTypes('*')).toEqual({ok: true, value: [{type: 255}]});
  expect(readTypes('A, CNAM')).toMatchObject({ok: false, at: 3, next: 'Did you mean CNAME?'});
  expect(readTypes('TYPE65536')).toMatchObject(says(/no type/));
  expect(readTypes(' ')).toMatchObject(says(/No type/));
});

test('classes and opcodes', () => {
  expect(readClass('ch')).toEqual({ok: true, value: 3});
  expect(readClass('CLASS4096')).toEqual({ok: true, value: 4096});
  expect(readClass('XX')).toMatchObject(says(/no class/));
  expect(readOpcode('notify')).toEqual({ok: true, value: 4});
  expect(readOpcode('15')).toEqual({ok: true, value: 15});
  expect(readOpcode('16')).toMatchObject(says(/no opcode/));
});

describe('a client subnet', () => {
  test.each([
    ['192.0.2.77/20', 1, 20, 'c00000'],
    ['192.0.2.77/24', 1, 24, 'c00002'],
    ['192.0.2.77', 1, 32, 'c000024d'],
    ['2001:db8:ffff::/33', 2, 33, '20010db880'],
    ['2001:db8::/56', 2, 56, '20010db8000000'],
    ['0', 1, 0, ''],
    ['0/0', 1, 0, ''],
    ['10.0.0.0/0', 1, 0, ''],
  ])('%s has no bits behind its prefix', (typed, family, prefix, hex) => {
    const read = readSubnet(typed);
    expect(read).toMatchObject({ok: true, value: {family, prefix}});
    expect(read.ok && toHex(read.value.address)).toBe(hex);
  });

  test('what is no network', () => {
    expect(readSubnet('192.0.2.0/33')).toMatchObject(says(/33 bits is too long/));
    expect(readSubnet('192.0.2')).toMatchObject(says(/not a network/));
    expect(readSubnet('example.test/24')).toMatchObject(says(/not a network/));
  });
});

test('cookies, options and pins', () => {
  expect(readCookie('yes')).toEqual({ok: true, value: 'yes'});
  expect(readCookie('0011223344556677')).toMatchObject({ok: true, value: {length: 8}});
  expect(readCookie('00112233445566')).toMatchObject(says(/not a cookie/));
  expect(readOptions('65001:c0ffee, NSID')).toEqual({
    ok: true,
    value: [
      {code: 65_001, data: Uint8Array.of(0xc0, 0xff, 0xee)},
      {code: 3, data: new Uint8Array(0)},
    ],
  });
  expect(readOptions('65536:00')).toMatchObject(says(/no option/));
  expect(readOptions('10:0')).toMatchObject({...says(/not hex/), at: 3});
  expect(readPin(`sha256/${'A'.repeat(43)}=`)).toEqual({ok: true, value: `${'A'.repeat(43)}=`});
  expect(readPin('AAAA')).toMatchObject(says(/not the pin/));
});

describe('the query', () => {
  const ask = (change: Partial<QueryAsk>): QueryAsk => ({...defaultsOf(queryFields), ...change});
  const built = (change: Partial<QueryAsk>, overHttps = false, cookie?: Uint8Array) =>
    buildQuery(ask(change), {name: 'www.example.test.', asked: {type: 1}, overHttps, ...(cookie && {cookie})}, random);

  test('flags, id, opcode and class are those of the fields', () => {
    const message = built({rd: false, ad: false, cd: true, aa: true, z: true, id: 7, opcode: 'STATUS', class: 'CH'});
    expect(message).toMatchObject({
      id: 7,
      opcode: 2,
      flags: {rd: false, ad: false, cd: true, aa: true, z: true},
      questions: [{name: 'www.example.test.', type: 1, class: 3}],
    });
    expect(decodeMessage(encodeMessage(message))).toMatchObject({message, faults: []});
  });

  test('the id is random, and 0 over HTTPS', () => {
    expect(built({}, true).id).toBe(0);
    expect(built({id: 9}, true).id).toBe(9);
    expect(new Set(Array.from({length: 20}, () => built({}).id)).size).toBeGreaterThan(1);
  });

  test('options stand in OPT, and without EDNS there is none', () => {
    const cookie = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const options = {nsid: true, subnet: '192.0.2.0/24', keepalive: true, expire: true, option: '65001:00'};
    const {edns} = built({...options, udpSize: 4096, dnssec: true, ednsVersion: 1}, false, cookie);
    expect(edns).toMatchObject({udpSize: 4096, dnssecOk: true, version: 1});
    expect(edns?.options.map(({code, data}) => `${code}:${toHex(data)}`)).toEqual([
      '3:',
      '8:00011800c00002',
      '9:',
      '10:0102030405060708',
      '11:',
      '65001:00',
    ]);
    expect(built({...options, edns: false}).edns).toBeUndefined();
    expect(firstCookie(ask({cookie: 'yes', edns: false}), random)).toBeUndefined();
  });

  test.each([1, 32, 128, 468])('padding fills up to a multiple of %i', padding => {
    for (const nsid of [true, false]) expect(encodeMessage(built({padding, nsid})).length % padding).toBe(0);
  });

  test('mixed case keeps the name', () => {
    const names = Array.from({length: 20}, () => built({mixCase: true}).questions[0]!.name);
    expect(new Set(names.map(name => name.toLowerCase()))).toEqual(new Set(['www.example.test.']));
    expect(new Set(names).size).toBeGreaterThan(1);
  });

  test('IXFR shows the serial it knows', () => {
    const message = buildQuery(
      ask({}),
      {name: 'example.test.', asked: {type: 251, serial: 5}, overHttps: false},
      random,
    );
    expect(message.authorities[0]).toMatchObject({name: 'example.test.', type: 6});
    expect(toHex(message.authorities[0]!.data)).toBe('0000000000050000000000000000000000000000'.padEnd(44, '0'));
  });
});
