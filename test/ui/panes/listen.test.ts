import {describe, expect, test} from 'vitest';
import {listenExperiment} from '../../../src/chapters/tcp/listen.ts';
import type {ListenState} from '../../../src/chapters/tcp/listen-state.ts';
import {rowOf, withRow} from '../../../src/chapters/tcp/rows.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {paintPane} from '../../../src/ui/pane.ts';
import {listenView} from '../../../src/ui/panes/listen.ts';
import {replayed} from './replayed.ts';
import {Showing, sizes} from './showing.ts';

const run = replayed(listenExperiment, 'tcp-listen.wirebook');
const shown = (size = sizes[2]!, ascii = false) => new Showing<ListenState>(run, listenView, size, ascii);

describe('the pane of a server', () => {
  test.each(sizes)(
    'at $width×$height: where it listens and who is connected, nothing wrapped, nothing hostile',
    size => {
      for (const ascii of [false, true]) {
        const text = shown(size, ascii).text();
        expect(text).toContain('server 127.0.0.1:21080 LISTEN  echo');
        expect(text).toContain('1 open, 2 in all');
        expect(text).toMatch(/127\.0\.0\.1:\d+ +CLOSE_WAIT/);
        expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
        if (ascii) expect(text).toMatch(/^[\n\x20-\x7e]*$/);
      }
    },
  );

  test('a server that could not listen does not, one that was stopped no more, and one that rests says why', () => {
    const at = (change: object) => {
      const grid = new Grid(118, 33);
      const showing = shown();
      const model = {...showing.model, ...change};
      paintPane(grid.surface(), {view: listenView, model, pane: showing.pane, active: true});
      return grid.toLines()[0];
    };
    const {state} = shown().model;
    const problem = {code: 'tcp.eaddrinuse', says: 'Port 1060 is taken'};
    expect(at({state: {...state, listening: undefined}, status: 'failed', problem})).toMatch(
      /^server {2}does not listen *$/,
    );
    expect(at({status: 'stopped'})).toContain('listens no more');
    expect(at({status: 'running', state: {...state, paused: 'command'}})).toContain(
      'LISTEN  echo  accept() rests: stopped by hand',
    );
  });

  test('a row has its queues and what happens; a closed one is dim and says why', () => {
    const showing = shown(sizes[2]!);
    const row = (text: string) => showing.lines().find(line => line.includes(text)) ?? '';
    expect(row('CLOSE_WAIT')).toMatch(/\*1 +127\.0\.0\.1:\d+ +CLOSE_WAIT +18 B +18 B +0 B +7 B .* in hand/);
    expect(row('failed: ECON')).toMatch(/2 +127\.0\.0\.1:\d+ +closed/);
    expect(showing.has('failed: ECON', 'dim')).toBe(true);
    expect(showing.has('CLOSE_WAIT', 'dim')).toBe(false);
    expect(showing.text()).toContain('keys act on 1');
  });

  test('beside the menu of a terminal of 120 columns there is room for what happens to a connection', () => {
    const showing = shown();
    const {state} = showing.model;
    const row = {...rowOf(state.rows, 1)!, sendShut: true, peerEnded: true, taken: true, reading: true};
    const grid = new Grid(97, 33);
    const model = {...showing.model, state: {...state, rows: withRow(state.rows, 1, row)}};
    paintPane(grid.surface(), {view: listenView, model, pane: showing.pane, active: true});
    expect(grid.toLines().join('\n')).toMatch(/\*1 +127\.0\.0\.1:\d+ .* both sent FIN/);
  });

  test('the accept queue is a bar against its backlog', () => {
    expect(shown().text()).toMatch(/Accept queue +▕░+▏ 0 of 6/);
  });

  test('keys in the table act on the row under the cursor, and only while it is open', () => {
    const showing = shown();
    showing.lines();
    expect(showing.pane.focus).toBe('connections');
    showing.focus('connections', 1);
    const {part, model} = showing.part('connections');
    for (const [key, action] of [
      ['enter', 'open'],
      ['o', 'open'],
      ['w', 'shut-wr'],
      ['c', 'close'],
      ['t', 'reset'],
      ['a', 'reading'],
    ] as const) {
      expect(part.grabs!(key, model)).toBe(true);
      expect(part.press!(key, model)).toEqual({action, args: {connection: 1}});
    }
    showing.focus('connections', 2);
    const closed = showing.part('connections');
    expect(closed.part.grabs!('c', closed.model)).toBe(false);
    expect(closed.part.press!('c', closed.model)).toBeUndefined();
  });

  test('the bytes are those of the row under the cursor', () => {
    const showing = shown();
    showing.focus('connections', 2);
    expect(showing.text()).toContain('Connection 2: 8 B in, 8 B out');
    expect(showing.text()).toContain('8 second\\r\\n');
    showing.focus('connections', 1);
    expect(showing.text()).toContain('Connection 1: 18 B in, 18 B out');
    expect(showing.text()).toContain('A\\x1b[31m\\u{202e}\\x00\\xffB');
    expect(showing.text()).not.toContain('8 second');
  });

  test('a row is explained by its state, and a click finds it', () => {
    const showing = shown();
    showing.focus('connections', 1);
    const {part, model} = showing.part('connections');
    expect(part.explain!(model)!.says).toContain('this program has not closed yet and may still send');
    showing.focus('connections', 2);
    const closed = showing.part('connections');
    expect(closed.part.explain!(closed.model)!.says).toContain('failed: ECONNRESET');
    const {x, y} = showing.find('CLOSE_WAIT');
    expect(showing.itemAt('connections', x, y)).toBe(1);
  });
});
