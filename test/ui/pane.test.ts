import {describe, expect, test} from 'vitest';
import {Grid} from '../../src/terminal/grid.ts';
import {keepReply, newPaneState, type PaneState, paintPane, partModel} from '../../src/ui/pane.ts';
import {listPart} from '../../src/ui/parts/list.ts';
import {growingOrder} from '../../src/ui/parts/order.ts';
import {stack} from '../../src/ui/parts/stack.ts';
import {textPart} from '../../src/ui/parts/text.ts';
import type {Part, View} from '../../src/ui/view.ts';
import {paneModel} from './parts/painting.ts';

interface State {
  readonly calls: number;
  readonly frames: number;
}

const calls = listPart<State>({
  id: 'calls',
  title: () => 'Calls',
  range: ({state}) => ({first: 0, end: state.calls}),
  row: item => [`call ${item}`],
  follows: true,
});

/** Each call belongs to every second frame. */
const frames = listPart<State>({
  id: 'frames',
  title: ({state}) => `Frames ${state.frames}`,
  range: ({state}) => ({first: 0, end: state.frames}),
  head: () => ['frame'],
  row: item => [`frame ${item}`],
  linked: ({focus, cursors}) => (focus === 'calls' ? (cursors['calls'] ?? 0) * 2 : undefined),
});

const note = textPart<State>('note', 'Note', () => [['a note']]);

const view: View<State> = {
  parts: [note, calls, frames],
  heading: () => ['client ', ['⇄', 'dim'], ' server'],
  layout: size =>
    stack(
      [
        {part: 'note', atLeast: 2},
        {part: 'calls', atLeast: 4, share: 1, rank: 3},
        {part: 'frames', atLeast: 4, share: 1, rank: 2},
      ],
      size,
    ),
};

function paint(pane: PaneState, state: State, {width = 38, height = 13, active = true} = {}) {
  const grid = new Grid(width, height);
  const placed = paintPane(grid.surface(), {view, model: paneModel(state), pane, active});
  return {lines: grid.toLines(), placed};
}

