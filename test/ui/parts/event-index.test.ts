import {expect, test} from 'vitest';
import {Journal} from '../../../src/journal/journal.ts';
import {eventIndex} from '../../../src/ui/parts/event-index.ts';
import type {PaneModel} from '../../../src/ui/view.ts';
import {paneModel} from './painting.ts';

test('it names the events of each group, forgets what the journal dropped, and ends where a frozen view ends', () => {
  const journal = new Journal(1, {events: 3000, bytes: 1024});
  const index = eventIndex<undefined>(event => (event.kind === 'mine' ? Number(event['group']) : undefined));
  const ask = {};
  const model = (end = journal.next): PaneModel<undefined> => ({
    ...paneModel(undefined),
    ask,
    journal: {first: journal.first, end, get: seq => journal.get(seq), bytesOf: event => journal.bytesOf(event)},
  });
  const add = (count: number) => {
    for (let at = 0; at < count; at++)
      journal.append(journal.next % 3 === 0 ? 'other' : 'mine', 0, {group: journal.next % 2});
  };
  const wanted = (group: number, end = journal.next) =>
    Array.from({length: end - journal.first}, (_, at) => journal.first + at).filter(
      seq => seq % 3 !== 0 && seq % 2 === group,
    );
  const shown = (group: number, end?: number) => {
    const order = index(model(end), group);
    return Array.from({length: order.length}, (_, place) => order.at(place));
  };
  expect(shown(0)).toEqual([]);
  add(100);
  expect(shown(0)).toEqual(wanted(0));
  expect(shown(1)).toEqual(wanted(1));
  add(7);
  expect(shown(1, 100)).toEqual(wanted(1, 100));
  expect(shown(1)).toEqual(wanted(1));
  for (const more of [2000, 900, 50, 5000, 1, 4000]) {
    add(more);
    expect(shown(0)).toEqual(wanted(0));
    expect(shown(1)).toEqual(wanted(1));
  }
  const order = index(model(), 0);
  expect(order.placeOf(order.at(5))).toBe(5);
});
