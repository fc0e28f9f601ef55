import {createSocket} from 'node:dgram';
import type {Endpoint} from './types.ts';

/** Where the lab's hosts are on this machine. */
export interface Places {
  /** `own`: each host has its address of 127/8. `ports`: there is 127.0.0.1 alone, and each host has ports of its own. */
  readonly kind: 'own' | 'ports';
  /** The address to bind for a host, and the port to ask for: 0 where a free one has to do. */
  bind(address: string, port: number): Endpoint;
}

/** Linux gives the whole of 127/8 to loopback; elsewhere there is 127.0.0.1 alone until somebody adds more. */
export async function findPlaces(only?: Places['kind']): Promise<Places> {
  const kind = only ?? ((await canBind('127.4.0.1')) ? 'own' : 'ports');
  return kind === 'own'
    ? {kind, bind: (address, port) => ({address, port})}
    : {kind, bind: () => ({address: '127.0.0.1', port: 0})};
}

function canBind(address: string): Promise<boolean> {
  return new Promise(done => {
    const socket = createSocket('udp4');
    const end = (can: boolean) => socket.close(() => done(can));
    socket.once('error', () => end(false));
    socket.bind({address, port: 0}, () => end(true));
  });
}
