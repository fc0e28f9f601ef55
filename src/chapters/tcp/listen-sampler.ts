import type {FieldsOf} from '../../journal/event.ts';
import type {KernelSocket} from '../../world/kernel/socket.ts';
import {addressText, type SocketAddress} from '../../world/libc/address.ts';
import type {listenEvents} from './listen-events.ts';
import type {ListenKit} from './listen-session.ts';
import {createSampler, type Looked, type Sampler} from './sampler.ts';

type Sample = FieldsOf<typeof listenEvents, 'sample'>;
type Row = Sample['connections'][number];

/** Looks at all sockets of the server's port at once, and tells those that have changed. */
export function listenSampler(
  kit: ListenKit,
  address: SocketAddress,
  peers: ReadonlyMap<number, string>,
  paused: () => boolean,
): Sampler {
  const localPort = address.family === 'AF_UNIX' ? 0 : address.port;
  const last = new Map<number, string>();
  let lastQueue = '';
  return createSampler(async (): Promise<Looked> => {
    const sockets = await kit.world.kernel.sockets({localPort});
    if (kit.signal.aborted) return 'same';
    const listener = sockets.find(socket => socket.state === 'LISTEN' && sameHost(socket.local, address));
    const byPeer = new Map(sockets.map(socket => [addressText(socket.remote), socket]));
    const connections = [...peers].flatMap(([connection, peer]) => changedRow(connection, byPeer.get(peer), last));
    const [acceptQueue, backlog] = [listener?.acceptQueue ?? 0, listener?.backlog ?? 0];
    const queue = `${acceptQueue} ${backlog}`;
    if (connections.length === 0 && queue === lastQueue) {
      // Nobody tells when the queue of one who does not accept grows, or when a peer makes room.
      const full = sockets.some(socket => socket.state !== 'LISTEN' && socket.sendQueue + socket.receiveQueue > 0);
      return paused() || full ? 'unsettled' : 'same';
    }
    lastQueue = queue;
    kit.emit('sample', {acceptQueue, backlog, connections});
    return 'changed';
  });
}

/** The row when it is other than the last time. One that the kernel has forgotten is told once. */
function changedRow(connection: number, socket: KernelSocket | undefined, last: Map<number, string>): Row[] {
  if (socket === undefined && !last.has(connection)) return [];
  const row: Row = {
    connection,
    state: socket?.state ?? 'closed',
    sendQueue: socket?.sendQueue ?? 0,
    receiveQueue: socket?.receiveQueue ?? 0,
    ...(socket?.info?.roundTripTime !== undefined && {rtt: socket.info.roundTripTime / 1e6}),
  };
  const text = JSON.stringify(row);
  if (last.get(connection) === text) return [];
  if (socket === undefined) last.delete(connection);
  else last.set(connection, text);
  return [row];
}

function sameHost(one: SocketAddress, other: SocketAddress): boolean {
  return one.family !== 'AF_UNIX' && other.family !== 'AF_UNIX' && one.host === other.host;
}
