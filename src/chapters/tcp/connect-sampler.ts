import type {FieldsOf} from '../../journal/event.ts';
import type {Sample} from '../../world/actors/messages.ts';
import {addressText} from '../../world/libc/address.ts';
import type {MemoryInfo} from '../../world/libc/options/codec.ts';
import type {TcpInfo} from '../../world/libc/tcp-info.ts';
import type {connectEvents} from './connect-events.ts';
import type {ConnectKit, Dialled} from './dial.ts';
import type {Driver} from './driver.ts';
import {createSampler, type Looked, type Sampler} from './sampler.ts';

type SampleFields = FieldsOf<typeof connectEvents, 'sample'>;

/** Looks at a connection of the driver while something moves, and at what the kernel keeps of it once it is closed. */
export function connectSampler(kit: ConnectKit, driver: Driver, dialled: Dialled, closed: () => boolean): Sampler {
  let last = '';
  return createSampler(async (): Promise<Looked> => {
    const after = closed();
    const found = after ? await remains(kit, dialled) : await look(kit, driver, dialled);
    if (found === undefined || kit.signal.aborted || closed() !== after) return 'same';
    const text = JSON.stringify(found);
    const changed = text !== last;
    last = text;
    if (changed) kit.emit('sample', found);
    return changed
      ? 'changed'
      : (found.sendQueue ?? 0) > 0 || /^(FIN_WAIT1|LAST_ACK|CLOSING)$/.test(found.state)
        ? 'unsettled'
        : 'same';
  });
}

async function look(kit: ConnectKit, driver: Driver, dialled: Dialled): Promise<SampleFields | undefined> {
  const looked = await driver.sample(dialled.fd).catch(() => undefined);
  if (looked?.tcp === undefined) return undefined;
  const figures = {...figuresOf(looked.tcp), ...queuesOf(looked)};
  // Once both FINs have gone, the descriptor is only a shell: TIME_WAIT is kept apart from it, and ss shows that.
  if (figures.state !== 'CLOSE') return figures;
  // What was not acknowledged is thrown away with the connection, though SIOCOUTQ goes on counting it.
  const {state, sendQueue = 0} = await remains(kit, dialled);
  return {...figures, state, ...(figures.sendQueue !== undefined && {sendQueue})};
}

function queuesOf({sendQueue, receiveQueue, memory}: Sample & {memory?: MemoryInfo}): Partial<SampleFields> {
  return {
    ...(sendQueue !== undefined && {sendQueue}),
    ...(receiveQueue !== undefined && {receiveQueue}),
    ...(memory !== undefined && {sendBuffer: memory.sendBuffer, receiveBuffer: memory.receiveBuffer}),
  };
}

/** The kernel's figures under the names of our events, in seconds and bytes. */
export function figuresOf(info: TcpInfo): SampleFields {
  const micro = (value: number | undefined, name: 'rtt' | 'rttVariation' | 'minimumRtt') =>
    value === undefined || value === 0xffff_ffff ? {} : {[name]: value / 1e6};
  const plain = (value: number | undefined, name: keyof SampleFields) => (value === undefined ? {} : {[name]: value});
  return {
    state: info.state,
    ...micro(info.roundTripTime, 'rtt'),
    ...micro(info.roundTripVariation, 'rttVariation'),
    ...micro(info.minimumRoundTripTime, 'minimumRtt'),
    ...plain(info.congestionWindow, 'congestionWindow'),
    ...plain(info.sendMss, 'mss'),
    ...plain(info.totalRetransmits, 'retransmits'),
    ...plain(info.unacknowledged, 'unacknowledged'),
    ...plain(info.deliveryRate, 'deliveryRate'),
    ...plain(info.sendWindow, 'peerWindow'),
  };
}

/** What is left when the program has closed it: FIN_WAIT2, TIME_WAIT, or nothing. */
async function remains(kit: ConnectKit, {local, remote}: Dialled): Promise<SampleFields> {
  const port = local.family === 'AF_UNIX' ? 0 : local.port;
  const sockets = await kit.world.kernel.sockets({localPort: port, withoutInfo: true});
  const [here, there] = [addressText(local), addressText(remote)];
  const left = sockets.find(socket => addressText(socket.local) === here && addressText(socket.remote) === there);
  if (left === undefined) return {state: 'CLOSED'};
  const {state, sendQueue, receiveQueue} = left;
  return {state, sendQueue, receiveQueue};
}
