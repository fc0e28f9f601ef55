import {define, type Step} from '../contract.ts';
import {flagField, integerField, portField} from '../fields.ts';
import {sides} from './ends.ts';
import {halfCloseEquivalents} from './half-close-equivalents.ts';
import {NodeHalfClose} from './half-close-node.ts';
import {type HalfCloseAsk, HalfCloseSession} from './half-close-session.ts';
import {type HalfCloseState, reduceHalfClose, startHalfClose} from './half-close-state.ts';
import {addressField} from './pair.ts';
import type {SessionKit} from './session.ts';
import {sessionEvents} from './session-events.ts';
import {sessionLine} from './session-line.ts';
import {hexBytes, hexFields, type TextArguments, textBytes, textFields} from './typed-bytes.ts';

const fields = {
  client: addressField('Client', '127.0.2.1', 'address the client binds to; its port is chosen by the kernel'),
  server: addressField('Server', '127.0.1.80', 'address the server listens on'),
  port: portField({default: 1060, zero: true, hint: 'where the server listens; 0: the kernel chooses a free one'}),
  size: integerField({label: 'recv() size', default: 4096, from: 1, to: 65_536, unit: 'bytes at most in one recv()'}),
  reading: flagField({
    label: 'Read at once',
    default: true,
    hint: 'each side calls recv() as soon as it can; a changes it',
  }),
};

const hasSocket = (state: HalfCloseState): true | string => {
  const side = state[state.turn];
  if (state.connection === undefined) return 'There is no connection yet';
  if (!side.alive) return `The ${state.turn}’s process has ended: connect again with n`;
  return side.open
    ? true
    : `The ${state.turn} has closed its socket: choose the other side with o, or connect again with n`;
};

const libcOnly = (why: string) => (state: HalfCloseState) => (state.byNode ? why : hasSocket(state));
const readsByItself = 'Node reads what arrives by itself: it has no recv() to call, or not to call';

const actions = {
  send: {
    key: 's',
    title: 'Send text',
    hint: 9,
    possible: hasSocket,
    fields: textFields,
  },
  'shut-wr': {key: 'w', title: 'SHUT_WR: end sending', hint: 8, possible: hasSocket},
  'shut-rd': {key: 'r', title: 'SHUT_RD: end reading', hint: 7, possible: libcOnly('Node has no call for SHUT_RD')},
  'shut-rdwr': {
    key: 'b',
    title: 'SHUT_RDWR: end both',
    hint: 6,
    possible: libcOnly('Node has no call for SHUT_RDWR: there are w and c'),
  },
  close: {key: 'c', title: 'close() the socket', hint: 6, possible: hasSocket},
  other: {key: 'o', title: 'Other side: let it act', hint: 8},
  recv: {key: 'v', title: 'recv() once', hint: 3, possible: libcOnly(readsByItself)},
  reading: {
    key: 'a',
    title: 'Read at once, or only when told',
    hint: 3,
    possible: (state: HalfCloseState) => (state.byNode ? readsByItself : true),
  },
  'send-hex': {
    key: 'X',
    title: 'Send bytes as hex',
    hint: 0,
    possible: hasSocket,
    fields: hexFields,
  },
  reset: {key: 't', title: 'Reset: SO_LINGER 0, then close()', hint: 2, possible: hasSocket},
  reconnect: {key: 'n', title: 'Connect anew, closing what is open', hint: 4},
  client: {key: '<', hint: 0, title: 'Act as the client'},
  server: {key: '>', hint: 0, title: 'Act as the server'},
};

export const halfCloseExperiment = define({
  id: 'tcp.half-close',
  title: 'Half-close',
  teaches:
    'A connection has two directions, and each end closes its own: what shutdown(), close() and a reset do to both ends.',
  opens: 'with its form',
  positionals: ['server', 'port'],
  fields,
  events: sessionEvents,
  actions,
  listensOn: ({server}) => server,
  script: (): readonly Step[] => [
    {action: 'send', args: {text: 'hello', ending: 'LF'}},
    {action: 'shut-wr'},
    {action: 'server'},
    {action: 'send', args: {text: 'bye', ending: 'LF'}},
    {action: 'close'},
    {action: 'client'},
    {action: 'close'},
  ],
  async run(ask, kit) {
    const session = await openSession(kit, ask);
    try {
      await session.connect();
      const perform = session.perform.bind(session);
      kit.handle({
        send: (typed: Pick<TextArguments, 'text' | 'ending'>) =>
          perform('send', 'send', [textBytes(typed), ['MSG_DONTWAIT']]),
        'send-hex': (typed: {hex: string}) => perform('send-hex', 'send', [hexBytes(typed), ['MSG_DONTWAIT']]),
        recv: () => perform('recv', 'recv', [ask.size, ['MSG_DONTWAIT']]),
        'shut-wr': () => perform('shut-wr', 'shutdown', ['SHUT_WR']),
        'shut-rd': () => perform('shut-rd', 'shutdown', ['SHUT_RD']),
        'shut-rdwr': () => perform('shut-rdwr', 'shutdown', ['SHUT_RDWR']),
        close: () => perform('close', 'close'),
        reset: () => session.reset(),
        reconnect: () => session.connect(),
        ...(session instanceof HalfCloseSession && {reading: () => session.toggleReading()}),
        other: () => session.passTurn(),
        client: () => session.setTurn('client'),
        server: () => session.setTurn('server'),
      });
      await kit.stopped();
    } finally {
      await session.close();
    }
  },
  start: ask => startHalfClose(ask.reading),
  reduce: reduceHalfClose,
  line: (event, bytes) => sessionLine(event, bytes),
  equivalents: halfCloseEquivalents,
});

/** Over libc; where it cannot be called, over Node's own sockets, with what they cannot do said. */
async function openSession(kit: SessionKit, ask: HalfCloseAsk): Promise<HalfCloseSession | NodeHalfClose> {
  const {libc, netlink, proc} = await kit.world.capabilities();
  if (libc.available) return new HalfCloseSession(kit, ask);
  const told = netlink.available || proc.available;
  const states = told ? 'States and queues are the kernel’s' : proc.why;
  kit.emit('notice', {says: `${withoutLibc} ${states.replace(/\.$/, '')}. ${libc.why}`});
  if (!ask.reading) for (const by of sides) kit.emit('reading', {by, on: true});
  return new NodeHalfClose(kit, ask, told);
}

const withoutLibc =
  'Node’s own sockets in this process are both ends, instead of the C library’s calls. Not to be had: SHUT_RD, SHUT_RDWR, an errno of each call, bytes left unread (Node reads at once), a socket kept when both its directions are over (Node closes it).';
