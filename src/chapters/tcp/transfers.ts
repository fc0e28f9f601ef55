import {described, integer, optional, type Shaped, text} from '../../journal/shape.ts';
import type {PollerEvent} from '../../world/actors/programs/poller/events.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import {callEvents, callFields} from './calls.ts';

const connection = described(
  integer,
  'the connection it belongs to: they are numbered from 1 and no number comes twice',
);
const errno = optional(described(text, 'the name of the error'));
const means = optional(described(text, 'what the error means, and what to try next'));

/** The kinds of events of programs that hold connections and do not block: spread them into `events`. */
export const transferEvents = {
  ...callEvents,
  call: {
    ...callEvents.call,
    fields: {
      ...callEvents.call.fields,
      connection: optional(connection),
      offset: optional(described(integer, 'where the bytes begin in their direction of the connection, from 0')),
    },
  },
  more: {
    says: 'Sends and receives that came too fast to be told one by one. Their bytes went through and are not shown.',
    fields: {
      connection,
      calls: described(integer, 'how many'),
      sent: described(integer, 'bytes'),
      received: described(integer, 'bytes'),
    },
  },
  waiting: {
    says: 'The program’s own buffer has changed: bytes it wants to send and the kernel did not take.',
    fields: {connection, unsent: described(integer, 'how many wait now')},
  },
  eof: {says: 'The peer’s FIN was read: recv() gave 0. It will send no more.', fields: {connection}},
  broken: {says: 'The connection failed; its descriptor is still open.', fields: {connection, errno, means}},
  closed: {
    says: 'The descriptor is closed.',
    fields: {
      connection,
      why: described(text, 'finished, command, reset, failed or stopped'),
      errno,
      means,
      sent: described(integer, 'bytes the kernel took'),
      received: described(integer, 'bytes'),
      unsent: described(integer, 'bytes the program wanted to send and the kernel never took: they are lost'),
    },
  },
  notice: {
    says: 'Something is other than it was asked for, or worth knowing.',
    fields: {says: described(text, 'what, and why')},
  },
} as const;

type Kinds = typeof transferEvents;
type FieldsOfKind<Kind extends keyof Kinds> = Shaped<Kinds[Kind]['fields']>;

/** The part of a kit that telling needs; the kit of every experiment that declares `transferEvents` fits. */
export interface TransferKit {
  readonly world: {readonly clock: {now(): number}};
  now(): number;
  emit(kind: 'call', fields: FieldsOfKind<'call'>, bytes?: Uint8Array): void;
  emit(kind: 'more', fields: FieldsOfKind<'more'>): void;
  emit(kind: 'waiting', fields: FieldsOfKind<'waiting'>): void;
  emit(kind: 'eof', fields: FieldsOfKind<'eof'>): void;
  emit(kind: 'broken', fields: FieldsOfKind<'broken'>): void;
  emit(kind: 'closed', fields: FieldsOfKind<'closed'>): void;
}

/** Tells what a poller tells that is the same for a client and a server, with the places of bytes in their streams. */
export function tellTransfers(kit: TransferKit, by: {readonly name: string; readonly pid: number}) {
  const offset = kit.world.clock.now() - kit.now();
  const streams = new Map<number, {sent: number; received: number}>();
  const streamsOf = (id: number) => {
    const known = streams.get(id) ?? {sent: 0, received: 0};
    streams.set(id, known);
    return known;
  };
  const call = (at: number, record: CallRecord, id: number | undefined): void => {
    const began = at - offset - record.seconds;
    const said = {by: by.name, pid: by.pid, thread: 'main', ...callFields(record), began};
    const bytes = record.sent ?? record.received;
    const stream = id === undefined ? undefined : streamsOf(id);
    const direction = record.sent !== undefined ? 'sent' : 'received';
    const place = bytes === undefined || stream === undefined ? {} : {offset: stream[direction]};
    if (bytes !== undefined && stream !== undefined) stream[direction] += bytes.length;
    kit.emit('call', {...said, ...(id !== undefined && {connection: id}), ...place}, bytes);
  };
  return (event: PollerEvent): void => {
    if (event.kind === 'call') call(event.at, event.record, event.connection);
    else if (event.kind === 'waiting') kit.emit('waiting', {connection: event.connection, unsent: event.bytes});
    else if (event.kind === 'ended') kit.emit('eof', {connection: event.connection});
    else if (event.kind === 'broken') kit.emit('broken', {connection: event.connection, ...failure(event.errno)});
    else if (event.kind === 'more') {
      const {connection: id, calls, sent, received} = event;
      const stream = streamsOf(id);
      stream.sent += sent;
      stream.received += received;
      kit.emit('more', {connection: id, calls, sent, received});
    } else if (event.kind === 'closed') {
      const {connection: id, why, sent, received, unsent} = event;
      streams.delete(id);
      kit.emit('closed', {connection: id, why, ...failure(event.errno), sent, received, unsent});
    }
  };
}

function failure(name: string | undefined): {errno?: string; means?: string} {
  if (name === undefined) return {};
  const {sentence, next} = errnoEntry(name);
  return {errno: name, means: `${sentence} ${next}`};
}
