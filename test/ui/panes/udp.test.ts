import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {udpExperiment} from '../../../src/chapters/tcp/udp.ts';
import {udpFacts} from '../../../src/chapters/tcp/udp-events.ts';
import {udpFields} from '../../../src/chapters/tcp/udp-fields.ts';
import type {UdpState} from '../../../src/chapters/tcp/udp-state.ts';
import {findPart, newPaneState, partModel} from '../../../src/ui/pane.ts';
import {factSources} from '../../../src/ui/panes/udp/explain.ts';
import {udpView} from '../../../src/ui/panes/udp.ts';
import {hostile} from '../parts/painting.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';

const ask = defaultsOf(udpFields);
const server = {family: 'AF_INET', host: '127.0.0.1', port: 1060};
const client = {family: 'AF_INET', host: '127.0.0.1', port: 40112};

let seq = 0;
const call = (by: string, name: string, result: number, more: object = {}, bytes?: number) =>
  eventAt(
    seq++,
    'call',
    {by, pid: 1, thread: 'main', name, text: `${name}(3)`, arguments: [3], result, began: 0, seconds: 0, ...more},
    bytes,
  );
const sent = (by: string, size: number, to: object) =>
  call(
    by,
    'sendto',
    size,
    {direction: 'sent', arguments: [3, {bytes: size}, to, []], text: `sendto(3, "x", ${size})`},
    size,
  );
const got = (by: string, size: number, address: string) =>
  call(by, 'recvfrom', size, {direction: 'received', arguments: [3, 65_535, []], address}, size);
const event = (kind: string, fields: object) => eventAt(seq++, kind, fields);

function story() {
  seq = 0;
  return [
    event('listening', {address: '127.0.0.1:1060', port: 1060}),
    event('local', {address: '0.0.0.0:0', when: 'before'}),
    event('mode', {connected: false, broadcast: false}),
    sent('client', 5, server),
    event('local', {address: '0.0.0.0:40112', when: 'after'}),
    event('fact', {name: 'ephemeral-port', says: 'The kernel chose 40112.'}),
    event('attempt', {number: 1, timeout: 0.1}),
    got('server', 5, '127.0.0.1:40112'),
    event('heard', {from: '127.0.0.1:40112', size: 5, fate: 'dropped'}),
    call('client', 'recvfrom', -1, {errno: 'EAGAIN', means: 'Nothing came.'}),
    event('timeout', {number: 1, timeout: 0.1, next: 0.2}),
    sent('client', 5, server),
    event('attempt', {number: 2, timeout: 0.2}),
    // The answer is told as taken before it is told as sent: they are two processes.
    got('server', 5, '127.0.0.1:40112'),
    event('heard', {from: '127.0.0.1:40112', size: 5, fate: 'answered'}),
    got('client', 26, '127.0.0.1:1060'),
    event('reply', {from: '127.0.0.1:1060', size: 26, kept: 26, expected: true, late: false}),
    sent('server', 26, client),
  ];
}
const model = (list = story(), more = {}) => modelAfter<UdpState>(udpExperiment, ask, list, more);
const ladderOf = (list = story()) => {
  const pane = newPaneState(udpView);
  return paintView(udpView, model(list), {width: 118, height: 33}, {pane}).lines;
};

describe('every size', () => {
  for (const size of paneSizes)
    test(`${size.width}×${size.height}`, () => {
      for (const list of [[], story().slice(0, 5), story()])
        for (const plain of [false, true])
          expect(paintView(udpView, model(list), size, {plain}).text).toContain(
            list.length === 0 ? 'starting' : 'client',
          );
    });
});

