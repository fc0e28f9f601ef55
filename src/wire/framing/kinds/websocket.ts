import {grouped} from '../../text/counted.ts';
import {defineFraming, encoded, joined, type Payload, refused} from '../define.ts';
import type {Input} from '../input.ts';
import {bytes, choice, flag, maximum} from '../options.ts';
import {ended, field, frameOf, incomplete, malformed, need} from '../reading.ts';
import type {EndVerdict, Frame, FrameField, Malformed, Scan, Step} from '../types.ts';
import {bytesOf} from '../words.ts';
import {type HeaderRules, isControl, opcodeNames, readHeader, type WebSocketHeader} from './websocket-header.ts';

/** The frames of RFC 6455, behind the opening handshake. */
export const websocket = defineFraming({
  title: 'WebSocket frames',
  teaches: 'A length that grows with the message, parts that others may come between, and a mask on what clients send.',
  options: {
    sender: choice({
      label: 'Sender',
      hint: 'whose frames these are: clients must mask, servers must not',
      default: 'either',
      options: ['either', 'client', 'server'],
    }),
    deflate: flag({label: 'Deflate', hint: 'permessage-deflate was agreed on, so RSV1 may be set', default: false}),
    kind: choice({label: 'Opcode', hint: 'what encoding makes', default: 'binary', options: ['binary', 'text']}),
    key: bytes({
      label: 'Mask',
      hint: 'the four bytes that encoding masks with; empty for no mask',
      default: '',
      from: 0,
      to: 4,
    }),
    maximum: maximum(1024 * 1024, 'all frames of a message together'),
  },
  recovery: {possible: false, because: 'A header has no mark of its own, so after one wrong length none can be found.'},
  check({key}) {
    if (key.length === 0 || key.length === 4) return undefined;
    return {
      kind: 'option-problem',
      option: 'key',
      says: `A mask of ${key.length} bytes is none.`,
      next: 'Give four bytes, or none.',
    };
  },
  scan,
  encode(payloads, {kind, key, maximum}) {
    const large = payloads.findIndex(payload => payload.length > maximum);
    if (large !== -1) return refused(large, 'This payload is larger than the maximum.', 'Raise the maximum.');
    return encoded(payloads.flatMap(payload => [header(payload.length, kind, key), key, mask(payload, key)]));
  },
  payload,
});

/** The message under way: the fragments of one may have control frames between them, but never another message. */
interface Message {
  readonly start: number;
  readonly opcode: number;
  readonly parts: number;
  readonly length: number;
}

function* scan(input: Input, from: number, options: HeaderRules): Scan {
  let message: Message | undefined;
  for (let start = from; ; ) {
    const used = message?.length ?? 0;
    const frame = yield* insideMessage(
      readFrame(input, start, {...options, maximum: options.maximum - used}, message),
      message,
    );
    if ('kind' in frame) return frame;
    message = frame.message;
    yield frame.frame;
    start = frame.frame.end;
    input.release(start);
    if (frame.closes)
      return ended(start, 'Safe to stop because a close frame is the last that its side sends (RFC 6455 §5.5.1).');
  }
}

interface Read {
  readonly frame: Frame;
  readonly message: Message | undefined;
  readonly closes: boolean;
}

/** While a message is under way, the end of the stream loses it even between two frames. */
function* insideMessage(step: Step<Read | Malformed>, message: Message | undefined): Step<Read | Malformed> {
  for (;;) {
    const {done, value} = step.next();
    if (done) return value;
    const ifEnd: EndVerdict | undefined =
      message && incomplete(message.start, message.length, undefined, 'a message in fragments');
    yield ifEnd !== undefined && value.have === 0 ? {...value, ifEnd} : value;
  }
}

