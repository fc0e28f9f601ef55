import {callEquivalents} from '../../chapters/tcp/call-equivalents.ts';
import {explainCall} from '../../chapters/tcp/call-meaning.ts';
import type {CallFields} from '../../chapters/tcp/calls.ts';
import type {WireEvent} from '../../journal/event.ts';
import {visible} from '../../wire/text/visible.ts';
import type {Role} from '../theme.ts';
import type {Line, PaneModel, Part, PartModel} from '../view.ts';
import {eventIndex} from './event-index.ts';
import type {HexField} from './hex-fields.ts';
import {hexPart} from './hex-grid.ts';
import {seconds} from './ladder-row.ts';
import {listPart} from './list.ts';

interface TransfersOf<State> {
  /** Default `bytes` for the list; the grid’s is `hex`. */
  readonly id?: string;
  title(model: PaneModel<State>): string;
  /** The connection whose bytes are shown, by its number. */
  connection(model: PaneModel<State>): number;
  /** What the two directions are called: where sent bytes go, where received ones come from. */
  readonly roles: {readonly sent: Role; readonly received: Role};
  empty?(model: PaneModel<State>): string;
}

type Direction = 'sent' | 'received';

/**
 * The bytes of one connection, both ways: a list of what each send and recv moved, as text, and the selected one as a grid
 * of bytes. An arrow and a colour say which way they went.
 */
export function transferParts<State>(of: TransfersOf<State>): readonly [list: Part<State>, grid: Part<State>] {
  const id = of.id ?? 'bytes';
  const index = eventIndex<State>(groupOf);
  const orderOf = (model: PaneModel<State>) => index(model, of.connection(model));
  const rangeOf = (model: PaneModel<State>) => {
    const order = orderOf(model);
    return order.length === 0 ? {first: 0, end: 0} : {first: order.at(0), end: order.at(order.length - 1) + 1};
  };
  const list = listPart<State>({
    id,
    title: of.title,
    follows: true,
    range: rangeOf,
    order: orderOf,
    empty: model => of.empty?.(model) ?? 'No bytes yet.',
    row: (item, model) => transferRow(model.journal.get(item), model, of.roles),
    explain(model) {
      const event = model.journal.get(model.cursor);
      return event === undefined || orderOf(model).length === 0 ? undefined : explainTransfer(event);
    },
    linked: model => linkedTo(model, id, orderOf(model)),
  });
  const selected = (model: PaneModel<State>): WireEvent | undefined => {
    const order = orderOf(model);
    if (order.length === 0) return undefined;
    const cursor = (model as Partial<PartModel<State>>).cursors?.[id];
    const place = cursor === undefined ? order.length - 1 : Math.min(order.length - 1, order.placeOf(cursor));
    return model.journal.get(order.at(place));
  };
  return [list, transferGrid(selected, of.roles)];
}

/** The connection's number for a send or recv that moved bytes. */
function groupOf(event: WireEvent): number | undefined {
  if (event.kind !== 'call' || (event.bytes?.length ?? 0) === 0) return undefined;
  return typeof event['connection'] === 'number' ? event['connection'] : undefined;
}

/** A call selected in another list of events: its own bytes, or the last before it. */
function linkedTo<State>(
  {focus, cursors}: PartModel<State>,
  id: string,
  order: {readonly length: number; placeOf(item: number): number; at(place: number): number},
): number | undefined {
  const cursor = focus === 'calls' ? cursors['calls'] : undefined;
  if (cursor === undefined || order.length === 0 || id === focus) return undefined;
  const place = Math.min(order.length - 1, order.placeOf(cursor));
  return order.at(order.at(place) > cursor ? Math.max(0, place - 1) : place);
}

function transferRow<State>(
  event: WireEvent | undefined,
  model: PartModel<State>,
  roles: TransfersOf<State>['roles'],
): Line {
  if (event === undefined) return [['gone: it made room for newer ones', 'dim']];
  const direction = event['direction'] as Direction;
  const {glyphs} = model.theme;
  const bytes = model.journal.bytesOf(event);
  const room = Math.max(8, model.size.width);
  const text = bytes === undefined ? 'its bytes made room for newer ones' : visible(bytes.subarray(0, room));
  return [
    [`${seconds(event.t).padStart(8)} `, 'dim'],
    [`${direction === 'sent' ? glyphs.right : glyphs.left} `, roles[direction]],
    [`${String(event.bytes?.length ?? 0).padStart(5)} `, 'strong'],
    [text, bytes === undefined ? 'dim' : roles[direction]],
  ];
}

function transferGrid<State>(
  selected: (model: PaneModel<State>) => WireEvent | undefined,
  roles: TransfersOf<State>['roles'],
): Part<State> {
  const bytesOf = (model: PaneModel<State>): Uint8Array => {
    const event = selected(model);
    return (event === undefined ? undefined : model.journal.bytesOf(event)) ?? none;
  };
  return hexPart<State>({
    id: 'hex',
    title(model) {
      const event = selected(model);
      if (event === undefined) return 'Hex';
      const from = Number(event['offset'] ?? 0);
      const end = from + (event.bytes?.length ?? 0) - 1;
      return `${event['direction'] === 'sent' ? 'Sent' : 'Received'}: byte ${from} to ${end} of this direction`;
    },
    bytes(model) {
      const bytes = bytesOf(model);
      return {length: bytes.length, at: (start, end) => bytes.subarray(start, end)};
    },
    fields(model): readonly HexField[] {
      const direction = selected(model)?.['direction'] as Direction | undefined;
      if (direction === undefined) return [];
      return [{start: 0, end: bytesOf(model).length, label: direction, role: roles[direction]}];
    },
    highlight: () => ({start: 0, end: 0}),
    empty: model => (selected(model) === undefined ? 'No bytes yet.' : 'These bytes made room for newer ones.'),
  });
}

const none = new Uint8Array(0);

/** What a call is for and what came of it, with the same in other languages. */
export function explainTransfer(event: WireEvent) {
  const call = event as unknown as CallFields;
  const {title, says, source} = explainCall(call);
  return {
    title,
    says: `${says} It took ${(call.seconds * 1e6).toFixed(0)} µs.`,
    ...(source !== undefined && {source}),
    equivalents: callEquivalents(call),
  };
}
