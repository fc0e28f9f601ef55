import type {CallRecord} from '../../../libc/record.ts';
import {accepts, createBehaviour} from '../behaviours/registry.ts';
import {type Connection, close, createConnection, drop, queue, reset, send} from './connection.ts';
import type {PollerAnswer, PollerCommand} from './events.ts';
import {type Listener, pause, resume} from './listener.ts';
import type {State} from './state.ts';

type CommandTo<Do extends PollerCommand['do']> = Extract<PollerCommand, {do: Do}>;

/** Does one command. A connection that has closed meanwhile is an answer, not an error. */
export function obey(state: State, command: PollerCommand): PollerAnswer {
  switch (command.do) {
    case 'connect':
      return connect(state, command);
    case 'accept':
      return withListener(state, listener => {
        if (command.on) resume(state.batch, listener);
        else pause(state.batch, listener, 'command');
      });
    case 'deafen':
      return withListener(state, listener => {
        state.libc.close(listener.fd);
        state.listener = undefined;
        state.batch.tell({kind: 'deaf'});
      });
    case 'behaviour':
      state.behaviour = command.behaviour;
      return withListener(state, listener => {
        listener.behaviour = command.behaviour;
        if (!accepts(command.behaviour)) pause(state.batch, listener, 'behaviour');
        else if (listener.paused === 'behaviour') resume(state.batch, listener);
      });
    case 'option':
      if (command.connection !== 'listener') return onConnection(state, command.connection, command);
      if (state.listener === undefined) return noListener;
      return outcome(state.libc.setsockopt(state.listener.fd, command.option, command.value));
    default:
      return onConnection(state, command.connection, command);
  }
}

const noListener: PollerAnswer = {ok: false, why: 'This program has no listening socket.'};

function withListener(state: State, work: (listener: Listener) => void): PollerAnswer {
  if (state.listener === undefined) return noListener;
  work(state.listener);
  return {ok: true};
}

type ToConnection = CommandTo<'send' | 'shutdown' | 'close' | 'reset' | 'read' | 'grant' | 'take' | 'option'>;

function onConnection(state: State, id: number, command: ToConnection): PollerAnswer {
  const connection = state.connections.get(id);
  if (connection === undefined) return {ok: false, why: `The connection ${id} is closed.`};
  state.batch.connection = id;
  switch (command.do) {
    case 'send':
      return sendBytes(state, connection, command.bytes);
    case 'shutdown': {
      const record = state.libc.shutdown(connection.fd, command.how);
      if (record.result === 0 && command.how !== 'SHUT_RD') {
        // What the program still holds cannot be sent any more; what the kernel holds still goes out before the FIN.
        connection.sendShut = true;
        drop(state, connection);
      }
      return outcome(record);
    }
    case 'close':
      close(state, connection, 'command');
      return {ok: true};
    case 'reset':
      reset(state, connection, 'command');
      return {ok: true};
    case 'read':
      connection.reading = command.on;
      return {ok: true};
    case 'grant':
      connection.allowance += command.bytes;
      return {ok: true};
    case 'take':
      connection.behaviour = createBehaviour({kind: 'console'});
      connection.closing = false;
      return {ok: true};
    case 'option':
      return outcome(state.libc.setsockopt(connection.fd, command.option, command.value));
  }
}

function sendBytes(state: State, connection: Connection, bytes: Uint8Array): PollerAnswer {
  const {lost} = connection;
  queue(state, connection, bytes);
  if (!connection.connecting) send(state, connection);
  return state.connections.has(connection.id) && connection.lost === lost
    ? {ok: true, connection: connection.id}
    : {ok: false, why: 'Sending has failed: nothing can be sent on this connection any more.'};
}

/** socket(), options, bind() if wanted, connect(): which returns EINPROGRESS, and poll() tells the end. */
function connect(state: State, command: CommandTo<'connect'>): PollerAnswer {
  const {libc, batch} = state;
  const {address, from, options = []} = command;
  const id = ++state.lastId;
  batch.connection = id;
  const socket = libc.socket(address.family, 'SOCK_STREAM', 0, ['SOCK_NONBLOCK']);
  if (socket.result < 0) return outcome(socket);
  const fd = socket.result;
  const steps = [
    ...options.map(
      ({option, value}) =>
        () =>
          libc.setsockopt(fd, option, value),
    ),
    ...(from === undefined ? [] : [() => libc.bind(fd, from)]),
    () => libc.connect(fd, address),
  ];
  for (const step of steps) {
    const record = step();
    if (record.result >= 0 || record.errno === 'EINPROGRESS') continue;
    libc.close(fd);
    return outcome(record);
  }
  const connection = createConnection(id, fd, createBehaviour(command.behaviour ?? state.behaviour), {
    connecting: true,
    allowance: state.allowance,
  });
  state.connections.set(id, connection);
  batch.tell({kind: 'connecting', connection: id, fd, remote: address});
  return {ok: true, connection: id, fd};
}

function outcome(record: CallRecord): PollerAnswer {
  if (record.result >= 0) return {ok: true};
  return {ok: false, why: `${record.text} failed.`, ...(record.errno !== undefined && {errno: record.errno})};
}
