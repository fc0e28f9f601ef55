import {createBerkeley} from '../../../libc/berkeley.ts';
import {pollEvents} from '../../../libc/constants.ts';
import {errnoEntry} from '../../../libc/errno.ts';
import type {Kit, Program} from '../kit.ts';
import {createBatch} from './batch.ts';
import {obey} from './commands.ts';
import {apply, type Connection, close, fail, read, send, wantsToRead, wantsToWrite} from './connection.ts';
import type {PollerCommand, PollerEvent, PollerOptions, PollerReady} from './events.ts';
import {accept, openListener, pause, resume} from './listener.ts';
import {createState, type State} from './state.ts';

const {POLLIN, POLLOUT, POLLERR, POLLHUP, POLLNVAL} = pollEvents;

/**
 * One thread, many connections: a poll() loop over non-blocking sockets, with a behaviour for each connection. It ends by
 * the command `stop`, or at once when it cannot listen; `ready` tells which.
 */
export const poller: Program<PollerOptions, PollerCommand, PollerEvent, PollerReady> = (options, kit) => {
  const batch = createBatch(kit.clock, kit.tell, kit.credit, options.whole);
  const libc = createBerkeley(kit.native, {enter: () => undefined, leave: batch.call});
  const state = createState(options, libc, batch);
  const opened =
    options.listen === undefined ? undefined : openListener(libc, batch, options.behaviour, options.listen);
  const ready: PollerReady = opened?.ready ?? {ok: true};
  if (opened?.ok) state.listener = opened.listener;
  batch.flush(true);
  kit.ready(ready);
  if (!ready.ok) return ready;
  while (!state.stopping) turn(state, kit);
  batch.connection = undefined;
  for (const connection of [...state.connections.values()]) close(state, connection, 'stopped');
  if (state.listener !== undefined) libc.close(state.listener.fd);
  batch.flush(true);
  return ready;
};

/** One round: wait, take commands, then everyone who is ready; each connection is asked for by its own number. */
function turn(state: State, kit: Kit<PollerCommand, PollerEvent>): void {
  const {batch} = state;
  watchListener(state);
  const watched = [...state.connections.values()].filter(connection => interest(state, connection) !== undefined);
  const revents = wait(state, kit, watched);
  if (revents.wake !== 0) takeCommands(state, kit);
  for (const [index, connection] of watched.entries()) {
    const events = revents.of(index);
    // A command of this very round may have closed it, and its descriptor may be somebody else's by now.
    if (events === 0 || state.connections.get(connection.id) !== connection) continue;
    batch.connection = connection.id;
    if (connection.connecting) finishConnecting(state, connection);
    else serve(state, connection, events);
  }
  batch.connection = undefined;
  if (revents.listener !== 0) acceptOne(state);
  batch.flush();
}

function acceptOne(state: State): void {
  const {libc, batch, listener} = state;
  if (listener === undefined) return;
  const connection = accept(libc, batch, listener, {id: state.lastId + 1, allowance: state.allowance});
  if (connection !== undefined) {
    state.connections.set(++state.lastId, connection);
    apply(state, connection, connection.behaviour.open());
  }
  batch.connection = undefined;
  if (!listener.dead) return;
  libc.close(listener.fd);
  state.listener = undefined;
}

/** A full house and missing descriptors pass by themselves; what a command did, a command undoes. */
function watchListener({listener, connections, maximum, batch}: State): void {
  if (listener === undefined) return;
  const full = connections.size >= maximum;
  if (full && listener.paused === undefined) pause(batch, listener, 'maximum');
  if (!full && listener.paused === 'maximum') resume(batch, listener);
  if (listener.paused === 'no descriptors' && performance.now() >= listener.retryAt) resume(batch, listener);
}

/**
 * The events to wait for; `undefined` for a connection that is left out: poll() reports a hang-up whether it was asked for
 * or not, so one that is neither read nor written would wake it for ever.
 */
function interest(state: State, connection: Connection): number | undefined {
  const events = (wantsToRead(connection, state.outputLimit) ? POLLIN : 0) | (wantsToWrite(connection) ? POLLOUT : 0);
  return events === 0 && connection.hungUp ? undefined : events;
}

function wait(state: State, {native, wake}: Kit<PollerCommand, PollerEvent>, watched: readonly Connection[]) {
  const listening = state.listener !== undefined && state.listener.paused === undefined;
  const entries = [
    [wake, POLLIN],
    // A negative descriptor is skipped by poll().
    [listening ? state.listener!.fd : -1, POLLIN],
    ...watched.map(connection => [connection.fd, interest(state, connection) ?? 0]),
  ];
  const view = new Int32Array(entries.length * 2);
  for (const [index, [fd, events]] of entries.entries()) view.set([fd!, events!], index * 2);
  const bytes = new Uint8Array(view.buffer);
  // Interrupted or not, whatever is ready is seen in this round or in the next.
  native.poll(bytes, entries.length, timeout(state));
  const of = (index: number): number => view[index * 2 + 1]! >>> 16;
  return {wake: of(0), listener: of(1), of: (index: number) => of(index + 2)};
}

function timeout({batch, listener}: State): number {
  const waits = [batch.due()];
  if (listener?.paused === 'no descriptors') waits.push(Math.max(0, Math.ceil(listener.retryAt - performance.now())));
  const finite = waits.filter(wait => wait >= 0);
  return finite.length === 0 ? -1 : Math.min(...finite);
}

function takeCommands(state: State, kit: Kit<PollerCommand, PollerEvent>): void {
  for (const {request, command} of kit.commands()) {
    if (command.do === 'stop') {
      state.stopping = true;
      continue;
    }
    const answer = obey(state, command);
    state.batch.connection = undefined;
    // Whoever is answered has been told of the calls before.
    state.batch.flush(true);
    kit.answer(request, answer);
  }
}

function serve(state: State, connection: Connection, events: number): void {
  const reading = wantsToRead(connection, state.outputLimit);
  // recv() gives what is left, and then the error, as it would to any program; one that does not read is told otherwise.
  if ((events & (POLLERR | POLLNVAL)) !== 0) {
    if (reading) read(state, connection);
    else fail(state, connection, pendingError(state, connection));
    return;
  }
  connection.hungUp = (events & POLLHUP) !== 0;
  if ((events & POLLOUT) !== 0) send(state, connection);
  // A hang-up is read like an end: recv() gives the bytes that are left, then 0.
  const open = state.connections.has(connection.id);
  if (open && (events & (POLLIN | POLLHUP)) !== 0 && wantsToRead(connection, state.outputLimit))
    read(state, connection);
}

function pendingError({libc}: State, connection: Connection): string | undefined {
  const error = libc.getsockopt(connection.fd, 'SO_ERROR').value;
  return typeof error === 'number' && error !== 0 ? errnoEntry(error).name : undefined;
}

function finishConnecting(state: State, connection: Connection): void {
  const {libc, batch} = state;
  const errno = pendingError(state, connection);
  const [local, remote] = [libc.getsockname(connection.fd).address, libc.getpeername(connection.fd).address];
  if (errno !== undefined || local === undefined || remote === undefined) {
    // Connected, and broken off by the peer before anybody looked: the error is there by now.
    fail(state, connection, errno ?? pendingError(state, connection) ?? 'ECONNRESET');
    return;
  }
  connection.connecting = false;
  batch.tell({kind: 'opened', connection: connection.id, fd: connection.fd, by: 'connect', local, remote});
  apply(state, connection, connection.behaviour.open());
}
