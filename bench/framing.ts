import {once} from 'node:events';
import {createRequire} from 'node:module';
import type {Duplex} from 'node:stream';
import {FrameDecoder} from '../src/wire/framing/decoder.ts';
import {LengthFramer, type LengthFramerOptions} from '../src/wire/framing/fast/lengths.ts';
import {LineFramer} from '../src/wire/framing/fast/lines.ts';
import {type FramingName, framings} from '../src/wire/framing/registry.ts';
import type {BenchRow} from './row.ts';
import {median} from './statistics.ts';

const require = createRequire(import.meta.url);
const split2 = require('split2') as () => Duplex;
const lengthPrefixedStream = require('length-prefixed-stream') as {decode: () => Duplex};

const frameCount = 200_000;
const chunkSize = 64 * 1024;
const rounds = 7;

/** Reads all chunks and gives the number of payload bytes that were handed to user code, frame by frame. */
type Reader = (chunks: readonly Buffer[]) => number | Promise<number>;

interface Contest {
  readonly what: string;
  readonly stream: Buffer;
  readonly ours: Reader;
  readonly peers: readonly {readonly name: string; readonly read: Reader; readonly stream?: Buffer}[];
  readonly target?: {readonly peer: string; readonly ratio: number};
  readonly note?: string;
}

/** Frames per CPU second, each handed to user code as an object of its own, against the packages that do the same. */
export async function benchFraming(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const contest of contests()) rows.push(await hold(contest));
  return rows;
}

function contests(): Contest[] {
  const {lines, varint, u32} = streams();
  const splitter = {name: 'split2', read: (chunks: readonly Buffer[]) => throughStream(split2(), chunks)};
  const prefixed = {
    name: 'length-prefixed-stream',
    read: (chunks: readonly Buffer[]) => throughStream(lengthPrefixedStream.decode(), chunks),
    stream: varint,
  };
  return [
    {
      what: 'lines, each a string',
      stream: lines,
      ours: linesAsText,
      peers: [splitter],
      target: {peer: 'split2', ratio: 2},
    },
    {
      what: 'lines, each a Uint8Array',
      stream: lines,
      ours: linesAsBytes,
      peers: [splitter],
      note: 'split2 gives strings',
    },
    {
      what: 'varint frames, each a Uint8Array',
      stream: varint,
      ours: lengthFrames({width: 'leb128'}),
      peers: [prefixed],
      target: {peer: prefixed.name, ratio: 2},
    },
    {
      what: 'u32 frames, each a Uint8Array',
      stream: u32,
      ours: lengthFrames({width: 'u32'}),
      peers: [prefixed],
      target: {peer: prefixed.name, ratio: 2},
      note: 'length-prefixed-stream knows varints only, and reads the same frames with those',
    },
    {what: 'lines, as events with reasons', stream: lines, ours: events('delimiter'), peers: []},
    {what: 'u32 frames, as events with reasons', stream: u32, ours: events('length-prefix'), peers: []},
  ];
}

/** What was handed over last: without somebody who keeps it, V8 would leave out making it. */
let kept: string | Uint8Array = '';

function take(frame: string | Uint8Array): number {
  kept = frame;
  return kept.length;
}

const linesAsText: Reader = chunks => {
  let total = 0;
  const framer = new LineFramer();
  for (const chunk of chunks) framer.forEachText(chunk, line => (total += take(line)));
  return total;
};

const linesAsBytes: Reader = chunks => {
  let total = 0;
  const framer = new LineFramer();
  for (const chunk of chunks)
    framer.forEachFrame(chunk, (bytes, start, end) => (total += take(viewOf(bytes, start, end))));
  return total;
};

function lengthFrames(options: LengthFramerOptions): Reader {
  return chunks => {
    let total = 0;
    const framer = new LengthFramer(options);
    for (const chunk of chunks)
      framer.forEachFrame(chunk, (bytes, start, end) => (total += take(viewOf(bytes, start, end))));
    return total;
  };
}

function events(name: FramingName): Reader {
  return chunks => {
    let total = 0;
    const decoder = framings[name].open();
    if (!(decoder instanceof FrameDecoder)) throw new Error(decoder.says);
    for (const chunk of chunks) {
      decoder.push(chunk);
      for (let event = decoder.next(); event.kind === 'frame'; event = decoder.next())
        for (const {start, end} of event.payload) total += end - start;
    }
    return total;
  };
}

function viewOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start);
}

async function throughStream(stream: Duplex, chunks: readonly Buffer[]): Promise<number> {
  let total = 0;
  stream.on('data', (frame: string | Buffer) => {
    total += take(frame);
  });
  for (const chunk of chunks) if (!stream.write(chunk)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'end');
  return total;
}

/** The contenders take turns, so that a busy moment of the machine hits all of them; the first round is not counted. */
async function hold({what, stream, ours, peers, target, note}: Contest): Promise<BenchRow> {
  const all = [{name: 'ours', read: ours, stream}, ...peers.map(peer => ({stream, ...peer}))];
  const cut = all.map(contender => cutUp(contender.stream));
  const rates = all.map((): number[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [k, {name, read}] of all.entries()) {
      const before = process.cpuUsage();
      const total = await read(cut[k]!);
      const {user, system} = process.cpuUsage(before);
      if (total !== payloadBytes) throw new Error(`${name} read ${total} of ${payloadBytes} bytes of ${what}.`);
      if (round > 0) rates[k]!.push(frameCount / (user + system));
    }
  return {
    area: 'framing',
    what,
    unit: 'million frames per CPU second',
    ours: median(rates[0]!),
    peers: peers.map(({name}, k) => ({name, value: median(rates[k + 1]!)})),
    ...(target === undefined ? {} : {target}),
    ...(note === undefined ? {} : {note}),
  };
}

function cutUp(stream: Buffer): Buffer[] {
  return Array.from({length: Math.ceil(stream.length / chunkSize)}, (_, k) =>
    stream.subarray(k * chunkSize, (k + 1) * chunkSize),
  );
}

/** Frames of 20 to 99 bytes, whose sizes look random and are the same every time. */
const sizes = Array.from({length: frameCount}, (_, k) => 20 + ((Math.imul(k + 1, 0x9e37_79b1) >>> 16) % 80));
const payloadBytes = sizes.reduce((sum, size) => sum + size, 0);

function streams() {
  const frames = sizes.map((size, k) => Buffer.alloc(size, 97 + (k % 26)));
  const newline = Buffer.from('\n');
  return {
    lines: Buffer.concat(frames.flatMap(frame => [frame, newline])),
    // No size reaches 128, so every varint is one byte.
    varint: Buffer.concat(frames.flatMap(frame => [Buffer.of(frame.length), frame])),
    u32: Buffer.concat(frames.flatMap(frame => [Buffer.of(0, 0, 0, frame.length), frame])),
  };
}