describe('the ladder', () => {
  test('a datagram the server drops ends before it, and says so', () => {
    expect(ladderOf().find(line => line.includes('dropped'))).toMatch(
      /sendto\(.*5 B lost.*dropped {2}recvfrom\(\) = 5/,
    );
  });

  test('a send and the call that took it share a rung, in whichever order they were told', () => {
    const rows = ladderOf().filter(line => /\d+ B/.test(line) && line.includes('recvfrom'));
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatch(/recvfrom\(\) = 26.*◀─.*26 B.*sendto/);
  });

  test('an error stands first', () => {
    expect(ladderOf().some(line => /EAGAIN recvfrom\(\) = -1/.test(line))).toBe(true);
  });

  test('a forgery that vanishes is lost, and has somebody else’s name on it', () => {
    const list = story();
    const forged = [...list, sent('forger', 4, client), event('fact', {name: 'forgery-vanished', says: 'Vanished.'})];
    expect(ladderOf(forged).find(line => line.includes('4 B lost'))).toMatch(/not for this socket.*forger: sendto/);
  });

  test('with one end ours, the other is named by its address', () => {
    seq = 0;
    const list = [event('listening', {address: '127.0.0.1:1060', port: 1060}), got('server', 7, '127.0.0.1:5000')];
    const shown = modelAfter<UdpState>(udpExperiment, {...ask, role: 'server'}, list);
    const {lines} = paintView(udpView, shown, {width: 118, height: 33});
    expect(lines.find(line => line.includes('7 B'))).toMatch(/127\.0\.0\.1:5000 .*7 B ─+▶ .*recvfrom\(\) = 7/);
  });

  test('a row says what its calls are for', () => {
    const pane = newPaneState(udpView);
    const shown = model();
    paintView(udpView, shown, {width: 118, height: 33}, {pane});
    const part = findPart(udpView, 'ladder')!;
    const box = pane.placed.find(placed => placed.part === 'ladder')!;
    pane.following.clear();
    pane.cursors['ladder'] = 3;
    const explained = part.explain?.(partModel({view: udpView, model: shown, pane, active: true}, part, box));
    expect(explained?.says).toContain('Sends one datagram');
    expect(explained?.says).toContain('the same as a loss');
    expect(explained?.source).toContain('RFC 768');
  });
});

test('each wait is a bar of its length with what came of it', () => {
  const lines = ladderOf();
  const first = lines.find(line => line.includes('nothing came'))!;
  const second = lines.find(line => line.includes('answered') && line.includes('█'))!;
  expect(first).toMatch(/1 +100 ms/);
  expect(second).toMatch(/2 +200 ms/);
  const cells = (line: string) => [...line].filter(character => character === '█').length;
  expect(Math.abs(cells(second) - 2 * cells(first))).toBeLessThanOrEqual(1);
});

test('the heading has both ends, what they do, and who was believed', () => {
  const stranger = event('reply', {from: '127.0.0.1:9', size: 4, kept: 4, expected: false, late: false});
  const [head] = ladderOf([
    ...story(),
    stranger,
    event('server', {state: 'silent'}),
    event('mode', {connected: true, broadcast: true}),
  ]);
  expect(head).toContain(
    '0.0.0.0:40112 connected   127.0.0.1:1060 silent  sent 2, got 2, 1 from strangers  SO_BROADCAST',
  );
});

test('facts are listed, told in full, and explained with their source', () => {
  const {text, pane} = paintView(udpView, model(), {width: 118, height: 33});
  expect(text).toContain('ephemeral port: The kernel chose 40112.');
  const part = findPart(udpView, 'facts')!;
  const box = pane.placed.find(placed => placed.part === 'facts')!;
  const here = partModel({view: udpView, model: model(), pane, active: true}, part, box);
  expect(part.explain?.(here)).toMatchObject({says: 'The kernel chose 40112.', source: factSources['ephemeral-port']});
  expect(Object.keys(factSources).toSorted()).toEqual([...udpFacts].toSorted());
});

test('hostile text is shown harmlessly', () => {
  const list = [...story(), event('fact', {name: 'connected', says: hostile}), event('notice', {says: hostile})];
  for (const size of paneSizes) paintView(udpView, model(list, {problem: {code: 'x', says: hostile}}), size);
});
