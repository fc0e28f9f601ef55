import type {CallFields} from './calls.ts';
import {nodeMeanings} from './node-meaning.ts';

export interface Meaning {
  readonly title: string;
  readonly says: string;
  /** Section of the specification, or the manual page. */
  readonly source?: string;
}

type Call = Pick<CallFields, 'name' | 'arguments' | 'result' | 'errno' | 'means' | 'text'>;

/** What a call is for, what its result means here, and where that is written. */
export function explainCall(call: Call): Meaning {
  const {name, errno, means, result, text} = call;
  const known = meanings[name];
  const does = typeof known?.says === 'function' ? known.says(call) : (known?.says ?? `Calls ${name}().`);
  const special = errno === undefined ? undefined : known?.errors?.[errno];
  const outcome =
    errno === undefined ? (known?.result?.(result) ?? '') : `It failed with ${errno}. ${special ?? means ?? ''}`;
  return {
    title: text,
    says: `${does} ${outcome}`.trim(),
    ...(known?.source !== undefined && {source: known.source}),
  };
}

interface Known {
  readonly says: string | ((call: Call) => string);
  readonly result?: (result: number) => string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly source: string;
}

/** RFC 9293 §3.9.1 names the calls between a user and TCP; the socket calls are their usual form. */
const meanings: Readonly<Record<string, Known>> = {
  ...nodeMeanings,
  socket: {
    says: 'Makes a socket and nothing else: no address, no peer, nothing on the wire.',
    result: fd => `${fd} is its descriptor, the number by which this process names it.`,
    source: 'POSIX socket(), RFC 9293 §3.9.1',
  },
  bind: {
    says: 'Gives the socket its local address and port. With port 0 the kernel chooses a free one.',
    source: 'POSIX bind(), RFC 9293 §3.9.1.1',
  },
  listen: {
    says: 'Makes the socket passive. From now on the kernel itself answers each SYN, and keeps finished connections in a queue.',
    source: 'RFC 9293 §3.9.1.1 (passive OPEN)',
  },
  accept4: {
    says: 'Takes one finished connection from the queue. The handshake was over before: accept puts nothing on the wire.',
    result: fd => `${fd} is a new socket for this one peer.`,
    source: 'POSIX accept(), RFC 9293 §3.9.1.1',
  },
  connect: {
    says: 'Sends a SYN and waits until the peer’s SYN ACK has come and is acknowledged.',
    source: 'RFC 9293 §3.5, §3.9.1.1 (active OPEN)',
  },
  send: {
    says: 'Hands bytes to the kernel. It returns when they are in the send queue, not when they have arrived.',
    result: count => `The kernel took ${count} bytes.`,
    errors: {
      EPIPE: 'The sending direction is finished: by shutdown() on this socket, or by a RST from the peer.',
      ECONNRESET: 'The peer broke the connection off with a RST.',
      EAGAIN: 'The send queue is full, because the peer does not read. Let the other side read.',
    },
    source: 'RFC 9293 §3.9.1.2 (SEND)',
  },
  recv: {
    says: 'Takes what has arrived, up to the size asked for. TCP has no messages: several sends may be one recv.',
    result: count =>
      count === 0
        ? 'It gave 0: the end of file. Either the peer’s FIN has come and everything before it was read, or this side called SHUT_RD.'
        : `It gave ${count} bytes.`,
    errors: {
      EAGAIN: 'Nothing has arrived. Without MSG_DONTWAIT the call would wait here.',
      ECONNRESET: 'The peer’s RST came. Bytes that had not been read are lost, and this is not an end of file.',
    },
    source: 'RFC 9293 §3.9.1.3 (RECEIVE)',
  },
  shutdown: {says: shutdownSays, source: 'RFC 9293 §3.6, POSIX shutdown()'},
  close: {
    says: 'Gives the descriptor back. Only when the last descriptor of the socket is closed does TCP act: a FIN, or a RST when bytes were left unread or SO_LINGER is 0.',
    source: 'RFC 9293 §3.6, §3.9.1.4; RFC 1122 §4.2.2.13 (unread bytes)',
  },
  setsockopt: {says: optionSays, source: 'POSIX setsockopt(), socket(7), tcp(7)'},
  getsockopt: {
    says: 'Asks the kernel for the value of a socket option.',
    source: 'POSIX getsockopt(), socket(7), tcp(7)',
  },
  getsockname: {says: 'Asks for the local address: useful when the kernel chose it.', source: 'POSIX getsockname()'},
  getpeername: {says: 'Asks for the address of the other end.', source: 'POSIX getpeername()'},
};

function shutdownSays(call: Call): string {
  const how = (call.arguments as readonly unknown[])[1];
  const also = 'It acts on the socket itself, so it holds for every process that has a descriptor of it.';
  if (how === 'SHUT_WR')
    return `Ends the sending direction: a FIN goes out behind the last byte. Bytes from the peer still come and can be read. ${also}`;
  if (how === 'SHUT_RD')
    return `Says that this side will not read. Nothing is sent, and the peer notices nothing. recv() gives 0 when the queue is empty, but on Linux bytes that arrive later are acknowledged and can still be read. ${also}`;
  return `Ends both directions: a FIN goes out. What the peer sends from now on is answered with a RST, since nobody may read it. ${also}`;
}

function optionSays(call: Call): string {
  const [, option, value] = call.arguments as readonly unknown[];
  if (option === 'SO_LINGER' && (value as {seconds?: number} | undefined)?.seconds === 0)
    return 'SO_LINGER with 0 seconds: close() will throw away what is queued and send a RST instead of a FIN.';
  if (option === 'SO_REUSEADDR') return 'Allows bind() to take an address that connections in TIME_WAIT still use.';
  return `Sets ${String(option)}.`;
}
