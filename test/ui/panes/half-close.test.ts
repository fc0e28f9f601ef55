import {describe, expect, test} from 'vitest';
import {halfCloseExperiment} from '../../../src/chapters/tcp/half-close.ts';
import type {HalfCloseState} from '../../../src/chapters/tcp/half-close-state.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {paintPane} from '../../../src/ui/pane.ts';
import {halfCloseView} from '../../../src/ui/panes/half-close.ts';
import {replayed} from './replayed.ts';
import {Showing, sizes} from './showing.ts';

const run = replayed(halfCloseExperiment, 'tcp-half-close.wirebook');
const shown = (size = sizes[2]!, ascii = false) => new Showing<HalfCloseState>(run, halfCloseView, size, ascii);

/** Puts the cursor on the rung that begins with this call. */
function select(showing: Showing<HalfCloseState>, name: string, by: string): void {
  const call = [...run.journal].find(event => event['name'] === name && event['by'] === by)!;
  showing.lines();
  showing.pane.following.clear();
  showing.focus('ladder', call.seq);
}

describe('the pane of the half-close', () => {
  test.each(sizes)('at $width×$height it shows both states and the ladder, nothing wrapped, nothing hostile', size => {
    for (const ascii of [false, true]) {
      const text = shown(size, ascii).text();
      expect(text).toContain('TIME_WAIT');
      expect(text).toContain('CLOSED');
      expect(text).toContain('close() = 0');
      expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
      if (ascii) expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    }
  });

  test('the ladder tells calls, segments and states on one rung where they belong together', () => {
    const showing = shown(sizes[3]!);
    const row = (text: string) => showing.lines().find(line => line.includes(text)) ?? '';
    expect(row('connect(')).toMatch(/connect\(127\.0\.1\.80:\d+\) = 0 +─+ SYN ─+▶/);
    expect(row('SYN ACK')).toMatch(/◀─+ SYN ACK ─+/);
    expect(row('shutdown(')).toMatch(/shutdown\(SHUT_WR\) = 0 +─+ FIN ─+▶/);
    expect(row('bye')).toMatch(/recv\(\) = 4 "bye\\n" +◀─+ 4 B ─+ +send\("bye\\n"\) = 4/);
    expect(row('CLOSED from')).toMatch(/TIME_WAIT +─+ ACK ─+▶ +CLOSED from LAST_ACK/);
  });

  test('the state diagram has both ends’ places', () => {
    const showing = shown(sizes[3]!);
    expect(showing.text()).toMatch(/C TIME_WAIT/);
    expect(showing.text()).toMatch(/CLOSED S/);
  });

  test('the keys go to the ladder first, and a click finds its rung', () => {
    const showing = shown();
    showing.lines();
    expect(showing.pane.focus).toBe('ladder');
    const {x, y} = showing.find('shutdown(SHUT_WR)');
    const call = [...run.journal].find(event => event['name'] === 'shutdown')!;
    expect(showing.itemAt('ladder', x, y)).toBe(call.seq);
  });

  test('the bytes are those of the selected rung', () => {
    const showing = shown();
    select(showing, 'send', 'client');
    expect(showing.text()).toMatch(/61 1b 5b 33 31 6d e2 80/);
    select(showing, 'send', 'server');
    expect(showing.text()).toMatch(/62 79 65 0a/);
    expect(showing.text()).toContain('server send(), 4 B');
  });

  test('a rung is explained: the call, how the segment is known, the section, the same elsewhere', () => {
    const showing = shown();
    select(showing, 'shutdown', 'client');
    const {part, model} = showing.part('ladder');
    const said = part.explain!(model)!;
    expect(said.source).toContain('RFC 9293 §3.6');
    expect(said.says).toContain('a FIN goes out behind the last byte');
    expect(said.says).toContain('Known from the kernel');
    expect(said.equivalents?.map(({code}) => code)).toContain('sock.shutdown(socket.SHUT_WR)');
  });

  test('a replay gives the state the run had', () => {
    const state = run.state as HalfCloseState;
    expect(state.client.states.at(-1)).toBe('TIME_WAIT');
    expect(state.server.states.slice(-2)).toEqual(['LAST_ACK', 'CLOSED']);
    expect(state).toMatchObject({client: {open: false, received: 4}, server: {open: false, received: 12}});
  });
});

test('a long notice has rows of its own where there is room; a state that nobody tells is said to be so', () => {
  const notice = `Node’s own sockets are both ends. ${'It says what is missing. '.repeat(6)}The end.`;
  for (const size of sizes) {
    const showing = shown(size);
    const state: HalfCloseState = {...(run.state as HalfCloseState), notice, byNode: true};
    const grid = new Grid(size.width, size.height);
    const client = {...state.client, end: undefined};
    const model = {...showing.model, state: {...state, client}};
    paintPane(grid.surface(), {view: halfCloseView, model, pane: showing.pane, active: true});
    const text = grid.toLines().join('\n');
    expect(text).toContain('state not told here');
    expect(text).toContain('Both ends, as the kernel has them');
    if (size.height > 9) expect(text.replace(/\s+/g, ' ')).toContain('It says what is missing. The end.');
    expect(text).toContain('Calls, and what they put on the w');
  }
});
