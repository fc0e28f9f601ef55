import {describe, expect, test} from 'vitest';
import {width} from '../../../src/terminal/width.ts';
import {lastStep, type StateEnd, stateDiagramPart} from '../../../src/ui/parts/state-diagram.ts';
import {compactLayout, edgeLabel, layoutFor, wideLayout} from '../../../src/ui/parts/state-layout.ts';
import {type TcpState, tcpStateNames, tcpTransition, tcpTransitions} from '../../../src/wire/tcp/states.ts';
import {ascii, paintPart, paneModel, unicode} from './painting.ts';

type State = readonly StateEnd[];
const part = stateDiagramPart<State>({id: 'states', title: () => 'States', ends: model => model.state});

function ends(client: readonly TcpState[], server: readonly TcpState[]): State {
  return [
    {mark: 'C', role: 'client', states: client},
    {mark: 'S', role: 'server', states: server},
  ];
}

const halfClosed = ends(
  ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2'],
  ['CLOSED', 'LISTEN', 'SYN_RECV', 'ESTABLISHED', 'CLOSE_WAIT'],
);

function paint(cells: number, height: number, state = halfClosed, theme = unicode, cursor = 0) {
  return paintPart(part, paneModel(state, {theme}), {width: cells, height, cursor, focused: cursor > 0});
}

