import {type Problem, ProblemError} from '../../journal/problem.ts';
import {concat} from '../../wire/bytes.ts';
import {framings} from '../../wire/framing/registry.ts';
import {encode as encodeMessagePack} from '../../wire/msgpack/msgpack.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import type {FramingKit} from './framing-bench.ts';
import {choicesOf} from './framing-command.ts';
import type {FramingAsk} from './framing-fields.ts';
import type {PayloadForm} from './framing-payload.ts';
import {samples} from './framing-samples.ts';
import {openSource, wholeSource} from './framing-source.ts';

export interface EncodedStream {
  readonly framing: string;
  readonly payloads: number;
  readonly bytes: Uint8Array;
}

/** Payloads of at most so many bytes together are encoded: some framings know their first byte only at the last payload. */
const mostEncoded = 64 * 1024 * 1024;

/** What one event carries. */
const pieceLength = 1024 * 1024;

/** Makes a stream out of payloads, one a line, and tells it in pieces. */
export async function encodeStream(ask: FramingAsk, kit: FramingKit): Promise<void> {
  const {framing, payloads, bytes} = await makeStream(ask, kit);
  const parts = Math.max(1, Math.ceil(bytes.length / pieceLength));
  for (let part = 1; part <= parts && !kit.signal.aborted; part++) {
    kit.emit('encoded', {framing, payloads, part, parts}, bytes.subarray((part - 1) * pieceLength, part * pieceLength));
    await kit.caughtUp();
  }
}

/** Reads the payloads and frames them; what cannot be framed is thrown as a problem. */
export async function makeStream(ask: FramingAsk, kit: Pick<FramingKit, 'input' | 'headless'>): Promise<EncodedStream> {
  const [choice] = choicesOf(ask);
  const lines = await linesOf(ask, kit);
  const payloads = lines.map((line, index) => payloadOf(ask.payload, line, index));
  const answer = framings[choice!.framing].encode(payloads, choice!.options);
  if (answer.kind === 'encoded') return {framing: choice!.name, payloads: payloads.length, bytes: answer.bytes};
  if (answer.kind === 'option-problem')
    throw new ProblemError({code: 'framing.option', says: `${answer.option}: ${answer.says}`, next: answer.next});
  const says = `Payload ${answer.index + 1}: ${answer.reason}`;
  throw new ProblemError({code: 'framing.refused', says, next: answer.next});
}

async function linesOf(ask: FramingAsk, kit: Pick<FramingKit, 'input' | 'headless'>): Promise<readonly Uint8Array[]> {
  const isExample = ask.data === '' && (ask.sample !== 'auto' || !kit.headless || kit.input === undefined);
  const whole = isExample
    ? concat(samples.streamer.pieces())
    : concat(await wholeSource(await openSource(ask, kit), mostEncoded));
  const lines: Uint8Array[] = [];
  for (let at = 0; at < whole.length; ) {
    const end = whole.indexOf(0x0a, at);
    lines.push(whole.subarray(at, end === -1 ? whole.length : end));
    at = end === -1 ? whole.length : end + 1;
  }
  return lines;
}

function payloadOf(form: PayloadForm, line: Uint8Array, index: number): Uint8Array {
  if (form === 'raw') return line;
  const text = new TextDecoder().decode(line);
  if (form === 'text' || form === 'hex') {
    const read = form === 'text' ? parseEscapes(text) : parseHex(text);
    if (read.kind === 'bytes') return read.bytes;
    throw new ProblemError({...problem(index, read.sentence), mark: {text, at: read.at}});
  }
  if (form !== 'json' && form !== 'msgpack')
    throw new ProblemError({
      code: 'framing.payload',
      says: `Payloads cannot be made from lines of ${form}`,
      next: 'Choose text, hex, json, msgpack or raw.',
    });
  const value = jsonOf(text, index);
  if (form === 'json') return utf8.encode(typeof value === 'string' ? value : JSON.stringify(value));
  const packed = encodeMessagePack(value);
  if (packed.kind === 'encoded') return packed.bytes;
  throw new ProblemError({...problem(index, packed.reason), next: packed.next});
}

const utf8 = new TextEncoder();

function jsonOf(text: string, index: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError({...problem(index, String((error as Error).message)), next: 'Write one JSON value a line.'});
  }
}

function problem(index: number, why: string): Problem {
  return {code: 'framing.payload', says: `Payload ${index + 1}: ${why}`};
}
