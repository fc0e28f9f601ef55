import {visible} from '../../wire/text/visible.ts';
import {addressText} from '../../world/libc/address.ts';
import {define, type Kit, type Step, type TextLine} from '../contract.ts';
import {integerField} from '../fields.ts';
import {needLibc} from './call-problems.ts';
import {callLine} from './call-text.ts';
import {hexBytes, hexFields, textBytes, textFields} from './typed-bytes.ts';
import {udpEquivalents} from './udp-equivalents.ts';
import {type UdpEvent, udpEvents} from './udp-events.ts';
import {hostOf, roleOf, type UdpAsk, udpFields} from './udp-fields.ts';
import {pipe} from './udp-pipe.ts';
import {UdpSession} from './udp-session.ts';
import {reduceUdp, startUdp, type UdpState} from './udp-state.ts';

const ours = ({role}: UdpState) => (role === 'server' ? 'The client is not ours' : true);
const oursBoth = ({role}: UdpState) => (role === 'both' ? true : 'That takes a server and a client of ours');
const serverOurs = ({role, server}: UdpState) =>
  role === 'client' ? 'The server is not ours' : server.mode === 'starting' ? 'It is starting' : true;

const actions = {
  send: {key: 's', title: 'Send a datagram', hint: 9, possible: ours, fields: {text: textFields.text}},
  'send-hex': {key: 'X', title: 'Send bytes as hex', hint: 1, possible: ours, fields: hexFields},
  empty: {key: 'n', title: 'Send nothing: an empty datagram', hint: 3, possible: ours},
  big: {
    key: 'b',
    title: 'Send a big datagram',
    hint: 3,
    possible: ours,
    fields: {size: integerField({label: 'Size', default: 65_508, from: 0, to: 100_000, unit: 'bytes'})},
  },
  forge: {
    key: 'o',
    title: 'Forge an answer from another port',
    hint: 8,
    possible: (state: UdpState) =>
      ours(state) !== true || state.client.bound ? ours(state) : 'The client has no port yet: let it send first',
  },
  connect: {key: 'a', title: 'connect(), or a new unconnected socket', hint: 7, possible: ours},
  unplug: {
    key: 'u',
    title: 'Unplug the server, or plug it in',
    hint: 6,
    possible: (state: UdpState) =>
      serverOurs(state) !== true || state.server.mode !== 'closed'
        ? serverOurs(state)
        : 'It has closed its port: c opens it',
  },
  close: {key: 'c', title: 'Close the server: give its port back, or open it again', hint: 6, possible: serverOurs},
  truncate: {
    key: 't',
    title: 'Receive too little: with less room than is needed',
    hint: 4,
    possible: ours,
    fields: {room: integerField({label: 'Room', default: 10, from: 1, to: 65_535, unit: 'bytes for recvfrom()'})},
  },
  broadcast: {key: 'd', title: 'Broadcast', hint: 5, possible: oursBoth},
  permit: {key: 'p', title: 'SO_BROADCAST on or off', hint: 4, possible: ours},
};

const script: readonly Step[] = [
  {action: 'send', args: {text: 'This is another message'}},
  {action: 'forge'},
  {action: 'empty'},
  {action: 'big', args: {size: 65_507}},
  {action: 'big', args: {size: 65_508}},
  {action: 'truncate', args: {room: 10}},
  {action: 'broadcast'},
  {action: 'permit'},
  {action: 'broadcast'},
  {action: 'connect'},
  {action: 'send', args: {text: 'This is another message'}},
  {action: 'forge'},
  {action: 'close'},
  {action: 'send', args: {text: 'Is anybody there?'}},
  {action: 'close'},
  {action: 'unplug'},
  {action: 'send', args: {text: 'Is anybody there?'}},
];

