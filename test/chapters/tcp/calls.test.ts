import {afterEach, describe, expect, test} from 'vitest';
import {explainCall} from '../../../src/chapters/tcp/call-meaning.ts';
import {callLine, shortCall} from '../../../src/chapters/tcp/call-text.ts';
import {type CallKit, callEvents, callFields, tellCalls} from '../../../src/chapters/tcp/calls.ts';
import {objectSchema} from '../../../src/journal/shape.ts';
import type {ActorEvent} from '../../../src/world/actors/events.ts';
import type {CallRecord} from '../../../src/world/libc/record.ts';
import {createWorld} from '../../../src/world/world.ts';
import {noLibc} from '../../world/support/tools.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const record = (more: Partial<CallRecord> & Pick<CallRecord, 'name'>): CallRecord => ({
  text: `${more.name}()`,
  arguments: [],
  result: 0,
  seconds: 0.001,
  ...more,
});

describe('a call in a few words', () => {
  test.each([
    [
      record({name: 'connect', arguments: [3, {family: 'AF_INET', host: '127.0.1.80', port: 1060}]}),
      'connect(127.0.1.80:1060) = 0',
    ],
    [record({name: 'accept4', arguments: [3, []], result: 7}), 'accept() = 7'],
    [record({name: 'send', arguments: [3, {bytes: 5}, []], result: 5, sent: bytes('hello')}), 'send("hello") = 5'],
    [
      record({name: 'recv', arguments: [3, 10, []], result: 5, received: bytes('h\x1b[m\n')}),
      'recv() = 5 "h\\033[m\\n"',
    ],
    [record({name: 'recv', arguments: [3, 10, []], received: bytes('')}), 'recv() = 0'],
    [record({name: 'shutdown', arguments: [3, 'SHUT_WR']}), 'shutdown(SHUT_WR) = 0'],
    [record({name: 'close', arguments: [3]}), 'close() = 0'],
    [
      record({name: 'setsockopt', arguments: [3, 'SO_LINGER', {on: true, seconds: 0}]}),
      'setsockopt(SO_LINGER, {true, 0}) = 0',
    ],
    [
      record({name: 'send', arguments: [3, {bytes: 2}, []], result: -1, errno: 'EPIPE', text: 'send(3, "\\"x", 2, 0)'}),
      'send("\\"x") = -1 EPIPE',
    ],
  ])('%#: %o', (call, wanted) => {
    expect(shortCall(callFields(call), call.sent ?? call.received)).toBe(wanted);
  });

  test('a line of text names who called and what a failure means', () => {
    const fields = {...callFields(record({name: 'recv', result: -1, errno: 'ECONNRESET', seconds: 0.2})), by: 'client'};
    expect(callLine(fields, undefined)).toBe(
      'client  recv() = -1 ECONNRESET  after 0.200 s  The peer broke the connection off with a RST; bytes under way are lost. Connect again.',
    );
  });
});

describe('what a call means', () => {
  test('each way of shutdown has its own sentence and its section', () => {
    const says = ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'].map(how =>
      explainCall(callFields(record({name: 'shutdown', arguments: [3, how]}))),
    );
    expect(new Set(says.map(meaning => meaning.says)).size).toBe(3);
    for (const meaning of says) expect(meaning.source).toContain('RFC 9293 §3.6');
  });

  test('a failure is explained by its errno', () => {
    const {says} = explainCall(callFields(record({name: 'send', result: -1, errno: 'EPIPE'})));
    expect(says).toContain('EPIPE');
    expect(says).toContain('sending direction is finished');
  });
});

describe.skipIf(noLibc)('telling what actors do', () => {
  const world = createWorld();
  afterEach(() => world.close());

  test('a call is one event with all fields of its schema; a blocked one is told while it waits', async () => {
    const told: {kind: string; fields: Record<string, unknown>; bytes?: Uint8Array | undefined}[] = [];
    const start = world.clock.now();
    const waiting = Promise.withResolvers<void>();
    const kit: CallKit = {
      world,
      now: () => world.clock.now() - start,
      emit(kind: string, fields: object, payload?: Uint8Array) {
        told.push({kind, fields: {...fields}, bytes: payload});
        if (kind === 'blocked') waiting.resolve();
      },
    };
    const teller = tellCalls(kit, name => name !== 'getsockname');
    const seen: ActorEvent[] = [];
    const onEvent = (event: ActorEvent) => {
      seen.push(event);
      teller.onEvent(event);
    };
    const server = await world.actors.start({name: 'server', onEvent});
    const {result: fd} = await server.call('socket', ['AF_INET', 'SOCK_STREAM']);
    await server.call('bind', [fd, {family: 'AF_INET', host: '127.0.0.1', port: 0}]);
    await server.call('listen', [fd, 1]);
    await server.call('getsockname', [fd]);
    const accepting = server.call('accept4', [fd]);
    await waiting.promise;
    await server.interrupt(fd);
    expect(await accepting).toMatchObject({errno: 'EINVAL'});
    await server.stop();
    expect(told.map(({kind, fields}) => `${kind} ${fields['name'] ?? fields['by']}`)).toEqual([
      'call socket',
      'call bind',
      'call listen',
      'blocked accept4',
      expect.stringMatching(/call (shutdown|accept4)/),
      expect.stringMatching(/call (shutdown|accept4)/),
      'ended server',
    ]);
    const required = objectSchema(callEvents.call.fields)['required'] as string[];
    for (const {fields} of told.filter(({kind}) => kind === 'call'))
      expect(Object.keys(fields)).toEqual(expect.arrayContaining(required));
    const failed = told.find(({fields}) => fields['errno'] === 'EINVAL')!;
    expect(Number(failed.fields['began'])).toBeGreaterThan(0);
    expect(failed.fields['means']).toMatch(/makes no sense/);
    teller.close();
    const count = told.length;
    teller.onEvent(seen.at(-1)!);
    expect(told.length).toBe(count);
  });
});
