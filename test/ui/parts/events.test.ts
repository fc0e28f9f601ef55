import {describe, expect, test} from 'vitest';
import type {WireEvent} from '../../../src/journal/event.ts';
import {compile} from '../../../src/journal/filter.ts';
import {eventsPart} from '../../../src/ui/parts/events.ts';
import {moved} from '../../../src/ui/parts/order.ts';
import {ascii, hostile, paintPart, paneModel} from './painting.ts';

let formatted = 0;
const part = eventsPart<object>({
  text(event) {
    formatted++;
    return event.kind === 'call' ? `${event['name']}() = ${event['result']}` : undefined;
  },
  role: event => (event.kind === 'call' ? 'call' : 'dim'),
});

function filter(text: string) {
  const compiled = compile(text);
  if (!compiled.ok) throw new Error(compiled.says);
  return compiled.test;
}

const events: readonly WireEvent[] = [
  {kind: 'call', t: 0.001, seq: 40, run: 1, name: 'connect', result: 0},
  {kind: 'received', t: 0.5, seq: 41, run: 1, from: hostile, bytes: {at: 0, length: 5}},
  {kind: 'call', t: 12.25, seq: 42, run: 1, name: 'recv', result: 5},
  {kind: 'state', t: 70_000, seq: 43, run: 1, to: ['FIN_WAIT2', 7n]},
];

describe('the list', () => {
  test('at 38 columns', () => {
    expect(paintPart(part, paneModel({}, {events}), {width: 38, height: 5}).picture).toMatchInlineSnapshot(`
      "|     0.001 call connect() = 0         |
      |     0.500 received from=漢字👩‍👩‍👧é\\x1b[…|
      |    12.250 call recv() = 5            |
      |▸    70000 state to=["FIN_WAIT2","7"] |
      |                                      |"
    `);
  });

  test('at 78 columns', () => {
    expect(paintPart(part, paneModel({}, {events}), {width: 78, height: 5}).picture).toMatchInlineSnapshot(`
      "|     0.001 call         connect() = 0                                         |
      |     0.500 received     from=漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil\\x00 5 B              |
      |    12.250 call         recv() = 5                                            |
      |▸    70000 state        to=["FIN_WAIT2","7"]                                  |
      |                                                                              |"
    `);
  });

  test('at 118 columns, in ASCII', () => {
    expect(
      paintPart(part, paneModel({}, {events, theme: ascii}), {width: 118, height: 5}).picture,
    ).toMatchInlineSnapshot(`
      "|     0.001 call         connect() = 0                                                                                 |
      |     0.500 received     from=漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil\\x00 5 B                                                      |
      |    12.250 call         recv() = 5                                                                                    |
      |>    70000 state        to=["FIN_WAIT2","7"]                                                                          |
      |                                                                                                                      |"
    `);
  });

  test('its title counts what is here and what is not any more', () => {
    expect(part.title(paneModel({}, {events}))).toBe('Events 4, 40 older ones dropped');
    expect(part.title(paneModel({}, {events, filter: filter('kind:call')}))).toBe(
      'Events 2 of 4, 40 older ones dropped',
    );
    expect(part.title(paneModel({}))).toBe('Events 0');
  });

  test('copying gives the line, and the event as the journal writes it', () => {
    const {model} = paintPart(part, paneModel({}, {events}), {width: 78, height: 5, cursor: 42});
    expect(part.copies!(model).map(({text}) => text)).toEqual([
      '12.250 call recv() = 5',
      '{"kind":"call","t":12.25,"run":1,"seq":42,"name":"recv","result":5}',
    ]);
  });
});

describe('the filter', () => {
  const many = Array.from(
    {length: 2000},
    (_, n): WireEvent => ({kind: n % 3 === 0 ? 'call' : 'state', t: n, seq: 100 + n, run: 1, name: 'send', result: n}),
  );

  test('only what passes is shown and stood on, and each event is put into words once', () => {
    const model = paneModel({}, {events: many, filter: filter('kind:call result>=1000')});
    formatted = 0;
    const painted = paintPart(part, model, {width: 78, height: 11});
    expect(painted.lines.at(-1)).toContain('send() = 1998');
    expect(painted.model.cursor).toBe(2098);
    expect(moved(part, painted.model, {rows: -1})).toBe(2095);
    expect(moved(part, painted.model, 'first')).toBe(100 + 1002);
    expect(formatted).toBeGreaterThanOrEqual(2000);
    const before = formatted;
    paintPart(part, model, {width: 78, height: 11, cursor: 2098, pane: painted.pane});
    expect(formatted - before).toBeLessThan(20);
  });

  test('the selected event can be made a filter', () => {
    const {model} = paintPart(part, paneModel({}, {events}), {width: 78, height: 5, cursor: 41});
    expect(part.filterBy!(model)).toBe('kind=received');
    expect(part.filterBy!(paintPart(part, paneModel({}), {width: 78, height: 5}).model)).toBeUndefined();
  });

  test('when nothing passes it says so', () => {
    const model = paneModel({}, {events, filter: filter('nothing-like-this')});
    const painted = paintPart(part, model, {width: 78, height: 3});
    expect(painted.lines[0]).toBe('  Nothing passes the filter.');
    expect(part.copies!(painted.model)).toEqual([]);
  });
});
