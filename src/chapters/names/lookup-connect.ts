import {setTimeout as sleep} from 'node:timers/promises';
import type {Problem} from '../../journal/problem.ts';
import {addressText, isLoopback} from '../../world/libc/address.ts';
import type {Family, SocketType} from '../../world/libc/constants.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {RowFields} from './lookup-events.ts';
import {callEvent, type LookupActors, type LookupKit} from './lookup-kit.ts';
import {addressOf} from './lookup-python.ts';

/** Makes sockets of rows and connects them. One is open at a time. */
export class Connector {
  readonly #kit: LookupKit;
  readonly #actors: LookupActors;
  #open: {readonly fd: number; readonly row: number} | undefined;

  constructor(kit: LookupKit, actors: LookupActors) {
    this.#kit = kit;
    this.#actors = actors;
  }

  /** `socket(family, type, proto)` and `connect(sockaddr)`: what the row says and nothing else. Nothing when it connected. */
  async connect(row: RowFields, timeout: number): Promise<Problem | undefined> {
    await this.close();
    const {number, family, type, protoNumber} = row;
    const address = addressOf(row);
    const thread = await this.#thread();
    const started = this.#kit.now();
    const told = {row: number, address: addressText(address)};
    const fail = (record: CallRecord, means: string): Problem => {
      const errno = record.errno ?? 'EIO';
      this.#kit.emit('attempt', {...told, connected: false, errno, means, seconds: this.#kit.now() - started});
      return problemOf(row, record, means, isLoopback(address));
    };
    const made = this.#tell(await thread.call('socket', [family as Family, type as SocketType, protoNumber]), number);
    if (made.errno !== undefined) return fail(made, meaningOf(made, row));
    const fd = made.result;
    const enough = new AbortController();
    let gaveUp = false;
    // Lets go of connect() from the side: it then fails with ECONNABORTED.
    sleep(timeout * 1000, undefined, {signal: enough.signal}).then(
      async () => {
        gaveUp = true;
        await (await this.#actors.get('look-up')).interrupt(fd);
      },
      () => undefined,
    );
    const connected = this.#tell(await thread.call('connect', [fd, address]), number);
    enough.abort();
    if (connected.errno !== undefined) {
      this.#tell(await thread.call('close', [fd]), number);
      const means = gaveUp ? `No answer came for ${timeout} s, so it was given up.` : meaningOf(connected, row);
      return fail(connected, means);
    }
    this.#open = {fd, row: number};
    const {address: local} = this.#tell(await thread.call('getsockname', [fd]), number);
    this.#kit.emit('attempt', {
      ...told,
      connected: true,
      ...(local !== undefined && {local: addressText(local)}),
      ...(type === 'SOCK_DGRAM' && {
        means: 'A datagram socket only notes the address: not a single packet was sent, so nobody needs to be there.',
      }),
      seconds: this.#kit.now() - started,
    });
    return undefined;
  }

  /** True when there was a socket to close. */
  async close(): Promise<boolean> {
    const open = this.#open;
    if (open === undefined) return false;
    this.#open = undefined;
    this.#tell(await (await this.#thread()).call('close', [open.fd]), open.row);
    this.#kit.emit('closed', {row: open.row});
    return true;
  }

  /** The process that held the socket is gone, and the socket with it. */
  lost(): void {
    if (this.#open !== undefined) this.#kit.emit('closed', {row: this.#open.row});
    this.#open = undefined;
  }

  #tell(record: CallRecord, row: number): CallRecord {
    if (!this.#kit.signal.aborted) this.#kit.emit('call', callEvent(record, 'connect', row));
    return record;
  }

  async #thread() {
    return (await this.#actors.get('look-up')).thread('connect');
  }
}

function meaningOf({errno = 'EIO', name}: CallRecord, {type, protoNumber}: RowFields): string {
  const {sentence, next} = errnoEntry(errno);
  if (type === 'SOCK_RAW' && name === 'socket')
    return errno === 'EPERM'
      ? 'A raw socket sees every packet, so it takes root or CAP_NET_RAW.'
      : protoNumber === 0
        ? 'A raw socket is for one protocol, and this row names none (0): the kernel refuses it to everybody.'
        : sentence;
  return `${sentence} ${next}`;
}

function problemOf(row: RowFields, record: CallRecord, means: string, loopback: boolean): Problem {
  const errno = record.errno ?? 'EIO';
  const nobody = errno === 'ECONNREFUSED' && loopback;
  const {sentence} = errnoEntry(errno);
  return {
    code: `names.${errno.toLowerCase()}`,
    says: `Row ${row.number}: ${record.name}() failed: ${(nobody ? sentence : means).replace(/\.$/, '')}`,
    errno,
    ...(nobody && {
      next: 'Start a server there, or connect to the lab’s web server.',
      fix: {title: 'Connect to the lab’s web server', ask: {lab: true, connect: 'first'}},
    }),
  };
}
