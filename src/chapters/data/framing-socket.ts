import {setTimeout} from 'node:timers/promises';
import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {World} from '../../world/world.ts';

/** What one recv() gave, or all that came up to the end of the stream. */
export interface Given {
  readonly bytes: Uint8Array;
  /** The call as C shows it. */
  readonly text: string;
}

/** A real TCP connection over the loopback: one process sends, another receives. */
export class SocketStream {
  readonly #sender: Actor;
  readonly #receiver: Actor;
  readonly #from: number;
  readonly #to: number;
  readonly #size: number;

  private constructor(sender: Actor, receiver: Actor, from: number, to: number, size: number) {
    this.#sender = sender;
    this.#receiver = receiver;
    this.#from = from;
    this.#to = to;
    this.#size = size;
  }

  /** Starts both processes and connects them. Throws a problem where there are no such calls. */
  static async open(world: World, size: number): Promise<SocketStream> {
    const {libc} = await world.capabilities();
    if (!libc.available)
      throw new ProblemError({
        code: 'framing.no-libc',
        says: `Real sockets are not to be had here: ${libc.why}`,
        next: 'Choose via memory, which cuts the stream where you say.',
      });
    const [receiver, sender] = await Promise.all(['receiver', 'sender'].map(name => world.actors.start({name})));
    const listener = await good(receiver!.call('socket', ['AF_INET', 'SOCK_STREAM']));
    await good(receiver!.call('bind', [listener, {family: 'AF_INET', host: '127.0.0.1', port: 0}]));
    await good(receiver!.call('listen', [listener, 1]));
    const {address} = await receiver!.call('getsockname', [listener]);
    const from = await good(sender!.call('socket', ['AF_INET', 'SOCK_STREAM']));
    await good(sender!.call('setsockopt', [from, 'TCP_NODELAY', true]));
    await good(sender!.call('connect', [from, address!]));
    const to = await good(receiver!.call('accept4', [listener]));
    await good(receiver!.call('close', [listener]));
    return new SocketStream(sender!, receiver!, from, to, size);
  }

  /** Sends all of a piece: send() may take less than it is given. */
  async send(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length; ) at += await good(this.#sender.call('send', [this.#from, piece.subarray(at)]));
  }

  async end(): Promise<void> {
    await good(this.#sender.call('shutdown', [this.#from, 'SHUT_WR']));
  }

  /** One recv(): waits until something is there. No bytes: the end of the stream. */
  async receive(): Promise<Given> {
    const record = await this.#receiver.call('recv', [this.#to, this.#size]);
    await good(Promise.resolve(record));
    return {bytes: record.received ?? new Uint8Array(0), text: `${record.text} = ${record.result}`};
  }

  /** Sends piece after piece, waiting between them, and gives what recv() made of them. Ends with the stream. */
  async *transfer(pieces: readonly Uint8Array[], delay: number, signal: AbortSignal): AsyncGenerator<Given> {
    const sending = this.#sendAll(pieces, delay, signal);
    sending.catch(() => undefined);
    for (;;) {
      const given = await this.receive();
      yield given;
      if (given.bytes.length === 0) break;
    }
    await sending;
  }

  async #sendAll(pieces: readonly Uint8Array[], delay: number, signal: AbortSignal): Promise<void> {
    for (const [index, piece] of pieces.entries()) {
      if (index > 0 && delay > 0) await setTimeout(delay * 1000, undefined, {signal});
      await this.send(piece);
    }
    await this.end();
  }

  async close(): Promise<void> {
    await Promise.all([this.#sender.stop(), this.#receiver.stop()]);
  }
}

async function good(call: Promise<CallRecord>): Promise<number> {
  const record = await call;
  if (record.errno === undefined) return record.result;
  const {sentence, next} = errnoEntry(record.errno);
  const says = `${record.name}() failed: ${sentence.replace(/\.$/, '')}`;
  throw new ProblemError({code: 'framing.socket', says, next, errno: record.errno});
}
