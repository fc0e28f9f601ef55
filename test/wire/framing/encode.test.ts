import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {GivenOptions} from '../../../src/wire/framing/define.ts';
import {type FramingName, framings} from '../../../src/wire/framing/registry.ts';
import {bytesOf, framesOf, open, payloads, play} from './play.ts';

const some = fc.uint8Array({maxLength: 300});
const nonEmpty = fc.uint8Array({minLength: 1, maxLength: 300});
const json = fc.json().map(text => new Uint8Array(Buffer.from(text)));
const list = (payload: fc.Arbitrary<Uint8Array>) => fc.array(payload, {maxLength: 6});

/** What each framing can carry, with options that matter. `last` counts the frames that end a message and carry nothing. */
const carriers: readonly [FramingName, GivenOptions, fc.Arbitrary<Uint8Array[]>, number?][] = [
  ['fixed', {size: 5}, list(fc.uint8Array({minLength: 5, maxLength: 5}))],
  ['delimiter', {escape: '\\\\'}, list(some)],
  [
    'delimiter',
    {delimiter: 'aab', escape: '%'},
    list(fc.array(fc.constantFrom(0x61, 0x62, 0x25), {maxLength: 12}).map(bytes => Uint8Array.from(bytes))),
  ],
  ['length-prefix', {}, list(some)],
  ...(['u16', 'u24', 'u32', 'u64', 'leb128', 'quic'] as const).map(
    width =>
      ['length-prefix', {width, order: 'little'}, list(some)] as [
        FramingName,
        GivenOptions,
        fc.Arbitrary<Uint8Array[]>,
      ],
  ),
  ['length-prefix', {width: 'leb128', counts: 'itself', adjustment: -1}, list(some)],
  ['length-prefix', {width: 'u16', offset: 3, counts: 'everything', signed: true}, list(some)],
  ['blocks', {}, list(nonEmpty), 1],
  ['netstring', {}, list(some)],
  ['chunked', {}, list(nonEmpty), 1],
  ['cobs', {}, list(some)],
  ['cobs', {}, list(fc.uint8Array({min: 1, minLength: 250, maxLength: 600}))],
  [
    'slip',
    {},
    list(
      fc
        .array(fc.constantFrom(0xc0, 0xdb, 0xdc, 0xdd, 0x61), {minLength: 1, maxLength: 20})
        .map(bytes => Uint8Array.from(bytes)),
    ),
  ],
  ['zlib', {repeat: true}, list(some)],
  ['zlib', {repeat: true, format: 'gzip'}, list(some)],
  ['pickle', {repeat: true}, list(fc.constantFrom(bytesOf('N.'), bytesOf('\x80\x03K\x2e.'), bytesOf('(lp0\nI5\na.')))],
  ['json-lines', {}, list(json)],
  ['websocket', {}, list(some)],
  ['websocket', {key: 'abcd', kind: 'text'}, list(fc.uint8Array({maxLength: 70_000, size: 'max'}))],
  ['http', {}, list(some)],
];

describe('decode undoes encode', () => {
  test.each(carriers)('%s %o', (name, options, arbitrary, last = 0) => {
    fc.assert(
      fc.property(arbitrary, fc.array(fc.nat({max: 2000}), {maxLength: 8}), (sent, places) => {
        const stream = encode(name, sent, options);
        const cuts = places.map(place => Math.min(place, stream.length));
        const frames = framesOf(play(open(name, options), stream, cuts));
        const got = payloads(name, stream, frames, options);
        expect(got.slice(0, got.length - last)).toEqual(sent);
        expect(got).toHaveLength(sent.length + last);
      }),
      {numRuns: 40},
    );
  });

  test('every framing but the first can carry any number of frames', () => {
    const tested = new Set(carriers.map(([name]) => name));
    expect(Object.keys(framings).filter(name => !tested.has(name as FramingName))).toEqual(['until-eof']);
    expect(Buffer.from(encode('until-eof', [bytesOf('all')], {})).toString()).toBe('all');
  });
});

test.each<[FramingName, GivenOptions, string[], number]>([
  ['until-eof', {}, ['a', 'b'], 1],
  ['fixed', {size: 2}, ['ab', 'abc'], 1],
  ['delimiter', {}, ['a', 'b\nc'], 1],
  ['delimiter', {delimiter: 'aa'}, ['xa'], 0],
  ['length-prefix', {width: 'u8'}, ['x'.repeat(256)], 0],
  ['length-prefix', {width: 'u8', signed: true}, ['x'.repeat(128)], 0],
  ['length-prefix', {unit: 4}, ['abcd', 'abc'], 1],
  ['length-prefix', {maximum: 2}, ['abc'], 0],
  ['blocks', {}, [''], 0],
  ['chunked', {}, ['a', ''], 1],
  ['zlib', {}, ['a', 'b'], 1],
  ['pickle', {}, ['N'], 0],
  ['pickle', {}, ['N.x'], 0],
  ['json-lines', {}, ['1', '{"a":\n1}'], 1],
  ['json-lines', {}, ['nul'], 0],
])('%s %o refuses payload %o', (name, options, sent, index) => {
  const result = framings[name].encode(sent.map(bytesOf), options);
  expect(result).toMatchObject({kind: 'refused', index, reason: expect.any(String), next: expect.any(String)});
});

/** Payloads and what a reference made of them in each framing; lengths of varints. */
const file = join(import.meta.dirname, '../../vectors/framing.json');
interface Reference {
  codec: {
    data: string;
    expect: Record<'cobs' | 'slip' | 'netstring' | 'varint_prefixed' | 'u16be_prefixed' | 'u32le_prefixed', string>;
  }[];
}
const {codec}: Reference = JSON.parse(readFileSync(file, 'utf8'));

describe('as a reference written in Python encodes', () => {
  test('there is one', () => expect(codec.length).toBeGreaterThan(3));

  test.each(codec)('$data', ({data, expect: wanted}) => {
    const hex = (name: FramingName, options: GivenOptions = {}) =>
      Buffer.from(encode(name, [new Uint8Array(Buffer.from(data, 'hex'))], options)).toString('hex');
    expect(hex('slip')).toBe(wanted.slip);
    expect(hex('netstring')).toBe(wanted.netstring);
    expect(hex('length-prefix', {width: 'leb128'})).toBe(wanted.varint_prefixed);
    expect(hex('length-prefix', {width: 'u16'})).toBe(wanted.u16be_prefixed);
    expect(hex('length-prefix', {width: 'u32', order: 'little'})).toBe(wanted.u32le_prefixed);
    // The reference leaves out the zero that ends the frame.
    expect(hex('cobs')).toBe(wanted.cobs + '00');
  });
});

function encode(name: FramingName, sent: readonly Uint8Array[], options: GivenOptions): Uint8Array {
  const result = framings[name].encode(sent, options);
  if (result.kind !== 'encoded') throw new Error(JSON.stringify(result));
  return result.bytes;
}
