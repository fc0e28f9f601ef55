import {describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {deadlockExperiment} from '../../../src/chapters/tcp/deadlock.ts';
import type {DeadlockState} from '../../../src/chapters/tcp/deadlock-state.ts';
import {deadlockFields} from '../../../src/chapters/tcp/deadlock-terms.ts';
import {newPaneState, partModel} from '../../../src/ui/pane.ts';
import {deadlockView} from '../../../src/ui/panes/deadlock.ts';
import {hostile} from '../parts/painting.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';

const ask = defaultsOf(deadlockFields);
const queues = {
  state: 'ESTABLISHED',
  sendQueue: 4_000_000,
  receiveQueue: 130_000,
  sendBuffer: 4_194_304,
  receiveBuffer: 131_072,
};
const call = {
  by: 'server',
  pid: 7,
  thread: 'main',
  name: 'listen',
  text: 'listen(3, 5)',
  arguments: [3, 5],
  result: 0,
  began: 0,
  seconds: 0,
};

const frozen = [
  eventAt(0, 'listening', {address: '127.0.0.1:1060', port: 1060}),
  eventAt(1, 'call', call),
  eventAt(2, 'call', {...call, by: 'client', pid: 8, name: 'connect'}),
  eventAt(3, 'connected', {client: '127.0.0.1:40112', server: '127.0.0.1:1060'}),
  eventAt(4, 'progress', {
    by: 'server',
    thread: 'main',
    sent: 4_000_000,
    received: 4_000_512,
    waiting: 'send',
    since: 0.4,
  }),
  eventAt(5, 'progress', {by: 'client', thread: 'main', sent: 8_000_000, received: 0, waiting: 'send', since: 0.5}),
  eventAt(6, 'queues', {client: queues, server: queues}),
  eventAt(30, 'frozen', {seconds: 2.4, stuck: 8_260_000, says: 'Each waits for the other.'}),
];
const finished = [
  ...frozen,
  eventAt(31, 'melting', {says: 'A second thread reads.'}),
  eventAt(32, 'progress', {by: 'client', thread: 'reader', sent: 0, received: 16}),
  eventAt(33, 'queues', {}),
  eventAt(34, 'finished', {
    sent: 16,
    received: 16,
    verified: true,
    froze: 1,
    seconds: 3,
    says: 'All 16 bytes came back.',
  }),
];
const model = (events = frozen, more = {}) => modelAfter<DeadlockState>(deadlockExperiment, ask, events, more);

describe('every size', () => {
  for (const size of paneSizes)
    test(`${size.width}×${size.height}`, () => {
      for (const events of [[], frozen.slice(0, 4), frozen, finished])
        for (const plain of [false, true]) {
          const {text} = paintView(deadlockView, model(events), size, {plain});
          for (const label of ['client Send-Q', 'server Recv-Q', 'server Send-Q', 'client Recv-Q'])
            expect(text).toContain(label);
        }
    });
});

test('frozen: since when, which call each thread is in, why, and the key that melts it', () => {
  const {text, lines} = paintView(deadlockView, model(), {width: 118, height: 33});
  expect(lines[0]).toContain('FROZEN since 0.600  127.0.0.1:40112 to 127.0.0.1:1060');
  expect(text).toMatch(/client +in send\(\) since 0\.500 +sent 7\.63 MiB, received 0 B/);
  expect(text).toMatch(/server +in send\(\) since 0\.400/);
  expect(text).toContain('Each waits for the other. Press m to let the client read.');
  expect(text).toMatch(/client Send-Q .*3\.81 MiB of 4 MiB {2}full/);
});

test('the bars stand in the order in which the bytes go round', () => {
  const {lines} = paintView(deadlockView, model(), {width: 78, height: 21});
  const at = (label: string) => lines.findIndex(line => line.includes(label));
  const places = ['client Send-Q', 'server Recv-Q', 'server Send-Q', 'client Recv-Q'].map(at);
  expect(places).toEqual(places.toSorted((one, two) => one - two));
});

test('finished: nothing is open, the reader is a thread, and every byte was compared', () => {
  const {text} = paintView(deadlockView, model(finished, {status: 'done'}), {width: 118, height: 33});
  expect(text).toMatch(/^ done/m);
  expect(text).toContain('not open');
  expect(text).toMatch(/client reader +done/);
  expect(text).toContain('All 16 bytes came back.');
  expect(text).not.toContain('Press m');
});

test('a client that is not ours offers no key', () => {
  const events = [frozen[0]!, frozen[1]!, frozen[3]!, frozen[7]!];
  expect(paintView(deadlockView, model(events), {width: 118, height: 33}).text).not.toContain('Press m');
});

test('a problem and hostile text are shown, and shown harmlessly', () => {
  const problem = {code: 'x', says: `It failed at ${hostile}`};
  const events = [...frozen, eventAt(40, 'notice', {says: hostile})];
  for (const size of paneSizes.slice(1))
    expect(paintView(deadlockView, model(events, {problem, status: 'failed'}), size).text).toContain('It failed at');
});

test('each kind of event explains itself', () => {
  const pane = newPaneState(deadlockView);
  const shown = model(finished);
  paintView(deadlockView, shown, {width: 118, height: 33}, {pane});
  const part = deadlockView.parts.find(({id}) => id === 'events')!;
  const box = pane.placed.find(({part}) => part === 'events')!;
  const explained = [1, 4, 6, 30, 31, 34].map(seq => {
    pane.cursors['events'] = seq;
    pane.following.delete('events');
    pane.focus = 'events';
    return part.explain?.(partModel({view: deadlockView, model: shown, pane, active: true}, part, box));
  });
  expect(new Set(explained.map(one => one?.says)).size).toBe(6);
  for (const one of explained) expect(one?.source).toMatch(/RFC 9293|POSIX/);
});

describe('a run that is over', () => {
  const text = (events: typeof frozen, more: object) =>
    paintView(deadlockView, model(events, more), paneSizes[2]!).text;

  test('one that could not begin is not starting, and nobody in it is busy', () => {
    const problem = {code: 'tcp.eaddrinuse', says: 'Port 1060 is taken'};
    const failed = text(frozen.slice(1, 2), {status: 'failed', problem});
    expect(failed).toMatch(/^ failed /);
    expect(failed).toMatch(/server +ended/);
    expect(failed).not.toMatch(/starting|busy/);
  });

  test('one that was stopped waits in no call any more', () => {
    const stopped = text(frozen, {status: 'stopped'});
    expect(stopped).toContain('FROZEN until it was stopped');
    expect(stopped).not.toContain('in send() since');
    expect(text(finished, {status: 'done'})).toMatch(/^ done /);
  });
});
