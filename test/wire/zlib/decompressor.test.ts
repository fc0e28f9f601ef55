import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {deflateSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Decompressed, Decompressor} from '../../../src/wire/zlib/decompressor.ts';

type Step = ['decompress', string, number?] | ['tail', number] | ['flush', number?];
interface Case {
  name: string;
  wbits: number;
  zdict: string | null;
  steps: Step[];
  expect: unknown[];
}

const file = join(import.meta.dirname, '../../vectors/zlib-decompressobj.json');
const {cases}: {cases: Case[]} = JSON.parse(readFileSync(file, 'utf8'));

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

function open(options: Parameters<typeof Decompressor.open>[0]): Decompressor {
  const opened = Decompressor.open(options);
  if (!(opened instanceof Decompressor)) throw new Error(opened.message);
  return opened;
}

function call(decompressor: Decompressor, step: Step): Decompressed {
  if (step[0] === 'flush') return decompressor.flush(step[1]);
  if (step[0] === 'tail') return decompressor.decompress(decompressor.unconsumed_tail, step[1]);
  return decompressor.decompress(bytesOf(step[1]), step[2] ?? 0);
}

function answers({wbits, zdict, steps}: Case): unknown[] {
  const opened = Decompressor.open({wbits, ...(zdict === null ? {} : {zdict: bytesOf(zdict)})});
  if (!(opened instanceof Decompressor)) return [{error: opened.type, message: opened.message}];
  return steps.map(step => {
    const result = call(opened, step);
    if (result.kind === 'too-large') throw new Error(result.reason);
    const {eof, unused_data, unconsumed_tail} = opened;
    const said = result.kind === 'output' ? {out: hex(result.bytes)} : {error: result.type, message: result.message};
    return {...said, eof, unused: hex(unused_data), unconsumed: hex(unconsumed_tail)};
  });
}

describe('as CPython’s decompressobj, call by call', () => {
  test('there are vectors', () => expect(cases.length).toBeGreaterThan(60));
  test.each(cases)('$name (wbits $wbits)', one => expect(answers(one)).toEqual(one.expect));
});

test('the book’s two streams joined by a dot: 8 bytes, 8 more, and the rest is left over', () => {
  const stream = bytesOf('789c0ba82cc9c8cf0300089702832e789c0ba82cc9c8cf0300089702832e');
  const decompressor = open({});
  expect(decompressor.decompress(stream.subarray(0, 8))).toMatchObject({bytes: new Uint8Array(Buffer.from('Pytho'))});
  expect(decompressor.unused_data).toHaveLength(0);
  expect(decompressor.decompress(stream.subarray(8, 16))).toMatchObject({bytes: new Uint8Array(Buffer.from('n'))});
  expect(decompressor.unused_data).toEqual(new Uint8Array(Buffer.from('.x')));
});

test('a bomb is stopped at the limit, without making what it asks for', () => {
  const bomb = deflateSync(new Uint8Array(20_000_000));
  expect(bomb.length).toBeLessThan(30_000);
  const decompressor = open({maximumOutput: 100_000});
  expect(decompressor.decompress(bomb)).toMatchObject({kind: 'too-large', produced: 100_001});
  expect(decompressor.decompress(bomb)).toMatchObject({kind: 'too-large', produced: 100_001});
  expect(open({maximumOutput: 20_000_000}).decompress(bomb)).toMatchObject({kind: 'output'});
});

test('the output does not depend on how the stream is cut or bounded', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({maxLength: 300}),
      fc.array(fc.integer({min: 1, max: 40}), {minLength: 1}),
      fc.integer({min: 1, max: 50}),
      (plain, cuts, bound) => {
        const stream = Buffer.concat([deflateSync(plain), Buffer.from('left over')]);
        const decompressor = open({});
        const made: number[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = cuts[turn % cuts.length]!;
          let piece = new Uint8Array(stream.subarray(at, at + size));
          do {
            const result = decompressor.decompress(piece, bound);
            if (result.kind !== 'output') throw new Error(result.kind);
            expect(result.bytes.length).toBeLessThanOrEqual(bound);
            made.push(...result.bytes);
            piece = new Uint8Array(decompressor.unconsumed_tail);
          } while (piece.length > 0 && !decompressor.eof);
          at += size;
        }
        expect(Uint8Array.from(made)).toEqual(plain);
        expect(decompressor.eof).toBe(true);
        expect(Buffer.from(decompressor.unused_data).toString()).toBe('left over');
      },
    ),
    {numRuns: 60},
  );
});
