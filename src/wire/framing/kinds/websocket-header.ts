import {grouped} from '../../text/counted.ts';
import type {Input} from '../input.ts';
import {field, malformed, need} from '../reading.ts';
import type {FrameField, Malformed, Step} from '../types.ts';
import {bytesOf} from '../words.ts';

/** The header of an RFC 6455 §5.2 frame, read and held against the rules that need nothing but the header. */
export interface WebSocketHeader {
  readonly final: boolean;
  readonly opcode: number;
  readonly length: number;
  readonly key: Uint8Array | undefined;
  /** Where the payload starts. */
  readonly body: number;
  readonly fields: readonly FrameField[];
}

export interface HeaderRules {
  readonly sender: 'client' | 'server' | 'either';
  /** Bytes of payload that may come. */
  readonly maximum: number;
  /** permessage-deflate was agreed on (RFC 7692), which gives RSV1 a meaning. */
  readonly deflate: boolean;
}

/** RFC 6455 §11.8. */
export const opcodeNames: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

export function isControl(opcode: number): boolean {
  return opcode >= 8;
}

export function* readHeader(input: Input, start: number, rules: HeaderRules): Step<WebSocketHeader | Malformed> {
  yield* need(input, start, 2, {start, what: 'the frame header'});
  const first = input.at(start);
  const second = input.at(start + 1);
  const refusal = refuseFlags(first, second, start, rules);
  if (refusal !== undefined) return refusal;
  const short = second & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  yield* need(input, start + 2, extra, {start, what: `the ${extra}-byte extended length`});
  const behind = start + 2 + extra;
  const length = extra === 0 ? BigInt(short) : bigEndian(input.copy(start + 2, behind));
  const tooMuch = refuseLength(length, extra, start, rules.maximum);
  if (tooMuch !== undefined) return tooMuch;
  const masked = (second & 0x80) !== 0;
  const body = behind + (masked ? 4 : 0);
  if (masked) yield* need(input, behind, 4, {start, what: 'the masking key'});
  const key = masked ? input.copy(behind, body) : undefined;
  const fields = fieldsOf(first, start, behind, Number(length), masked);
  if (key !== undefined)
    fields.push(
      field('masking key', behind, body, Number(bigEndian(key)), 'each payload byte is XORed with one of its four'),
    );
  return {final: (first & 0x80) !== 0, opcode: first & 0x0f, length: Number(length), key, body, fields};
}

const advice = 'Close the connection with status 1002, protocol error.';

function refuseFlags(
  first: number,
  second: number,
  start: number,
  {sender, deflate}: HeaderRules,
): Malformed | undefined {
  const opcode = first & 0x0f;
  const masked = (second & 0x80) !== 0;
  const bad = (at: number, reason: string) => malformed(start, at, reason, advice);
  if ((first & (deflate ? 0x30 : 0x70)) !== 0)
    return bad(start, 'A reserved bit (RSV) is set, and no extension gave it a meaning.');
  // RFC 7692 §6.1: only the first frame of a message says that the message is compressed.
  if ((first & 0x40) !== 0 && (isControl(opcode) || opcode === 0))
    return bad(
      start,
      `RSV1 is set in a ${opcodeNames[opcode] ?? 'control'} frame: only the first frame of a message may.`,
    );
  if (opcodeNames[opcode] === undefined) return bad(start, `Opcode ${opcode} is reserved.`);
  if (isControl(opcode) && (first & 0x80) === 0)
    return bad(start, `A ${opcodeNames[opcode]} frame must not be fragmented.`);
  if (isControl(opcode) && (second & 0x7f) > 125)
    return bad(start + 1, `A ${opcodeNames[opcode]} frame carries 125 bytes at most.`);
  if (sender === 'client' && !masked)
    return bad(start + 1, 'A client must mask every frame, and this one is not masked.');
  if (sender === 'server' && masked)
    return bad(start + 1, 'A server must not mask its frames, and this one is masked.');
  return undefined;
}

function refuseLength(length: bigint, extra: number, start: number, maximum: number): Malformed | undefined {
  const at = extra === 0 ? start + 1 : start + 2;
  if (length >> 63n !== 0n) return malformed(start, at, 'The top bit of a 64-bit length must be 0.', advice);
  if ((extra === 2 && length < 126n) || (extra === 8 && length < 0x1_0000n))
    return malformed(start, at, `The length ${grouped(length)} must be written in fewer bytes.`, advice);
  if (length <= BigInt(maximum)) return undefined;
  const reason = `The header asks for ${bytesOf(length)}, more than the ${bytesOf(maximum)} that this message may still have.`;
  return malformed(start, at, reason, 'Close with status 1009, or raise the maximum.');
}

function fieldsOf(first: number, start: number, behind: number, length: number, masked: boolean): FrameField[] {
  const final = (first & 0x80) !== 0;
  const opcode = first & 0x0f;
  return [
    field(
      'FIN',
      start,
      start + 1,
      final,
      final ? 'the last frame of its message' : 'more frames of this message follow',
    ),
    field(
      'RSV',
      start,
      start + 1,
      (first >> 4) & 7,
      (first & 0x40) === 0 ? 'no extension in use' : 'RSV1: the message is compressed',
    ),
    field('opcode', start, start + 1, opcode, opcodeNames[opcode] ?? 'reserved'),
    field('MASK', start + 1, start + 2, masked, masked ? 'masked: from a client' : 'not masked: from a server'),
    field('length', start + 1, behind, length, `${bytesOf(length)} of payload`),
  ];
}

function bigEndian(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
