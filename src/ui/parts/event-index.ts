import type {WireEvent} from '../../journal/event.ts';
import type {Order, PaneModel} from '../view.ts';
import {growingOrder} from './order.ts';

/**
 * The sequence numbers of the events that belong to a group, in order: for parts that show one kind of event, or one
 * connection's, out of a journal of many. Each event is looked at once for each run, which is known by its ask.
 */
export function eventIndex<State>(groupOf: (event: WireEvent) => number | undefined) {
  const known = new WeakMap<object, {next: number; groups: Map<number, number[]>}>();
  return ({ask, journal}: PaneModel<State>, group = 0): Order => {
    let index = known.get(ask);
    if (index === undefined) {
      index = {next: journal.first, groups: new Map()};
      known.set(ask, index);
    }
    for (index.next = Math.max(index.next, journal.first); index.next < journal.end; index.next++) {
      const event = journal.get(index.next);
      const of = event === undefined ? undefined : groupOf(event);
      if (of === undefined) continue;
      const seqs = index.groups.get(of) ?? [];
      seqs.push(index.next);
      index.groups.set(of, seqs);
    }
    const seqs = index.groups.get(group) ?? [];
    const gone = firstNotBelow(seqs, journal.first);
    // What the journal has dropped goes from here too, a good many at a time.
    if (gone > 1024) seqs.splice(0, gone);
    const from = gone > 1024 ? 0 : gone;
    // A frozen view ends earlier than the journal does.
    const length = firstNotBelow(seqs, journal.end) - from;
    return growingOrder({length, at: place => seqs[from + place]!});
  };
}

function firstNotBelow(seqs: readonly number[], limit: number): number {
  let low = 0;
  let high = seqs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seqs[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
