import {describe, expect, test} from 'vitest';
import type {WireEvent} from '../../src/journal/event.ts';
import {defaultLimits, Journal} from '../../src/journal/journal.ts';

const limits = (events: number, bytes = 1000) => ({events, bytes});

describe('a journal', () => {
  test('gives back what was appended, stamped', () => {
    const journal = new Journal(7);
    const event = journal.append('sent', 1.5, {size: 2}, new Uint8Array([1, 2]));
    expect(event).toEqual({kind: 'sent', t: 1.5, seq: 0, run: 7, size: 2, bytes: {at: 0, length: 2}});
    expect(journal.get(0)).toEqual(event);
    expect(journal.bytesOf(event)).toEqual(new Uint8Array([1, 2]));
    expect([journal.first, journal.next]).toEqual([0, 1]);
  });

  test('tells no bytes from empty bytes', () => {
    const journal = new Journal(1);
    expect(journal.append('a', 0, {})).not.toHaveProperty('bytes');
    const empty = journal.append('b', 0, {}, new Uint8Array(0));
    expect(empty.bytes).toEqual({at: 0, length: 0});
    expect(journal.bytesOf(empty)).toEqual(new Uint8Array(0));
  });

  test('a field cannot forge the stamp', () => {
    const journal = new Journal(1);
    expect(journal.append('a', 2, {kind: 'b', t: 9, seq: 9, run: 9})).toEqual({kind: 'a', t: 2, seq: 0, run: 1});
  });

  test('the oldest event goes, is handed over first, and is counted', () => {
    const gone: WireEvent[] = [];
    const journal = new Journal(1, limits(3), event => gone.push(event));
    for (let number = 0; number < 5; number++) journal.append('n', number, {number});
    expect(gone.map(event => event['number'])).toEqual([0, 1]);
    expect([journal.first, journal.next]).toEqual([2, 5]);
    expect(journal.get(1)).toBeUndefined();
    expect(journal.get(5)).toBeUndefined();
    expect([...journal].map(event => event['number'])).toEqual([2, 3, 4]);
  });

  test('keeps every event while it grows to its limit', () => {
    const journal = new Journal(1, limits(5000));
    for (let number = 0; number < 7001; number++) journal.append(`kind ${number % 3}`, number / 10, {number});
    expect(journal.first).toBe(2001);
    const events = [...journal];
    expect(events).toHaveLength(5000);
    expect(events.every((event, index) => event['number'] === 2001 + index && event.seq === 2001 + index)).toBe(true);
    expect(events.every(event => event.kind === `kind ${Number(event['number']) % 3}`)).toBe(true);
    expect(events.every(event => event.t === Number(event['number']) / 10)).toBe(true);
  });

  test('bytes that made room are gone and counted, their event stays', () => {
    const journal = new Journal(1, limits(10, 4));
    const first = journal.append('a', 0, {}, new Uint8Array([1, 2, 3]));
    journal.append('b', 0, {}, new Uint8Array([4, 5, 6]));
    expect(journal.bytesOf(first)).toBeUndefined();
    expect(journal.get(0)?.bytes?.length).toBe(3);
    expect(journal.droppedBytes).toBe(2);
  });

  test('bytes that were gone before stay gone, with their length', () => {
    const journal = new Journal(1);
    const event = journal.append('a', 0, {}, 12);
    expect(event.bytes?.length).toBe(12);
    expect(journal.bytesOf(event)).toBeUndefined();
  });

  test('a copy keeps what the journal it was made of drops, and takes nothing from it', () => {
    const journal = new Journal(1, limits(4, 8));
    for (let number = 0; number < 6; number++) journal.append('a', number, {number}, new Uint8Array([number, number]));
    const copy = journal.copy();
    const before = [...journal].map(event => ({...event, content: journal.bytesOf(event)}));
    for (let number = 6; number < 20; number++) journal.append('b', number, {number}, new Uint8Array([number, number]));
    expect([copy.first, copy.next, copy.droppedBytes]).toEqual([2, 6, 4]);
    expect([...copy].map(event => ({...event, content: copy.bytesOf(event)}))).toEqual(before);
    expect(before.map(({content}) => content)).toEqual([2, 3, 4, 5].map(number => new Uint8Array([number, number])));
    expect([...journal].map(({kind}) => kind)).toEqual(['b', 'b', 'b', 'b']);
  });

  test('goes on from a later sequence number and offset', () => {
    const journal = new Journal(1, defaultLimits, undefined, {first: 100, offset: 7});
    expect(journal.append('a', 0, {}).seq).toBe(100);
    expect([journal.first, journal.next, journal.get(100)?.kind, journal.get(0)]).toEqual([100, 101, 'a', undefined]);
    const {bytes} = journal.append('b', 0, {}, new Uint8Array([5]));
    expect([bytes, journal.bytesOf({bytes: bytes!})]).toEqual([{at: 7, length: 1}, new Uint8Array([5])]);
  });
});
