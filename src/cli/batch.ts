import type {AnyExperiment} from '../chapters/contract.ts';
import {stringify} from '../journal/json.ts';
import {exitCodes} from './general.ts';
import type {Outlet} from './outlet.ts';

/** Answers between two writes: large enough to cost little, small enough that a slow request delays few others. */
const pieceLength = 64 * 1024;

/** A request longer than this is refused before it is held: no string can be longer than 2^29 characters. */
const longestLine = 2 ** 28;

/**
 * `--batch`: one JSON request a line, one JSON answer a line, in order and nothing else. A line that is no JSON, is too
 * long, or asks for an answer that is too long is answered too, so that the answers never slip against the requests.
 */
export async function runBatch(
  answer: NonNullable<AnyExperiment['batch']>,
  input: AsyncIterable<Uint8Array>,
  outlet: Outlet,
  longest = longestLine,
): Promise<number> {
  let answers = '';
  let number = 0;
  for await (const lines of linesOf(input, longest)) {
    for (const line of lines) {
      answers += answerLine(answer, line, ++number, longest) + '\n';
      if (answers.length < pieceLength) continue;
      await writeAll(outlet, answers);
      answers = '';
    }
    await writeAll(outlet, answers);
    answers = '';
    if (outlet.ended) break;
  }
  await outlet.drained();
  return outlet.failure === undefined ? exitCodes.done.code : exitCodes.failed.code;
}

/** In pieces, as fast as the reader takes them: the outlet drops what is more than it can hold. */
async function writeAll(outlet: Outlet, text: string): Promise<void> {
  let at = 0;
  while (at < text.length && !outlet.ended) {
    // A piece never ends between the halves of a surrogate pair: each would be written as a replacement character.
    const end = at + pieceLength + (isHighSurrogate(text.charCodeAt(at + pieceLength - 1)) ? 1 : 0);
    outlet.write(text.slice(at, end));
    await outlet.caughtUp();
    at = end;
  }
}

const isHighSurrogate = (code: number) => (code & 0xfc00) === 0xd800;

/** `line` is undefined when it was too long to keep. */
function answerLine(
  answer: NonNullable<AnyExperiment['batch']>,
  line: string | undefined,
  number: number,
  longest: number,
): string {
  const failure = (message: string) => stringify({error: 'ValueError', message: `line ${number} ${message}`});
  if (line === undefined) return failure(`is longer than ${longest} characters`);
  let request: unknown;
  try {
    request = parse(line);
  } catch (error) {
    return failure(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return stringify(answer(request));
  } catch (error) {
    // What JavaScript throws for a string longer than it has, and for a value nested deeper than its stack.
    if (!(error instanceof RangeError)) throw error;
    return failure(`asks for an answer that is too long or too deep: ${error.message}`);
  }
}

/** Integers that a double cannot hold arrive as BigInt; looking for them costs only the lines that may have one. */
function parse(line: string): unknown {
  if (!/(?:^|[[:,\s-])\d{16}/.test(line)) return JSON.parse(line);
  return JSON.parse(line, (_key, value: unknown, context?: {readonly source?: string}) => {
    const exact = typeof value === 'number' && !Number.isSafeInteger(value) && context?.source;
    return exact && /^-?\d+$/.test(exact) ? BigInt(exact) : value;
  });
}

/** The complete lines of each chunk, `undefined` in the place of one that is too long; a last one without newline counts. */
async function* linesOf(
  input: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<readonly (string | undefined)[]> {
  const decoder = new TextDecoder();
  let partial: string | undefined = '';
  const grown = (piece: string): string | undefined =>
    partial === undefined || partial.length + piece.length > longest ? undefined : partial + piece;
  for await (const chunk of input) {
    const pieces = decoder.decode(chunk, {stream: true}).split('\n');
    const last = pieces.pop()!;
    const lines: (string | undefined)[] = [];
    for (const piece of pieces) {
      lines.push(grown(piece));
      partial = '';
    }
    partial = grown(last);
    if (lines.length > 0) yield lines;
  }
  partial = grown(decoder.decode());
  if (partial !== '') yield [partial];
}
