import {connect, createServer, type Server, type Socket} from 'node:net';
import type {BehaviourSpec} from '../actors/programs/behaviours/behaviour.ts';
import {accepts} from '../actors/programs/behaviours/registry.ts';
import type {Stop} from '../actors/programs/kit.ts';
import type {
  PollerAnswer,
  PollerCommand,
  PollerEvent,
  PollerOptions,
  PollerReady,
} from '../actors/programs/poller/events.ts';
import type {SocketAddress} from '../libc/address.ts';
import {addressOf, errnoOf, NetConnection, nodeCall} from './net-connection.ts';

export type Told = PollerEvent extends infer Event ? (Event extends PollerEvent ? Omit<Event, 'at'> : never) : never;

/** The part of a running poller that node:net can stand in for. */
export interface NetPoller {
  readonly ready: Promise<PollerReady>;
  command(command: PollerCommand | Stop): Promise<PollerAnswer>;
  stop(): Promise<unknown>;
}

/**
 * What the poller does, over Node's own sockets, for machines where libc cannot be called: the same commands, the same
 * events, the same behaviours. There are no calls to show (each `call` is Node's own function), no kernel state, no
 * SHUT_RD, no accept queue: a command that Node cannot do is refused with a sentence.
 */
export function runNetPoller(options: PollerOptions, tell: (event: Told) => void): NetPoller {
  const connections = new Map<number, NetConnection>();
  const state: State = {options, tell, connections, behaviour: options.behaviour, lastId: 0, server: undefined};
  const ready = options.listen === undefined ? Promise.resolve<PollerReady>({ok: true}) : listen(state, options.listen);
  return {
    ready,
    command: async command => obey(state, command),
    async stop() {
      for (const connection of [...connections.values()]) connection.close('stopped');
      state.server?.close();
    },
  };
}

interface State {
  readonly options: PollerOptions;
  readonly tell: (event: Told) => void;
  readonly connections: Map<number, NetConnection>;
  behaviour: BehaviourSpec;
  lastId: number;
  server: Server | undefined;
}

function listen(state: State, {address, backlog}: NonNullable<PollerOptions['listen']>): Promise<PollerReady> {
  const {host, port} = address.family === 'AF_UNIX' ? {host: '', port: 0} : address;
  const text = `server.listen({host: '${host}', port: ${port}, backlog: ${backlog}})`;
  const failed = (errno: string): PollerReady => ({ok: false, record: {...nodeCall('listen', text, -1), errno}});
  if (!accepts(state.behaviour)) return Promise.resolve(failed('ENOSYS'));
  const server = createServer({allowHalfOpen: true, pauseOnConnect: true}, socket => adopt(state, socket, 'accept'));
  // Node has no way to leave a connection in the queue: one too many is accepted and dropped.
  server.maxConnections = state.options.maximum ?? 1024;
  state.server = server;
  return new Promise(resolve => {
    server.once('error', cause => resolve(failed(errnoOf(cause))));
    server.listen({host, port, backlog}, () => {
      const bound = addressOf(server.address()) ?? address;
      state.tell({kind: 'call', record: nodeCall('listen', text, 0)});
      state.tell({kind: 'listening', fd: -1, address: bound, backlog});
      resolve({ok: true, address: bound});
    });
  });
}

function adopt(state: State, socket: Socket, by: 'accept' | 'connect', behaviour = state.behaviour): void {
  const id = by === 'accept' ? ++state.lastId : state.lastId;
  const {tell, connections, options} = state;
  const connection = new NetConnection({id, socket, behaviour, options, tell, forget: () => connections.delete(id)});
  connections.set(id, connection);
  if (by === 'accept') connection.opened('accept');
}

function obey(state: State, command: PollerCommand | Stop): PollerAnswer {
  switch (command.do) {
    case 'stop':
      return {ok: true};
    case 'connect':
      return dial(state, command.address, command.from, command.behaviour);
    case 'behaviour':
      state.behaviour = command.behaviour;
      return {ok: true};
    case 'deafen':
      state.server?.close();
      state.tell({kind: 'deaf'});
      return {ok: true};
    case 'accept':
      return {ok: false, why: 'Node accepts whenever a connection comes: it has no call to leave it waiting.'};
    default: {
      const connection = command.connection === 'listener' ? undefined : state.connections.get(command.connection);
      return connection?.obey(command) ?? {ok: false, why: `The connection ${command.connection} is closed.`};
    }
  }
}

function dial(state: State, to: SocketAddress, from?: SocketAddress, behaviour?: BehaviourSpec): PollerAnswer {
  if (to.family === 'AF_UNIX') return {ok: false, why: 'Only TCP here.'};
  const id = ++state.lastId;
  const local =
    from === undefined || from.family === 'AF_UNIX'
      ? {}
      : {localAddress: from.host, ...(from.port > 0 && {localPort: from.port})};
  const socket = connect({host: to.host, port: to.port, allowHalfOpen: true, autoSelectFamily: false, ...local});
  state.tell({kind: 'connecting', connection: id, fd: -1, remote: to});
  adopt(state, socket, 'connect', behaviour);
  socket.once('connect', () => state.connections.get(id)?.opened('connect'));
  return {ok: true, connection: id};
}
