import {expect, test} from 'vitest';
import {compile} from '../../src/journal/filter.ts';
import {FilterIndex} from '../../src/journal/filter-index.ts';
import {Journal} from '../../src/journal/journal.ts';

function filterOf(text: string) {
  const compiled = compile(text);
  if (!compiled.ok) throw new Error(compiled.says);
  return compiled.test;
}

function rowsOf(journal: Journal, end = journal.next) {
  return {first: journal.first, end, get: (seq: number) => journal.get(seq)};
}

function all(index: FilterIndex): number[] {
  return Array.from({length: index.length}, (_, place) => index.at(place));
}

test('only new events are tested, and what the journal drops leaves from the front', () => {
  const journal = new Journal(1, {events: 10, bytes: 64});
  const tested: number[] = [];
  const index = new FilterIndex(filterOf('even:yes'), event => {
    tested.push(event.seq);
    return event.kind;
  });
  for (let n = 0; n < 6; n++) journal.append('n', n, {even: n % 2 === 0});
  index.update(rowsOf(journal));
  expect(all(index)).toEqual([0, 2, 4]);
  index.update(rowsOf(journal));
  for (let n = 6; n < 13; n++) journal.append('n', n, {even: n % 2 === 0});
  index.update(rowsOf(journal));
  expect(all(index)).toEqual([4, 6, 8, 10, 12]);
  expect(tested).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('a frozen view ends where it was frozen, and later shows all again', () => {
  const journal = new Journal(1);
  const index = new FilterIndex(filterOf('x'), event => event.kind);
  for (let n = 0; n < 8; n++) journal.append('x', n, {});
  index.update(rowsOf(journal));
  index.update(rowsOf(journal, 3));
  expect(all(index)).toEqual([0, 1, 2]);
  index.update(rowsOf(journal, 0));
  expect(all(index)).toEqual([]);
  index.update(rowsOf(journal));
  expect(index.length).toBe(8);
});

test('memory stays with what is here: a long run through a small journal', () => {
  const journal = new Journal(1, {events: 100, bytes: 64});
  const index = new FilterIndex(filterOf('x'), event => event.kind);
  for (let n = 0; n < 30_000; n++) {
    journal.append('x', n, {});
    if (n % 50 === 0) index.update(rowsOf(journal));
  }
  index.update(rowsOf(journal));
  expect(all(index)).toEqual(Array.from({length: 100}, (_, n) => 29_900 + n));
});

test('events dropped before they were ever tested are passed over', () => {
  const journal = new Journal(1, {events: 5, bytes: 64});
  const index = new FilterIndex(filterOf('x'), event => event.kind);
  for (let n = 0; n < 20; n++) journal.append('x', n, {});
  index.update(rowsOf(journal));
  expect(all(index)).toEqual([15, 16, 17, 18, 19]);
});
