import {describe, expect, test} from 'vitest';
import {connectExperiment} from '../../../src/chapters/tcp/connect.ts';
import {type ConnectState, reduceConnect} from '../../../src/chapters/tcp/connect-state.ts';
import {Grid} from '../../../src/terminal/grid.ts';
import {paintPane} from '../../../src/ui/pane.ts';
import {connectView} from '../../../src/ui/panes/connect.ts';
import {replayed} from './replayed.ts';
import {Showing, sizes} from './showing.ts';

const run = replayed(connectExperiment, 'tcp-connect.wirebook');
const shown = (size = sizes[2]!, ascii = false) => new Showing<ConnectState>(run, connectView, size, ascii);
const eventOf = (what: (event: {readonly [name: string]: unknown}) => boolean) => [...run.journal].find(what)!;

describe('the pane of a connection by hand', () => {
  test.each(sizes)('at $width×$height: addresses, bytes and calls, nothing wrapped, nothing hostile', size => {
    for (const ascii of [false, true]) {
      const text = shown(size, ascii).text();
      expect(text).toContain('FIN_WAIT2  client 127.0.0.1:');
      expect(text).toContain('24 B sent, 18 B received');
      expect(text).toMatch(/shutdown\(SHUT_WR\) = 0/);
      expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
      if (ascii) expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    }
  });

  test('each transfer has its direction, its size and its text, made harmless', () => {
    const lines = shown(sizes[3]!).lines();
    const row = (text: string) => lines.find(line => line.includes(text)) ?? '';
    expect(row('6 hello\\n')).toMatch(/\d\.\d{3} ▶ +6 hello\\n/);
    expect(row('12 A')).toContain('▶    12 A\\x1b[31m\\u{202e}\\x00\\xffB');
    expect(lines.filter(line => line.includes('◀ ')).length).toBe(2);
  });

  test('queues, the program’s buffer and TCP_INFO stand beside it where there is room', () => {
    const text = shown(sizes[3]!).text();
    expect(text).toMatch(/Send-Q +▕░+▏ 0 B of 3\.76 MiB/);
    expect(text).toMatch(/rtt +10\.2 ms, varies 17\.6 ms, least 27 µs +[▁▂▃▄▅▆▇█]+/);
    expect(text).toMatch(/cwnd +14 segments, 448 KiB/);
    expect(text).toMatch(/FIN_WAIT2 Our direction is closed; the other end may still send\./);
    expect(text).toContain('[Python] C  Node  shell');
    expect(text).toContain('we sent FIN');
  });

  test('that both directions are over stands whole beside the menu of a terminal of 100 columns', () => {
    const showing = shown();
    const state = {...showing.model.state, phase: 'open', sendShut: true, peerEnded: true} as const;
    const grid = new Grid(77, 20);
    paintPane(grid.surface(), {view: connectView, model: {...showing.model, state}, pane: showing.pane, active: true});
    expect(grid.toLines()[0]).toContain('both sent FIN');
  });

  test('the grid has the bytes of the selected transfer, and says where they belong', () => {
    const showing = shown();
    showing.lines();
    expect(showing.pane.focus).toBe('bytes');
    const sent = eventOf(event => event['direction'] === 'sent' && event['offset'] === 6);
    showing.pane.following.clear();
    showing.focus('bytes', sent['seq'] as number);
    expect(showing.text()).toContain('41 1b 5b 33 31 6d e2 80');
    expect(showing.text()).toContain('Sent: byte 6 to 17 of this direction');
  });

  test('a call that is selected brings its bytes along, and is explained', () => {
    const showing = shown();
    showing.lines();
    showing.pane.following.clear();
    const received = eventOf(event => event['direction'] === 'received' && event['offset'] === 0);
    showing.focus('calls', received['seq'] as number);
    expect(showing.pane.cursors['bytes']).toBe(received['seq']);
    expect(showing.text()).toContain('Received: byte 0 to 5 of this direction');
    const shut = eventOf(event => event['name'] === 'shutdown');
    showing.focus('calls', shut['seq'] as number);
    const {part, model} = showing.part('calls');
    const said = part.explain!(model)!;
    expect(said.source).toContain('RFC 9293 §3.6');
    expect(said.equivalents?.map(({code}) => code)).toContain('sock.shutdown(socket.SHUT_WR)');
  });

  test('a click finds the row it is on', () => {
    const showing = shown();
    const {x, y} = showing.find('6 hello');
    const sent = eventOf(event => event['direction'] === 'sent' && event['offset'] === 0);
    expect(showing.itemAt('bytes', x, y)).toBe(sent['seq']);
  });

  test('what is wrong is said in the heading: how the last address failed, or that it is broken', () => {
    const paint = (state: ConnectState) => {
      const showing = shown();
      return connectView.heading!({...showing.model, state})
        .map(span => (typeof span === 'string' ? span : span[0]))
        .join('');
    };
    const {ask} = run;
    const stamp = {t: 0, seq: 0, run: 0};
    const dialling = connectExperiment.start(ask as never);
    expect(paint(dialling)).toContain('connecting …');
    const failed = reduceConnect(dialling, {
      ...stamp,
      kind: 'attempt',
      number: 1,
      of: 1,
      address: '[::1]:80',
      errno: 'ECONNREFUSED',
      seconds: 0,
    });
    expect(paint(failed)).toContain('[::1]:80: ECONNREFUSED');
    const open = reduceConnect(dialling, {...stamp, kind: 'connected', connection: 1, local: 'a:1', remote: 'b:2'});
    const broken = reduceConnect(open, {...stamp, kind: 'broken', connection: 1, errno: 'ECONNRESET'});
    expect(paint(broken)).toContain('broken: ECONNRESET');
  });

  test('who answers is said when it is a server of our own', () => {
    const stamp = {t: 0, seq: 0, run: 0};
    const {ask} = run;
    const says = 'Nobody listened on 127.0.0.1:1060: an echo server was started there (pid 4242)';
    const told = reduceConnect(connectExperiment.start(ask as never), {...stamp, kind: 'notice', says, echo: 4242});
    const open = reduceConnect(told, {...stamp, kind: 'connected', connection: 1, local: 'a:1', remote: 'b:2'});
    const notice = reduceConnect(open, {...stamp, kind: 'notice', says: 'TCP_INFO could not be read'});
    for (const size of sizes) {
      const showing = shown(size);
      const list = connectView.parts.find(({id}) => id === 'bytes')!;
      showing.lines();
      const {model} = showing.part('bytes');
      const surface = new Grid(size.width, 5);
      list.paint(surface.surface(), {...model, state: notice, journal: {...model.journal, first: 0, end: 0}});
      expect(surface.toLines()[0]).toContain('Our echo server (pid 4242) answers.');
      const heading = connectView.heading!({...showing.model, state: notice});
      expect(JSON.stringify(heading)).toContain('our echo server');
    }
    const grid = new Grid(100, 6);
    const info = connectView.parts.find(({id}) => id === 'info')!;
    const showing = shown(sizes[3]!);
    showing.lines();
    info.paint(grid.surface(), {...showing.part('info').model, state: notice});
    expect(grid.toLines().slice(0, 2)).toEqual([expect.stringContaining('TCP_INFO'), expect.stringContaining(says)]);
    const heading = connectView.heading!({...shown().model, state: run.state as ConnectState});
    expect(JSON.stringify(heading)).not.toContain('our echo');
  });

  test('a replay gives the state the run had; curves stay bounded', () => {
    let state = run.state as ConnectState;
    expect(state).toMatchObject({phase: 'open', sent: 24, received: 18, sendShut: true, sample: {state: 'FIN_WAIT2'}});
    const sample = eventOf(event => event['kind'] === 'sample') as never;
    for (let count = 0; count < 1000; count++) state = reduceConnect(state, sample);
    expect(state.curves.rtt.length).toBe(120);
  });
});
