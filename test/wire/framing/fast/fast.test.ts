import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {LengthFramer} from '../../../../src/wire/framing/fast/lengths.ts';
import {LineFramer} from '../../../../src/wire/framing/fast/lines.ts';
import type {Malformed} from '../../../../src/wire/framing/types.ts';
import {framesOf, open, payloads, play} from '../play.ts';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** Pushes the stream cut at these places and collects what is handed over. */
function collect(push: (chunk: Uint8Array) => Malformed | undefined, stream: Uint8Array, cuts: readonly number[]) {
  const edges = [...cuts.map(cut => Math.min(cut, stream.length)).toSorted((a, b) => a - b), stream.length];
  let fault: Malformed | undefined;
  edges.forEach((edge, k) => {
    // A copy that is wiped afterwards: a socket may use its buffer again.
    const chunk = stream.slice(edges[k - 1] ?? 0, edge);
    fault = push(chunk);
    chunk.fill(0xee);
  });
  return fault;
}

const cuts = fc.array(fc.nat({max: 200}), {maxLength: 10});

describe('lines', () => {
  const streams = fc.array(fc.constantFrom('', 'a', 'bcd', '\n', '\n\n', 'é', 'longer than most', '\r\n'), {
    maxLength: 40,
  });

  test('the same frames, faults and verdict as the incremental decoder', () => {
    fc.assert(
      fc.property(streams, cuts, fc.integer({min: 0, max: 20}), (pieces, places, maximum) => {
        const stream = new Uint8Array(Buffer.from(pieces.join('')));
        const slow = play(open('delimiter', {maximum}), stream, []);
        const framer = new LineFramer({maximum});
        const frames: string[] = [];
        const fault = collect(
          chunk => framer.forEachFrame(chunk, (bytes, start, end) => frames.push(latin1(bytes.subarray(start, end)))),
          stream,
          places,
        );
        expect(frames).toEqual(payloads('delimiter', stream, framesOf(slow)).map(latin1));
        expect(fault).toEqual(slow.events.find(event => event.kind === 'malformed'));
        expect(framer.atEnd()).toEqual(slow.verdict);
      }),
    );
  });

  test('the same lines as text', () => {
    fc.assert(
      fc.property(streams, cuts, fc.integer({min: 0, max: 20}), (pieces, places, maximum) => {
        const stream = new Uint8Array(Buffer.from(pieces.join('')));
        const slow = play(open('delimiter', {maximum}), stream, []);
        const framer = new LineFramer({maximum});
        const lines: string[] = [];
        const fault = collect(chunk => framer.forEachText(chunk, line => lines.push(line)), stream, places);
        expect(lines).toEqual(
          payloads('delimiter', stream, framesOf(slow)).map(bytes => Buffer.from(bytes).toString()),
        );
        expect(fault).toEqual(slow.events.find(event => event.kind === 'malformed'));
        expect(framer.atEnd()).toEqual(slow.verdict);
      }),
    );
  });

  test('another byte may end them', () => {
    const framer = new LineFramer({delimiter: 0});
    const seen: string[] = [];
    framer.forEachText(Buffer.from('a\nb\0c\0'), line => seen.push(line));
    expect(seen).toEqual(['a\nb', 'c']);
  });
});

describe('length prefixes', () => {
  const kinds = [
    {width: 'u32', order: 'big'},
    {width: 'u32', order: 'little'},
    {width: 'u16', order: 'big'},
    {width: 'u24', order: 'little'},
    {width: 'u8', order: 'big'},
    {width: 'leb128', order: 'big'},
  ] as const;

  test.each(kinds)('$width $order: the same frames, faults and verdict as the incremental decoder', options => {
    const prefixes: Record<string, string[]> = {
      u32:
        options.order === 'big'
          ? ['00000002', '00000000', '0000012c', '42656175']
          : ['02000000', '00000000', '2c010000', '75616542'],
      u16: ['0002', '0000', '012c'],
      u24: ['020000', '000000', 'ffffff'],
      u8: ['02', '00', 'ff'],
      leb128: ['02', '00', '8200', 'ac02', 'ffffffffffffffffff01', 'ffffffffffffffffffff', '80808080808080808000'],
    };
    const piece = fc.constantFrom(
      ...prefixes[options.width]!.map(
        hex =>
          `${hex}${'6162'.repeat(hex.startsWith('02') || hex.startsWith('0002') || hex.startsWith('00000002') || hex === '8200' ? 1 : 0)}`,
      ),
      '61',
    );
    fc.assert(
      fc.property(
        fc.array(piece, {maxLength: 12}),
        cuts,
        fc.constantFrom(1, 2, 250, 400),
        (pieces, places, maximum) => {
          const stream = new Uint8Array(Buffer.from(pieces.join(''), 'hex'));
          const slow = play(open('length-prefix', {...options, maximum}), stream, []);
          const framer = new LengthFramer({...options, maximum});
          const frames: string[] = [];
          const fault = collect(
            chunk => framer.forEachFrame(chunk, (bytes, start, end) => frames.push(latin1(bytes.subarray(start, end)))),
            stream,
            places,
          );
          expect(frames).toEqual(payloads('length-prefix', stream, framesOf(slow)).map(latin1));
          expect(fault).toEqual(slow.events.find(event => event.kind === 'malformed'));
          expect(framer.atEnd()).toEqual(slow.verdict);
        },
      ),
    );
  });

  test('text taken for a length is refused before anything is kept', () => {
    const framer = new LengthFramer();
    const refusal = framer.forEachFrame(Buffer.from('Beautiful'), () => expect.unreachable());
    expect(refusal).toMatchObject({
      kind: 'malformed',
      at: 0,
      reason: expect.stringMatching(/1 113 940 341 bytes.*“Beau”/),
    });
  });
});
