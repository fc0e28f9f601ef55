import type {WireEvent} from '../../journal/event.ts';
import type {FilterTest} from '../../journal/filter.ts';
import {FilterIndex} from '../../journal/filter-index.ts';
import type {Order, PaneModel} from '../view.ts';
import {growingOrder} from './order.ts';

/** What is tested for a run: its items from `first` to `end`, each as an event, and the text it is shown with. */
export interface Filterable<State> {
  /** The item as an event; by default the journal's event of that sequence number. */
  event?(item: number, model: PaneModel<State>): WireEvent | undefined;
  text(event: WireEvent, model: PaneModel<State>): string;
}

/**
 * The order of a part that obeys the pane's filter; `undefined` while there is none. Each item is tested once for each
 * filter: the answers are kept for as long as the run they belong to, which is known by its ask.
 */
export function filteredOrder<State>({event, text}: Filterable<State>) {
  const indexes = new WeakMap<object, {filter: FilterTest; index: FilterIndex}>();
  // An index asks for texts only while it is being updated.
  let asking: PaneModel<State>;
  return (model: PaneModel<State>, range: {first: number; end: number}): Order | undefined => {
    const {filter, ask, journal} = model;
    if (filter === undefined) return undefined;
    asking = model;
    let kept = indexes.get(ask);
    if (kept?.filter !== filter) {
      kept = {filter, index: new FilterIndex(filter, one => text(one, asking))};
      indexes.set(ask, kept);
    }
    const {index} = kept;
    index.update({...range, get: item => (event === undefined ? journal.get(item) : event(item, model))});
    return growingOrder({length: index.length, at: place => index.at(place)});
  };
}
