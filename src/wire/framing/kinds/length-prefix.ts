import {grouped} from '../../text/counted.ts';
import {toHex} from '../../text/hex.ts';
import {defineFraming, type Encoded, encoded, refused} from '../define.ts';
import type {Input} from '../input.ts';
import {choice, flag, integer, maximum} from '../options.ts';
import {field, frameOf, malformed, need} from '../reading.ts';
import type {FrameField, Malformed, Scan} from '../types.ts';
import {asText, bytesOf} from '../words.ts';
import {type LengthFieldOptions, readLength, widths, writeLength} from './length-field.ts';

interface Options extends LengthFieldOptions {
  readonly offset: number;
  readonly counts: 'what-follows' | 'itself' | 'everything';
  readonly adjustment: number;
  readonly unit: number;
  readonly maximum: number;
}

/** A length in front of every message: most binary protocols, with all the ways in which they differ. */
export const lengthPrefix = defineFraming({
  title: 'Length prefix',
  teaches:
    'The first bytes say how many follow, so a loop receives exactly that many; a limit keeps a lie from costing memory.',
  options: {
    width: choice({label: 'Width', hint: 'how the length is written', default: 'u32', options: widths}),
    order: choice({
      label: 'Byte order',
      hint: 'which byte of the length comes first',
      default: 'big',
      options: ['big', 'little'],
    }),
    signed: flag({
      label: 'Signed',
      hint: 'the top bit is a sign, so half of the lengths are malformed',
      default: false,
    }),
    offset: integer({
      label: 'Offset',
      hint: 'bytes of each frame before its length',
      default: 0,
      from: 0,
      to: 4096,
      unit: 'bytes',
    }),
    counts: choice({
      label: 'Counts',
      hint: 'what the length counts: what follows it, itself too, or the whole frame',
      default: 'what-follows',
      options: ['what-follows', 'itself', 'everything'],
    }),
    adjustment: integer({
      label: 'Adjustment',
      hint: 'bytes to add to the length',
      default: 0,
      from: -65_536,
      to: 65_536,
      unit: 'bytes',
    }),
    unit: integer({
      label: 'Unit',
      hint: 'bytes that the length counts as one',
      default: 1,
      from: 1,
      to: 65_536,
      unit: 'bytes',
    }),
    maximum: maximum(1024 * 1024),
  },
  recovery: {possible: false, because: 'After one wrong length every later one is read from the wrong place.'},
  scan,
  encode,
});

function* scan(input: Input, from: number, options: Options): Scan {
  for (let start = from; ; ) {
    const at = start + options.offset;
    const length = yield* readLength(input, at, start, options);
    if (length.kind === 'bad-length') return malformed(start, length.at, length.reason, advice);
    const body = at + length.bytes.length;
    const counted = bodyLength(length.value, length.bytes.length, options);
    const refusal = refuse(start, at, length.bytes, length.value, counted, options);
    if (refusal !== undefined) return refusal;
    // The limit was held against it above, so it fits into a number now; no bytes of the body are kept.
    const count = Number(counted);
    const end = body + count;
    input.release(end);
    const size = bytesOf(count);
    const prefix = toHex(length.bytes, ' ');
    yield* need(input, body, count, {start, what: `the body of ${size} that the prefix ${prefix} promises`});
    const meaning = `${size} follow${counted === length.value ? '' : `, worked out from ${grouped(length.value)}`}`;
    const fields: FrameField[] = [field('length', at, body, Number(length.value), meaning)];
    if (options.offset > 0)
      fields.unshift(field('before the length', start, at, options.offset, 'header bytes in front of the length'));
    const because = `Safe to stop because the prefix ${prefix} promised ${size} and all are here.`;
    yield frameOf({start, end, header: {start, end: body}, payload: [{start: body, end}], fields, because});
    start = end;
  }
}

const advice = 'Check width, byte order and offset against the protocol: this may not be a length at all.';

/** Bytes behind the length field, exact: a 64-bit length plus an adjustment must not wrap. */
function bodyLength(value: bigint, width: number, options: Options): bigint {
  return value * BigInt(options.unit) + BigInt(options.adjustment) - BigInt(countedTwice(width, options));
}

function countedTwice(width: number, {counts, offset}: Options): number {
  return counts === 'what-follows' ? 0 : counts === 'itself' ? width : width + offset;
}

function refuse(
  start: number,
  at: number,
  bytes: Uint8Array,
  value: bigint,
  count: bigint,
  options: Options,
): Malformed | undefined {
  const says = `The length prefix ${toHex(bytes, ' ')} says ${grouped(value)}`;
  if (count < 0n) {
    const least = value < 0n ? 'a negative length' : `fewer bytes than the length counts in any frame`;
    return malformed(start, at, `${says}, ${least}.`, advice);
  }
  if (count <= BigInt(options.maximum)) return undefined;
  const text = asText(bytes);
  const seen = text === undefined ? '' : ` Read as text, the prefix is “${text}”.`;
  const asks = count === value ? `it asks for ${bytesOf(count)}` : `it asks for ${bytesOf(count)} in all`;
  return malformed(start, at, `${says}: ${asks}, more than the maximum of ${bytesOf(options.maximum)}.${seen}`, advice);
}

function encode(payloads: readonly Uint8Array[], options: Options): Encoded {
  const pieces: Uint8Array[] = [];
  for (const [index, payload] of payloads.entries()) {
    const has = bytesOf(payload.length);
    if (payload.length > options.maximum)
      return refused(index, `This payload has ${has}, more than the maximum.`, 'Raise the maximum.');
    const prefix = prefixFor(payload.length, options);
    if (prefix === undefined)
      return refused(
        index,
        `No length of this kind stands for ${has}.`,
        'Choose a wider length, or check unit and adjustment.',
      );
    pieces.push(new Uint8Array(options.offset), prefix, payload);
  }
  return encoded(pieces);
}

// A varint that counts itself may need one more byte for having one more byte, so sizes are tried until one agrees.
function prefixFor(length: number, options: Options): Uint8Array | undefined {
  for (let width = 1; width <= 10; width++) {
    const total = BigInt(length) - BigInt(options.adjustment) + BigInt(countedTwice(width, options));
    if (total % BigInt(options.unit) !== 0n) continue;
    const prefix = writeLength(total / BigInt(options.unit), options);
    if (prefix?.length === width) return prefix;
  }
  return undefined;
}
