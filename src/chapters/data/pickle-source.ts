import type {Problem} from '../../journal/problem.ts';
import type {Protocol} from '../../wire/pickle/dump-scalar.ts';
import {dumps} from '../../wire/pickle/dumps.ts';
import {readLiteral} from '../../wire/python/literal.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import type {World} from '../../world/world.ts';
import type {PickleAsk} from './pickle-shape.ts';

/** The bytes to look at, or why there are none. */
export type Source =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly origin: 'value' | 'file' | 'stdin' | 'hex';
      readonly name?: string;
    }
  | {readonly ok: false; readonly problem: Problem};

export interface Outside {
  readonly files: World['files'];
  readonly input: AsyncIterable<Uint8Array> | undefined;
  /** Bytes that may be read of a file or of standard input. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Makes or finds the pickle that is asked for. */
export async function sourceOf(ask: PickleAsk, outside: Outside): Promise<Source> {
  if (ask.op === 'dumps') return dumped(ask);
  if (ask.hex.trim() !== '') return inHex(ask.hex);
  const name = ask.source.trim();
  if (name === '') return nothing;
  if (name === '-') return piped(outside);
  const read = await outside.files.readWhole(name, outside);
  if (read.ok) return {ok: true, bytes: read.bytes, origin: 'file', name};
  const hex = parseHex(name);
  if (read.problem.errno === 'ENOENT' && hex.kind === 'bytes') return {ok: true, bytes: hex.bytes, origin: 'hex'};
  return {
    ok: false,
    problem: {...read.problem, next: 'Name a file that holds a pickle, pipe one into -, or give it in hex.'},
  };
}

function dumped({source, protocol}: PickleAsk): Source {
  const literal = readLiteral(source);
  if (!literal.ok) {
    const {message, next, offset} = literal;
    return {ok: false, problem: {code: 'pickle.literal', says: message, next, mark: {text: source, at: offset}}};
  }
  try {
    const bytes = dumps(literal.value, {protocol: Number(protocol) as Protocol, memo: 'all'});
    return {ok: true, bytes, origin: 'value'};
  } catch (error) {
    // The literal's reader has refused all that the pickler would: what is left is a text too long for the protocol.
    if (!(error instanceof RangeError)) throw error;
    return {ok: false, problem: {code: 'pickle.protocol', says: error.message, next: 'Choose protocol 4 or 5.'}};
  }
}

function inHex(typed: string): Source {
  const hex = parseHex(typed);
  if (hex.kind === 'bytes') return {ok: true, bytes: hex.bytes, origin: 'hex'};
  return {ok: false, problem: {code: 'pickle.hex', says: hex.sentence, mark: {text: typed, at: hex.at}}};
}

async function piped({files, input, ...limits}: Outside): Promise<Source> {
  if (input === undefined)
    return {
      ok: false,
      problem: {
        code: 'pickle.input',
        says: 'Nothing is piped into standard input',
        next: 'Pipe a pickle into it, name a file, or write the bytes in hex.',
      },
    };
  const read = await files.collect(input, limits, 'Standard input');
  return read.ok ? {ok: true, bytes: read.bytes, origin: 'stdin'} : read;
}

const nothing: Source = {
  ok: false,
  problem: {
    code: 'pickle.nothing',
    says: 'There is no pickle to read',
    next: 'Name a file, - for standard input, or give the bytes with --hex.',
  },
};
