import * as dnsPacket from 'dns-packet';
import {toHex} from '../text/hex.ts';
import {visible} from '../text/visible.ts';

/** What is used of dns-packet: it reads one record at an offset, and says how many bytes it took. */
interface RecordReader {
  decode: {(message: Uint8Array, offset: number): {readonly data?: unknown}; bytes: number};
}

/** What is used of Node: dns-packet asks the message for methods that only a Buffer has. */
interface Host {
  readonly Buffer?: {from(memory: ArrayBufferLike, offset: number, length: number): Uint8Array};
}

/**
 * The data of the record that stands at `start` up to `end`, `data` being where its RDATA starts, as text. What
 * dns-packet does not know, throws at, or reads with another length than the record has, is shown as RFC 3597 §5 does.
 */
export function recordData(message: Uint8Array, start: number, data: number, end: number): string {
  const raw = message.subarray(data, end);
  const {answer} = dnsPacket as unknown as {readonly answer: RecordReader};
  const {Buffer: nodeBuffer} = globalThis as Host;
  if (nodeBuffer === undefined) return unknown(raw);
  try {
    // Cut at the end of the record: with a wrong RDLENGTH dns-packet would read on into the next one, or from the start.
    const cut = nodeBuffer.from(message.buffer, message.byteOffset, end);
    const record = answer.decode(cut, start);
    return answer.decode.bytes === end - start ? shown(record.data, raw) : unknown(raw);
  } catch {
    return unknown(raw);
  }
}

/** RFC 3597 §5: `\# 4 7f000001`. */
function unknown(raw: Uint8Array): string {
  const hex = toHex(raw.subarray(0, 64));
  return `\\# ${raw.length}${raw.length === 0 ? '' : ` ${hex}`}${raw.length > 64 ? '…' : ''}`;
}

function shown(data: unknown, raw: Uint8Array): string {
  if (typeof data === 'string') return visible(data);
  if (data instanceof Uint8Array) return unknown(raw);
  if (Array.isArray(data))
    return data.map(item => (item instanceof Uint8Array ? `"${visible(item)}"` : word(item))).join(' ');
  if (typeof data !== 'object' || data === null) return unknown(raw);
  return Object.entries(data)
    .map(([name, value]) => `${name}=${word(value)}`)
    .join(' ');
}

function word(value: unknown): string {
  if (value instanceof Uint8Array) return toHex(value.subarray(0, 64)) + (value.length > 64 ? '…' : '');
  if (Array.isArray(value)) return value.map(word).join(',');
  return visible(typeof value === 'string' ? value : String(value));
}
