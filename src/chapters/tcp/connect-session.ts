import {setTimeout as sleep} from 'node:timers/promises';
import {type Problem, ProblemError} from '../../journal/problem.ts';
import type {PollerCommand, PollerEvent} from '../../world/actors/programs/poller/events.ts';
import {addressText} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {ActionReply} from '../contract.ts';
import type {ConnectAsk} from './connect-fields.ts';
import {connectSampler} from './connect-sampler.ts';
import type {ConnectKit, Dialled, Outcomes} from './dial.ts';
import type {Driver} from './driver.ts';
import type {Sampler} from './sampler.ts';
import {tellTransfers} from './transfers.ts';

type Outcome = Awaited<ReturnType<Outcomes['of']>>;
type ToConnection = Extract<PollerCommand, {connection: unknown}>;
type Unaddressed = ToConnection extends infer Command
  ? Command extends ToConnection
    ? Omit<Command, 'connection'>
    : never
  : never;

/** So many bytes may wait in the program for the kernel before more input is read. */
const outputRoom = 4 * 1024 * 1024;

/** So many bytes may be received that the reader of the output has not taken yet. */
export const readAhead = 4 * 1024 * 1024;

/** One connection under way: counts what moves, waits for what it should come to, and knows how it ended. */
export class ConnectSession implements Outcomes {
  readonly #kit: ConnectKit;
  readonly #ask: ConnectAsk;
  readonly #outcomes = new Map<number, Outcome>();
  #tell: ((event: PollerEvent) => void) | undefined;
  #driver: Driver | undefined;
  #dialled: Dialled | undefined;
  #connection = 0;
  #sampler: Sampler | undefined;
  #changed = Promise.withResolvers<void>();
  #offered = 0;
  #taken = 0;
  #toGrant = 0;
  #granting = false;
  #lastMoved: number;
  received = 0;
  peerEnded = false;
  sendShut = false;
  reading = true;
  broken: {readonly errno: string} | undefined;
  closed: Extract<PollerEvent, {kind: 'closed'}> | undefined;

