import {writeSync} from 'node:fs';
import {createClock} from '../clock.ts';
import {type Berkeley, createBerkeley} from '../libc/berkeley.ts';
import {openNative} from '../libc/ffi.ts';
import type {TcpInfo} from '../libc/tcp-info.ts';
import type {ActorEvent} from './events.ts';
import {createChildren} from './host-children.ts';
import {createThreads} from './host-threads.ts';
import {firstInherited} from './launch.ts';
import type {Ask, FromActor, Sample, ToActor, Usage} from './messages.ts';

/**
 * The process of an actor. This thread only speaks with the parent and looks at sockets from the side; it never makes a
 * call that could block, so that it can always be asked, and can end the process whatever its threads are doing.
 */
export function runHost(): void {
  const [name = '', epoch = '0', inherited = '0'] = process.argv.slice(2);
  // When the parent is gone, so are we: `process.exit` would wait for a thread that is blocked in the kernel.
  process.on('disconnect', endAtOnce);
  process.on('uncaughtException', cause => {
    writeSync(2, `${cause.stack ?? cause.message}\n`);
    endAtOnce();
  });
  const opened = openNative();
  if (!opened.available) {
    send({type: 'ready', pid: process.pid, why: opened.why});
    return;
  }
  const quiet = createBerkeley(opened.native);
  const shared = new Set(Array.from({length: Number(inherited)}, (_, index) => firstInherited + index));
  // Inheriting has cleared the mark; without it the next child would hold these sockets too.
  for (const fd of shared) quiet.fcntl(fd, 'F_SETFD', 1);
  const threads = createThreads({native: opened.native, epoch: BigInt(epoch), send, tell: createTelling(name)});
  const children = createChildren({epoch: BigInt(epoch), send});
  const clock = createClock(BigInt(epoch));
  const host: Host = {
    quiet,
    threads,
    children,
    shared,
    interrupt(fd) {
      const record = quiet.shutdown(fd, 'SHUT_RDWR');
      const base = {actor: name, pid: process.pid, thread: 'control', call: 0, at: clock.now()};
      send({type: 'events', events: [{...base, kind: 'leave', record}]});
      return record;
    },
  };
  process.on('message', (message: ToActor) => receive(host, message));
  threads.start('main');
  send({type: 'ready', pid: process.pid});
}

interface Host {
  quiet: Berkeley;
  threads: ReturnType<typeof createThreads>;
  children: ReturnType<typeof createChildren>;
  /** Descriptors that another process holds too: a shutdown() would end them there as well. */
  shared: Set<number>;
  interrupt(fd: number): unknown;
}

function send(message: FromActor): void {
  // Sending to a parent that is just dying fails; `disconnect` follows.
  process.send?.(message, undefined, undefined, () => undefined);
}

function receive(host: Host, message: ToActor): void {
  if (message.type === 'relay') host.children.relay(message.child, message.message);
  else if (message.type === 'taken') host.threads.taken(message.thread, message.count);
  else {
    try {
      const answer = answerTo(host, message.request, message.what);
      if (answer !== later) send({type: 'answer', request: message.request, value: answer});
    } catch (cause) {
      send({type: 'refusal', request: message.request, why: cause instanceof Error ? cause.message : String(cause)});
    }
  }
}

/** The thread answers by itself. */
const later = Symbol('later');

function answerTo(host: Host, request: number, what: Ask): unknown {
  switch (what.ask) {
    case 'call':
    case 'run':
      host.threads.ask(request, what);
      return later;
    case 'command':
      host.threads.command(what.thread, request, what.command);
      return later;
    case 'interrupt':
      return host.interrupt(what.fd);
    case 'sample':
      return sample(host.quiet, what.fd);
    case 'usage':
      return usage();
    case 'spawn':
      for (const fd of what.inherit) host.shared.add(fd);
      return host.children.spawn(what.child, what.name, what.inherit);
    case 'stop':
      void stop(host);
      return null;
  }
}

function sample(libc: Berkeley, fd: number): Sample {
  const [info, send, receive] = [
    libc.getsockopt(fd, 'TCP_INFO'),
    libc.ioctl(fd, 'SIOCOUTQ'),
    libc.ioctl(fd, 'SIOCINQ'),
  ];
  const nothing = info.result < 0 && send.result < 0 && receive.result < 0;
  return {
    ...(info.result === 0 && {tcp: info.value as TcpInfo}),
    ...(send.number !== undefined && {sendQueue: send.number}),
    ...(receive.number !== undefined && {receiveQueue: receive.number}),
    ...(nothing && info.errno !== undefined && {errno: info.errno}),
  };
}

function usage(): Usage {
  const {user, system} = process.cpuUsage();
  return {cpuSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage.rss()};
}

/** Asks the programs, then frees blocked calls, then leaves; the parent has a watch on it and stronger means. */
async function stop({threads, shared, interrupt}: Host): Promise<void> {
  threads.stopPrograms();
  if (!(await threads.idle(100))) for (const fd of threads.blockedOn()) if (!shared.has(fd)) interrupt(fd);
  if (!(await threads.idle(100))) endAtOnce();
  // Once this is through, so is everything that was told before.
  process.send?.({type: 'events', events: []}, undefined, undefined, () => process.exit(0));
}

function endAtOnce(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable: SIGKILL cannot be survived');
}

function createTelling(name: string): (event: Omit<ActorEvent, 'actor' | 'pid'>[]) => void {
  let waiting: ActorEvent[] = [];
  return events => {
    // What comes in one turn of the loop goes out in one message.
    if (waiting.length === 0)
      setImmediate(() => {
        send({type: 'events', events: waiting});
        waiting = [];
      });
    for (const event of events) waiting.push({actor: name, pid: process.pid, ...event} as ActorEvent);
  };
}
