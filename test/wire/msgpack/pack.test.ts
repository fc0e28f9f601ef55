import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {encode} from '@msgpack/msgpack';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {packMessage} from '../../../src/wire/msgpack/pack.ts';
import {unpackMessage} from '../../../src/wire/msgpack/unpack.ts';
import {readLiteral} from '../../../src/wire/python/literal.ts';
import {repr} from '../../../src/wire/python/repr.ts';
import type {PyValue} from '../../../src/wire/python/value.ts';
import {toHex} from '../../../src/wire/text/hex.ts';

interface Outcome {
  readonly result?: string;
  readonly error?: string;
  readonly message?: string;
}

/** What Python's msgpack answers; make-msgpack.py writes it. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../vectors/msgpack.json'), 'utf8')) as (readonly [
  literal: string,
  packed: Outcome,
  unpacked?: Outcome,
])[];

function literal(text: string): PyValue {
  const read = readLiteral(text);
  if (!read.ok) throw new Error(`${text}: ${read.message}`);
  return read.value;
}

function unpacked(bytes: Uint8Array): Outcome {
  const read = unpackMessage(bytes);
  return read.ok ? {result: repr(read.value)} : {error: read.class, message: read.message};
}

test.each(vectors.map(one => [one[0].slice(0, 60), one] as const))('%s', (_, [text, packed, back]) => {
  const ours = packMessage(literal(text));
  if (!ours.ok) {
    expect({error: ours.class, message: ours.message}).toEqual(packed);
    return;
  }
  expect({result: toHex(ours.bytes)}).toEqual(packed);
  expect(unpacked(ours.bytes)).toEqual(back);
  for (let cut = 0; cut < Math.min(ours.bytes.length, 40); cut++)
    expect(unpackMessage(ours.bytes.subarray(0, cut))).toMatchObject({ok: false, message: /incomplete/});
});

test('lengths of 16 and 32 bits', () => {
  for (const length of [65_535, 65_536]) {
    for (const value of [
      {t: 'str', v: 'x'.repeat(length)},
      {t: 'bytes', v: new Uint8Array(length)},
      {t: 'list', v: Array.from({length}, () => ({t: 'none'}) as const)},
    ] as const) {
      const packed = packMessage(value);
      expect(packed.ok && unpackMessage(packed.bytes)).toEqual({
        ok: true,
        value,
        consumed: packed.ok && packed.bytes.length,
      });
      const plain = value.t === 'list' ? value.v.map(() => null) : value.v;
      expect(packed.ok && Buffer.from(packed.bytes).equals(encode(plain))).toBe(true);
    }
  }
});

test('any bytes have an answer', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 40}), bytes => {
      const read = unpackMessage(bytes);
      if (read.ok) expect(read.consumed).toBeLessThanOrEqual(bytes.length);
      else expect(read.message).not.toBe('');
    }),
    {numRuns: 500},
  );
});