describe('the picture', () => {
  test('wide, with the edges that were taken last drawn heavy', () => {
    expect(paint(78, 20).picture).toMatchInlineSnapshot(`
      "|                                      ┌─── active open / SYN ───────┐         |
      |                                   CLOSED  ◀───── close ─────────┐  │         |
      |                      passive open  │  ▲                         │  │         |
      |                                    ▼  │ close                   │  │         |
      |     ┌── rcv SYN / SYN,ACK ──────  LISTEN  ── send / SYN ─────┐  │  │         |
      |     │                               ▲                        │  │  │         |
      |     │   ┌─── rcv RST ───────────────┘                        │  │  │         |
      |     ▼   │                                                    ▼  │  ▼         |
      |  SYN_RECV  ◀───────────── rcv SYN / SYN,ACK ───────────────  SYN_SENT        |
      |     │   │                                     rcv SYN,ACK / ACK  │           |
      |     │   └── rcv ACK ─────────▶  ESTABLISHED  ◀───────────────────┘           |
      |     │   ┌────── close / FIN ──────┘     ┗━━━ rcv FIN / ACK ━━━━━━┓           |
      |     ▼   ▼ close / FIN                                            ▼           |
      |  FIN_WAIT1  ─── rcv FIN / ACK ──▶  CLOSING                   CLOSE_WAIT S    |
      |     ┃   └─── rcv FIN,ACK / ACK ───┐   │ rcv ACK      close / FIN │           |
      |     ▼ rcv ACK                     ▼   ▼                          ▼           |
      |C FIN_WAIT2  ── rcv FIN / ACK ▶  TIME_WAIT                    LAST_ACK        |
      |                              2 MSL  └─────▶  CLOSED  ◀─ rcv ACK ─┘           |
      |C FIN_WAIT1 → FIN_WAIT2  rcv ACK of FIN  RFC 9293 §3.10.7.4                   |
      |S ESTABLISHED → CLOSE_WAIT  rcv FIN / ACK  RFC 9293 §3.10.7.4                 |"
    `);
  });

  test('wide, in ASCII', () => {
    expect(paint(118, 20, halfClosed, ascii).picture).toMatchInlineSnapshot(`
      "|                                      +--- active open / SYN -------+                                                 |
      |                                   CLOSED  <----- close ---------+  |                                                 |
      |                      passive open  |  ^                         |  |                                                 |
      |                                    v  | close                   |  |                                                 |
      |     +-- rcv SYN / SYN,ACK ------  LISTEN  -- send / SYN -----+  |  |                                                 |
      |     |                               ^                        |  |  |                                                 |
      |     |   +--- rcv RST ---------------+                        |  |  |                                                 |
      |     v   |                                                    v  |  v                                                 |
      |  SYN_RECV  <------------- rcv SYN / SYN,ACK ---------------  SYN_SENT                                                |
      |     |   |                                     rcv SYN,ACK / ACK  |                                                   |
      |     |   +-- rcv ACK --------->  ESTABLISHED  <-------------------+                                                   |
      |     |   +------ close / FIN ------+     +=== rcv FIN / ACK ======+                                                   |
      |     v   v close / FIN                                            v                                                   |
      |  FIN_WAIT1  --- rcv FIN / ACK -->  CLOSING                   CLOSE_WAIT S                                            |
      |     !   +--- rcv FIN,ACK / ACK ---+   | rcv ACK      close / FIN |                                                   |
      |     v rcv ACK                     v   v                          v                                                   |
      |C FIN_WAIT2  -- rcv FIN / ACK >  TIME_WAIT                    LAST_ACK                                                |
      |                              2 MSL  +----->  CLOSED  <- rcv ACK -+                                                   |
      |C FIN_WAIT1 > FIN_WAIT2  rcv ACK of FIN  RFC 9293 S3.10.7.4                                                           |
      |S ESTABLISHED > CLOSE_WAIT  rcv FIN / ACK  RFC 9293 S3.10.7.4                                                         |"
    `);
  });

  test('compact', () => {
    expect(paint(50, 16).picture).toMatchInlineSnapshot(`
      "|                    CLOSED  ─────────────┐        |
      |                     ▼  ▲                │        |
      |    ┌─────────────  LISTEN  ─────────┐   │        |
      |    ▼                                ▼   ▼        |
      |  SYN_RECV  ◀────────────────────  SYN_SENT       |
      |    │   │                              │          |
      |    │   └─────▶  ESTABLISHED  ◀────────┘          |
      |    │   ┌──────────┘      ┗━━━━━━━━━━━━┓          |
      |    ▼   ▼                              ▼          |
      |  FIN_WAIT1  ───▶  CLOSING        CLOSE_WAIT S    |
      |    ┃   └───────────┐  │               │          |
      |    ▼               ▼  ▼               ▼          |
      |C FIN_WAIT2  ──▶  TIME_WAIT        LAST_ACK       |
      |                      └──▶  CLOSED  ◀──┘          |
      |C FIN_WAIT1 → FIN_WAIT2  rcv ACK of FIN  §3.10.7.4|
      |S ESTABLISHED → CLOSE_WAIT  rcv FIN / ACK  §3.10.…|"
    `);
  });

  test('a list where it is too small', () => {
    expect(paint(38, 11).picture).toMatchInlineSnapshot(`
      "|   CLOSED                             |
      |   LISTEN                             |
      |   SYN_SENT                           |
      |   SYN_RECV                           |
      |   ESTABLISHED                        |
      |   FIN_WAIT1                          |
      |C  FIN_WAIT2   ◀ rcv ACK              |
      | S CLOSE_WAIT  ◀ rcv FIN / ACK        |
      |   CLOSING                            |
      |   LAST_ACK                           |
      |   TIME_WAIT                          |"
    `);
  });

  test('both ends in one state, and edges in the colour of whom they belong to', () => {
    const {lines, style, find} = paint(78, 20, ends(['SYN_SENT', 'ESTABLISHED'], ['SYN_RECV', 'ESTABLISHED']));
    expect(lines[10]).toContain('C ESTABLISHED S');
    expect(style(find('ESTABLISHED').x, 10)).toBe(unicode.roles.strong);
    expect(style(find('━━ rcv ACK').x, 10)).toBe(unicode.roles.server);
    expect(style(find('┛').x, 10)).toBe(unicode.roles.client);
    expect(style(find('C ESTABLISHED S').x, 10)).toBe(unicode.roles.client);
    const same = paint(78, 20, ends(['CLOSE_WAIT', 'LAST_ACK'], ['CLOSE_WAIT', 'LAST_ACK']));
    expect(same.style(66, 14)).toBe(unicode.roles.strong);
  });

  test('CLOSED is above before a connection and below after it', () => {
    const rows = (state: State) => paint(78, 20, state).lines.flatMap((line, y) => (/C CLOSED/.test(line) ? [y] : []));
    expect(rows(ends(['CLOSED'], []))).toEqual([1]);
    expect(rows(ends(['SYN_SENT', 'CLOSED'], []))).toEqual([1]);
    expect(rows(ends(['LISTEN', 'CLOSED'], []))).toEqual([1]);
    expect(rows(ends(['TIME_WAIT', 'CLOSED'], []))).toEqual([17]);
    expect(rows(ends(['ESTABLISHED', 'CLOSED'], []))).toEqual([17]);
  });

  test('a step that is none of TCP’s lights nothing, one that figure 5 leaves out is still said', () => {
    expect(lastStep({mark: 'C', role: 'client', states: ['SYN_SENT', 'FIN_WAIT2']})).toBeUndefined();
    expect(lastStep({mark: 'C', role: 'client', states: ['ESTABLISHED']})).toBeUndefined();
    const {lines} = paint(78, 20, ends(['ESTABLISHED', 'CLOSED'], ['SYN_SENT', 'FIN_WAIT2']));
    expect(lines.join('')).not.toMatch(/[━┃┏┓┗┛]/);
    expect(lines[18]).toBe('C ESTABLISHED → CLOSED  rcv RST  RFC 9293 §3.10.7.4');
    expect(lines[19]).toBe('');
  });

  test.each([
    [1, 1],
    [20, 3],
    [45, 30],
    [46, 14],
    [73, 19],
  ])('at %i × %i nothing breaks', (cells, height) => {
    for (const line of paint(cells, height).lines) expect(width(line)).toBeLessThanOrEqual(cells);
  });
});

