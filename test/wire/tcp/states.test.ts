import {describe, expect, test} from 'vitest';
import {
  tcpEvents,
  tcpResets,
  tcpStateNames,
  tcpStateOf,
  tcpStates,
  tcpTransition,
  tcpTransitions,
} from '../../../src/wire/tcp/states.ts';

/** Ways through the diagram, with the event of each step (RFC 9293 §3.5 and §3.6). */
const ways = {
  'connect, then close first': [
    ['CLOSED', 'SYN_SENT', 'active open'],
    ['SYN_SENT', 'ESTABLISHED', 'rcv SYN,ACK'],
    ['ESTABLISHED', 'FIN_WAIT1', 'close'],
    ['FIN_WAIT1', 'FIN_WAIT2', 'rcv ACK of FIN'],
    ['FIN_WAIT2', 'TIME_WAIT', 'rcv FIN'],
    ['TIME_WAIT', 'CLOSED', 'timeout 2MSL'],
  ],
  'listen, then close second': [
    ['CLOSED', 'LISTEN', 'passive open'],
    ['LISTEN', 'SYN_RECV', 'rcv SYN'],
    ['SYN_RECV', 'ESTABLISHED', 'rcv ACK of SYN'],
    ['ESTABLISHED', 'CLOSE_WAIT', 'rcv FIN'],
    ['CLOSE_WAIT', 'LAST_ACK', 'close'],
    ['LAST_ACK', 'CLOSED', 'rcv ACK of FIN'],
  ],
  'both at the same time': [
    ['SYN_SENT', 'SYN_RECV', 'rcv SYN'],
    ['SYN_RECV', 'ESTABLISHED', 'rcv ACK of SYN'],
    ['ESTABLISHED', 'FIN_WAIT1', 'close'],
    ['FIN_WAIT1', 'CLOSING', 'rcv FIN'],
    ['CLOSING', 'TIME_WAIT', 'rcv ACK of FIN'],
  ],
  reset: [
    ['ESTABLISHED', 'CLOSED', 'rcv RST'],
    ['SYN_RECV', 'LISTEN', 'rcv RST'],
    ['TIME_WAIT', 'CLOSED', 'abort'],
  ],
} as const;

test.each(Object.entries(ways))('%s', (_name, steps) => {
  for (const [from, to, on] of steps) expect(tcpTransition(from, to, on)?.on, `${from} to ${to}`).toBe(on);
});

test('there is no way where RFC 9293 has none', () => {
  for (const [from, to] of [
    ['CLOSED', 'ESTABLISHED'],
    ['FIN_WAIT2', 'CLOSE_WAIT'],
    ['CLOSE_WAIT', 'TIME_WAIT'],
    ['TIME_WAIT', 'ESTABLISHED'],
    ['LISTEN', 'ESTABLISHED'],
  ] as const)
    expect(tcpTransition(from, to)).toBeUndefined();
  expect(tcpTransition('LISTEN', 'CLOSED', 'rcv RST')).toBeUndefined();
});

describe('the table', () => {
  test('every state is reached and left, every event is used, nothing is listed twice', () => {
    expect(new Set(tcpTransitions.map(({to}) => to))).toEqual(new Set(tcpStateNames));
    expect(new Set(tcpTransitions.map(({from}) => from))).toEqual(new Set(tcpStateNames));
    const all = [...tcpTransitions, ...tcpResets];
    expect(new Set(all.map(({on}) => on))).toEqual(new Set(Object.keys(tcpEvents)));
    expect(new Set(all.map(({from, to, on}) => `${from} ${to} ${on}`)).size).toBe(all.length);
  });

  test('an event leads from a state to one other only, but for a reset on SYN_RECV, which depends on how it was opened', () => {
    const all = [...tcpTransitions, ...tcpResets];
    const twice = all.filter(one => all.some(other => other !== one && other.from === one.from && other.on === one.on));
    expect(twice.map(({from, on}) => `${from} ${on}`)).toEqual(['SYN_RECV rcv RST', 'SYN_RECV rcv RST']);
  });

  test('sections are those of the event processing', () => {
    for (const {section} of [...tcpTransitions, ...tcpResets]) expect(section).toMatch(/^3\.10\.([1-5]|7\.[2-4]|8)$/);
  });
});

test('the kernel is understood by number and by every spelling', () => {
  const linux = [
    'ESTABLISHED',
    'SYN_SENT',
    'SYN_RECV',
    'FIN_WAIT1',
    'FIN_WAIT2',
    'TIME_WAIT',
    'CLOSED',
    'CLOSE_WAIT',
    'LAST_ACK',
    'LISTEN',
    'CLOSING',
    'SYN_RECV',
  ];
  expect(linux.map((_, index) => tcpStateOf(index + 1))).toEqual(linux);
  expect([0, 13, -1].map(tcpStateOf)).toEqual([undefined, undefined, undefined]);
  for (const name of tcpStateNames) expect([tcpStateOf(name), tcpStateOf(tcpStates[name].rfc)]).toEqual([name, name]);
  expect(['close', 'ESTAB', 'SYN-RECV', 'fin-wait-1', 'NEW_SYN_RECV', 'SYN_RCVD'].map(tcpStateOf)).toEqual([
    'CLOSED',
    'ESTABLISHED',
    'SYN_RECV',
    'FIN_WAIT1',
    'SYN_RECV',
    'SYN_RECV',
  ]);
  expect(['', 'UNKNOWN', 'constructor'].map(tcpStateOf)).toEqual([undefined, undefined, undefined]);
});
