import dgram from 'node:dgram';
import {once} from 'node:events';
import type net from 'node:net';
import type {AddressInfo} from 'node:net';
import {readName} from '../../../src/wire/dns/name.ts';

/** A query for a name of plain labels. */
export function queryFor(name: string, {type = 1, id = 0x1234}: {type?: number; id?: number} = {}): Uint8Array {
  const labels = name.split('.').flatMap(label => [label.length, ...Buffer.from(label)]);
  return Uint8Array.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, type >> 8, type & 255, 0, 1]);
}

/** The query turned into an answer with one A record, or with what is changed. */
export function answerFor(query: Uint8Array, change: {id?: number; flags?: number; rcode?: number} = {}): Uint8Array {
  const {next} = readName(query, 12) as {next: number};
  const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];
  const answer = Uint8Array.from([...query.subarray(0, next + 4), ...record]);
  answer[2] = 0x84 | (change.flags ?? 0);
  answer[3] = change.rcode ?? 0;
  answer[7] = 1;
  if (change.id !== undefined) answer.set([change.id >> 8, change.id & 255]);
  return answer;
}

export interface UdpServer extends AsyncDisposable {
  readonly port: number;
  readonly heard: Uint8Array[];
}

/** A UDP server on 127.0.0.1 that does to each query what it is told; it counts from 0. */
export async function udpServer(
  serve: (query: Uint8Array, reply: (bytes: Uint8Array) => void, from: dgram.RemoteInfo, count: number) => void,
): Promise<UdpServer> {
  const socket = dgram.createSocket('udp4');
  const heard: Uint8Array[] = [];
  socket.on('message', (query, from) => {
    heard.push(query);
    serve(query, bytes => socket.send(bytes, from.port, from.address), from, heard.length - 1);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    heard,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

export interface StreamServer extends AsyncDisposable {
  readonly port: number;
  readonly connections: net.Socket[];
}

/** Any server of streams (net, tls, http, http2) on 127.0.0.1, ended with all that is connected. */
export async function listening(server: net.Server, port = 0): Promise<StreamServer> {
  const connections: net.Socket[] = [];
  server.on('connection', socket => {
    connections.push(socket);
    socket.on('error', () => undefined);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
}