describe('the cursor', () => {
  test('stands on a state, marked where the keys go, and a click finds it', () => {
    const cursor = tcpStateNames.indexOf('LAST_ACK');
    const {style, find, model} = paint(78, 20, halfClosed, unicode, cursor);
    const {x, y} = find('LAST_ACK');
    expect(style(x, y)).toBe(unicode.roles.cursor);
    expect(part.at!(x + 3, y, model)).toBe(cursor);
    expect(part.at!(0, 0, model)).toBeUndefined();
    const list = paint(38, 4, halfClosed, unicode, cursor);
    expect(list.lines.at(-1)).toContain('LAST_ACK');
    expect(part.at!(5, 3, list.model)).toBe(cursor);
  });

  test('explains the state and the ways out of it', () => {
    const {model} = paint(78, 20, halfClosed, unicode, tcpStateNames.indexOf('CLOSE_WAIT'));
    const explained = part.explain!(model)!;
    expect(explained.title).toBe('CLOSE_WAIT (CLOSE-WAIT)');
    expect(explained.source).toBe('RFC 9293 §3.3.2');
    expect(explained.says.split('\n').slice(1)).toEqual([
      'To LAST_ACK: close(), or shutdown(SHUT_WR); FIN is sent.',
      'To CLOSED: a reset arrives.',
      'To CLOSED: close() with linger 0, or with bytes unread; RST is sent.',
    ]);
  });
});

describe.each([
  ['wide', wideLayout],
  ['compact', compactLayout],
])('the %s layout', (name, layout) => {
  test('shows every state, and the edges of figure 5', () => {
    expect(new Set(layout.nodes.map(({state}) => state))).toEqual(new Set(tcpStateNames));
    for (const {from, to} of layout.edges) expect(tcpTransition(from, to)).toBeDefined();
    const drawn = new Set(layout.edges.map(({from, to}) => `${from} ${to}`));
    const missing = tcpTransitions
      .filter(({from, to}) => !drawn.has(`${from} ${to}`))
      .map(({from, to}) => `${from} ${to}`);
    expect(missing).toEqual(name === 'wide' ? [] : ['SYN_SENT CLOSED', 'SYN_RECV LISTEN']);
  });

  test('every edge begins in the name of its state and ends beside the other, straight and clear of all others', () => {
    const boxOf = (state: TcpState, end: boolean) =>
      layout.nodes.find(one => one.state === state && (one.end ?? false) === end)!;
    for (const {from, to, path} of layout.edges) {
      const [startX, startY] = path[0]!;
      const {at} = boxOf(from, false);
      expect(startY === at[1] && startX >= at[0] && startX <= at[0] + from.length, `${from} to ${to}`).toBe(true);
      const [headX, headY] = path.at(-1)!;
      const target = boxOf(to, to === 'CLOSED' && (from === 'TIME_WAIT' || from === 'LAST_ACK')).at;
      const above = Math.abs(headY - target[1]) === 1 && headX >= target[0] && headX < target[0] + to.length;
      const beside = headY === target[1] && (headX === target[0] - 3 || headX === target[0] + to.length + 2);
      expect(above || beside, `${from} to ${to}`).toBe(true);
      for (let k = 1; k < path.length; k++)
        expect(path[k]![0] === path[k - 1]![0]).not.toBe(path[k]![1] === path[k - 1]![1]);
      for (const node of layout.nodes.filter(({state}) => state !== from && state !== to))
        expect(crosses(path, node.at, node.state.length), `${from} to ${to} through ${node.state}`).toBe(false);
    }
  });

  test('stays within its size, and no label covers a state, a corner or an arrow', () => {
    for (const edge of layout.edges) {
      for (const [x, y] of edge.path) expect(x >= 0 && x < layout.width && y >= 0 && y < layout.height).toBe(true);
      if (edge.label === undefined) continue;
      const [x, y] = edge.label;
      const cells = edgeLabel(edge).length;
      expect(x + cells).toBeLessThanOrEqual(layout.width);
      for (const node of layout.nodes)
        expect(
          node.at[1] === y && node.at[0] - 2 < x + cells && x < node.at[0] + node.state.length + 2,
          `${edgeLabel(edge)} over ${node.state}`,
        ).toBe(false);
      for (const other of layout.edges)
        for (const [cornerX, cornerY] of other.path.slice(1))
          expect(
            cornerY === y && cornerX >= x && cornerX < x + cells,
            `${edge.from}-${edge.to} over ${other.from}-${other.to}`,
          ).toBe(false);
    }
  });
});

test('the richest form that fits is taken', () => {
  expect(layoutFor(74, 19)).toBe(wideLayout);
  expect(layoutFor(74, 18)).toBe(compactLayout);
  expect(layoutFor(46, 15)).toBe(compactLayout);
  expect(layoutFor(45, 40)).toBeUndefined();
});

function crosses(
  path: readonly (readonly [number, number])[],
  [x, y]: readonly [number, number],
  cells: number,
): boolean {
  return path.some(([toX, toY], k) => {
    const [fromX, fromY] = path[k - 1] ?? [toX, toY];
    const rows = y >= Math.min(fromY, toY) && y <= Math.max(fromY, toY);
    return rows && Math.max(fromX, toX) >= x && Math.min(fromX, toX) < x + cells;
  });
}
