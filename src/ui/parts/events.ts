import type {WireEvent} from '../../journal/event.ts';
import {filterTerm} from '../../journal/filter.ts';
import {stringify, toJson} from '../../journal/json.ts';
import {visible} from '../../wire/text/visible.ts';
import type {Role} from '../theme.ts';
import type {Explanation, Line, PaneModel, Part, PartModel} from '../view.ts';
import {filteredOrder} from './filtered.ts';
import {seconds} from './ladder-row.ts';
import {listPart} from './list.ts';

export interface EventsOf<State> {
  /** Default `events`. */
  readonly id?: string;
  title?(model: PaneModel<State>): string;
  /** An event as one line of text, without its time and kind; control bytes and the like are made visible. */
  text(event: WireEvent, bytes: Uint8Array | undefined, model: PaneModel<State>): string | Line | undefined;
  /** The role of an event's kind. */
  role?(event: WireEvent): Role;
  empty?(model: PaneModel<State>): string;
  explain?(event: WireEvent, model: PartModel<State>): Explanation | undefined;
  linked?(model: PartModel<State>): number | undefined;
  /** Default: its kind. */
  filterBy?(event: WireEvent, model: PartModel<State>): string | undefined;
}

/** Every event of a run, one line each: when, what kind, and what it says. It obeys the filter and follows the newest. */
export function eventsPart<State>(events: EventsOf<State>): Part<State> {
  const lineOf = (event: WireEvent, model: PaneModel<State>): Line => {
    const text = events.text(event, model.journal.bytesOf(event), model) ?? summary(event);
    return typeof text === 'string' ? [visible(text)] : text;
  };
  const order = filteredOrder<State>({
    text: (event, model) => `${event.kind} ${lineOf(event, model).map(spanText).join('')}`,
  });
  const range = ({journal}: PaneModel<State>) => ({first: journal.first, end: journal.end});
  const {explain, linked} = events;
  const selected = (model: PartModel<State>) =>
    order(model, range(model))?.length === 0 ? undefined : model.journal.get(model.cursor);
  return listPart<State>({
    id: events.id ?? 'events',
    title: model => events.title?.(model) ?? titleOf(model, order(model, range(model))?.length),
    follows: true,
    range,
    order: model => order(model, range(model)),
    empty: model => events.empty?.(model) ?? 'No events yet.',
    row(item, model) {
      const event = model.journal.get(item);
      if (event === undefined) return [['gone: it made room for newer ones', 'dim']];
      return [
        [`${seconds(event.t).padStart(8)} `, 'dim'],
        [kindCell(event.kind, model), events.role?.(event) ?? 'call'],
        ...lineOf(event, model),
      ];
    },
    ...(linked !== undefined && {linked}),
    ...(explain !== undefined && {
      explain(model: PartModel<State>) {
        const event = selected(model);
        return event === undefined ? undefined : explain(event, model);
      },
    }),
    filterBy(model) {
      const event = selected(model);
      if (event === undefined) return undefined;
      return events.filterBy === undefined ? filterTerm('kind', event.kind) : events.filterBy(event, model);
    },
    copies(model) {
      const event = selected(model);
      if (event === undefined) return [];
      const line = lineOf(event, model).map(spanText).join('');
      const json = stringify(toJson(event, model.journal.bytesOf(event)));
      return [
        {label: 'the event as text', text: `${seconds(event.t)} ${event.kind} ${line}`},
        {label: 'the event as JSON', text: json},
      ];
    },
  });
}

/** `Events`, how many of them pass the filter, and what is no longer here. */
function titleOf<State>({journal}: PaneModel<State>, passed: number | undefined): string {
  const here = Math.max(0, journal.end - journal.first);
  const shown = passed === undefined ? `${here}` : `${passed} of ${here}`;
  return `Events ${shown}${journal.first > 0 ? `, ${journal.first} older ones dropped` : ''}`;
}

/** Kinds line up where there is room for it. */
function kindCell<State>(kind: string, {size}: PartModel<State>): string {
  return size.width < 60 ? `${kind} ` : `${kind.padEnd(12)} `;
}

/** The fields of an event that nobody has put into words. */
function summary(event: WireEvent): string {
  const {kind: _kind, t: _t, seq: _seq, run: _run, bytes, ...fields} = event;
  const words = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : stringify(value)}`,
  );
  return [...words, ...(bytes === undefined ? [] : [`${bytes.length} B`])].join(' ');
}

function spanText(span: Line[number]): string {
  return typeof span === 'string' ? span : span[0];
}
