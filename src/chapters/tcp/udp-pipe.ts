import {setTimeout as sleep} from 'node:timers/promises';
import {ProblemError} from '../../journal/problem.ts';
import {concat} from '../../wire/bytes.ts';
import type {Actor} from '../../world/actors/actor.ts';
import {addressText} from '../../world/libc/address.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {Kit} from '../contract.ts';
import {callProblem} from './call-problems.ts';
import {type UdpClient, wholeRoom} from './udp-client.ts';
import type {udpEvents} from './udp-events.ts';
import type {UdpAsk} from './udp-fields.ts';

type PipeKit = Pick<Kit<typeof udpEvents>, 'emit' | 'input' | 'once' | 'signal' | 'caughtUp'>;

/**
 * Each line of standard input, or all of it, is a datagram; what comes back is told by a thread of its own. Like `nc -u`,
 * but it ends: so many seconds after the last datagram, or with the first answer when one round is enough.
 */
export async function pipe(kit: PipeKit, ask: UdpAsk, actor: Actor, client: UdpClient): Promise<void> {
  const first = Promise.withResolvers<void>();
  let lastMoved = performance.now();
  const receiving = receive(kit, actor, client, () => {
    lastMoved = performance.now();
    if (kit.once) first.resolve();
  });
  const sending = async (): Promise<void> => {
    for await (const bytes of datagrams(kit.input ?? [], ask.whole)) {
      refuse(await actor.call('send', [client.fd, bytes]), bytes.length);
      lastMoved = performance.now();
      await kit.caughtUp();
    }
    for (;;) {
      const left = ask.giveUp * 1000 - (performance.now() - lastMoved);
      if (left <= 0) return;
      await sleep(left, undefined, {signal: kit.signal});
    }
  };
  await Promise.race([sending(), receiving, first.promise]);
}

/** Never resolves; rejects when the socket tells an error. */
async function receive(kit: PipeKit, actor: Actor, client: UdpClient, came: () => void): Promise<never> {
  const reader = actor.thread('reader');
  for (;;) {
    const record = await reader.call('recvfrom', [client.fd, wholeRoom]);
    refuse(record, 0);
    const {address, received = new Uint8Array(0)} = record;
    if (address === undefined) return new Promise(() => undefined);
    const size = received.length;
    kit.emit('reply', {from: addressText(address), size, kept: size, expected: true, late: false}, received);
    came();
    await kit.caughtUp();
  }
}

function refuse(record: CallRecord, size: number): void {
  if (record.errno === undefined) return;
  const better =
    record.errno === 'EMSGSIZE'
      ? {
          says: `${size} bytes do not fit into one datagram`,
          next: 'Send 65507 bytes at most: with lines, shorter ones.',
        }
      : record.errno === 'ECONNREFUSED'
        ? {says: 'Nobody has that port: the other kernel said so with ICMP'}
        : {};
  throw new ProblemError(callProblem(record, better));
}

/** The lines of the input, each with its line feed as nc sends it, or all of it at once. */
async function* datagrams(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  whole: boolean,
): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  for await (const piece of input) {
    let start = 0;
    for (let end = piece.indexOf(10); !whole && end >= 0; end = piece.indexOf(10, start)) {
      yield concat([...pieces, piece.subarray(start, end + 1)]);
      pieces = [];
      start = end + 1;
    }
    if (start < piece.length) pieces.push(piece.slice(start));
  }
  if (pieces.length > 0) yield concat(pieces);
}