  constructor(kit: ConnectKit, ask: ConnectAsk) {
    this.#kit = kit;
    this.#ask = ask;
    this.#lastMoved = kit.now();
    kit.signal.addEventListener('abort', () => this.#changed.resolve(), {once: true});
  }

  /** Bytes that the kernel has not taken. */
  get waiting(): number {
    return this.#offered - this.#taken;
  }

  /** Nothing can come any more, and nothing can be sent. */
  get over(): boolean {
    return this.closed !== undefined || this.broken !== undefined;
  }

  /** To be given to the driver as its `onEvent`. */
  take(event: PollerEvent, by: {readonly name: string; readonly pid: number}): void {
    this.#tell ??= tellTransfers(this.#kit, by);
    this.#tell(event);
    if (event.kind === 'opened') this.#opened(event);
    if (event.kind === 'opened' || event.kind === 'closed') this.#outcomes.set(event.connection, event);
    if (event.kind === 'call') this.#count(event.record.sent?.length ?? 0, event.record.received?.length ?? 0);
    else if (event.kind === 'more') this.#count(event.sent, event.received);
    else if (event.kind === 'ended') this.peerEnded = true;
    else if (event.kind === 'broken') this.broken = {errno: event.errno ?? 'EIO'};
    else if (event.kind === 'closed' && event.connection === this.#connection) this.closed = event;
    this.#sampler?.poke();
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  async of(connection: number): Promise<Outcome> {
    await this.until(() => this.#outcomes.has(connection));
    const outcome = this.#outcomes.get(connection);
    // The run ends, and with it the question.
    return outcome ?? new Promise(() => undefined);
  }

  begin(driver: Driver, dialled: Dialled): void {
    this.#driver = driver;
    this.#dialled = dialled;
    this.#lastMoved = this.#kit.now();
    if (!this.#kit.headless)
      this.#sampler = connectSampler(this.#kit, driver, dialled, () => this.closed !== undefined);
    this.#sampler?.poke();
  }

  close(): void {
    this.#sampler?.close();
  }

  /** Looks at the socket once more, and says what TCP_INFO tells. */
  async tellInfo(): Promise<void> {
    const looked = await this.#driver?.sample(this.#dialled?.fd ?? -1);
    if (looked?.tcp !== undefined) this.#kit.emit('info', {tcp: {...looked.tcp}});
    else this.#kit.emit('notice', {says: this.#driver?.without ?? 'TCP_INFO could not be read'});
  }

  /** Resolves as soon as `test` holds, or when the run is to end. */
  async until(test: () => boolean): Promise<void> {
    while (!test() && !this.#kit.signal.aborted) await this.#changed.promise;
  }

  /** Resolves when there is room for more output, or there will never be. */
  room(): Promise<void> {
    return this.until(() => this.waiting < outputRoom || this.over);
  }

  async command(command: Unaddressed): Promise<ActionReply> {
    const {connection} = this.#dialled!;
    if (command.do === 'send') this.#offered += command.bytes.length;
    const answer = await this.#driver!.command({...command, connection} as PollerCommand);
    this.#sampler?.poke();
    if (answer.ok) {
      if (command.do === 'shutdown' && command.how !== 'SHUT_RD') this.sendShut = true;
      return undefined;
    }
    const errno = answer.errno ?? this.broken?.errno;
    const entry = errno === undefined ? undefined : errnoEntry(errno);
    return {
      code: 'tcp.action',
      says: entry === undefined ? answer.why : `${answer.why.replace(/\.$/, '')}. ${entry.sentence}`,
      ...(entry !== undefined && {errno: entry.name, next: entry.next}),
    };
  }

  /** Resolves with the problem when no byte has moved for the idle time that was asked for. */
  async idle(signal: AbortSignal): Promise<Problem> {
    const {idleTimeout} = this.#ask;
    if (idleTimeout === 0) return new Promise(() => undefined);
    for (;;) {
      const left = this.#lastMoved + idleTimeout - this.#kit.now();
      if (left <= 0) return idleProblem(idleTimeout);
      await sleep(left * 1000, undefined, {signal}).catch(() => undefined);
      if (signal.aborted) return new Promise(() => undefined);
    }
  }

  /** How it failed, if it did: a reset, or an end with bytes still unsent. */
  failure(): Problem | undefined {
    const errno = this.broken?.errno ?? this.closed?.errno;
    if (errno === undefined) return undefined;
    const {name, sentence, next} = errnoEntry(errno);
    const lost = Math.max(this.waiting, this.closed?.unsent ?? 0);
    const unsent = lost > 0 ? `; ${lost} bytes were not sent` : '';
    return {code: `tcp.${name.toLowerCase()}`, says: `${sentence.replace(/\.$/, '')}${unsent}`, errno: name, next};
  }

  /** Told in the order in which it happens: a peer may be gone again before anybody here has turned around. */
  #opened({connection, local, remote}: Extract<PollerEvent, {kind: 'opened'}>): void {
    this.#connection = connection;
    this.#kit.emit('connected', {connection, local: addressText(local), remote: addressText(remote)});
  }

  #count(sent: number, received: number): void {
    if (sent + received === 0) return;
    this.#lastMoved = this.#kit.now();
    this.#taken += sent;
    this.received += received;
    if (!this.#kit.headless) return;
    this.#toGrant += received;
    if (received > 0 && !this.#granting) void this.#grant();
  }

  /** Lets more be received as fast as the output is taken. */
  async #grant(): Promise<void> {
    this.#granting = true;
    while (this.#toGrant > 0 && !this.over && this.#driver !== undefined) {
      await this.#kit.caughtUp();
      const bytes = this.#toGrant;
      this.#toGrant = 0;
      await this.#driver.command({do: 'grant', connection: this.#dialled!.connection, bytes});
    }
    this.#granting = false;
  }
}

function idleProblem(seconds: number): Problem {
  return {
    code: 'tcp.idle',
    says: `No byte moved for ${seconds} s`,
    errno: 'ETIMEDOUT',
    next: 'Give it more time with --idle-timeout, or none with 0.',
  };
}

/** The peer is gone, in the middle of it. */
export function throwProblem(problem: Problem | undefined): void {
  if (problem !== undefined) throw new ProblemError(problem);
}