function* readFrame(
  input: Input,
  start: number,
  rules: HeaderRules,
  before: Message | undefined,
): Step<Read | Malformed> {
  const head = yield* readHeader(input, start, rules);
  if ('kind' in head) return head;
  const order = refuseOrder(head, start, before);
  if (order !== undefined) return order;
  const {body, length, opcode, final} = head;
  const end = body + length;
  if (!isControl(opcode)) input.release(end);
  yield* need(input, body, length, {start, what: `the payload of ${bytesOf(length)}`});
  const fields = [...head.fields];
  const close = opcode === 8 ? closeField(input.copy(body, end), head.key, body, start) : undefined;
  if (close?.kind === 'malformed') return close;
  if (close !== undefined) fields.push(close.field);
  const message = isControl(opcode) ? before : grow(before, head, start);
  if (message !== undefined && !isControl(opcode))
    fields.push(field('message', start, end, message.parts, tell(message, final)));
  const safe = final || isControl(opcode);
  const because = safe
    ? `Safe to stop because all ${bytesOf(length)} that the header promised are here.`
    : 'Must call recv() again because FIN is not set: more frames of this message follow.';
  const frame = frameOf({
    start,
    end,
    header: {start, end: body},
    payload: [{start: body, end}],
    coded: head.key !== undefined,
    fields,
    safe,
    because,
  });
  return {frame, message: isControl(opcode) || !final ? message : undefined, closes: opcode === 8};
}

const advice = 'Close the connection with status 1002, protocol error.';

function refuseOrder({opcode}: WebSocketHeader, start: number, before: Message | undefined): Malformed | undefined {
  if (opcode === 0 && before === undefined)
    return malformed(start, start, 'A continuation frame comes without a message to continue.', advice);
  if ((opcode === 1 || opcode === 2) && before !== undefined)
    return malformed(
      start,
      start,
      `A ${opcodeNames[opcode]} message starts before the one from offset ${before.start} has ended.`,
      advice,
    );
  return undefined;
}

function grow(before: Message | undefined, {opcode, length}: WebSocketHeader, start: number): Message {
  if (before === undefined) return {start, opcode, parts: 1, length};
  return {...before, parts: before.parts + 1, length: before.length + length};
}

function tell({start, opcode, parts, length}: Message, final: boolean): string {
  const kind = opcodeNames[opcode] ?? '';
  if (parts === 1) return final ? `a whole ${kind} message` : `the first part of a ${kind} message`;
  const what = `the ${kind} message from offset ${start}`;
  return final ? `ends ${what}: ${grouped(parts)} frames, ${bytesOf(length)}` : `frame ${grouped(parts)} of ${what}`;
}

/** RFC 6455 §7.4: a close frame is empty, or starts with a status that may be sent. */
function closeField(
  masked: Uint8Array,
  key: Uint8Array | undefined,
  body: number,
  start: number,
): Malformed | {kind: 'close'; field: FrameField} {
  const payload = mask(masked, key ?? new Uint8Array(0));
  if (payload.length === 0) return {kind: 'close', field: field('status', body, body, 1005, 'no status given')};
  if (payload.length === 1) return malformed(start, body, 'A close frame with one byte has half a status.', advice);
  const status = (payload[0]! << 8) | payload[1]!;
  const known = statuses[status];
  if (known === undefined && (status < 3000 || status > 4999))
    return malformed(start, body, `Close status ${status} must not be sent.`, advice);
  return {
    kind: 'close',
    field: field('status', body, body + 2, status, known ?? 'defined by a library or an application'),
  };
}

/** RFC 6455 §7.4.1 and the IANA registry, without those that only stand for what was not sent. */
const statuses: Readonly<Record<number, string>> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1007: 'invalid payload',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'extension missing',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
};

function mask(payload: Uint8Array, key: Uint8Array): Uint8Array {
  return key.length === 0 ? payload.slice() : payload.map((byte, k) => byte ^ key[k & 3]!);
}

function header(length: number, kind: 'binary' | 'text', key: Uint8Array): Uint8Array {
  const size = length < 126 ? 2 : length < 0x1_0000 ? 4 : 10;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x80 | (kind === 'text' ? 1 : 2);
  bytes[1] = (size === 2 ? length : size === 4 ? 126 : 127) | (key.length === 0 ? 0 : 0x80);
  if (size === 4) view.setUint16(2, length);
  if (size === 10) view.setBigUint64(2, BigInt(length));
  return bytes;
}

function payload(raw: Uint8Array, frame: Frame): Payload {
  if (!frame.coded) return joined(raw, frame);
  const body = frame.header.end - frame.start;
  return {kind: 'payload', bytes: mask(raw.subarray(body), raw.subarray(body - 4, body))};
}
