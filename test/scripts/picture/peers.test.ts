import {once} from 'node:events';
import {createServer, type Socket} from 'node:net';
import {text} from 'node:stream/consumers';
import {expect, test} from 'vitest';
import {dial} from '../../../scripts/picture/peers.ts';

test('a client from outside comes from the address it is given, says its words, and ends its direction if asked', async () => {
  const server = createServer({allowHalfOpen: true}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as {port: number};
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  const peer = await dial({to: ['127.0.0.1', port], from: '127.0.2.7', says: 'hello', ends: true});
  const [connection] = await arrived;
  expect(connection.remoteAddress).toBe('127.0.2.7');
  expect(await text(connection)).toBe('hello');
  connection.destroy();
  peer.destroy();
  server.close();
  await once(server, 'close');
});
