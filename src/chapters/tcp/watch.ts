import {setTimeout as sleep} from 'node:timers/promises';
import {addressText, type SocketAddress} from '../../world/libc/address.ts';
import type {Kit} from '../contract.ts';
import {type Ends, endsEvent, inMotion, lookAtEnds, type Side, sameEnds} from './ends.ts';
import {type Cause, handshake, segmentEvent, segmentsBetween, statesPassed} from './segments.ts';

const watchEvents = {...endsEvent, ...segmentEvent} as const;

type WatchKit = Pick<Kit<typeof watchEvents>, 'world' | 'emit' | 'signal'>;

interface Parts {
  /** Called after each look. True when it made a call, so that there is something to look at again. */
  changed(): Promise<boolean>;
  /** Runs a look in its turn, between the steps of whoever watches. */
  idle(work: () => Promise<void>): Promise<void>;
}

/** Watches both ends of one connection in the kernel: after each step until all is quiet, and seldom in between. */
export interface Watch {
  /** What was seen last. */
  readonly ends: Ends | undefined;
  /** Takes up a new connection; the old one is forgotten. Gives both addresses as text. */
  begin(addresses: Readonly<Record<Side, SocketAddress>>): Readonly<Record<Side, string>>;
  /** Looks, tells what changed and what must have gone over the wire, and looks on while something is under way. */
  look(after: string, cause?: Cause): Promise<void>;
  close(): void;
}

/** Milliseconds between looks after a step. An acknowledgment may be put off for 40 ms (delayed ACK, RFC 9293 §3.8.6.3). */
const settling = [0, 3, 10, 20, 40, 60, 100];

/** Milliseconds between idle looks: soon after a change, then seldom, so that an idle pane costs next to nothing. */
const restless = 250;
const calm = 2000;
const looksUntilCalm = 8;

export function createWatch(kit: WatchKit, parts: Parts): Watch {
  let addresses: Readonly<Record<Side, SocketAddress>> | undefined;
  let seen: Ends | undefined;
  let timer: NodeJS.Timeout | undefined;
  let quiet = 0;
  let closed = false;

  async function lookOnce(after: string, cause: Cause | undefined, tell: boolean): Promise<boolean> {
    if (addresses === undefined || closed) return false;
    const now = await lookAtEnds(kit.world.kernel, addresses, seen?.via);
    if (closed) return false;
    const changed = seen === undefined || !sameEnds(seen, now);
    if (!changed && !tell) return false;
    const found = seen === undefined ? handshake(now) : segmentsBetween(seen, now, cause);
    for (const segment of found) kit.emit('segment', segment);
    const passed = (side: Side) => ({...now[side], through: statesPassed(side, seen, now, found)});
    kit.emit('ends', {after, client: passed('client'), server: passed('server'), via: now.via});
    seen = now;
    return changed;
  }

  async function look(after: string, cause?: Cause): Promise<void> {
    await lookOnce(after, cause, true);
    // What the step sent has been told; what comes later comes because of it all the same.
    const since = cause === undefined ? undefined : {side: cause.side, name: cause.name};
    for (const pause of settling) {
      while (!closed && (await parts.changed())) await lookOnce(after, since, false);
      if (closed || seen === undefined || !inMotion(seen)) break;
      await sleep(pause, undefined, {signal: kit.signal}).catch(() => undefined);
      await lookOnce(after, since, false);
    }
    quiet = 0;
    schedule();
  }

  function schedule(): void {
    clearTimeout(timer);
    if (closed || seen === undefined || !(seen.client.listed || seen.server.listed)) return;
    timer = setTimeout(() => void parts.idle(idleLook), quiet < looksUntilCalm ? restless : calm);
  }

  async function idleLook(): Promise<void> {
    quiet++;
    if (await lookOnce('', undefined, false)) await look('');
    else schedule();
  }

  return {
    get ends() {
      return seen;
    },
    begin(between) {
      addresses = between;
      seen = undefined;
      return {client: addressText(between.client), server: addressText(between.server)};
    },
    look,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