test('a heading, then every part under a rule with its title; the part with the keys is marked', () => {
  const pane = newPaneState(view);
  const {lines, placed} = paint(pane, {calls: 9, frames: 3});
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "client ⇄ server
    ─ Note ───────────────────────────────
    a note
    ─ ▸ Calls ────────────────────────────
      call 5
      call 6
      call 7
    ▸ call 8
    ─ Frames 3 ───────────────────────────
      frame
      frame 0
      frame 1
    ▸ frame 2"
  `);
  expect(placed.map(({part, y, height}) => [part, y, height])).toEqual([
    ['note', 1, 2],
    ['calls', 3, 5],
    ['frames', 8, 5],
  ]);
  expect(pane.placed).toBe(placed);
});

describe('the focus', () => {
  test('goes first to a part that has something to stand on, and stays when it still can', () => {
    const pane = newPaneState(view);
    paint(pane, {calls: 0, frames: 3});
    expect(pane.focus).toBe('frames');
    paint(pane, {calls: 5, frames: 0});
    expect(pane.focus).toBe('frames');
    paint(pane, {calls: 5, frames: 0}, {height: 6});
    expect(pane.focus, 'frames has no place any more').toBe('calls');
  });

  test('is shown by nothing while the pane itself does not have it', () => {
    const pane = newPaneState(view);
    expect(paint(pane, {calls: 5, frames: 0}, {active: false}).lines[3]).toMatch(/^─ Calls/);
    expect(paint(pane, {calls: 5, frames: 0}).lines[3]).toMatch(/^─ ▸ Calls/);
  });
});

describe('cursors', () => {
  test('follow the newest item until they are moved, and stay on their item afterwards', () => {
    const pane = newPaneState(view);
    paint(pane, {calls: 10, frames: 0});
    expect(pane.cursors['calls']).toBe(9);
    paint(pane, {calls: 30, frames: 0});
    expect(pane.cursors['calls']).toBe(29);
    pane.following.delete('calls');
    pane.cursors['calls'] = 12;
    const {lines} = paint(pane, {calls: 60, frames: 0});
    expect(pane.cursors['calls']).toBe(12);
    expect(lines.some(line => line.startsWith('▸ call 12'))).toBe(true);
  });

  test('scroll no more than they must, and no row of a filled list stays empty', () => {
    const pane = newPaneState(view);
    pane.following.clear();
    const top = (cursor: number, count = 100) => {
      pane.cursors['calls'] = cursor;
      paint(pane, {calls: count, frames: 0});
      return pane.tops['calls'];
    };
    expect([0, 3, 4, 10, 9, 7, 6, 99].map(cursor => top(cursor))).toEqual([0, 0, 1, 7, 7, 7, 6, 96]);
    expect(top(50, 5), 'the list got shorter').toBe(1);
    expect(pane.cursors['calls']).toBe(4);
  });

  test('follow what is selected in the part with the keys, in the same frame, and scroll there below their head', () => {
    const pane = newPaneState(view);
    pane.focus = 'calls';
    const {lines} = paint(pane, {calls: 20, frames: 100});
    expect(pane.cursors['frames']).toBe(38);
    expect(lines.slice(9)).toEqual(['  frame', '  frame 36', '  frame 37', '▸ frame 38']);
    pane.focus = 'frames';
    pane.cursors['frames'] = 50;
    paint(pane, {calls: 20, frames: 100});
    expect([pane.cursors['calls'], pane.cursors['frames']]).toEqual([19, 50]);
  });
});

describe('an order of its own', () => {
  const even: Part<State> = {
    ...calls,
    order: ({state}) => growingOrder({length: Math.ceil(state.calls / 2), at: place => place * 2}),
  };
  const only: View<State> = {parts: [even], layout: size => [{part: 'calls', x: 0, y: 0, ...size}]};
  const frame = (pane: PaneState, count: number) => ({
    view: only,
    model: paneModel({calls: count, frames: 0}),
    pane,
    active: true,
  });
  const box = {part: 'calls', x: 0, y: 0, width: 38, height: 5};

  test('an item that is not shown gives way to a neighbour; items, not rows, are remembered', () => {
    const pane = newPaneState(only);
    pane.following.clear();
    pane.cursors['calls'] = 31;
    const model = partModel(frame(pane, 100), even, box);
    expect([model.cursor, model.top]).toEqual([32, 26]);
    expect(partModel(frame(pane, 200), even, box)).toMatchObject({cursor: 32, top: 26});
    pane.cursors['calls'] = 7000;
    expect(partModel(frame(pane, 100), even, box)).toMatchObject({cursor: 98, top: 92});
  });

  test('nothing to show leaves the cursor where it was, for when there is something again', () => {
    const pane = newPaneState(only);
    pane.following.clear();
    pane.cursors['calls'] = 40;
    expect(partModel(frame(pane, 0), even, box).cursor).toBe(40);
    expect(partModel(frame(pane, 100), even, box).cursor).toBe(40);
  });
});

test('what keys have set is merged, part by part', () => {
  const pane = newPaneState(view);
  keepReply(pane, 'calls', {keep: {base: 2, editing: 1}});
  keepReply(pane, 'calls', {cursor: 7, keep: {editing: 0}});
  keepReply(pane, 'frames', {action: 'send'});
  expect(pane.kept).toEqual({calls: {base: 2, editing: 0}});
  paint(pane, {calls: 3, frames: 3});
  const model = partModel({view, model: paneModel({calls: 3, frames: 3}), pane, active: true}, calls, {
    part: 'calls',
    x: 0,
    y: 0,
    width: 9,
    height: 4,
  });
  expect(model.kept).toEqual({base: 2, editing: 0});
});

test.each([
  [1, 1],
  [5, 2],
  [38, 3],
  [400, 120],
])('at %i × %i nothing breaks', (width, height) => {
  const {lines} = paint(newPaneState(view), {calls: 1000, frames: 1000}, {width, height});
  expect(lines.length).toBe(height);
});

describe('a jump', () => {
  const jumping = (id: number, cursor: number): Part<State> => ({...frames, jump: () => ({id, cursor})});
  const show = (pane: PaneState, part: Part<State>, focus = 'frames') => {
    pane.focus = focus;
    const shown: View<State> = {parts: [calls, part], layout: view.layout};
    paintPane(new Grid(38, 13).surface(), {view: shown, model: paneModel({calls: 9, frames: 50}), pane, active: true});
    return pane.cursors['frames'];
  };

  test('moves the cursor of the part that has the keys, once for each id', () => {
    const pane = newPaneState(view);
    expect(show(pane, jumping(1, 30))).toBe(30);
    pane.cursors['frames'] = 4;
    expect(show(pane, jumping(1, 30))).toBe(4);
    expect(show(pane, jumping(2, 30))).toBe(30);
  });

  test('ends following, and stays within what there is', () => {
    const pane = newPaneState(view);
    pane.following.add('frames');
    expect(show(pane, jumping(7, 1000))).toBe(49);
    expect(pane.following.has('frames')).toBe(false);
  });
});
