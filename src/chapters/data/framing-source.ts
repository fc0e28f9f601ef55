import {ProblemError} from '../../journal/problem.ts';
import {openFile} from '../../world/open-file.ts';
import type {Kit} from '../contract.ts';
import {type FramingAsk, typedBytes} from './framing-fields.ts';
import {samples} from './framing-samples.ts';

/** Where a stream comes from: bytes in pieces, as they were sent or read. */
export interface Source {
  readonly says: string;
  readonly pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** True when the same memory is filled again and again: a piece must be copied before the next is asked for. */
  readonly reused: boolean;
  close(): Promise<void>;
}

type SourceKit = Pick<Kit, 'input' | 'headless'>;

/** The stream that the fields ask for. What was typed wrong, or cannot be read, is thrown as a problem. */
export async function openSource(ask: FramingAsk, kit: SourceKit): Promise<Source> {
  const {data, dataAs, sample} = ask;
  if (data === '-') return piped(kit);
  if (data !== '' && dataAs === 'file') {
    const opened = await openFile(data);
    if (!opened.ok) throw new ProblemError(opened.problem);
    const {file} = opened;
    return {says: data, pieces: file.pieces(), reused: true, close: () => file.close()};
  }
  if (data !== '') {
    const typed = typedBytes(ask);
    if (typed.ok) return held('typed bytes', [typed.bytes]);
    throw new ProblemError({code: 'framing.data', says: typed.says, mark: {text: data, at: typed.at}});
  }
  if (sample === 'auto' && kit.headless && kit.input !== undefined) return piped(kit);
  const name = sample === 'auto' ? 'blocks' : sample;
  return held(`${name}: ${samples[name].says}`, samples[name].pieces());
}

/** All of a source; a problem when there is more than `limit`. */
export async function wholeSource(source: Source, limit: number): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of source.pieces) {
      length += piece.length;
      if (length > limit)
        throw new ProblemError({
          code: 'framing.long',
          says: `The stream has more than ${limit} bytes, and all of it would have to be in memory`,
          next: 'Give a part of it (head -c), or decode it with the command, which reads streams of any length.',
        });
      pieces.push(source.reused ? piece.slice() : piece);
    }
  } finally {
    await source.close();
  }
  return pieces;
}

function piped({input}: SourceKit): Source {
  if (input !== undefined)
    return {says: 'standard input', pieces: input, reused: false, close: () => Promise.resolve()};
  throw new ProblemError({
    code: 'framing.input',
    says: 'Nothing is piped into standard input',
    next: 'Pipe bytes into it, choose --sample blocks, or type them with --data.',
  });
}

function held(says: string, pieces: readonly Uint8Array[]): Source {
  return {says, pieces, reused: false, close: () => Promise.resolve()};
}
