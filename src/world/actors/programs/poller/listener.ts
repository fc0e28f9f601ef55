import type {Berkeley} from '../../../libc/berkeley.ts';
import type {CallRecord} from '../../../libc/record.ts';
import type {BehaviourSpec} from '../behaviours/behaviour.ts';
import {accepts, createBehaviour} from '../behaviours/registry.ts';
import type {Batch} from './batch.ts';
import {type Connection, createConnection} from './connection.ts';
import type {PauseReason, PollerOptions, PollerReady} from './events.ts';

export interface Listener {
  fd: number;
  behaviour: BehaviourSpec;
  /** Why accept() is not called; nothing: it is. */
  paused: PauseReason | undefined;
  /** When the lack of descriptors is looked at again, on the monotonic clock in milliseconds. */
  retryAt: number;
  /** It was shut down from outside: accept() will never work again. */
  dead: boolean;
}

type Opened = {ok: true; listener: Listener; ready: PollerReady} | {ok: false; ready: PollerReady};

/** socket(), SO_REUSEADDR if wanted, bind(), listen(): stops at the first that fails. */
export function openListener(
  libc: Berkeley,
  batch: Batch,
  behaviour: BehaviourSpec,
  {address, backlog, reuseAddress, options = []}: NonNullable<PollerOptions['listen']>,
): Opened {
  const family = address.family;
  const socket = libc.socket(family, 'SOCK_STREAM', 0, ['SOCK_NONBLOCK']);
  if (socket.result < 0) return {ok: false, ready: {ok: false, record: socket}};
  const fd = socket.result;
  const settings = [...(reuseAddress ? [{option: 'SO_REUSEADDR', value: true}] : []), ...options];
  const steps = [
    ...settings.map(
      ({option, value}) =>
        () =>
          libc.setsockopt(fd, option, value),
    ),
    () => libc.bind(fd, address),
    () => libc.listen(fd, backlog),
  ];
  for (const step of steps) {
    const record = step();
    if (record.result >= 0) continue;
    libc.close(fd);
    return {ok: false, ready: {ok: false, record}};
  }
  const chosen = libc.getsockname(fd).address ?? address;
  batch.tell({kind: 'listening', fd, address: chosen, backlog});
  const listener: Listener = {fd, behaviour, paused: undefined, retryAt: 0, dead: false};
  if (!accepts(behaviour)) pause(batch, listener, 'behaviour');
  return {ok: true, listener, ready: {ok: true, fd, address: chosen}};
}

export function pause(batch: Batch, listener: Listener, why: PauseReason): void {
  if (listener.paused === why) return;
  listener.paused = why;
  batch.tell({kind: 'paused', why});
}

export function resume(batch: Batch, listener: Listener): void {
  if (listener.paused === undefined) return;
  listener.paused = undefined;
  batch.tell({kind: 'resumed'});
}

const retryMilliseconds = 1000;

/** One accept(): poll() tells when there is another. Without free descriptors it rests a while, or it would spin. */
export function accept(
  libc: Berkeley,
  batch: Batch,
  listener: Listener,
  next: Pick<Connection, 'id' | 'allowance'>,
): Connection | undefined {
  const record = libc.accept4(listener.fd, ['SOCK_NONBLOCK']);
  if (record.result < 0) return notAccepted(batch, listener, record);
  const fd = record.result;
  const {id, allowance} = next;
  const connection = createConnection(id, fd, createBehaviour(listener.behaviour), {connecting: false, allowance});
  batch.connection = id;
  const local = libc.getsockname(fd).address;
  if (local !== undefined && record.address !== undefined)
    batch.tell({kind: 'opened', connection: id, fd, by: 'accept', local, remote: record.address});
  return connection;
}

const exhausted = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'];

/** EAGAIN, ECONNABORTED and the errors of the network mean only that the one who called has gone again (man 2 accept). */
function notAccepted(batch: Batch, listener: Listener, {errno = ''}: CallRecord): undefined {
  if (exhausted.includes(errno)) {
    listener.retryAt = performance.now() + retryMilliseconds;
    pause(batch, listener, 'no descriptors');
  }
  if (errno === 'EINVAL' || errno === 'EBADF' || errno === 'ENOTSOCK') {
    listener.dead = true;
    batch.tell({kind: 'deaf', errno});
  }
}
