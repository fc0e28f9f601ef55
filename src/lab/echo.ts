import type {PollerOptions, PollerReady} from '../world/actors/programs/poller/events.ts';
import {addressText, type SocketAddress} from '../world/libc/address.ts';
import type {CallRecord} from '../world/libc/record.ts';
import {runNetPoller} from '../world/net/net-poller.ts';
import type {World} from '../world/world.ts';

/** A server that sends back what comes (RFC 862), for a client that has nobody to talk to. */
export interface EchoServer {
  readonly address: SocketAddress;
  /** The process that holds its sockets: one of its own, or this one where libc cannot be called. */
  readonly pid: number;
  /** Ends it, and the connections it has. */
  stop(): Promise<void>;
}

/** It listens, or a call has failed: EADDRINUSE when somebody else is there already. */
export type EchoStart =
  | {readonly ok: true; readonly server: EchoServer}
  | {readonly ok: false; readonly record: CallRecord};

/** Starts an echo server at this address. Whatever comes of it, nothing is left running but what `ok` gives back. */
export async function startEcho(world: World, address: SocketAddress): Promise<EchoStart> {
  const options: PollerOptions = {
    listen: {address, backlog: 5, reuseAddress: true},
    behaviour: {kind: 'echo'},
    maximum: 16,
  };
  const {libc} = await world.capabilities();
  const {pid, ready, stop} = libc.available ? await inProcess(world, options) : inHere(options);
  const said = await ready;
  if (said.ok) return {ok: true, server: {address: said.address ?? address, pid, stop}};
  await stop();
  return said;
}

interface Holder {
  readonly pid: number;
  readonly ready: Promise<PollerReady>;
  stop(): Promise<void>;
}

async function inProcess(world: World, options: PollerOptions): Promise<Holder> {
  const actor = await world.actors.start({name: `echo ${addressText(options.listen!.address)}`});
  const running = actor.run('poller', options);
  return {
    pid: actor.pid,
    ready: running.ready,
    async stop() {
      await running.stop().catch(() => undefined);
      await actor.stop();
    },
  };
}

function inHere(options: PollerOptions): Holder {
  const {ready, stop} = runNetPoller(options, () => undefined);
  return {
    pid: process.pid,
    ready,
    async stop() {
      await stop();
    },
  };
}