export const udpExperiment = define({
  id: 'tcp.udp',
  title: 'UDP',
  teaches:
    'Datagrams: nobody connects, nobody repeats what is lost, and an answer may come from anybody, unless the program sees to it.',
  opens: 'with its form',
  positionals: ['host', 'port'],
  fields: udpFields,
  events: udpEvents,
  actions,
  listensOn: ask => (roleOf(ask) === 'client' ? undefined : hostOf(ask)),
  script: ask => (roleOf(ask) === 'both' ? script : []),
  async run(ask, kit) {
    await needLibc(kit.world);
    const session = new UdpSession(kit, ask);
    const piped = roleOf(ask) === 'client' && kit.headless && kit.input !== undefined;
    try {
      await session.open(piped ? true : ask.connected);
      let acted = false;
      const inTurn = <T>(work: () => Promise<T>) => {
        acted = true;
        return session.inTurn(work);
      };
      handle(kit, session, inTurn);
      if (piped) {
        await Promise.race([pipe(kit, ask, await session.actor('client'), session.client!), kit.stopped()]);
        if (!acted) return;
      }
      const once = kit.once && roleOf(ask) === 'server' ? session.server!.answered.promise : undefined;
      await Promise.race([kit.stopped(), session.server?.broken.promise, once].filter(one => one !== undefined));
    } finally {
      await session.close();
    }
  },
  start: startUdp,
  reduce: reduceUdp,
  line: udpLine,
  equivalents: udpEquivalents,
});

type UdpRunKit = Kit<typeof udpEvents, keyof typeof actions, UdpAsk>;

function handle(kit: UdpRunKit, session: UdpSession, inTurn: <T>(work: () => Promise<T>) => Promise<T>): void {
  const ask = async (bytes: Uint8Array) => void (await inTurn(() => session.ask(bytes)));
  const encoder = new TextEncoder();
  kit.handle({
    send: ({text}: {text: string}) => ask(textBytes({text, ending: 'none'})),
    'send-hex': (typed: {hex: string}) => ask(hexBytes(typed)),
    empty: () => ask(new Uint8Array(0)),
    big: ({size}: {size: number}) => ask(new Uint8Array(size).fill(0x23)),
    forge: () => inTurn(() => session.forge(encoder.encode('FAKE'))),
    connect: () => inTurn(() => turnConnection(session)),
    unplug: () => inTurn(async () => session.server!.unplug()),
    close: () => inTurn(() => (session.server!.isOpen ? session.server!.close() : session.server!.open())),
    truncate: ({room}: {room: number}) =>
      inTurn(() => session.truncate(encoder.encode('This is another message'), room)),
    broadcast: () => inTurn(() => session.broadcast(encoder.encode('Broadcast datagram!'))),
    permit: () => inTurn(() => session.client!.permit(!session.client!.permitted)),
  });
}

async function turnConnection({client}: UdpSession): Promise<void> {
  if (client === undefined) return;
  if (client.connected) {
    await client.open({connected: false});
    client.fact('unconnected', 'A new socket, which is not connected: it will take datagrams from anybody.');
    return;
  }
  await client.connect();
  const where = client.local === undefined ? '' : ` at ${addressText(client.local)}`;
  client.fact(
    'connected',
    `connect() has sent nothing. It sets the only address that counts${where}, and lets errors be told.`,
  );
}

function udpLine(event: UdpEvent, bytes: Uint8Array | undefined, ask: UdpAsk): TextLine {
  const role = roleOf(ask);
  if (role === 'client') return clientLine(event, bytes);
  switch (event.kind) {
    case 'call':
      return role === 'server' || event.name === 'setsockopt' ? undefined : callLine(event, bytes);
    case 'listening':
      return `server listens on ${event.address}`;
    case 'server':
      return `server  is ${event.state}`;
    case 'local':
      return `client  is ${event.address} ${event.when} that`;
    case 'heard':
      return role === 'both' && event.fate === 'answered' ? undefined : heardLine(event, bytes);
    case 'gaveUp':
      return `client  gives up after ${event.attempts} attempts and ${event.seconds.toFixed(1)} s`;
    case 'fact':
    case 'notice':
      return `        ${event.says}`;
    default:
      return undefined;
  }
}

/** A client of somebody else’s server prints what comes, byte for byte, as nc does. */
function clientLine(event: UdpEvent, bytes: Uint8Array = new Uint8Array(0)): TextLine {
  if (event.kind === 'reply') return {raw: bytes, shown: `${event.from}  ${visible(bytes)}`};
  if (event.kind === 'notice' || event.kind === 'fact') return {aside: event.says};
  if (event.kind === 'gaveUp') return {aside: `No answer after ${event.attempts} attempts`};
  return undefined;
}

function heardLine(event: Extract<UdpEvent, {kind: 'heard'}>, bytes: Uint8Array = new Uint8Array(0)): string {
  const shown = bytes.length > 60 ? `${visible(bytes.subarray(0, 60))}…` : visible(bytes);
  return `${event.from}  ${event.size} B  ${event.fate}  ${shown}`;
}
