import {ProblemError} from '../../journal/problem.ts';
import type {SocketAddress} from '../../world/libc/address.ts';
import {callProblem, must} from './call-problems.ts';
import type {UdpClient} from './udp-client.ts';
import type {UdpKit, UdpSession} from './udp-session.ts';

interface Broadcast {
  readonly session: Pick<UdpSession, 'actor' | 'server'>;
  readonly kit: UdpKit;
  readonly client: UdpClient;
  readonly port: number;
  readonly bytes: Uint8Array;
}

/** The last address of the loopback network: a broadcast that never leaves this machine. */
const everybody = '127.255.255.255';

/** Seconds for a datagram to come through the kernel. */
const enough = 0.5;

/**
 * The client sends to everybody on the loopback network. A socket bound to the broadcast address itself hears it; the
 * server, bound to 127.0.0.1, does not.
 */
export async function hearBroadcast({session, client, port, bytes}: Broadcast): Promise<void> {
  const to: SocketAddress = {family: 'AF_INET', host: everybody, port};
  const ear = await session.actor('ear');
  const {result: fd} = await must(ear.call('socket', ['AF_INET', 'SOCK_DGRAM']));
  try {
    const bound = await ear.call('bind', [fd, to]);
    if (bound.errno !== undefined)
      throw new ProblemError(callProblem(bound, {says: `Nobody can listen on ${everybody}:${port} here`}));
    await must(ear.call('setsockopt', [fd, 'SO_RCVTIMEO', enough]));
    const sent = await client.send(bytes, to);
    if (sent.errno === 'EACCES') {
      client.fact(
        'broadcast-refused',
        'Refused with EACCES, and nothing was sent: a program must say with SO_BROADCAST that it means to speak to everybody.',
      );
      return;
    }
    if (sent.errno !== undefined) throw new ProblemError(callProblem(sent));
    const heard = await ear.call('recvfrom', [fd, 65_535]);
    if (heard.errno === undefined)
      client.fact(
        'broadcast-delivered',
        `With SO_BROADCAST it was sent, and the socket bound to ${everybody} heard it. One bound to 127.0.0.1 does not hear broadcasts.`,
      );
  } finally {
    await ear.call('close', [fd]);
  }
}
