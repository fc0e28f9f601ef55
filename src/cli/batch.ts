import type {AnyExperiment} from '../chapters/contract.ts';
import {stringify} from '../journal/json.ts';
import {exitCodes} from './general.ts';
import type {Outlet} from './outlet.ts';

/** Answers between two writes: large enough to cost little, small enough that a slow request delays few others. */
const pieceLength = 64 * 1024;

/**
 * `--batch`: one JSON request a line, one JSON answer a line, in order and nothing else. A line that is no JSON is answered
 * too, so that the answers never slip against the requests.
 */
export async function runBatch(
  answer: NonNullable<AnyExperiment['batch']>,
  input: AsyncIterable<Uint8Array>,
  outlet: Outlet,
): Promise<number> {
  let answers = '';
  let number = 0;
  for await (const lines of linesOf(input)) {
    for (const line of lines) {
      answers += answerLine(answer, line, ++number) + '\n';
      if (answers.length < pieceLength) continue;
      outlet.write(answers);
      answers = '';
      await outlet.caughtUp();
    }
    outlet.write(answers);
    answers = '';
    if (outlet.ended) break;
  }
  await outlet.drained();
  return outlet.failure === undefined ? exitCodes.done.code : exitCodes.failed.code;
}

function answerLine(answer: NonNullable<AnyExperiment['batch']>, line: string, number: number): string {
  let request: unknown;
  try {
    request = parse(line);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return stringify({error: 'ValueError', message: `line ${number} is not JSON: ${message}`});
  }
  return stringify(answer(request));
}

/** Integers that a double cannot hold arrive as BigInt; looking for them costs only the lines that may have one. */
function parse(line: string): unknown {
  if (!/(?:^|[[:,\s-])\d{16}/.test(line)) return JSON.parse(line);
  return JSON.parse(line, (_key, value: unknown, context?: {readonly source?: string}) => {
    const exact = typeof value === 'number' && !Number.isSafeInteger(value) && context?.source;
    return exact && /^-?\d+$/.test(exact) ? BigInt(exact) : value;
  });
}

/** The complete lines of each chunk; a last line without its newline counts. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let partial = '';
  for await (const chunk of input) {
    const lines = decoder.decode(chunk, {stream: true}).split('\n');
    lines[0] = partial + lines[0]!;
    partial = lines.pop()!;
    if (lines.length > 0) yield lines;
  }
  partial += decoder.decode();
  if (partial !== '') yield [partial];
}
