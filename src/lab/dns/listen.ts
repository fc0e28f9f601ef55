import dgram from 'node:dgram';
import {once} from 'node:events';
import net from 'node:net';
import {createSplitter, withLength} from '../../wire/dns/framing.ts';
import type {TransportName} from '../../world/dns/types.ts';
import {listening, type Open} from '../listening.ts';
import {keepaliveTenths} from './edns.ts';
import type {Asker, Responded, Told} from './respond.ts';

/** What answers a query, whoever brings it. */
export type Handler = (query: Uint8Array, asker: Asker) => Promise<Responded>;

/** Told of every query that was answered, after the answer has left. */
export type Listener = (told: Told, asker: Asker) => void;

/** Answers datagrams at this address. Port 0 takes a free one. Rejects with what the kernel says: EADDRINUSE, EADDRNOTAVAIL. */
export async function listenUdp(address: string, port: number, handler: Handler, tell: Listener): Promise<Open> {
  const socket = dgram.createSocket(address.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (query, peer) => {
    const asker = {transport: 'udp', address: peer.address, port: peer.port} as const;
    void handler(query, asker).then(({messages, told}) => {
      for (const message of messages) socket.send(message, peer.port, peer.address, () => undefined);
      if (told !== undefined) tell(told, asker);
    }, ignored);
  });
  const bound = once(socket, 'listening');
  socket.bind({address, port, exclusive: true});
  await bound;
  // A refusal that comes back for an answer nobody waited for is not our trouble.
  socket.on('error', ignored);
  socket.unref();
  // Thousands may come at once: what does not fit here is lost.
  socket.setRecvBufferSize(4 << 20);
  socket.setSendBufferSize(4 << 20);
  return {address, port: socket.address().port, close: () => new Promise(done => socket.close(() => done()))};
}

/** Answers over TCP (RFC 7766): many queries may wait on one connection, and each answer leaves when it is ready. */
export async function listenTcp(address: string, port: number, handler: Handler, tell: Listener): Promise<Open> {
  const server = net.createServer(connection => serveStream(connection, 'tcp', handler, tell));
  return listening(server, {address, port});
}

/** Queries that may wait on one connection before it is read on. */
const mostWaiting = 1000;

/** Takes apart what a connection brings: two bytes of length before each message (RFC 1035 §4.2.2). */
export function serveStream(stream: net.Socket, transport: TransportName, handler: Handler, tell: Listener): void {
  const asker = {transport, address: stream.remoteAddress ?? '', port: stream.remotePort ?? 0};
  const messages = createSplitter();
  let waiting = 0;
  stream.on('error', ignored);
  stream.setNoDelay(true);
  stream.setTimeout(keepaliveTenths * 100, () => stream.end());
  stream.on('data', (chunk: Buffer) => {
    for (const query of messages.push(chunk)) {
      waiting++;
      if (waiting > mostWaiting) stream.pause();
      void answer(query)
        .catch(ignored)
        .finally(() => {
          waiting--;
          if (stream.isPaused()) stream.resume();
        });
    }
  });
  const answer = async (query: Uint8Array) => {
    const {messages: answers, told} = await handler(query, asker);
    for (const message of answers) {
      if (stream.destroyed) return;
      if (!stream.write(withLength(message))) await drained(stream);
    }
    if (told !== undefined) tell(told, asker);
  };
}

async function drained(stream: net.Socket): Promise<void> {
  await new Promise<void>(done => {
    const go = () => {
      stream.off('drain', go).off('close', go);
      done();
    };
    stream.on('drain', go).on('close', go);
  });
}

const ignored = (): void => undefined;
