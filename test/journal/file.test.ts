import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {WireEvent} from '../../src/journal/event.ts';
import {load, rebuild, type Saved, type SavedRun, save} from '../../src/journal/file.ts';
import {defaultLimits, Journal} from '../../src/journal/journal.ts';
import {toJson} from '../../src/journal/json.ts';

const run: SavedRun = {experiment: 'tcp.toy', ask: {host: 'h'}, base: {number: 0}};
const head = {wirebook: 1, ...run, first: 0, offset: 0};

function loaded(text: string): Saved {
  const saved = load(text);
  if ('says' in saved) throw new Error(saved.says);
  return saved;
}

const printed = (journal: Journal) => [...journal].map(event => toJson(event, journal.bytesOf(event)));

describe('saving and loading', () => {
  test('a loaded journal prints as the saved one did', () => {
    const event = fc.record({
      kind: fc.string(),
      t: fc.integer({min: 0, max: 1e9}).map(microseconds => microseconds / 1e6),
      fields: fc.dictionary(
        fc.string().filter(name => !['kind', 't', 'run', 'seq', 'bytes', 'length', '__proto__'].includes(name)),
        fc.jsonValue().map(value => JSON.parse(JSON.stringify(value)) as unknown),
      ),
      bytes: fc.option(fc.uint8Array({maxLength: 30}), {nil: undefined}),
    });
    fc.assert(
      fc.property(fc.array(event, {maxLength: 30}), events => {
        // Small limits, so that events and bytes are dropped on the way.
        const journal = new Journal(3, {events: 20, bytes: 100});
        for (const {kind, t, fields, bytes} of events) journal.append(kind, t, fields, bytes);
        const saved = loaded(save(run, journal));
        const seen: WireEvent[] = [];
        const again = rebuild(saved, 3, defaultLimits, found => seen.push(found));
        expect(printed(again)).toEqual(printed(journal));
        expect(seen).toEqual([...again]);
        expect([...again]).toEqual([...journal]);
        expect([again.first, again.next]).toEqual([journal.first, journal.next]);
      }),
    );
  });

  test('the head comes back', () => {
    const place = {first: 4, offset: 9};
    expect(loaded(save(run, new Journal(1, defaultLimits, undefined, place)))).toEqual({...head, ...place, events: []});
    expect(loaded(JSON.stringify({...head, offset: undefined})).offset).toBe(0);
  });

  test('bytes are found at the offsets they had, and those of dropped events nowhere', () => {
    const journal = new Journal(1, {events: 3, bytes: 5});
    const ranges = [[1], [2, 3], [4, 5], [6], [7, 8]].map(
      piece => journal.append('n', 0, {}, Uint8Array.from(piece)).bytes!,
    );
    const again = rebuild(loaded(save(run, journal)), 1, defaultLimits, () => undefined);
    const read = (from: Journal) => ranges.map(bytes => from.bytesOf({bytes}));
    expect(read(journal)).toEqual([
      undefined,
      undefined,
      ...[[4, 5], [6], [7, 8]].map(piece => Uint8Array.from(piece)),
    ]);
    expect(read(again)).toEqual(read(journal));
  });

  test('empty bytes, bytes that are gone, and a field called length where there are no bytes', () => {
    const journal = new Journal(1, {events: 9, bytes: 2});
    journal.append('gone', 0, {}, new Uint8Array([1, 2]));
    journal.append('empty', 0, {}, new Uint8Array(0));
    journal.append('here', 0, {}, new Uint8Array([3, 4]));
    journal.append('field', 0, {length: 'long'});
    expect(loaded(save(run, journal)).events.map(({fields, bytes}) => ({fields, bytes}))).toEqual([
      {fields: {}, bytes: 2},
      {fields: {}, bytes: new Uint8Array(0)},
      {fields: {}, bytes: new Uint8Array([3, 4])},
      {fields: {length: 'long'}, bytes: undefined},
    ]);
  });

  test('lines may end in CRLF', () => {
    expect(loaded(`${JSON.stringify(head)}\r\n{"kind":"a","t":1}\r\n`).events).toHaveLength(1);
  });
});

describe('what is no such file is a problem', () => {
  test.each([
    [''],
    ['\n'],
    ['{}'],
    ['[]'],
    ['null'],
    ['{"wirebook":2,"experiment":"a","first":0}'],
    ['{"wirebook":1,"experiment":1,"first":0}'],
    ['{"wirebook":1,"experiment":"a"}'],
    ['{"wirebook":1,"experiment":"a","first":-1}'],
    ['{"wirebook":1,"experiment":"a","first":0.5}'],
    ['{"wirebook":1,"experiment":"a","first":0,"offset":-1}'],
    ['{"wirebook":1,"experiment":"a","first":0,"offset":"0"}'],
  ])('head %j', text => {
    expect(load(text)).toMatchObject({code: 'file.head'});
  });

  test.each([
    ['{'],
    ['5'],
    ['{"kind":"a"}'],
    ['{"t":1}'],
    ['{"kind":1,"t":1}'],
    ['{"kind":"a","t":1e999}'],
    ['{"kind":"a","t":1,"bytes":"0"}'],
    ['{"kind":"a","t":1,"bytes":5}'],
    ['{"kind":"a","t":1,"bytes":null}'],
    ['{"kind":"a","t":1,"bytes":null,"length":-1}'],
    ['{"kind":"a","t":1,"bytes":null,"length":1.5}'],
  ])('event %j, named by its line', line => {
    const text = `${JSON.stringify(head)}\n{"kind":"a","t":1}\n${line}\n{"kind":"a","t":1}\n`;
    expect(load(text)).toMatchObject({code: 'file.event', says: 'Line 3 of this file is not an event'});
  });

  test('a file cut anywhere is a problem or a shorter journal, never a throw', () => {
    const journal = new Journal(1);
    for (let number = 0; number < 5; number++) journal.append('n', number, {number}, new Uint8Array(number));
    const text = save(run, journal);
    for (let end = 0; end < text.length; end++) {
      const saved = load(text.slice(0, end));
      if (!('says' in saved)) expect(saved.events.length).toBeLessThanOrEqual(5);
    }
    expect(load(text)).not.toHaveProperty('says');
  });
});
