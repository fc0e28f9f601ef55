import {concat} from '../../wire/bytes.ts';
import type {GivenOptions} from '../../wire/framing/define.ts';
import {type FramingName, framings} from '../../wire/framing/registry.ts';

/** A stream to try decoders on, in the pieces its sender writes. */
export interface Sample {
  readonly says: string;
  readonly pieces: () => readonly Uint8Array[];
}

const utf8 = new TextEncoder();
const text = (...pieces: string[]) => pieces.map(piece => utf8.encode(piece));
const bytes = (...values: number[]) => Uint8Array.from(values);

/** The book's three lines. */
const zen = ['Beautiful is better than ugly.', 'Explicit is better than implicit.', 'Simple is better than complex.'];

const crlf = (...lines: string[]) => lines.map(line => `${line}\r\n`).join('');

export const samples = {
  blocks: {
    says: 'the book’s blocks.py: each length and each block sent on its own, an empty block at the end',
    pieces: () => [...zen, ''].flatMap(line => [length(line), ...(line === '' ? [] : text(line))]),
  },
  streamer: {
    says: 'the book’s streamer.py: three lines, then the sender shuts its side. Read as a length, “Beau” is 1 113 940 341',
    pieces: () => text(...zen.map(line => `${line}\n`)),
  },
  netstrings: {
    says: 'netstrings, two of them in one send',
    pieces: () => [made('netstring', 'hello', 'wörld'), made('netstring', '', '1:a,')],
  },
  escapes: {
    says: 'lines in which a backslash keeps the newline after it from ending the line',
    pieces: () => text('one\ntwo, first \\\nand second part\n', 'three \\\\\n'),
  },
  http: {
    says: 'three HTTP requests in one go (pipelined), the second with a body',
    pieces: () => {
      const post = crlf('POST /sum HTTP/1.1', 'Host: lab.test', 'Content-Length: 7', '') + '1,2,3,4';
      const get = (path: string) => crlf(`GET ${path} HTTP/1.1`, 'Host: lab.test', '');
      return text(get('/') + post, get('/end'));
    },
  },
  chunked: {
    says: 'a body in HTTP chunks, a trailer at the end',
    pieces: () => text('1e\r\n', zen[0]!, '\r\n', `5;why=none\r\nhello\r\n`, '0\r\nChecksum: 1\r\n\r\n'),
  },
  websocket: {
    says: 'WebSocket frames of a client: a masked text, one in two fragments with a ping between, a close',
    pieces: () => {
      const options = {kind: 'text', key: bytes(0x37, 0xfa, 0x21, 0x3d)};
      const first = made('websocket', 'Hello', options);
      const part = bytes(0x01, 0x83, 1, 2, 3, 4, 0x6f ^ 1, 0x6e ^ 2, 0x65 ^ 3);
      const ping = bytes(0x89, 0x80, 1, 2, 3, 4);
      const rest = bytes(0x80, 0x84, 1, 2, 3, 4, 0x2c ^ 1, 0x74 ^ 2, 0x77 ^ 3, 0x6f ^ 4);
      return [first, part, ping, rest, bytes(0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8)];
    },
  },
  dns: {
    says: 'DNS over TCP: two questions in one segment, each behind two bytes of length',
    pieces: () => [concat([question(0x1a2b, 'www.example.com', 1), question(0x1a2c, 'example.com', 15)])],
  },
  'json-lines': {
    says: 'JSON, one value a line',
    pieces: () => text('{"op":"add","values":[1,2]}\n{"op":', '"end"}\n', '[1,\n'),
  },
  zlib: {
    says: 'the book’s two zlib streams with a dot between: each says itself where it ends',
    pieces: () => {
      const [python, zlib] = [made('zlib', 'Python'), made('zlib', 'zlib')];
      return [concat([python, bytes(0x2e), zlib])];
    },
  },
  pickles: {
    says: 'two pickles, one behind the other: STOP ends each',
    pieces: () => [utf8.encode('(lp0\nI1\naI2\na.'), bytes(0x80, 2, 0x4b, 7, 0x2e)],
  },
  cobs: {
    says: 'COBS packets, the second spoilt on the way: a zero byte lets the receiver start anew',
    pieces: () => {
      const [first, spoilt, third] = [made('cobs', 'one\0two'), made('cobs', 'three'), made('cobs', 'four')];
      return [first, spoilt.map((byte, at) => (at === 0 ? byte + 9 : byte)), third];
    },
  },
  slip: {
    says: 'SLIP packets; the second contains the end mark, escaped',
    pieces: () => [made('slip', 'one'), made('slip', bytes(0xc0, 0xdb, 0x41))],
  },
  text: {
    says: 'text without any framing: only the end of the stream tells',
    pieces: () => text('no fra', 'ming at all'),
  },
} as const satisfies Record<string, Sample>;

export type SampleName = keyof typeof samples;

export const sampleNames = Object.keys(samples) as [SampleName, ...SampleName[]];

function length(line: string): Uint8Array {
  return bytes(0, 0, 0, line.length);
}

function made(framing: FramingName, ...payloads: (string | Uint8Array | GivenOptions)[]): Uint8Array {
  const isBytes = (one: (typeof payloads)[number]): one is string | Uint8Array =>
    typeof one === 'string' || one instanceof Uint8Array;
  const given = payloads.find((one): one is GivenOptions => !isBytes(one));
  const contents = payloads.filter(isBytes).map(one => (typeof one === 'string' ? utf8.encode(one) : one));
  const answer = framings[framing].encode(contents, given);
  if (answer.kind !== 'encoded') throw new Error(`The sample for ${framing} cannot be made: ${answer.kind}`);
  return answer.bytes;
}

/** RFC 1035 §4.1, with the length of §4.2.2 before it. */
function question(id: number, name: string, type: number): Uint8Array {
  const labels = name.split('.').flatMap(label => [label.length, ...utf8.encode(label)]);
  const message = [id >> 8, id & 0xff, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1];
  return bytes(message.length >> 8, message.length & 0xff, ...message);
}
