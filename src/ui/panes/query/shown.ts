import type {QueryState} from '../../../chapters/names/query-state.ts';
import type {WireEvent} from '../../../journal/event.ts';
import type {DnsShown} from '../../parts/dns-shown.ts';
import type {PaneModel, PartModel} from '../../view.ts';

const messages: ReadonlySet<string> = new Set(['query', 'response', 'truncated', 'transfer']);

/** The event of the message on screen: the one the list of messages stands on, or what belongs to it. */
export function shownEvent(model: PaneModel<QueryState>): WireEvent | undefined {
  const {journal, state} = model;
  const {cursors} = model as PartModel<QueryState>;
  const selected = journal.get(cursors?.['messages'] ?? -1);
  if (selected !== undefined && messages.has(selected.kind)) return selected;
  const number = selected?.['number'];
  const row = state.rows.findLast(one => one.number === number) ?? state.rows.at(-1);
  return journal.get(row?.response ?? row?.truncated ?? row?.query ?? -1);
}

export function shownMessage(model: PaneModel<QueryState>): DnsShown | undefined {
  const event = shownEvent(model);
  return event === undefined ? undefined : {owner: model.ask, id: event.seq, bytes: () => model.journal.bytesOf(event)};
}

const titles: Readonly<Record<string, string>> = {
  query: 'Query',
  response: 'Response',
  truncated: 'Response that was cut',
  transfer: 'Transfer',
};

export function titleOf(model: PaneModel<QueryState>): string {
  const event = shownEvent(model);
  if (event === undefined) return 'Response';
  const {state} = model;
  const which = state.rows.length > 1 ? ` ${String(event['number'])}` : '';
  return `${titles[event.kind] ?? 'Message'}${which}`;
}
