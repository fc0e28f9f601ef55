import dgram from 'node:dgram';
import net from 'node:net';
import type {Clock} from '../clock.ts';
import {endpointText} from './endpoint.ts';
import {notAnAnswer} from './match.ts';
import {networkProblem, stopped, timedOut} from './problems.ts';
import type {DnsServer, Exchange, ExchangeNote, ExchangeOptions} from './types.ts';

type Kind = 'udp4' | 'udp6';

/**
 * Asks over UDP from a port of the kernel's choice, which it chooses at random. The socket is connected, so that a closed
 * port is told at once; datagrams from any other source reach a second socket on the same port, which counts them.
 */
export function askOverUdp(
  clock: Pick<Clock, 'now'>,
  query: Uint8Array,
  server: DnsServer,
  options: ExchangeOptions,
): Promise<Exchange> {
  const {promise, resolve} = Promise.withResolvers<Exchange>();
  const kind: Kind = net.isIPv6(server.address) ? 'udp6' : 'udp4';
  const socket = dgram.createSocket({type: kind, reuseAddr: true});
  const started = clock.now();
  let stranger: dgram.Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let [sent, tries, ignored] = [started, 0, 0];
  let local = '';
  let done = false;

  const note = (which: ExchangeNote['kind'], says: string) => options.note?.({kind: which, at: clock.now(), says});
  const finish = (exchange: Exchange) => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
    closeQuietly(socket);
    if (stranger !== undefined) closeQuietly(stranger);
    resolve(exchange);
  };
  const abort = () => finish({ok: false, problem: stopped, tries, ignored});
  const fail = (error: unknown) => finish({ok: false, problem: networkProblem(server, error), tries, ignored});
  const ignore = (source: string, why: string) => {
    ignored++;
    note('ignored', `An answer from ${source} was not taken: ${why}`);
  };
  const send = () => {
    const again = tries++ > 0;
    sent = clock.now();
    note(again ? 'retry' : 'sent', again ? `No answer yet: sent again, try ${tries}` : `${query.length} bytes sent`);
    if (done) return;
    socket.send(query, error => error !== null && fail(error));
    timer = setTimeout(expire, options.timeout * 1000);
  };
  const expire = () => {
    if (tries <= options.retries) return send();
    finish({ok: false, problem: timedOut(server, options.timeout, tries, ignored), tries, ignored});
  };

  if (options.signal?.aborted === true) return Promise.resolve({ok: false, problem: stopped, tries, ignored});
  options.signal?.addEventListener('abort', abort, {once: true});
  socket.on('error', fail);
  socket.on('message', bytes => {
    const why = notAnAnswer(query, bytes, options.exactCase);
    if (why !== undefined) return ignore(endpointText(server.address, server.port), why);
    const now = clock.now();
    // A copy: Node hands out slices of a pool that is used again.
    const taken = {bytes: Uint8Array.from(bytes), server, local, seconds: now - sent, total: now - started};
    finish({ok: true, value: {...taken, tries, ignored}});
  });
  socket.bind({port: 0, ...(options.local !== undefined && {address: options.local})}, () => {
    if (done) return;
    socket.connect(server.port, server.address, ((error?: Error | null) => {
      if (done) return;
      if (error != null) return fail(error);
      const {address, port} = socket.address();
      local = endpointText(address, port);
      stranger = listenForOthers(kind, address, port, ignore);
      send();
    }) as () => void);
  });
  return promise;
}

/** Where the kernel does not let two sockets share a port, strangers stay uncounted: they are never taken either way. */
function listenForOthers(
  type: Kind,
  address: string,
  port: number,
  ignore: (source: string, why: string) => void,
): dgram.Socket {
  const socket = dgram.createSocket({type, reuseAddr: true});
  socket.on('error', () => closeQuietly(socket));
  socket.on('message', (_bytes, from) => ignore(endpointText(from.address, from.port), 'nobody asked there'));
  socket.bind({address, port, exclusive: true});
  return socket;
}

function closeQuietly(socket: dgram.Socket): void {
  try {
    socket.close();
  } catch {
    // It was closed before: an error and the end of a time limit may come together.
  }
}
