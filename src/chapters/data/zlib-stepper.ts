import {reprBytes} from '../../wire/python/repr.ts';
import {Compressor} from '../../wire/zlib/compressor.ts';
import {Decompressor} from '../../wire/zlib/decompressor.ts';
import {readHeader, readTrailer, trailerLength} from '../../wire/zlib/header.ts';
import {formats} from '../../wire/zlib/problem.ts';
import type {ContainerFields, StepFields, ZlibAsk} from './zlib-shape.ts';

/** What a step tells, in order. */
export type Told =
  | {readonly kind: 'step'; readonly fields: StepFields; readonly bytes: Uint8Array}
  | {readonly kind: 'container'; readonly fields: ContainerFields}
  | {readonly kind: 'ended'; readonly fields: {readonly at: number; readonly produced: number}};

/** One compressobj or decompressobj that is given a stream piece by piece. */
export interface Stepper {
  /** The call that made it. */
  readonly call: string;
  readonly over: boolean;
  next(): readonly Told[];
  flush(): readonly Told[];
}

type How = Pick<ZlibAsk, 'format' | 'level' | 'piece' | 'maxLength' | 'limit'>;

/** Decompresses `data` from `from` on, as a loop in Python would: what is left in unconsumed_tail goes first. */
export class InflateStepper implements Stepper {
  readonly call: string;
  over = false;
  readonly #data: Uint8Array;
  readonly #how: How;
  readonly #object: Decompressor;
  readonly #from: number;
  #at: number;
  #number = 0;
  #header: 'wanted' | 'told' = 'wanted';

  constructor(data: Uint8Array, how: How, from: number) {
    this.#data = data;
    this.#how = how;
    this.#from = from;
    this.#at = from;
    const wbits = formats[how.format];
    this.call = wbits === formats.zlib ? 'd = zlib.decompressobj()' : `d = zlib.decompressobj(${wbits})`;
    const maximumOutput = how.limit === 0 ? Number.POSITIVE_INFINITY : how.limit;
    const opened = Decompressor.open({format: how.format, maximumOutput});
    // The four formats are all that zlib knows, so there is no bad window size among them.
    if (!(opened instanceof Decompressor)) throw new Error(opened.message);
    this.#object = opened;
  }

  next(): readonly Told[] {
    if (this.over) return [];
    const {maxLength, piece} = this.#how;
    const tail = this.#object.unconsumed_tail;
    const start = this.#at - tail.length;
    const given = tail.length > 0 ? tail : this.#data.subarray(this.#at, this.#at + piece);
    if (given.length === 0) return this.flush();
    if (tail.length === 0) this.#at += given.length;
    const named = tail.length > 0 ? 'd.unconsumed_tail' : short(given);
    const call = `d.decompress(${named}${maxLength === 0 ? '' : `, ${maxLength}`})`;
    return this.#told(call, start, this.#object.decompress(given, maxLength));
  }

  flush(): readonly Told[] {
    const start = this.#at - this.#object.unconsumed_tail.length;
    const told = this.#told('d.flush()', start, this.#object.flush());
    this.over = true;
    return told;
  }

  #told(call: string, start: number, done: ReturnType<Decompressor['decompress']>): readonly Told[] {
    const {unused_data: unused, unconsumed_tail: tail, eof, produced} = this.#object;
    const bytes = done.kind === 'output' ? done.bytes : new Uint8Array(0);
    const consumed = this.#at - (eof ? unused.length : tail.length);
    if (eof || done.kind !== 'output') this.over = true;
    const fields: StepFields = {
      number: ++this.#number,
      call,
      gives: short(bytes, 48),
      start,
      end: this.#at,
      consumed,
      produced,
      size: bytes.length,
      unused: short(unused),
      unusedSize: unused.length,
      tail: short(tail),
      tailSize: tail.length,
      eof,
      ...(done.kind === 'zlib-problem' && {error: `${done.type}: ${done.message}`}),
      ...(done.kind === 'too-large' && {stopped: done.reason, next: done.next}),
      ...(call === 'd.flush()' && !eof && done.kind === 'output' && cutOff),
    };
    return [...this.#headerNow(), {kind: 'step', fields, bytes}, ...(eof ? this.#end(consumed, produced) : [])];
  }

  /** The header, once enough of it has been given. */
  #headerNow(): readonly Told[] {
    if (this.#header === 'told') return [];
    const read = readHeader(this.#data.subarray(this.#from, this.#at), this.#how.format, this.#from);
    if (read.kind !== 'header') return [];
    this.#header = 'told';
    if (read.length === 0) return [];
    const {format, length, fields} = read;
    const end = this.#from + length;
    return [{kind: 'container', fields: {part: 'header', format, start: this.#from, end, fields}}];
  }

  #end(at: number, produced: number): readonly Told[] {
    const read = readHeader(this.#data.subarray(this.#from, at), this.#how.format, this.#from);
    const ended: Told = {kind: 'ended', fields: {at, produced}};
    if (read.kind !== 'header' || read.format === 'raw') return [ended];
    const start = at - trailerLength[read.format];
    const fields = readTrailer(this.#data.subarray(start, at), read.format, start);
    return [{kind: 'container', fields: {part: 'trailer', format: read.format, start, end: at, fields}}, ended];
  }
}

/** Compresses piece by piece; flush() ends it. */
export class DeflateStepper implements Stepper {
  readonly call: string;
  over = false;
  readonly #data: Uint8Array;
  readonly #piece: number;
  readonly #object: Compressor;
  #at = 0;
  #number = 0;
  #produced = 0;

  constructor(data: Uint8Array, {format, level, piece}: How) {
    const kind = format === 'auto' ? 'zlib' : format;
    this.call = `c = zlib.compressobj(${level}${kind === 'zlib' ? '' : `, wbits=${formats[kind]}`})`;
    this.#data = data;
    this.#piece = piece;
    const opened = Compressor.open({format: kind, level});
    if (!(opened instanceof Compressor)) throw new Error(opened.message);
    this.#object = opened;
  }

  next(): readonly Told[] {
    if (this.over) return [];
    const given = this.#data.subarray(this.#at, this.#at + this.#piece);
    if (given.length === 0) return this.flush();
    this.#at += given.length;
    return this.#told(`c.compress(${short(given)})`, this.#at - given.length, this.#object.compress(given));
  }

  flush(): readonly Told[] {
    this.over = true;
    return this.#told('c.flush()', this.#at, this.#object.flush());
  }

  #told(call: string, start: number, done: ReturnType<Compressor['compress']>): readonly Told[] {
    const bytes = done.kind === 'output' ? done.bytes : new Uint8Array(0);
    this.#produced += bytes.length;
    const fields: StepFields = {
      number: ++this.#number,
      call,
      gives: short(bytes, 48),
      start,
      end: this.#at,
      consumed: this.#at,
      produced: this.#produced,
      size: bytes.length,
      unused: "b''",
      unusedSize: 0,
      tail: "b''",
      tailSize: 0,
      eof: this.over,
      ...(done.kind === 'zlib-problem' && {error: `${done.type}: ${done.message}`}),
    };
    return [{kind: 'step', fields, bytes}];
  }
}

const cutOff = {
  stopped: 'The input ended, and the compressed stream had not: eof is False.',
  next: 'Python’s zlib.decompress() would raise “Error -5 while decompressing data: incomplete or truncated stream”.',
};

/** A bytes literal, the middle left out when it is long. */
function short(bytes: Uint8Array, most = 12): string {
  return bytes.length <= most
    ? reprBytes(bytes)
    : `${reprBytes(bytes.subarray(0, most)).slice(0, -1)}…' (${bytes.length})`;
}
