import type {CallRecord} from '../../world/libc/record.ts';
import {errorCase, errorCases} from './errors-cases.ts';
import {pythonClassOf} from './errors-python.ts';
import type {ErrorCase, HappenedFields, Outcome} from './errors-shape.ts';
import type {Stage} from './errors-stage.ts';
import {outcomesOf} from './errors-statement.ts';
import {errnoOf, lookupErrorOf} from './errors-symbols.ts';

/** How the decisive call ended: an empty symbol and `failed` is a time limit of one's own. */
export interface Ended {
  readonly failed: boolean;
  readonly symbol: string;
  readonly way: 'libc' | 'node' | 'python3';
  readonly call: string;
  readonly seconds: number;
  readonly message?: string;
  readonly note?: string;
}

/** It cannot be had here, and why. */
export interface Missing {
  readonly why: string;
}

/** What came, told in full: what it is in Python and in Node, what it means, what to do. */
export function happened(id: string, outcome: Outcome, ended: Ended): HappenedFields {
  const wanted = errorCase(id);
  const came = caseOf(ended, wanted);
  const {way, call, symbol, seconds, message, note} = ended;
  const number = came?.symbol === symbol ? came.number : numberOf(symbol);
  return {
    error: id,
    outcome,
    expected: actualOutcome(id, ended) === outcome,
    way,
    call,
    symbol,
    ...(number !== undefined && {number}),
    ...(message !== undefined && {message}),
    ...(ended.failed && {python: pythonOf(came, symbol), node: nodeOf(came, ended)}),
    means:
      came?.means ?? (ended.failed ? `The call failed with ${symbol}.` : 'The call went well: nothing was raised.'),
    next: came?.next ?? (ended.failed ? `Look it up: man 3 errno.` : 'Nothing need be done.'),
    seconds,
    ...(note !== undefined && {note}),
  };
}

/** Which of the three it really was. */
export function actualOutcome(id: string, {failed, symbol}: Ended): Outcome {
  if (!failed) return 'ok';
  return symbol === errorCase(id).symbol ? 'error' : 'other';
}

/** Carries one provocation out. Throws what no machine can help: a preparation that fails, an end from outside. */
export async function provoke(id: string, outcome: Outcome, stage: Stage): Promise<Ended | Missing> {
  const {healthy, group} = errorCase(id);
  if (!outcomesOf(id).includes(outcome))
    return {
      why: group === 'own' ? 'This one ends in one way only.' : 'except OSError catches every error there is here.',
    };
  if (group === 'own') return stage.own(id);
  if (outcome === 'ok' && healthy === 'handshake') return stage.handshake('nothing');
  if (outcome === 'error' && group === 'tls') return stage.handshake(id);
  return stage.call(id, outcome);
}

/** The record of a call, as an end. A poll() that found nothing is a time limit that is over. */
export function endOfCall(record: CallRecord, note?: string): Ended {
  const {name, text, result, errno, seconds} = record;
  const failed = errno !== undefined || (name === 'poll' && result === 0);
  const call = `${text} = ${result}${errno === undefined ? '' : ` ${errno}`}`;
  return {failed, symbol: errno ?? '', way: 'libc', call, seconds, ...(note !== undefined && {note})};
}

function caseOf({failed, symbol}: Ended, wanted: ErrorCase): ErrorCase | undefined {
  if (!failed) return undefined;
  return wanted.symbol === symbol ? wanted : errorCases.find(one => one.symbol === symbol);
}

function pythonOf(came: ErrorCase | undefined, symbol: string): NonNullable<HappenedFields['python']> {
  if (came === undefined) {
    const number = numberOf(symbol);
    return {class: pythonClassOf(symbol), ...(number !== undefined && {errno: number}), text: `[Errno ${number}]`};
  }
  const {class: name, errno, text} = came.python;
  return {class: name, ...(errno !== undefined && {errno}), text};
}

function nodeOf(came: ErrorCase | undefined, ended: Ended): NonNullable<HappenedFields['node']> {
  if (ended.way === 'node' && ended.message !== undefined && came !== undefined && 'code' in came.node)
    return {code: came.node.code, message: ended.message};
  if (came === undefined) return {code: ended.symbol};
  return 'why' in came.node ? {why: came.node.why} : {code: came.node.code, message: came.node.message};
}

function numberOf(symbol: string): number | undefined {
  if (symbol.startsWith('EAI_')) return lookupErrorOf(symbol);
  return /^E[A-Z0-9]+$/.test(symbol) ? errnoOf(symbol) : undefined;
}
