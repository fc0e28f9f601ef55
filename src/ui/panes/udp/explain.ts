import {explainCall} from '../../../chapters/tcp/call-meaning.ts';
import type {CallFields} from '../../../chapters/tcp/calls.ts';
import type {UdpFact} from '../../../chapters/tcp/udp-events.ts';
import type {LadderRow} from '../../parts/ladder.ts';
import type {Rung} from '../../parts/rungs.ts';
import type {Explanation, PartModel} from '../../view.ts';

/** What the calls of a rung are for where there are datagrams. */
export function explainUdpRung<State>(row: LadderRow, {journal}: PartModel<State>): Explanation | undefined {
  const events = ((row as Rung).seqs ?? [row.item]).flatMap(seq => journal.get(seq) ?? []);
  const calls = events.filter(({kind}) => kind === 'call').map(event => event as unknown as CallFields);
  const [first] = calls;
  if (first === undefined)
    return {title: 'What happened', says: String(events[0]?.['says'] ?? others[String(events[0]?.kind)] ?? '')};
  const fate = events.find(({kind}) => kind === 'heard')?.['fate'];
  const says = [
    ...calls.map(call => `${calls.length > 1 ? `${call.by}: ` : ''}${sentence(call)}`),
    ...(fate === undefined
      ? []
      : [`The server ${String(fate)} it: for the client that is the same as a loss on the way.`]),
  ];
  return {
    title: `${first.by}: ${first.text}`,
    says: says.join('\n'),
    source: meanings[first.name]?.source ?? explainCall(first).source ?? 'RFC 768',
    equivalents: [],
  };
}

const others: Readonly<Record<string, string>> = {
  gaveUp: 'The client waited twice as long each time, and now thinks that nobody is there. UDP itself repeats nothing.',
  server: 'What the server does with datagrams has changed.',
  ended: 'A process has ended; the kernel closes what it held.',
};

function sentence(call: CallFields): string {
  const known = meanings[call.name];
  if (known === undefined) return explainCall(call).says;
  const failed = call.errno === undefined ? undefined : (known.errors?.[call.errno] ?? call.means ?? '');
  return failed === undefined ? known.says : `${known.says} It failed with ${call.errno}: ${failed}`;
}

interface Known {
  readonly says: string;
  readonly source: string;
  readonly errors?: Readonly<Record<string, string>>;
}

const sendErrors = {
  EMSGSIZE:
    'the datagram is larger than UDP’s 16-bit length allows (65507 bytes of data over IPv4), and it is never cut by UDP.',
  EACCES: 'the address is a broadcast address, and SO_BROADCAST is off.',
  ECONNREFUSED: 'an earlier datagram had found nobody at the port; the error waited for the next call.',
};

const meanings: Readonly<Record<string, Known>> = {
  sendto: {
    says: 'Sends one datagram to an address. That the call succeeds says that it has left the program, and nothing about its arrival.',
    source: 'RFC 768, POSIX sendto()',
    errors: sendErrors,
  },
  send: {
    says: 'Sends one datagram to the address that connect() has set. That the call succeeds says nothing about its arrival.',
    source: 'RFC 768, POSIX send()',
    errors: sendErrors,
  },
  recvfrom: {
    says: 'Takes exactly one datagram and tells who sent it. What does not fit into the room is lost. An unconnected socket takes it from anybody.',
    source: 'RFC 768, POSIX recvfrom()',
    errors: {
      EAGAIN: 'nothing came within SO_RCVTIMEO.',
      ECONNREFUSED:
        'nobody has the port that was sent to: the other kernel said so with ICMP (RFC 1122 §4.1.3.3), and a connected socket is told.',
    },
  },
  connect: {
    says: 'Sends nothing. It sets the address for send(), makes the kernel drop datagrams from all others, and lets ICMP errors be told to this socket.',
    source: 'POSIX connect(), man 7 udp',
  },
  bind: {
    says: 'Gives the socket its address and port: what a server needs to be found. A client’s port is chosen by the kernel when it first sends.',
    source: 'POSIX bind(), RFC 768',
  },
  getsockname: {
    says: 'Asks for the socket’s own address. Port 0 means that it has none yet.',
    source: 'POSIX getsockname()',
  },
};

/** What stands behind a fact. */
export const factSources: Readonly<Record<UdpFact, string>> = {
  'ephemeral-port': 'RFC 6335 §6, man 7 ip',
  connected: 'man 7 udp',
  unconnected: 'man 7 udp',
  'forgery-accepted': 'RFC 768',
  'forgery-vanished': 'man 7 udp',
  'empty-datagram': 'RFC 768',
  'too-big': 'RFC 768, RFC 791 §3.1',
  largest: 'RFC 791 §3.2',
  truncated: 'POSIX recvfrom(), MSG_TRUNC in man 2 recv',
  'broadcast-refused': 'RFC 919, man 7 ip',
  'broadcast-delivered': 'RFC 919',
  'refused-on-next-call': 'RFC 1122 §4.1.3.3',
  'sent-to-nobody': 'RFC 1122 §4.1.3.3',
};
