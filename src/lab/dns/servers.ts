import {ProblemError} from '../../journal/problem.ts';
import {firstPorts} from '../known.ts';
import type {Open} from '../listening.ts';
import type {Places} from '../places.ts';
import type {Endpoint} from '../types.ts';
import {type Handler, type Listener, listenTcp, listenUdp} from './listen.ts';

/** A name server before it listens. */
export interface Server {
  readonly name: string;
  readonly address: string;
  readonly handler: Handler;
}

/** Name servers that listen, all on one port where each has an address of its own. */
export interface Listening {
  /** By the address of the host. */
  readonly at: ReadonlyMap<string, Endpoint>;
  close(): Promise<void>;
}

/** How far the ports lie apart that are tried when the first one is taken. */
const step = 10;
const attempts = 40;

/**
 * Opens every server over UDP and TCP. Without `port` the first of 5300, 5310, … that is free at all addresses is taken,
 * so that two Wirebooks may run at once. Rejects with a ProblemError where none can be had.
 */
export async function openServers(
  servers: readonly Server[],
  places: Places,
  tell: (server: Server) => Listener,
  port?: number,
): Promise<Listening> {
  const ports =
    port === undefined ? Array.from({length: attempts}, (_, index) => firstPorts.dns + index * step) : [port];
  let cause: unknown;
  for (const candidate of ports) {
    const tried = await openAll(servers, places, tell, candidate);
    if (tried.ok) return tried.listening;
    cause = tried.cause;
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') break;
  }
  throw new ProblemError(problemOf(cause, port), {cause});
}

function problemOf(cause: unknown, port: number | undefined) {
  const {code, message} = cause as NodeJS.ErrnoException;
  const where = port === undefined ? 'its addresses' : `port ${port}`;
  const says = code === 'EADDRINUSE' ? `Somebody listens on ${where} already` : `The lab cannot listen on ${where}`;
  const next = port === undefined ? 'Look with ss -lun who is there.' : 'Choose another port, or leave it out.';
  return {code: 'lab.listen', says, next, ...(code === undefined ? {detail: message} : {errno: code})};
}

type Tried = {readonly ok: true; readonly listening: Listening} | {readonly ok: false; readonly cause: unknown};

async function openAll(
  servers: readonly Server[],
  places: Places,
  tell: (server: Server) => Listener,
  port: number,
): Promise<Tried> {
  const start = async (server: Server) => ({server, open: await openBoth(server, places, tell(server), port)});
  // Whoever has the port at one address has it at all of them, most often: one attempt finds that out.
  const first = await Promise.allSettled(servers.slice(0, 1).map(start));
  const others = first[0]?.status === 'rejected' ? [] : servers.slice(1);
  const results = [...first, ...(await Promise.allSettled(others.map(start)))];
  const opened = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
  const close = async () => {
    await Promise.all(opened.map(({open}) => open.close()));
  };
  const failed = results.find(result => result.status === 'rejected');
  if (failed !== undefined) {
    await close();
    return {ok: false, cause: failed.reason};
  }
  const at = new Map(
    opened.map(({server, open}) => {
      const {address} = places.bind(server.address, open.port);
      return [server.address, {address, port: open.port}];
    }),
  );
  return {ok: true, listening: {at, close}};
}

/** Both transports on the same port; where the kernel chooses it, the other one may be taken, and it is tried again. */
async function openBoth(server: Server, places: Places, tell: Listener, wanted: number): Promise<Open> {
  const {address, port} = places.bind(server.address, wanted);
  for (let left = port === 0 ? 10 : 0; ; left--) {
    const tcp = await listenTcp(address, port, server.handler, tell);
    try {
      const udp = await listenUdp(address, tcp.port, server.handler, tell);
      return {
        address,
        port: tcp.port,
        async close() {
          await Promise.all([udp.close(), tcp.close()]);
        },
      };
    } catch (error) {
      await tcp.close();
      if (left === 0) throw error;
    }
  }
}
