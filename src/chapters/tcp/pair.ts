import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import {addressText, literalAddress, type SocketAddress} from '../../world/libc/address.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {World} from '../../world/world.ts';
import {textField} from '../fields.ts';
import {callProblem, must, portInUse} from './call-problems.ts';

/** A field for an address that a socket is bound to: a literal one, because what is bound is shown. */
export function addressField(label: string, preset: string, hint: string) {
  return textField({
    label,
    default: preset,
    hint,
    check: typed =>
      literalAddress(typed.trim(), 0) === undefined
        ? `“${typed}” is no IPv4 or IPv6 address. Type one such as 127.0.0.1 or ::1`
        : undefined,
  });
}

/** Where two ends are to be: literal addresses, and the server's port. */
export interface PairAsk {
  readonly client: string;
  readonly server: string;
  readonly port: number;
}

export interface Listener {
  readonly actor: Actor;
  readonly fd: number;
  readonly address: SocketAddress;
}

export interface Connection {
  /** The client's descriptor. */
  readonly fd: number;
  readonly addresses: {readonly client: SocketAddress; readonly server: SocketAddress};
}

/** Says that an address was not to be had here and another was taken. */
export type Notice = (says: string) => void;

/** Both addresses, the client's with port 0. Throws a ProblemError when they cannot be two ends of one connection. */
export function pairAddresses(ask: PairAsk): {readonly client: SocketAddress; readonly server: SocketAddress} {
  const [client, server] = [readAddress(ask.client, 0), readAddress(ask.server, ask.port)];
  if (client.family === server.family) return {client, server};
  throw new ProblemError({
    code: 'tcp.family',
    says: `${ask.client} and ${ask.server} are of two families, and a connection has one`,
    next: 'Give two IPv4 addresses, or two IPv6 addresses.',
  });
}

/** Lets the actor listen. A port in use is a problem that names who holds it and offers a free one. */
export async function openListener(world: World, actor: Actor, ask: PairAsk, notice: Notice): Promise<Listener> {
  const {server: wanted} = pairAddresses(ask);
  const {result: fd} = await must(actor.call('socket', [wanted.family, 'SOCK_STREAM']));
  await must(actor.call('setsockopt', [fd, 'SO_REUSEADDR', true]));
  const {record, address} = await bindNear(actor, fd, wanted, notice);
  if (record.errno === 'EADDRINUSE') throw new ProblemError(await portInUse(world, address));
  if (record.errno !== undefined) throw new ProblemError(bindProblem(record, address));
  const listening = await actor.call('listen', [fd, 5]);
  if (listening.errno === 'EADDRINUSE') throw new ProblemError(await portInUse(world, address));
  await must(Promise.resolve(listening));
  return {actor, fd, address: (await must(actor.call('getsockname', [fd]))).address ?? address};
}

/**
 * One connection up to connect(). Nobody has to wait for that in accept(): the kernel finishes the handshake by itself, and
 * accept() only takes the result.
 */
export async function connectTo(listener: Listener, client: Actor, host: string, notice: Notice): Promise<Connection> {
  const wanted = readAddress(host, 0);
  const {result: fd} = await must(client.call('socket', [wanted.family, 'SOCK_STREAM']));
  const {record} = await bindNear(client, fd, wanted, notice);
  if (record.errno !== undefined) throw new ProblemError(bindProblem(record, wanted));
  await must(client.call('connect', [fd, listener.address]));
  const own = (await must(client.call('getsockname', [fd]))).address ?? wanted;
  return {fd, addresses: {client: own, server: listener.address}};
}

/**
 * Binds; where the machine has only 127.0.0.1 of the loopback network (every system but Linux, unless configured), it binds
 * to that one instead and says so.
 */
async function bindNear(
  actor: Actor,
  fd: number,
  wanted: SocketAddress,
  notice: Notice,
): Promise<{record: CallRecord; address: SocketAddress}> {
  const record = await actor.call('bind', [fd, wanted]);
  const isLoopback = wanted.family === 'AF_INET' && wanted.host.startsWith('127.') && wanted.host !== '127.0.0.1';
  if (record.errno !== 'EADDRNOTAVAIL' || !isLoopback) return {record, address: wanted};
  const address = {...wanted, host: '127.0.0.1'};
  notice(`This machine has no ${wanted.host}, so ${actor.name} uses 127.0.0.1`);
  return {record: await actor.call('bind', [fd, address]), address};
}

export function bindProblem(record: CallRecord, address: SocketAddress) {
  const {says, next = ''} = callProblem(record);
  return callProblem(record, {says: `${addressText(address)} cannot be bound: ${says.replace(/\.$/, '')}`, next});
}

function readAddress(host: string, port: number): SocketAddress {
  const address = literalAddress(host.trim(), port);
  if (address !== undefined) return address;
  throw new ProblemError({code: 'tcp.address', says: `“${host}” is no address`, next: 'Type one such as 127.0.0.1.'});
}
