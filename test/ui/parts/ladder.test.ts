import {describe, expect, test} from 'vitest';
import {compile} from '../../../src/journal/filter.ts';
import {width} from '../../../src/terminal/width.ts';
import {type LadderRow, ladderPart} from '../../../src/ui/parts/ladder.ts';
import {arrowText} from '../../../src/ui/parts/ladder-row.ts';
import {moved} from '../../../src/ui/parts/order.ts';
import {ascii, hostile, paintPart, paneModel, unicode} from './painting.ts';

interface State {
  readonly rows: readonly LadderRow[];
}

const part = ladderPart<State>({
  id: 'ladder',
  title: () => 'Wire',
  rows: model => model.state.rows,
  ends: () => ({left: 'client 127.0.2.1:40112', right: 'server 127.0.1.80:1060'}),
  empty: () => 'No call yet: press s to send.',
});

const rows: readonly LadderRow[] = [
  {item: 3, t: 0, left: ['connect() = 0'], arrow: {to: 'right', label: 'SYN'}},
  {item: 5, t: 0.001, right: ['accept() = 7'], arrow: {to: 'left', label: 'SYN ACK'}},
  {item: 9, t: 0.412, left: ['send("hello") = 5'], arrow: {to: 'right', label: '5 B'}, right: ['recv() = 5']},
  {item: 12, t: 1.031, left: ['shutdown(SHUT_WR) = 0'], arrow: {to: 'right', label: 'FIN', lost: true}},
  {
    item: 13,
    t: 1234.5,
    right: [
      ['recv() = 0', 'plain'],
      ['  end of file', 'warn'],
    ],
    mark: 'a',
  },
];

function paint(cells: number, height: number, cursor: number, theme = unicode, state: State = {rows}) {
  return paintPart(part, paneModel(state, {theme}), {width: cells, height, cursor});
}

describe('two lanes', () => {
  test('at 78 columns', () => {
    expect(paint(78, 7, 12).picture).toMatchInlineSnapshot(`
      "|           client 127.0.2.1:40112           ⇄          server 127.0.1.80:1060 |
      |    0.000  connect() = 0           ────── SYN ──────▶                         |
      |    0.001                          ◀──── SYN ACK ────  accept() = 7           |
      |    0.412  send("hello") = 5       ────── 5 B ──────▶  recv() = 5             |
      |▸   1.031  shutdown(SHUT_WR) = 0   ─ FIN lost ─╳                              |
      | a 1234.5                                              recv() = 0  end of file|
      |                                                                              |"
    `);
  });

  test('at 118 columns, in ASCII', () => {
    expect(paint(118, 7, 12, ascii).picture).toMatchInlineSnapshot(`
      "|           client 127.0.2.1:40112                               <>              server 127.0.1.80:1060                |
      |    0.000  connect() = 0                          ----------- SYN ----------->                                        |
      |    0.001                                         <--------- SYN ACK ---------  accept() = 7                          |
      |    0.412  send("hello") = 5                      ----------- 5 B ----------->  recv() = 5                            |
      |>   1.031  shutdown(SHUT_WR) = 0                  ----- FIN lost -----X                                               |
      | a 1234.5                                                                       recv() = 0  end of file               |
      |                                                                                                                      |"
    `);
  });

  test('each end has its colour, the row of the cursor one of its own, and the mark is bold', () => {
    const {style, find} = paint(78, 7, 12);
    const {roles} = unicode;
    const styleOf = (text: string) => style(find(text).x, find(text).y);
    expect(styleOf('SYN ')).toBe(roles.client);
    expect(styleOf('◀')).toBe(roles.server);
    expect(styleOf('end of file')).toBe(roles.warn);
    expect(styleOf('0.412')).toBe(roles.dim);
    expect(styleOf('a 1234')).toBe(roles.mark);
    expect([0, 40, 77].map(x => style(x, 4))).toEqual([roles.cursor, roles.cursor, roles.cursor]);
    const away = paintPart(part, paneModel({rows}), {width: 78, height: 7, cursor: 12, focused: false});
    expect(away.style(40, 4)).not.toBe(roles.cursor);
    expect(away.lines[4]).toMatch(/^▸/);
  });
});

