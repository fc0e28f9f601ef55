import type {WhoisHop, WhoisState} from '../../../chapters/names/whois-state.ts';
import {decodeAnswer} from '../../../wire/whois/decode.ts';
import {listedOrder} from '../../parts/order.ts';
import type {Order, PaneModel, PartModel} from '../../view.ts';

interface Answer {
  readonly lines: readonly string[];
  /** Where each line begins in the bytes, and behind them where the answer ends. */
  readonly starts: readonly number[];
}

const kept = new WeakMap<object, Map<number, Answer>>();
const gone: Answer = {lines: ['This answer made room for newer ones.'], starts: []};

/** The lines of an answer, without their ends; decoded once for each run. */
export function answerLines(model: PaneModel<WhoisState>, hop: WhoisHop | undefined): readonly string[] {
  return answerOf(model, hop)?.lines ?? [];
}

/** The bytes of a line, with its end. */
export function lineBytes(
  model: PaneModel<WhoisState>,
  hop: WhoisHop | undefined,
  line: number,
): {readonly start: number; readonly end: number} | undefined {
  const starts = answerOf(model, hop)?.starts ?? [];
  const [start, end] = [starts[line], starts[line + 1]];
  return start === undefined || end === undefined ? undefined : {start, end};
}

function answerOf({ask, journal}: PaneModel<WhoisState>, hop: WhoisHop | undefined): Answer | undefined {
  if (hop === undefined || hop.answer < 0) return undefined;
  const known = kept.get(ask)?.get(hop.answer);
  if (known !== undefined) return known;
  const event = journal.get(hop.answer);
  const bytes = event && journal.bytesOf(event);
  if (bytes === undefined) return gone;
  const lines = linesOf(decodeAnswer(bytes, hop.encoding === 'latin-1' ? 'latin-1' : 'utf-8').text);
  const made = {lines, starts: startsOf(bytes)};
  kept.set(ask, (kept.get(ask) ?? new Map<number, Answer>()).set(hop.answer, made));
  return made;
}

function startsOf(bytes: Uint8Array): readonly number[] {
  const starts = [0];
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) starts.push(at + 1);
  if (starts.at(-1) !== bytes.length) starts.push(bytes.length);
  return starts;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map(line => line.replace(/\r$/, '').replaceAll('\t', '    '));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The lines that pass the filter, while there is one. */
export function answerOrder(
  hopOf: (model: PaneModel<WhoisState>) => WhoisHop | undefined,
): (model: PartModel<WhoisState>) => Order | undefined {
  return model => {
    const hop = hopOf(model);
    const event = hop && model.journal.get(hop.answer);
    if (model.filter === undefined || event === undefined) return undefined;
    const {filter} = model;
    return listedOrder(answerLines(model, hop).flatMap((line, index) => (filter(event, line) ? [index] : [])));
  };
}
