import {setTimeout as sleep} from 'node:timers/promises';
import type {SocketAddress} from '../../world/libc/address.ts';
import type {World} from '../../world/world.ts';
import type {Queues} from './deadlock-events.ts';
import {type Ends, lookAtEnds, type Side, sameEnds, sides} from './ends.ts';

/** How large the buffers of an end are now; nothing for an end that is not ours. */
type Buffers = Partial<Pick<Queues, 'sendBuffer' | 'receiveBuffer'>>;

export interface WatchParts {
  readonly world: World;
  /** Seconds without a byte moving that count as frozen. */
  readonly patience: number;
  now(): number;
  buffers(side: Side): Promise<Buffers>;
  queues(seen: Partial<Record<Side, Queues>>): void;
  /** Called once for each freeze. */
  frozen(seconds: number, ends: Ends): void;
}

export interface QueueWatch {
  /** Looks until it is closed. Rejects when it cannot. */
  begin(addresses: Readonly<Record<Side, SocketAddress>>): Promise<void>;
  /** Looks once more, at the end. */
  look(): Promise<void>;
  /** A program has told that bytes moved, or that they are about to. */
  moved(): void;
  /** Stops looking. A look under way tells nothing any more. */
  close(): void;
}

/** Milliseconds between looks: often while bytes move, seldom while nothing can. */
const [lively, still] = [100, 400];

/**
 * Looks at the queues of both kernels again and again, and says when nothing moves although there is something to move.
 * A queue that stays as it is says little: so many bytes may come as go. TCP_INFO counts what has arrived.
 */
export function watchQueues(parts: WatchParts): QueueWatch {
  const closing = new AbortController();
  let addresses: Readonly<Record<Side, SocketAddress>> | undefined;
  let seen: Ends | undefined;
  let lastMoved = 0;
  let isFrozen = false;
  const moved = (): void => {
    lastMoved = parts.now();
    isFrozen = false;
  };

  async function lookOnce(): Promise<void> {
    if (addresses === undefined) return;
    const ends = await lookAtEnds(parts.world.kernel, addresses);
    const changed = seen === undefined || !sameEnds(seen, ends);
    const [client, server] = changed ? await Promise.all(sides.map(side => parts.buffers(side))) : [];
    if (closing.signal.aborted) return;
    if (changed) {
      moved();
      parts.queues({...queuesOf('client', ends, client), ...queuesOf('server', ends, server)});
    }
    seen = ends;
    const seconds = parts.now() - lastMoved;
    if (isFrozen || seconds < parts.patience || !stuck(ends)) return;
    isFrozen = true;
    parts.frozen(seconds, ends);
  }

  /** One look after the other: two at once would both tell the same change. */
  let turn: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    turn = turn.catch(() => undefined).then(lookOnce);
    return turn;
  };

  return {
    moved,
    look,
    async begin(between) {
      addresses = between;
      moved();
      while (!closing.signal.aborted) {
        await look();
        await sleep(isFrozen ? still : lively, undefined, {signal: closing.signal}).catch(() => undefined);
      }
    },
    close: () => closing.abort(),
  };
}

/** Every end that is on this machine is open, and has both something to send and something to read. */
export function stuck(ends: Ends): boolean {
  const listed = sides.map(side => ends[side]).filter(end => end.listed);
  return (
    listed.length > 0 &&
    listed.every(({state, sendQueue, receiveQueue}) => state === 'ESTABLISHED' && sendQueue > 0 && receiveQueue > 0)
  );
}

function queuesOf(side: Side, ends: Ends, buffers: Buffers = {}): Partial<Record<Side, Queues>> {
  const {listed, state, sendQueue, receiveQueue} = ends[side];
  return listed ? {[side]: {state, sendQueue, receiveQueue, ...buffers}} : {};
}
