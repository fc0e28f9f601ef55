import {createSupervisor, type Supervisor} from './actors/supervisor.ts';
import {type Clock, createClock} from './clock.ts';
import type {Dns} from './dns/types.ts';
import {type Files, files} from './files.ts';
import {type Capability, createKernel, type Kernel} from './kernel/kernel.ts';
import {openNative} from './libc/ffi.ts';

/**
 * The outside, as an argument: experiments get this and nothing else to reach clocks, sockets and processes.
 *
 *     const world = createWorld();
 *     const server = await world.actors.start({name: 'server', onEvent: event => …});       // a process
 *     const {result: fd} = await server.call('socket', ['AF_INET', 'SOCK_STREAM']);          // its main thread calls libc
 *     await server.call('bind', [fd, {family: 'AF_INET', host: '127.0.0.1', port: 0}]);
 *     await server.call('listen', [fd, 1]);
 *     const {address} = await server.call('getsockname', [fd]);
 *     const accepting = server.call('accept4', [fd]);              // blocks that thread, and nobody else
 *     await server.sample(fd);                                     // TCP_INFO meanwhile
 *     await server.thread('second').call('getsockopt', [fd, 'SO_RCVBUF']);
 *     await server.interrupt(fd);                                  // lets it go: accepting resolves with EINVAL
 *     const child = await server.spawnChild({name: 'child', inherit: [fd]});                // holds it too
 *     const echo = server.run('poller', {listen: {address, backlog: 5}, behaviour: {kind: 'echo'}});
 *     await echo.ready;                                            // {ok: true, address} or {ok: false, record}
 *     await world.kernel.sockets({port: 1060});                    // both ends, as the kernel has them
 *     await world.close();                                         // no process is left
 *
 * A failed call is a `CallRecord` with an `errno`: `errnoEntry` of libc/errno.ts has the sentence and the next step.
 */
export interface World {
  /** Seconds, monotonic, since this world was made. */
  readonly clock: Pick<Clock, 'now'>;
  /** Processes that hold sockets. */
  readonly actors: Supervisor;
  /** What the kernel knows of every socket on this machine. */
  readonly kernel: Kernel;
  /** Questions to name servers. */
  readonly dns: Dns;
  /** Files the user names. */
  readonly files: Files;
  /** What can be had on this machine, and why not. Loads libc. */
  capabilities(): Promise<Capabilities>;
  /** Ends everything this world started: actors, sockets, files. */
  close(): Promise<void>;
  /** The same at once and synchronously, for a way out that cannot wait. */
  kill(): void;
}

export interface Capabilities {
  /** The Berkeley calls; without it actors cannot be started. */
  libc: Capability;
  netlink: Capability;
  proc: Capability;
}

/** Cheap: nothing is loaded, opened or started before it is used. */
export function createWorld(): World {
  const clock = createClock();
  const actors = createSupervisor(clock);
  const kernel = createKernel();
  return {
    clock,
    actors,
    kernel,
    dns: dnsWhenNeeded(clock),
    files,
    async capabilities() {
      const opened = openNative();
      return {libc: opened.available ? {available: true} : opened, ...(await kernel.capabilities())};
    },
    close: () => actors.stopAll(),
    kill: () => actors.killAllNow(),
  };
}

/** The transports bring TLS and HTTP/2 along, 20 MB of memory: only whoever asks a name server pays for them. */
function dnsWhenNeeded(clock: Clock): Dns {
  let made: Promise<Dns> | undefined;
  const dns = () => (made ??= import('./dns/exchange.ts').then(({createDns}) => createDns(clock)));
  return {
    exchange: async (query, server, options) => (await dns()).exchange(query, server, options),
    open: async (server, options) => (await dns()).open(server, options),
  };
}
