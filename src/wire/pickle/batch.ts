import {disassemble} from './disassemble.ts';
import type {PickleFault} from './fault.ts';
import {inspect, type PickleReport} from './inspect.ts';
import {loads} from './loads.ts';
import {represent} from './represent.ts';

/** One question about a pickle, as it comes in a line of JSON. */
export interface PickleRequest {
  readonly op: 'dis' | 'inspect' | 'loads';
  /** The pickle, two hex digits a byte. */
  readonly hex: string;
}

/** A failure: Python's exception, or `Refused`, `Limit` and `request`, which are ours. */
export interface PickleFailure {
  readonly error: PickleFault['class'] | 'request';
  readonly message: string;
  /** Offset of the opcode that brought it about. */
  readonly offset?: number;
}

export type PickleAnswer =
  | {readonly text: string; readonly error?: string; readonly message?: string}
  | PickleReport
  | {readonly repr: string; readonly consumed: number}
  | PickleFailure;

/**
 * Answers one request. `dis` gives what pickletools prints, with `error` and `message` when it raises; `inspect` gives
 * the report; `loads` gives Python's `repr` of the value, and how many bytes the pickle took.
 */
export function answerPickleRequest(request: unknown): PickleAnswer {
  const asked = parse(request);
  if ('error' in asked) return asked;
  if (asked.op === 'inspect') return inspect(asked.bytes);
  if (asked.op === 'dis') {
    const {text, error} = disassemble(asked.bytes);
    return error === undefined ? {text} : {text, error: error.class, message: error.message};
  }
  const outcome = loads(asked.bytes);
  if (outcome.kind === 'loaded') return {repr: represent(outcome.value, reprLimit), consumed: outcome.consumed};
  return {error: outcome.class, message: outcome.message, offset: outcome.offset};
}

/** Characters of a repr: a few shared lists can ask for more than there is memory. */
const reprLimit = 16 * 2 ** 20;

function parse(request: unknown): {op: PickleRequest['op']; bytes: Uint8Array} | PickleFailure {
  const {op, hex} = (typeof request === 'object' && request !== null ? request : {}) as Record<string, unknown>;
  if (op !== 'dis' && op !== 'inspect' && op !== 'loads')
    return {error: 'request', message: 'The op is none of dis, inspect and loads.'};
  if (typeof hex !== 'string' || hex.length % 2 === 1 || !/^[0-9a-f]*$/i.test(hex))
    return {error: 'request', message: 'The hex is no text of pairs of hex digits.'};
  const bytes = Uint8Array.from({length: hex.length / 2}, (_, at) =>
    Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  );
  return {op, bytes};
}
