import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  compareNames,
  isSubdomain,
  labelsOf,
  nameBytes,
  parentOf,
  parseName,
  readName,
  reverseName,
  sameName,
} from '../../../src/wire/dns/name.ts';
import {bytes, hex} from './message.ts';

const label = (size: number) => 'a'.repeat(size);
/** 255 bytes on the wire: three labels of 63 and one of 61, their lengths, and the root. */
const longest = `${label(63)}.${label(63)}.${label(63)}.${label(61)}.`;

describe('names as they are typed', () => {
  test.each([
    ['www.example.test', 'www.example.test.'],
    ['www.example.test.', 'www.example.test.'],
    ['.', '.'],
    ['WWW.Example.test', 'WWW.Example.test.'],
    ['a\\.b.c', 'a\\.b.c.'],
    ['a\\046b.c', 'a\\.b.c.'],
    ['\\065\\000\\255', 'A\\000\\255.'],
    ['two words', 'two\\032words.'],
    ['\\\\', '\\\\.'],
    ['\\x.y', 'x.y.'],
    ['a@b!"$', 'a@b!"$.'],
    [label(63), `${label(63)}.`],
    [longest, longest],
  ])('%j is %j', (typed, name) => {
    expect(parseName(typed)).toEqual({ok: true, name});
    expect(readName(nameBytes(name), 0)).toEqual({kind: 'name', text: name, next: nameBytes(name).length});
  });

  test.each([
    ['www', 'example.test.', 'www.example.test.'],
    ['www.', 'example.test.', 'www.'],
    ['a\\.', 'example.', 'a\\..example.'],
    ['www', '.', 'www.'],
  ])('%j with the origin %j is %j', (typed, origin, name) => {
    expect(parseName(typed, origin)).toEqual({ok: true, name});
  });

  test.each([
    ['', 0, /is empty/],
    ['a..b', 2, /^Two dots with nothing between them/],
    ['.a', 0, /^Two dots/],
    ['..', 0, /^Two dots/],
    ['a..', 2, /^Two dots/],
    [`b.${label(64)}`, 2, /^This label has 64 bytes, and DNS carries 63 at most\.$/],
    [label(200), 0, /200 bytes/],
    [`a${longest}`, 0, /64 bytes/],
    [`b.${longest}`, 0, /^This name has 257 bytes, and DNS carries 255 at most\.$/],
    ['stra\u00dfe.test', 4, /^U\+00DF is not ASCII: write the name with its A-label, which starts with xn--/],
    ['\u{1f600}.test', 0, /^U\+1F600 is not ASCII/],
    ['a\\', 1, /^A backslash is followed by/],
    ['a\\12', 1, /^A backslash is followed by/],
    ['a\\256.b', 1, /^\\256 is more than a byte/],
  ])('%j is refused', (typed, at, says) => {
    expect(parseName(typed)).toMatchObject({ok: false, at, says: expect.stringMatching(says)});
  });

  test('the origin counts too', () => {
    expect(parseName('b', longest)).toMatchObject({ok: false, says: expect.stringMatching(/257 bytes with a+\./)});
  });
});

