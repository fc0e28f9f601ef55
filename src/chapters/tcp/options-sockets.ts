import type {Actor} from '../../world/actors/actor.ts';
import type {Family, SocketType} from '../../world/libc/constants.ts';
import {must} from './call-problems.ts';

/** What each kind of socket is made of. */
export const socketKinds = {
  tcp4: {family: 'AF_INET', type: 'SOCK_STREAM', says: 'a TCP socket over IPv4, fresh from socket()'},
  tcp6: {family: 'AF_INET6', type: 'SOCK_STREAM', says: 'a TCP socket over IPv6, fresh from socket()'},
  udp4: {family: 'AF_INET', type: 'SOCK_DGRAM', says: 'a UDP socket over IPv4'},
  udp6: {family: 'AF_INET6', type: 'SOCK_DGRAM', says: 'a UDP socket over IPv6'},
  listening: {family: 'AF_INET', type: 'SOCK_STREAM', says: 'a TCP socket that listens on 127.0.0.1'},
  connected: {family: 'AF_INET', type: 'SOCK_STREAM', says: 'the client’s end of a TCP connection on 127.0.0.1'},
} as const satisfies Readonly<Record<string, {family: Family; type: SocketType; says: string}>>;

export type SocketKind = keyof typeof socketKinds;

export const socketKindNames = Object.keys(socketKinds) as [SocketKind, ...SocketKind[]];

/**
 * Makes a socket of that kind in the actor and gives its descriptor. `connected` makes the other end in the same process:
 * the kernel finishes a connection before accept() is called, so that nobody waits.
 */
export async function openSocket(actor: Actor, kind: SocketKind): Promise<number> {
  const {family, type} = socketKinds[kind];
  const {result: fd} = await must(actor.call('socket', [family, type]));
  if (kind === 'listening') await listen(actor, fd);
  if (kind === 'connected') {
    const {result: listener} = await must(actor.call('socket', [family, type]));
    const {address} = await listen(actor, listener);
    await must(actor.call('connect', [fd, address!]));
    await must(actor.call('accept4', [listener]));
    await must(actor.call('close', [listener]));
  }
  return fd;
}

async function listen(actor: Actor, fd: number) {
  await must(actor.call('bind', [fd, {family: 'AF_INET', host: '127.0.0.1', port: 0}]));
  await must(actor.call('listen', [fd, 5]));
  return must(actor.call('getsockname', [fd]));
}
