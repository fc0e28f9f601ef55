import {type ArgumentKind, type Opcode, opcodeAt} from '../../pickle/opcodes.ts';
import {grouped} from '../../text/counted.ts';
import {FrameDecoder} from '../decoder.ts';
import {defineFraming, type Encoded, encoded, refused} from '../define.ts';
import type {Input} from '../input.ts';
import {flag, maximum} from '../options.ts';
import {ended, field, frameOf, malformed, need, waitFor} from '../reading.ts';
import type {Frame, FrameField, Malformed, Scan, Step} from '../types.ts';
import {byteName, bytesOf} from '../words.ts';

interface Options {
  readonly maximum: number;
  readonly repeat: boolean;
}

/** Python's pickle ends with its STOP opcode. The opcodes are only walked over to find it; nothing is ever run. */
export const pickle = defineFraming({
  title: 'Pickle',
  teaches: 'A pickle is a program that ends with STOP, so it frames itself; what comes behind is left over.',
  options: {
    maximum: maximum(16 * 1024 * 1024, 'one pickle'),
    repeat: flag({label: 'Repeat', hint: 'another pickle may follow at once', default: false}),
  },
  recovery: {possible: false, because: 'A full stop is an ordinary byte everywhere but where an opcode belongs.'},
  *scan(input, from, options): Scan {
    for (let start = from; ; ) {
      const frame = yield* readPickle(input, start, options.maximum);
      if (frame.kind === 'malformed') return frame;
      yield frame;
      if (!options.repeat)
        return ended(frame.end, 'Safe to stop because the STOP opcode came: the pickle ends by itself.');
      start = frame.end;
    }
  },
  encode,
});

/** How the bytes behind an opcode are laid out: so many bytes, a count and so many bytes, or lines. */
type Layout =
  | {readonly fixed: number}
  | {readonly count: 1 | 4 | 8; readonly signed: boolean}
  | {readonly lines: 1 | 2};

const layouts = {
  uint1: {fixed: 1},
  uint2: {fixed: 2},
  uint4: {fixed: 4},
  uint8: {fixed: 8},
  int4: {fixed: 4},
  float8: {fixed: 8},
  long1: {count: 1, signed: false},
  long4: {count: 4, signed: true},
  string1: {count: 1, signed: false},
  string4: {count: 4, signed: true},
  bytes1: {count: 1, signed: false},
  bytes4: {count: 4, signed: false},
  bytes8: {count: 8, signed: false},
  bytearray8: {count: 8, signed: false},
  unicodestring1: {count: 1, signed: false},
  unicodestring4: {count: 4, signed: false},
  unicodestring8: {count: 8, signed: false},
  decimalnl_short: {lines: 1},
  decimalnl_long: {lines: 1},
  floatnl: {lines: 1},
  stringnl: {lines: 1},
  stringnl_noescape: {lines: 1},
  stringnl_noescape_pair: {lines: 2},
  unicodestringnl: {lines: 1},
} as const satisfies Record<ArgumentKind, Layout>;

function* readPickle(input: Input, start: number, maximum: number): Step<Frame | Malformed> {
  const fields: FrameField[] = [];
  for (let at = start, count = 1; ; count++) {
    if (at - start >= maximum) return tooLong(start, at, maximum);
    yield* need(input, at, 1, {start, what: at === start ? 'the first opcode' : 'the next opcode'});
    const opcode = opcodeAt(input.at(at));
    if (opcode === undefined)
      return malformed(start, at, `${byteName(input.at(at))} is no opcode.`, 'Check that the peer sends pickles.');
    const end = yield* endOfArgument(input, at, start, opcode, maximum);
    if (typeof end === 'object') return end;
    if (opcode.name === 'PROTO')
      fields.push(field('PROTO', at, end, input.at(at + 1), `pickle protocol ${input.at(at + 1)}`));
    input.release(end);
    at = end;
    if (opcode.name !== 'STOP') continue;
    fields.push(field('STOP', end - 1, end, '.', `ends the pickle, after ${grouped(count)} opcodes`));
    const because = `Safe to stop because the STOP opcode came after ${bytesOf(end - start)}.`;
    return frameOf({start, end, header: {start, end: start}, payload: [{start, end}], fields, because});
  }
}