describe('one line a rung', () => {
  test('at 38 columns', () => {
    expect(paint(38, 7, 12).picture).toMatchInlineSnapshot(`
      "|  client 127.0.2.1:40112 ⇄ server 127…|
      |  → SYN  connect() = 0                |
      |  ← SYN ACK  accept() = 7             |
      |  → 5 B  send("hello") = 5  S: recv()…|
      |▸ →╳ FIN lost  shutdown(SHUT_WR) = 0  |
      | a  S: recv() = 0  end of file        |
      |                                      |"
    `);
  });

  test('at 58 columns, in ASCII, with the time', () => {
    expect(paint(58, 7, 12, ascii).picture).toMatchInlineSnapshot(`
      "|  client 127.0.2.1:40112 <> server 127.0.1.80:1060        |
      |    0.000 > SYN  connect() = 0                            |
      |    0.001 < SYN ACK  accept() = 7                         |
      |    0.412 > 5 B  send("hello") = 5  S: recv() = 5         |
      |>   1.031 >X FIN lost  shutdown(SHUT_WR) = 0              |
      | a 1234.5   S: recv() = 0  end of file                    |
      |                                                          |"
    `);
  });
});

test.each([38, 78, 118])('hostile text keeps to its cells and shows what it hides, at %i columns', cells => {
  const hostileRows: LadderRow[] = [
    {item: 1, t: 0, left: [hostile.repeat(5)], arrow: {to: 'left', label: hostile}, right: [hostile.repeat(5)]},
  ];
  const painted = paint(cells, 3, 1, unicode, {rows: hostileRows});
  expect(width(painted.lines[1]!)).toBeLessThanOrEqual(cells);
  expect(painted.lines[1]).toContain('漢字👩‍👩‍👧e\u0301\\x1b[31m\\u{202');
});

test.each([14, 15, 30])('an arrow takes exactly %i cells, whatever its label', cells => {
  for (const label of ['', 'FIN', hostile, 'a label that is longer than the wire could ever be'])
    for (const to of ['left', 'right'] as const)
      for (const lost of [false, true]) {
        const text = arrowText({to, label, lost}, cells, unicode);
        expect(width(text)).toBe(cells);
        expect(text.includes('╳')).toBe(lost);
      }
});

test('an empty ladder says what to do', () => {
  expect(paint(78, 3, 0, unicode, {rows: []}).lines[1]).toBe('  No call yet: press s to send.');
});

describe('moving', () => {
  const many = Array.from({length: 5000}, (_, n) => ({item: n * 3, t: n, left: [`call ${n}`]}));

  test('it follows the newest rung, scrolls by items, and a click finds the rung under it', () => {
    const model = paneModel({rows: many});
    const newest = paintPart(part, model, {width: 78, height: 11});
    expect(newest.model.cursor).toBe(14_997);
    expect(newest.lines.at(-1)).toContain('call 4999');
    const up = moved(part, newest.model, {rows: -30});
    expect(up).toBe(14_997 - 90);
    const scrolled = paintPart(part, model, {width: 78, height: 11, cursor: up, pane: newest.pane});
    expect(scrolled.lines[1]).toContain('▸');
    expect(part.at!(20, 1, scrolled.model)).toBe(up);
    expect(part.at!(20, 4, scrolled.model)).toBe(up + 9);
    expect(part.at!(20, 0, scrolled.model)).toBeUndefined();
    expect(moved(part, scrolled.model, {pages: 1})).toBe(up + 30);
  });

  test('a filter hides rungs and the cursor goes to a neighbour; the identities stay', () => {
    const compiled = compile('"call 42"');
    if (!compiled.ok) throw new Error(compiled.says);
    const model = paneModel({rows: many}, {filter: compiled.test});
    const painted = paintPart(part, model, {width: 78, height: 5, cursor: 43 * 3});
    expect(painted.lines.slice(1).map(line => line.trim().split('  ').at(-1))).toEqual([
      'call 42',
      'call 420',
      'call 421',
      'call 422',
    ]);
    expect(painted.model.cursor).toBe(420 * 3);
    expect(moved(part, painted.model, {items: -1})).toBe(42 * 3);
    expect(moved(part, painted.model, 'last')).toBe(4299 * 3);
  });

  test('copying takes the whole rung as text', () => {
    const painted = paint(38, 7, 9);
    expect(part.copies!(painted.model)).toEqual([
      {label: 'the row', text: '0.412  send("hello") = 5  → 5 B  recv() = 5'},
    ]);
  });
});
