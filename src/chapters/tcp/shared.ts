import {define, type Step} from '../contract.ts';
import {integerField, portField} from '../fields.ts';
import {needLibc} from './call-problems.ts';
import {addressField} from './pair.ts';
import {sessionLine} from './session-line.ts';
import {sharedEquivalents} from './shared-equivalents.ts';
import {sharedEvents} from './shared-events.ts';
import {SharedSession} from './shared-session.ts';
import {reduceShared, type SharedEvent, type SharedState, startShared} from './shared-state.ts';
import {hexBytes, hexFields, type TextArguments, textBytes, textFields} from './typed-bytes.ts';

const fields = {
  client: addressField('Client', '127.0.2.1', 'address the shared socket is bound to; the kernel chooses its port'),
  // Not the server's address of half-close: both can run at once as they are.
  server: addressField('Peer', '127.0.1.81', 'address the peer listens on'),
  port: portField({default: 1060, zero: true, hint: 'where the peer listens; 0: the kernel chooses a free one'}),
  size: integerField({label: 'recv() size', default: 4096, from: 1, to: 65_536, unit: 'bytes at most in one recv()'}),
};

const hasSocket = (state: SharedState): true | string => {
  const member = state[state.turn];
  if (state.connection === undefined) return 'There is no connection yet';
  if (!member.alive) return `The ${state.turn} has ended: start another child with m, or connect anew with n`;
  return member.open ? true : `The ${state.turn} has closed its descriptor: choose another process with o`;
};

const hasParent = ({parent}: SharedState): true | string =>
  parent.open ? true : 'The parent has no socket that a child could inherit: connect anew with n';

const actions = {
  send: {key: 's', title: 'Send text', hint: 9, possible: hasSocket, fields: textFields},
  close: {key: 'c', title: 'close() the descriptor', hint: 8, possible: hasSocket},
  'shut-wr': {key: 'w', title: 'SHUT_WR: end sending', hint: 8, possible: hasSocket},
  other: {key: 'o', title: 'Other process: let it act', hint: 8},
  recv: {key: 'v', title: 'recv() once', hint: 6, possible: hasSocket},
  'shut-rd': {key: 'r', title: 'SHUT_RD: end reading', hint: 5, possible: hasSocket},
  'shut-rdwr': {key: 'b', title: 'SHUT_RDWR: end both', hint: 5, possible: hasSocket},
  fork: {key: 'm', title: 'Make another child that inherits the socket', hint: 4, possible: hasParent},
  reconnect: {key: 'n', title: 'Connect anew, closing what is open', hint: 4},
  'end-child': {
    key: 'K',
    title: 'End the child’s process',
    hint: 0,
    possible: ({child}: SharedState) => (child.alive && child.pid !== 0 ? true : 'There is no child: start one with m'),
  },
  reset: {key: 't', hint: 0, title: 'Reset: SO_LINGER 0, then close()', possible: hasSocket},
  'send-hex': {key: 'X', hint: 0, title: 'Send bytes as hex', possible: hasSocket, fields: hexFields},
  reading: {key: 'a', hint: 0, title: 'Read at once, or only when told'},
  parent: {key: '<', hint: 0, title: 'Act as the parent'},
  child: {key: 'C', hint: 0, title: 'Act as the child'},
  peer: {key: '>', hint: 0, title: 'Act as the peer'},
};

const says = (text: string): Step => ({action: 'send', args: {text, ending: 'none'}});
const act = (action: string): Step => ({action});

export const sharedExperiment = define({
  id: 'tcp.shared',
  title: 'Shared socket',
  teaches:
    'One connected socket in two processes: close() in one gives back a descriptor, every shutdown() in one holds for both.',
  opens: 'with its form',
  positionals: ['server', 'port'],
  fields,
  events: sharedEvents,
  actions,
  listensOn: ({server}) => server,
  script: (): readonly Step[] => [
    ...[act('child'), act('close'), act('parent'), says('after close')],
    ...[act('fork'), act('child'), act('shut-wr'), act('parent'), says('after SHUT_WR')],
    ...[act('reconnect'), act('child'), act('shut-rd'), act('parent'), act('recv')],
    ...[act('reconnect'), act('child'), act('shut-rdwr'), act('parent'), says('after SHUT_RDWR')],
  ],
  async run(ask, kit) {
    await needLibc(kit.world);
    const session = new SharedSession(kit, ask);
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
        fork: () => session.fork(),
        'end-child': () => session.endChild(),
        reading: () => session.toggleReading(),
        other: () => session.passTurn(),
        parent: () => session.setTurn('parent'),
        child: () => session.setTurn('child'),
        peer: () => session.setTurn('peer'),
      });
      await kit.stopped();
    } finally {
      await session.close();
    }
  },
  start: startShared,
  reduce: reduceShared,
  line: sharedLine,
  equivalents: sharedEquivalents,
});

function sharedLine(event: SharedEvent, bytes: Uint8Array | undefined): string | undefined {
  if (event.kind === 'forked') return `child   is process ${event.pid} and inherits the socket as ${event.fd}`;
  if (event.kind !== 'holders') return sessionLine(event, bytes, {client: 'shared', server: 'peer'});
  const who = event.holders.map(({by, pid, fd}) => `${by} (process ${pid}) as ${fd}`).join(', ');
  return `        socket ${event.inode} is held by ${who === '' ? 'nobody' : who}`;
}