function* endOfArgument(
  input: Input,
  at: number,
  start: number,
  opcode: Opcode,
  maximum: number,
): Step<number | Malformed> {
  if (opcode.argument === null) return at + 1;
  const layout: Layout = layouts[opcode.argument];
  const what = `the argument of ${opcode.name}`;
  if ('lines' in layout) return yield* endOfLines(input, at, start, layout.lines, what, maximum);
  const fixed = 'fixed' in layout ? layout.fixed : layout.count;
  yield* need(input, at + 1, fixed, {start, what});
  const end = at + 1 + fixed;
  if ('fixed' in layout) return end;
  const count = littleEndian(input.copy(at + 1, end), layout.signed);
  if (count < 0n)
    return malformed(start, at + 1, `${opcode.name} has a negative length, ${grouped(count)}.`, 'Do not load this.');
  // Held against the limit before anything is waited for: eight bytes of length can ask for all memory there is.
  if (count > BigInt(maximum - Math.min(maximum, end - start)))
    return malformed(
      start,
      at + 1,
      `${opcode.name} asks for ${bytesOf(count)}, more than the maximum of ${bytesOf(maximum)} leaves.`,
      'Raise the maximum if this is meant.',
    );
  const last = end + Number(count);
  input.release(last);
  yield* need(input, end, Number(count), {start, what});
  return last;
}

function* endOfLines(
  input: Input,
  at: number,
  start: number,
  lines: number,
  what: string,
  maximum: number,
): Step<number | Malformed> {
  let from = at + 1;
  for (let line = 0; line < lines; line++) {
    for (let scanned = from; ; ) {
      const newline = input.indexOf(0x0a, scanned);
      scanned = newline === -1 ? input.end : newline;
      if (scanned - start >= maximum) return tooLong(start, start + maximum, maximum);
      from = newline + 1;
      if (newline !== -1) break;
      input.release(scanned);
      yield waitFor(input, 'delimiter', {start, what, ends: 'a newline'});
    }
  }
  return from;
}

function littleEndian(bytes: Uint8Array, signed: boolean): bigint {
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return signed ? BigInt.asIntN(bytes.length * 8, value) : value;
}

function tooLong(start: number, at: number, maximum: number): Malformed {
  return malformed(
    start,
    at,
    `No STOP within the maximum of ${bytesOf(maximum)}.`,
    'Raise the maximum, or check that the peer sends pickles.',
  );
}

/** The payloads are pickles already: each is checked to end exactly with its STOP. */
function encode(payloads: readonly Uint8Array[], options: Options): Encoded {
  if (payloads.length > 1 && !options.repeat) return refused(1, 'Only one pickle is read.', 'Set repeat.');
  for (const [index, payload] of payloads.entries()) {
    const decoder = new FrameDecoder((input, from) => pickleScan(input, from, options.maximum));
    decoder.push(payload);
    const event = decoder.next();
    if (event.kind === 'malformed') return refused(index, `At byte ${event.at}: ${event.reason}`, event.next);
    if (event.kind !== 'frame')
      return refused(index, 'This is not a whole pickle.', 'Give bytes as pickle.dumps makes them.');
    if (event.end !== payload.length)
      return refused(index, `The pickle ends at byte ${event.end}, and more follows.`, 'Cut it off there.');
  }
  return encoded(payloads);
}

function* pickleScan(input: Input, from: number, maximum: number): Scan {
  const frame = yield* readPickle(input, from, maximum);
  if (frame.kind === 'malformed') return frame;
  yield frame;
  return ended(frame.end, 'Safe to stop because the STOP opcode came.');
}
