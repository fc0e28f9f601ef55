import {setTimeout} from 'node:timers/promises';
import type {SocketAddress} from '../../world/libc/address.ts';
import type {LookupHints} from '../../world/libc/calls-lookup.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import {type Bench, loopback} from './errors-bench.ts';
import {askedName} from './errors-cases-names.ts';
import type {ErrorCase} from './errors-shape.ts';

/** Makes the calls, and gives the record of the one that decides. */
export type Way = (bench: Bench) => Promise<CallRecord>;

const hello = new TextEncoder().encode('hello');

/** Discard: nobody need listen there for any of these. */
const nowhere: SocketAddress = {family: 'AF_INET', host: '127.255.255.255', port: 9};

/** Documentation addresses (RFC 5737 §3): no machine has them, and none is reached. */
const elsewhere: SocketAddress = {family: 'AF_INET', host: '203.0.113.1', port: 80};

const looks =
  (node: string | null, service: string, hints: LookupHints = {}): Way =>
  bench =>
    bench.decide('getaddrinfo', [node, service, {type: 'SOCK_STREAM', ...hints}]);

const asks = looks(askedName, '80');

/** How each error of a call is made to happen. */
export const ways: Readonly<Record<string, Way>> = {
  EAI_NONAME: looks('no-such-host', '80', {flags: ['AI_NUMERICHOST']}),
  'no-such-name': asks,
  EAI_NODATA: asks,
  EAI_AGAIN: asks,
  EAI_SYSTEM: asks,
  EAI_SERVICE: looks('127.0.0.1', 'no-such-service'),
  EAI_FAMILY: looks('127.0.0.1', '80', {family: 'AF_UNIX'}),
  EAI_SOCKTYPE: looks('127.0.0.1', '80', {protocol: 17}),
  EAI_BADFLAGS: looks(null, '80', {flags: ['AI_CANONNAME']}),
  EAI_ADDRFAMILY: looks('127.0.0.1', '80', {family: 'AF_INET6'}),
  ECONNREFUSED: async bench => {
    const {address} = await bench.bound();
    return bench.decide('connect', [await bench.socket(), address]);
  },
  ETIMEDOUT: async bench => {
    const address = await bench.full();
    const fd = await bench.socket();
    await bench.must('setsockopt', [fd, 'TCP_USER_TIMEOUT', 400]);
    return bench.decide('connect', [fd, address]);
  },
  timeout: async bench => {
    const {client} = await bench.pair();
    return bench.decide('poll', [[{fd: client, events: ['POLLIN']}], 300]);
  },
  ENETUNREACH: async bench => bench.decide('connect', [await bench.socket(), nowhere]),
  EHOSTUNREACH: async bench => bench.decide('connect', [await bench.socket(), elsewhere]),
  EINPROGRESS: async bench => {
    const {address} = await bench.bound(1);
    return bench.decide('connect', [await bench.socket('SOCK_STREAM', false), address]);
  },
  EALREADY: async bench => {
    const address = await bench.full();
    const fd = await bench.socket('SOCK_STREAM', false);
    await bench.try('connect', [fd, address]);
    return bench.decide('connect', [fd, address]);
  },
  EISCONN: async bench => {
    const {client, address} = await bench.pair();
    return bench.decide('connect', [client, address]);
  },
  EADDRINUSE: async bench => {
    const {address} = await bench.bound(1);
    return bench.decide('bind', [await bench.socket(), address]);
  },
  EADDRNOTAVAIL: async bench => bench.decide('bind', [await bench.socket(), {...elsewhere, port: 0}]),
  'EACCES-port': async bench => bench.decide('bind', [await bench.socket(), loopback(80)]),
  ECONNRESET: async bench => {
    const {client, server} = await bench.pair();
    await bench.must('setsockopt', [server, 'SO_LINGER', {on: true, seconds: 0}]);
    await bench.close(server);
    return bench.decide('recv', [client, 100]);
  },
  EPIPE: async bench => {
    const {client, server} = await bench.pair();
    await bench.close(server);
    await bench.must('send', [client, hello]);
    // The RST that answers it needs a moment, also on loopback.
    await setTimeout(20);
    return bench.decide('send', [client, hello]);
  },
  EAGAIN: async bench => {
    const {client} = await bench.pair();
    return bench.decide('recv', [client, 100, ['MSG_DONTWAIT']]);
  },
  EMSGSIZE: async bench =>
    bench.decide('sendto', [await bench.socket('SOCK_DGRAM'), new Uint8Array(70_000), loopback(9)]),
  EDESTADDRREQ: async bench => bench.decide('send', [await bench.socket('SOCK_DGRAM'), hello]),
  EACCES: async bench => bench.decide('sendto', [await bench.socket('SOCK_DGRAM'), hello, nowhere]),
  ENOTCONN: async bench => bench.decide('recv', [await bench.socket(), 100]),
  EBADF: async bench => bench.decide('send', [await bench.closed(), hello]),
  ENOTSOCK: async bench => bench.decide('send', [await bench.eventfd(), hello]),
};

type Healthy = ErrorCase['healthy'];

/** The same kind of call with nothing wrong about it. */
export const healthyWays: Readonly<Record<Exclude<Healthy, 'handshake' | 'nothing'>, Way>> = {
  lookup: looks('127.0.0.1', '80'),
  connect: async bench => {
    const {address} = await bench.bound(1);
    return bench.decide('connect', [await bench.socket(), address]);
  },
  bind: async bench => bench.decide('bind', [await bench.socket(), loopback(0)]),
  send: async bench => bench.decide('send', [(await bench.pair()).client, hello]),
  recv: async bench => {
    const {client, server} = await bench.pair();
    await bench.must('send', [server, hello]);
    return bench.decide('recv', [client, 100]);
  },
  datagram: async bench => {
    const receiver = await bench.socket('SOCK_DGRAM');
    await bench.must('bind', [receiver, loopback(0)]);
    const {address = loopback(9)} = await bench.must('getsockname', [receiver]);
    return bench.decide('sendto', [await bench.socket('SOCK_DGRAM'), hello, address]);
  },
};

/** An error that the statement for this one does not catch: the descriptor was closed before, or is no socket. */
export const otherWays: Readonly<Record<Exclude<Healthy, 'nothing'>, Way>> = {
  lookup: async bench => {
    await bench.must('getaddrinfo', ['127.0.0.1', '80', {type: 'SOCK_STREAM'}]);
    return bench.decide('connect', [await bench.closed(), loopback(80)]);
  },
  connect: async bench => bench.decide('connect', [await bench.closed(), loopback(9)]),
  bind: async bench => bench.decide('bind', [await bench.closed(), loopback(0)]),
  send: async bench => bench.decide('send', [await bench.closed(), hello]),
  recv: async bench => bench.decide('recv', [await bench.closed(), 100]),
  datagram: async bench => bench.decide('sendto', [await bench.closed(), hello, loopback(9)]),
  // Python asks for the peer before it begins a handshake.
  handshake: async bench => bench.decide('getpeername', [await bench.closed()]),
};
