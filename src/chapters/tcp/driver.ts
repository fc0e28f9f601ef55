import {lookup as nodeLookup} from 'node:dns/promises';
import type {Exit} from '../../world/actors/events.ts';
import type {Sample} from '../../world/actors/messages.ts';
import type {
  PollerAnswer,
  PollerCommand,
  PollerEvent,
  PollerOptions,
  PollerReady,
} from '../../world/actors/programs/poller/events.ts';
import {literalAddress, type SocketAddress} from '../../world/libc/address.ts';
import type {MemoryInfo} from '../../world/libc/options/codec.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import {runNetPoller} from '../../world/net/net-poller.ts';
import type {World} from '../../world/world.ts';
import {type CallKit, tellCalls} from './calls.ts';

export type FamilyChoice = 'auto' | '4' | '6';

/** Whoever holds the sockets: a process of its own that calls libc, or, where that cannot be, this one with Node's sockets. */
export interface Driver {
  /** Why libc cannot be called, when it cannot. */
  readonly without: string | undefined;
  readonly pid: number;
  readonly ready: Promise<PollerReady>;
  command(command: PollerCommand): Promise<PollerAnswer>;
  /** getaddrinfo(), in a thread of its own. `rows` in libc's order. */
  lookUp(host: string, port: number, family: FamilyChoice): Promise<CallRecord>;
  /** What the kernel has for a descriptor; nothing where it cannot be asked. */
  sample(fd: number): Promise<(Sample & {memory?: MemoryInfo}) | undefined>;
  /** Resolves when the process is gone before it was told to end. */
  readonly died: Promise<Exit>;
  stop(): Promise<void>;
}

export interface DriverParts {
  readonly kit: CallKit & {readonly world: World};
  readonly name: string;
  readonly options: PollerOptions;
  onEvent(event: PollerEvent, by: {readonly name: string; readonly pid: number}): void;
}

export async function openDriver(parts: DriverParts): Promise<Driver> {
  const {libc} = await parts.kit.world.capabilities();
  return libc.available ? openActor(parts) : openNode(parts, libc.why);
}

const families = {auto: 'AF_UNSPEC', '4': 'AF_INET', '6': 'AF_INET6'} as const;

async function openActor({kit, name, options, onEvent}: DriverParts): Promise<Driver> {
  // What the poller calls comes by its own events; of the threads beside it only the look-up is worth telling.
  const teller = tellCalls(kit, called => called === 'getaddrinfo');
  let leaving = false;
  const actor = await kit.world.actors.start({
    name,
    onEvent(event) {
      if (event.kind !== 'program') {
        if (event.kind !== 'exit' || !leaving) teller.onEvent(event);
        return;
      }
      for (const told of event.events as PollerEvent[]) onEvent(told, {name, pid: event.pid});
    },
  });
  const running = actor.run('poller', options);
  return {
    without: undefined,
    pid: actor.pid,
    ready: running.ready,
    command: command => running.command(command).catch(gone),
    lookUp: (host, port, family) =>
      actor.thread('names').call('getaddrinfo', [
        host,
        String(port),
        // Linux has no type of its own for TCP besides the stream.
        {family: families[family], type: 'SOCK_STREAM'},
      ]),
    async sample(fd) {
      const [looked, memory] = await Promise.all([
        actor.sample(fd),
        actor.thread('names').call('getsockopt', [fd, 'SO_MEMINFO']),
      ]);
      return {...looked, ...(memory.value !== undefined && {memory: memory.value as MemoryInfo})};
    },
    died: actor.exited,
    async stop() {
      leaving = true;
      await running.stop().catch(() => undefined);
      await actor.stop();
      teller.close();
    },
  };
}

const gone = (cause: unknown): PollerAnswer => ({
  ok: false,
  why: cause instanceof Error ? cause.message : String(cause),
});

function openNode({kit, name, options, onEvent}: DriverParts, why: string): Driver {
  const {clock} = kit.world;
  const by = {name, pid: process.pid};
  let open = true;
  const poller = runNetPoller(options, event => {
    if (open) onEvent({at: clock.now(), ...event} as PollerEvent, by);
  });
  return {
    without: why,
    pid: process.pid,
    ready: poller.ready,
    command: command => poller.command(command),
    lookUp,
    sample: async () => undefined,
    died: new Promise(() => undefined),
    async stop() {
      await poller.stop();
      open = false;
    },
  };
}

/** Node's look-up calls the same getaddrinfo() in its own threads. */
async function lookUp(host: string, port: number, family: FamilyChoice): Promise<CallRecord> {
  const record = {name: 'getaddrinfo', text: `dns.lookup("${host}")`, arguments: [host, String(port)], seconds: 0};
  try {
    const found = await nodeLookup(host, {all: true, family: family === 'auto' ? 0 : Number(family), verbatim: true});
    const rows = found
      .map(({address}) => literalAddress(address, port))
      .filter((address): address is SocketAddress => address !== undefined)
      .map(address => ({family: address.family, type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', address}));
    return {...record, result: 0, rows};
  } catch (cause) {
    const {code} = cause as NodeJS.ErrnoException;
    return {...record, result: -1, errno: code === 'ENOTFOUND' ? 'EAI_NONAME' : (code ?? 'EAI_FAIL')};
  }
}