describe('names on the wire', () => {
  test('any labels of any bytes come back the same', () => {
    const labels = fc.array(fc.uint8Array({minLength: 1, maxLength: 63}), {maxLength: 3});
    fc.assert(
      fc.property(labels, pieces => {
        const wire = Uint8Array.from([...pieces.flatMap(piece => [piece.length, ...piece]), 0]);
        const read = readName(wire, 0);
        if (read.kind === 'malformed') throw new Error(read.reason);
        expect(hex(nameBytes(read.text))).toBe(hex(wire));
        expect(parseName(read.text)).toEqual({ok: true, name: read.text});
        expect(read.text).toMatch(/^[\x21-\x7e]+$/);
        expect(labelsOf(read.text)).toHaveLength(pieces.length);
      }),
    );
  });

  test.each([
    ['a', /Not an absolute name/],
    ['a..', /Not a name/],
    ['..', /Not a name/],
    ['a..b.', /Not a name/],
    [`${label(64)}.`, /Not a name/],
    [`b.${longest}`, /Not an absolute name/],
    ['a\\', /Not a name/],
    ['\u00df.', /Not a name/],
    ['\u0142.', /Not a name/],
  ])('%j has no wire form', (name, why) => {
    expect(() => nameBytes(name)).toThrow(why);
  });

  test('pointers are followed, and told', () => {
    const message = bytes('04746573 7400 03777777 c000 0161 c006');
    expect(readName(message, 12)).toEqual({kind: 'name', text: 'a.www.test.', next: 16, targets: [6, 0]});
    expect(readName(message, 10)).toEqual({kind: 'name', text: 'test.', next: 12, targets: [0]});
  });

  test.each([
    ['c000', 0, 0, /goes to 0, and it may only go backwards/],
    ['c002 0161 00', 0, 0, /goes to 2/],
    ['0161 c000', 0, 2, /goes to 0/],
    ['c0', 0, 0, /ends inside a compression pointer/],
    ['0161', 0, 2, /ends inside a name/],
    ['0561', 0, 0, /A label of 5 bytes goes beyond/],
    ['40', 0, 0, /0x40 starts neither/],
    ['80', 0, 0, /0x80 starts neither/],
    ['', 0, 0, /ends inside a name/],
  ])('%s is malformed', (wire, start, at, reason) => {
    expect(readName(bytes(wire), start)).toMatchObject({kind: 'malformed', at, reason: expect.stringMatching(reason)});
  });
});

describe('names among each other', () => {
  test('labels and parents', () => {
    expect(labelsOf('.')).toEqual([]);
    expect(labelsOf('a\\.b.c.')).toEqual(['a\\.b', 'c']);
    expect(labelsOf('\\\\.c.')).toEqual(['\\\\', 'c']);
    expect(['a\\.b.c.', 'c.', '.', '\\\\.c.'].map(parentOf)).toEqual(['c.', '.', '.', 'c.']);
  });

  test.each([
    ['www.example.test.', 'TEST.', true],
    ['test.', 'test.', true],
    ['test.', '.', true],
    ['atest.', 'test.', false],
    ['a\\.test.', 'test.', false],
    ['a\\\\.test.', 'test.', true],
    ['test.', 'www.test.', false],
  ])('%j is within %j: %j', (name, ancestor, expected) => {
    expect(isSubdomain(name, ancestor)).toBe(expected);
  });

  test('letter case does not make another name', () => {
    expect(sameName('WWW.test.', 'www.TEST.')).toBe(true);
    expect(sameName('www.test.', 'ww.test.')).toBe(false);
  });

  test('the canonical order is the one of RFC 4034 §6.1', () => {
    const ordered = [
      'example.',
      'a.example.',
      'yljkjljk.a.example.',
      'Z.a.example.',
      'zABC.a.EXAMPLE.',
      'z.example.',
      '\\001.z.example.',
      '*.z.example.',
      '\\200.z.example.',
    ];
    expect(ordered.toReversed().sort(compareNames)).toEqual(ordered);
    expect(compareNames('A.test.', 'a.test.')).toBe(0);
    expect(compareNames('.', 'test.')).toBeLessThan(0);
    // Bytes and not characters: `\.` is 0x2e, before a digit, and a label that ends comes before one that goes on.
    expect(compareNames('a\\.b.test.', 'a0.test.')).toBeLessThan(0);
    expect(compareNames('a.test.', 'a\\000.test.')).toBeLessThan(0);
  });

  test.each([
    ['192.0.2.1', '1.2.0.192.in-addr.arpa.'],
    ['::1', `1.${'0.'.repeat(31)}ip6.arpa.`],
    ['2001:db8::567:89ab', 'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.'],
    ['fe80::1%eth0', `1.${'0.'.repeat(28)}8.e.f.ip6.arpa.`],
    ['192.0.2', undefined],
    ['www.test', undefined],
    ['', undefined],
  ])('%j reversed', (address, name) => {
    expect(reverseName(address)).toBe(name);
  });
});
