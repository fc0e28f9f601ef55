import type {WhoisHop, WhoisState} from '../../../chapters/names/whois-state.ts';
import {decodeAnswer} from '../../../wire/whois/decode.ts';
import {listedOrder} from '../../parts/order.ts';
import type {Order, PaneModel, PartModel} from '../../view.ts';

const kept = new WeakMap<object, Map<number, readonly string[]>>();

/** The lines of an answer, without their ends; decoded once for each run. */
export function answerLines({ask, journal}: PaneModel<WhoisState>, hop: WhoisHop | undefined): readonly string[] {
  if (hop === undefined || hop.answer < 0) return [];
  const lines = kept.get(ask)?.get(hop.answer);
  if (lines !== undefined) return lines;
  const event = journal.get(hop.answer);
  const bytes = event && journal.bytesOf(event);
  if (bytes === undefined) return ['This answer made room for newer ones.'];
  const made = linesOf(decodeAnswer(bytes, hop.encoding === 'latin-1' ? 'latin-1' : 'utf-8').text);
  kept.set(ask, (kept.get(ask) ?? new Map<number, readonly string[]>()).set(hop.answer, made));
  return made;
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
