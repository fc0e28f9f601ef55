import type {Berkeley} from '../../../libc/berkeley.ts';
import type {Behaviour, Step} from '../behaviours/behaviour.ts';
import type {Batch} from './batch.ts';
import type {CloseReason} from './events.ts';

/** One connection of the poller. */
export interface Connection {
  id: number;
  fd: number;
  behaviour: Behaviour;
  /** connect() is under way. */
  connecting: boolean;
  /** Bytes that may still be received. */
  allowance: number;
  /** By command; the behaviour is asked as well. */
  reading: boolean;
  /** The peer's FIN has been read. */
  ended: boolean;
  /** After this nothing can be sent. */
  sendShut: boolean;
  /** poll() has reported POLLHUP: both directions are over. */
  hungUp: boolean;
  /** It has been told that it failed. */
  broken: boolean;
  /** close() when the output is out. */
  closing: boolean;
  /** Pieces that the kernel has not taken; of the first one `offset` bytes are gone. */
  out: Uint8Array[];
  offset: number;
  waiting: number;
  /** Output thrown away, because it can no longer be sent. */
  lost: number;
  sent: number;
  received: number;
}

export interface Work {
  libc: Berkeley;
  batch: Batch;
  readSize: number;
  outputLimit: number;
  /** Takes the connection out of the table. */
  forget(connection: Connection): void;
}

export function createConnection(
  id: number,
  fd: number,
  behaviour: Behaviour,
  begin: Pick<Connection, 'connecting' | 'allowance'>,
): Connection {
  const flags = {reading: true, ended: false, sendShut: false, hungUp: false, broken: false, closing: false};
  return {id, fd, behaviour, ...begin, ...flags, out: [], offset: 0, waiting: 0, lost: 0, sent: 0, received: 0};
}

export function wantsToRead(connection: Connection, outputLimit: number): boolean {
  const {connecting, reading, ended, closing, waiting, allowance, behaviour} = connection;
  const may = !connecting && reading && !ended && !closing;
  return may && waiting < outputLimit && allowance > 0 && behaviour.wants() > 0;
}

export function wantsToWrite(connection: Connection): boolean {
  return connection.connecting || connection.out.length > 0;
}

/** Does what the behaviour decided. */
export function apply(work: Work, connection: Connection, step: Step): void {
  for (const bytes of step.out ?? []) queue(work, connection, bytes);
  if (step.finish === 'close') connection.closing = true;
  if (step.finish === 'reset') reset(work, connection, 'finished');
  else if (connection.out.length > 0) send(work, connection);
  else if (connection.closing) close(work, connection, 'finished');
}

export function queue(work: Work, connection: Connection, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  connection.out.push(bytes);
  connection.waiting += bytes.length;
  work.batch.waiting(connection.id, connection.waiting);
}

export function read(work: Work, connection: Connection): void {
  const size = Math.min(work.readSize, connection.allowance, connection.behaviour.wants());
  const record = work.libc.recv(connection.fd, size);
  if (record.errno === 'EAGAIN') return;
  if (record.result < 0) fail(work, connection, record.errno);
  else if (record.result > 0) {
    connection.received += record.result;
    connection.allowance -= record.result;
    apply(work, connection, connection.behaviour.feed(record.received!));
  } else {
    connection.ended = true;
    work.batch.tell({kind: 'ended', connection: connection.id});
    apply(work, connection, connection.behaviour.end());
  }
}

/** How many pieces go out before the others get their turn. */
const piecesAtOnce = 16;

/** Gives the kernel what it takes. A partial send leaves the rest; EAGAIN leaves all, until poll() says otherwise. */
export function send(work: Work, connection: Connection): void {
  for (let piece = 0; piece < piecesAtOnce && connection.out.length > 0; piece++) {
    const bytes = connection.out[0]!.subarray(connection.offset);
    const record = work.libc.send(connection.fd, bytes);
    if (record.errno === 'EAGAIN') return;
    if (record.result < 0) {
      // Our own shutdown() forbids sending and nothing else: bytes may still come.
      if (record.errno === 'EPIPE' && connection.sendShut) drop(work, connection);
      else fail(work, connection, record.errno);
      return;
    }
    connection.sent += record.result;
    connection.waiting -= record.result;
    connection.offset += record.result;
    if (record.result === bytes.length) [connection.offset] = [0, connection.out.shift()];
    work.batch.waiting(connection.id, connection.waiting);
  }
  if (connection.out.length > 0) return;
  if (connection.closing) close(work, connection, 'finished');
  else if (!connection.sendShut) for (const bytes of connection.behaviour.room()) queue(work, connection, bytes);
}

/** Nothing of what waits can be sent any more. */
export function drop(work: Work, connection: Connection): void {
  connection.lost += connection.waiting;
  [connection.out, connection.offset, connection.waiting] = [[], 0, 0];
  work.batch.waiting(connection.id, 0);
}

/** The connection is broken: what it still had to send is lost, and told. */
export function fail(work: Work, connection: Connection, errno: string | undefined): void {
  if (!connection.behaviour.patient || connection.connecting) {
    close(work, connection, 'failed', errno);
    return;
  }
  drop(work, connection);
  [connection.ended, connection.hungUp] = [true, true];
  // The first errno is why; a send() after that gives EPIPE, which says no more than that it is over.
  if (connection.broken) return;
  connection.broken = true;
  work.batch.tell({kind: 'broken', connection: connection.id, ...(errno !== undefined && {errno})});
}

export function reset(work: Work, connection: Connection, why: CloseReason): void {
  work.libc.setsockopt(connection.fd, 'SO_LINGER', {on: true, seconds: 0});
  close(work, connection, why === 'finished' ? 'reset' : why);
}

export function close(work: Work, connection: Connection, why: CloseReason, errno?: string): void {
  work.forget(connection);
  work.libc.close(connection.fd);
  const {id, sent, received, waiting, lost} = connection;
  work.batch.gone(id);
  const told = {connection: id, why, sent, received, unsent: waiting + lost};
  work.batch.tell({kind: 'closed', ...told, ...(errno !== undefined && {errno})});
}
