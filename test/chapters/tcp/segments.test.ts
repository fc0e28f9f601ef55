import {describe, expect, test} from 'vitest';
import type {Ends} from '../../../src/chapters/tcp/ends.ts';
import {inMotion, sameEnds} from '../../../src/chapters/tcp/ends.ts';
import {type Cause, handshake, segmentsBetween, statesPassed} from '../../../src/chapters/tcp/segments.ts';
import type {TcpState} from '../../../src/wire/tcp/states.ts';

type Shown = TcpState | readonly [state: TcpState, receiveQueue: number, bytesReceived: number];

const end = (shown: Shown): Ends['client'] => {
  const [state, receiveQueue, bytesReceived] = typeof shown === 'string' ? [shown, 0, 0] : shown;
  const listed = state !== 'CLOSED';
  const info = listed && state !== 'TIME_WAIT' ? {bytesReceived} : {};
  return {state, listed, sendQueue: 0, receiveQueue, inode: listed ? 1 : 0, ...info};
};
const ends = (client: Shown, server: Shown): Ends => ({client: end(client), server: end(server), via: 'netlink'});
const brief = (before: Ends, after: Ends, cause?: Cause) =>
  segmentsBetween(before, after, cause).map(
    ({from, flags, size, certain}) => `${from} ${flags === 'data' ? size : flags}${certain ? '' : '?'}`,
  );

const open = ends('ESTABLISHED', 'ESTABLISHED');
const half = ends('FIN_WAIT2', ['CLOSE_WAIT', 0, 1]);

/** What is seen before and after, why, and the segments that it takes. Each row was seen on Linux. */
const table: readonly [says: string, before: Ends, after: Ends, cause: Cause | undefined, segments: string[]][] = [
  ['nothing happened', open, open, {side: 'client', name: 'shutdown'}, []],
  ['data', open, ends('ESTABLISHED', ['ESTABLISHED', 5, 5]), {side: 'client', name: 'send', sent: 5}, ['client 5']],
  [
    'a FIN, not acknowledged yet',
    open,
    ends('FIN_WAIT1', ['CLOSE_WAIT', 1, 1]),
    {side: 'client', name: 'shutdown'},
    ['client FIN'],
  ],
  ['its acknowledgment, later', ends('FIN_WAIT1', ['CLOSE_WAIT', 0, 1]), half, undefined, ['server ACK']],
  ['both at once', open, half, {side: 'client', name: 'shutdown'}, ['client FIN', 'server ACK']],
  ['the second FIN', half, ends('TIME_WAIT', 'CLOSED'), {side: 'server', name: 'close'}, ['server FIN', 'client ACK']],
  ['the second FIN, under way', half, ends('FIN_WAIT2', 'LAST_ACK'), {side: 'server', name: 'close'}, ['server FIN']],
  [
    'a reset by close',
    ends('ESTABLISHED', ['ESTABLISHED', 5, 5]),
    ends('CLOSED', 'CLOSED'),
    {side: 'server', name: 'close'},
    ['server RST'],
  ],
  ['a reset by linger', open, ends('CLOSED', 'CLOSED'), {side: 'client', name: 'reset'}, ['client RST']],
  [
    'a reset in answer to data',
    half,
    ends('CLOSED', 'CLOSED'),
    {side: 'server', name: 'send', sent: 3},
    ['server 3', 'client RST'],
  ],
  [
    'a FIN to a socket that is gone',
    ends('CLOSED', ['CLOSE_WAIT', 0, 1]),
    ends('CLOSED', 'CLOSED'),
    {side: 'server', name: 'close'},
    ['server FIN?', 'client RST'],
  ],
  ['the end of TIME_WAIT', ends('TIME_WAIT', 'CLOSED'), ends('CLOSED', 'CLOSED'), undefined, []],
  ['FIN_WAIT2 given up by its timer', half, ends('CLOSED', ['CLOSE_WAIT', 0, 1]), undefined, []],
  ['broken off by somebody else', open, ends('CLOSED', 'CLOSED'), undefined, []],
];

describe('segments told from what changed', () => {
  test.each(table)('%s', (_says, before, after, cause, segments) => {
    expect(brief(before, after, cause)).toEqual(segments);
  });

  test('the handshake is certain when both ends are open', () => {
    expect(handshake(open).map(({from, flags, certain}) => [from, flags, certain])).toEqual([
      ['client', 'SYN', true],
      ['server', 'SYN ACK', true],
      ['client', 'ACK', true],
    ]);
    expect(handshake(ends('SYN_SENT', 'CLOSED')).every(({certain}) => !certain)).toBe(true);
  });

  test('without counters, a send is believed and marked', () => {
    const without = (shown: Ends): Ends => {
      const strip = ({bytesReceived: _gone, ...rest}: Ends['client']) => rest;
      return {client: strip(shown.client), server: strip(shown.server), via: 'proc'};
    };
    const after = without(ends('ESTABLISHED', ['ESTABLISHED', 5, 5]));
    expect(brief(without(open), after, {side: 'client', name: 'send', sent: 5})).toEqual(['client 5?']);
  });
});

describe('states between two looks', () => {
  test.each([
    [open, half, 'client', ['FIN_WAIT1', 'FIN_WAIT2']],
    [half, ends('TIME_WAIT', 'CLOSED'), 'server', ['LAST_ACK', 'CLOSED']],
    [half, ends('TIME_WAIT', 'CLOSED'), 'client', ['TIME_WAIT']],
    [open, ends('CLOSED', 'CLOSED'), 'client', ['CLOSED']],
    [open, open, 'client', []],
  ] as const)('%#', (before, after, side, passed) => {
    const found = segmentsBetween(before, after, {side: side === 'client' ? 'client' : 'server', name: 'close'});
    expect(statesPassed(side, before, after, found)).toEqual(passed);
  });

  test('timers and counters of acknowledgments are no change; what is under way is in motion', () => {
    const later = {...open, client: {...open.client, segmentsOut: 9, timer: {kind: 'keepalive', seconds: 1}}};
    expect(sameEnds(open, later)).toBe(true);
    expect(sameEnds(open, half)).toBe(false);
    expect([open, half, ends('FIN_WAIT1', 'CLOSE_WAIT')].map(inMotion)).toEqual([false, false, true]);
  });
});
