import {ProblemError} from '../../journal/problem.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {openFile} from '../../world/open-file.ts';
import type {Kit} from '../contract.ts';
import {deflated, zlibSamples} from './zlib-samples.ts';
import type {ZlibAsk} from './zlib-shape.ts';

/** Bytes in pieces, and what they are. */
export interface ZlibSource {
  readonly says: string;
  /** Bytes before they were compressed here, when they were. */
  readonly plain?: number;
  readonly pieces: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** The bytes that the fields ask for. What was typed wrong, or cannot be read, is thrown as a problem. */
export async function zlibPieces(ask: ZlibAsk, kit: Pick<Kit, 'input' | 'headless'>): Promise<ZlibSource> {
  const {data, dataAs, sample} = ask;
  if (data === '-' || (data === '' && sample === 'auto' && kit.headless && kit.input !== undefined))
    return {says: 'standard input', pieces: kit.input ?? nothingPiped(), close: async () => undefined};
  if (data !== '' && dataAs === 'file') {
    const opened = await openFile(data);
    if (!opened.ok) throw new ProblemError(opened.problem);
    return {says: data, pieces: opened.file.pieces(), close: () => opened.file.close()};
  }
  if (data !== '') {
    const read = dataAs === 'hex' ? parseHex(data) : parseEscapes(data);
    if (read.kind === 'error')
      throw new ProblemError({code: 'zlib.data', says: read.sentence, mark: {text: data, at: read.at}});
    return dataAs === 'hex' ? held('typed bytes', read.bytes) : fromPlain('typed text', read.bytes, ask);
  }
  const name = sample === 'auto' ? 'book' : sample;
  const {says, plain, ...made} = zlibSamples[name];
  const compressed = 'compressed' in made ? made.compressed() : undefined;
  return compressed === undefined || ask.op === 'deflate'
    ? fromPlain(`${name}: ${says}`, plain, ask)
    : held(`${name}: ${says}`, compressed);
}

/** To deflate, plain bytes are what is wanted; otherwise they are compressed first, as the fields say. */
function fromPlain(says: string, plain: Uint8Array, {op, format, level}: ZlibAsk): ZlibSource {
  if (op === 'deflate') return held(says, plain);
  return {...held(`${says}, compressed first`, deflated(plain, format, level)), plain: plain.length};
}

function held(says: string, bytes: Uint8Array): ZlibSource {
  return {says, pieces: once(bytes), close: async () => undefined};
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function nothingPiped(): never {
  throw new ProblemError({
    code: 'zlib.input',
    says: 'Nothing is piped into standard input',
    next: 'Pipe bytes into it, choose --sample book, or give --data.',
  });
}
