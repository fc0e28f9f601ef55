import {once} from 'node:events';
import {connect, type Socket} from 'node:net';

/** A client from outside: where to, from which address, what it says, and whether it then ends its direction. */
export interface Peer {
  readonly to: readonly [host: string, port: number];
  readonly from?: string;
  readonly says?: string;
  readonly ends?: boolean;
}

/** Connects like any other program would. The socket stays open until the caller destroys it. */
export async function dial({to: [host, port], from, says, ends = false}: Peer): Promise<Socket> {
  const socket = connect({host, port, ...(from === undefined ? {} : {localAddress: from})});
  await once(socket, 'connect');
  // What comes back is of no interest here, but it has to be read, and the server may reset us at the end of a scene.
  socket.resume().on('error', () => {});
  if (says !== undefined) socket.write(says);
  if (ends) socket.end();
  return socket;
}
