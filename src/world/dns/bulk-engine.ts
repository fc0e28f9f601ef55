import {answerCount, answers, flagsOf, questionWriter, read, truncatedBit} from './bulk-message.ts';
import {Pacer} from './bulk-pacer.ts';
import {type Slot, Slots} from './bulk-slots.ts';
import {BulkStreams} from './bulk-stream.ts';
import {
  type Bulk,
  type BulkBatch,
  type BulkListener,
  type BulkOptions,
  type BulkPace,
  type BulkResult,
  notAsked,
  timedOut,
} from './bulk-types.ts';
import {BulkUdp} from './bulk-udp.ts';
import {networkProblem} from './problems.ts';

/** Milliseconds between two looks at what is overdue, and the longest a result waits to be told. */
const tick = 10;

/** Results that are told in one go. */
const mostTold = 256;

/**
 * Asks questions, so many in flight at a time. It runs on whichever thread it is made: `startBulk` makes it on one of its
 * own, because receiving tens of thousands of datagrams a second leaves no time for a screen.
 */
export class BulkEngine implements Bulk {
  readonly #options: BulkOptions;
  readonly #tell: BulkListener;
  readonly #write: ReturnType<typeof questionWriter>;
  readonly #udp: BulkUdp;
  readonly #streams: BulkStreams;
  readonly #overStream: boolean;
  readonly #slots = new Slots();
  readonly #batches: BulkBatch[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #pacer: Pacer;
  /** The next question of the first batch. */
  #next = 0;
  #waiting = 0;
  #pace: BulkPace;
  #results: BulkResult[] = [];
  #counts = {sent: 0, retries: 0, ignored: 0, truncated: 0};
  #answered = false;
  #changed = false;
  #ended = false;

  constructor(options: BulkOptions, tell: BulkListener) {
    const {server, concurrency, rate, paused} = options;
    this.#options = options;
    this.#tell = tell;
    this.#write = questionWriter(options);
    this.#pace = {concurrency, rate, paused};
    this.#pacer = new Pacer(rate, performance.now());
    this.#overStream = server.transport !== 'udp';
    const onMessage = (bytes: Uint8Array, slot: Slot | undefined) => this.#receive(bytes, slot);
    this.#udp = new BulkUdp({...server, onMessage, onError: error => this.#failed(error)});
    const encrypted = server.transport === 'tls';
    this.#streams = new BulkStreams({server, encrypted, onMessage, onLost: (slot, error) => this.#lost(slot, error)});
    this.#timer = setInterval(() => this.#tick(), tick);
  }

  /** Must resolve before anything is given. Rejects where no socket can be had. */
  async open(): Promise<void> {
    if (!this.#overStream) await this.#udp.open(this.#pace.concurrency);
  }

  give(batch: BulkBatch): void {
    if (this.#ended || batch.ends.length === 0) return;
    this.#batches.push(batch);
    this.#waiting += batch.ends.length;
    this.#pump();
  }

  pace(change: Partial<BulkPace>): void {
    this.#pace = {...this.#pace, ...change};
    this.#pacer.change(this.#pace.rate, performance.now());
    this.#changed = true;
    if (this.#overStream || this.#ended) this.#pump();
    else
      this.#udp.open(this.#pace.concurrency).then(
        () => this.#pump(),
        (error: NodeJS.ErrnoException) => this.#failed(error),
      );
  }

  cancel(): void {
    this.#batches.length = 0;
    this.#waiting = 0;
    this.#next = 0;
    for (let slot = this.#slots.oldest; slot !== undefined; slot = this.#slots.oldest) this.#release(slot);
    this.#changed = true;
    this.#flush();
  }

  async close(): Promise<void> {
    this.#ended = true;
    clearInterval(this.#timer);
    this.#udp.close();
    this.#streams.close();
  }

  #pump(): void {
    if (this.#pace.paused || this.#ended || this.#waiting === 0) return;
    const now = performance.now();
    while (this.#waiting > 0 && this.#slots.size < this.#pace.concurrency && this.#pacer.take(now)) {
      const batch = this.#batches[0]!;
      const slot = this.#slots.take(batch.first + this.#next, now);
      this.#write(slot, batch, this.#next);
      slot.overStream = this.#overStream;
      this.#waiting--;
      if (++this.#next === batch.ends.length) {
        this.#batches.shift();
        this.#next = 0;
      }
      this.#send(slot);
    }
  }

  #send(slot: Slot): void {
    slot.tries++;
    this.#counts.sent++;
    if (slot.overStream) this.#streams.send(slot);
    else this.#udp.send(slot);
  }

  #receive(bytes: Uint8Array, slot: Slot | undefined): void {
    if (slot === undefined || !answers(bytes, slot)) {
      this.#counts.ignored++;
      this.#changed = true;
      return;
    }
    this.#answered = true;
    const flags = flagsOf(bytes);
    if ((flags & truncatedBit) !== 0 && !slot.overStream) {
      this.#askAgainOverTcp(slot);
      return;
    }
    const {rcode, answers: texts} = this.#options.records ? read(bytes) : {rcode: flags & 0x0f, answers: []};
    const found = {rcode, size: bytes.length, flags, count: answerCount(bytes), answers: texts};
    this.#finish(slot, found);
  }

  #askAgainOverTcp(slot: Slot): void {
    this.#counts.truncated++;
    this.#udp.forget(slot);
    slot.overStream = true;
    this.#slots.renew(slot, performance.now());
    this.#send(slot);
  }

  #lost(slot: Slot, error: NodeJS.ErrnoException): void {
    if (this.#ended) return;
    if (!this.#answered && error.code !== 'EOF') this.#failed(error);
    else this.#again(slot, {...nothing, rcode: notAsked, error: error.code ?? error.message});
  }

  /** Sends it once more, or gives it up when it was sent often enough. */
  #again(slot: Slot, otherwise: Found): void {
    if (slot.tries > this.#options.retries) {
      this.#finish(slot, otherwise);
      return;
    }
    this.#counts.retries++;
    this.#slots.renew(slot, performance.now());
    this.#send(slot);
  }

  #finish(slot: Slot, found: Found): void {
    const transport = slot.overStream ? (this.#overStream ? this.#options.server.transport : 'tcp') : 'udp';
    this.#results.push({
      number: slot.number,
      seconds: (performance.now() - slot.firstAt) / 1000,
      tries: slot.tries,
      transport: transport as BulkResult['transport'],
      ...found,
    });
    this.#release(slot);
    if (this.#results.length >= mostTold) this.#flush();
    this.#pump();
  }

  #release(slot: Slot): void {
    this.#udp.forget(slot);
    this.#streams.forget(slot);
    this.#slots.release(slot);
  }

  #tick(): void {
    const overdue = performance.now() - this.#options.timeout * 1000;
    for (let slot = this.#slots.overdue(overdue); slot !== undefined; slot = this.#slots.overdue(overdue))
      this.#again(slot, {...nothing, rcode: timedOut});
    this.#pump();
    if (this.#results.length > 0 || this.#changed || this.#slots.size > 0) this.#flush();
  }

  #flush(): void {
    const results = this.#results;
    this.#results = [];
    this.#changed = false;
    this.#tell({results, counts: this.#counted()});
  }

  #counted() {
    const sockets = this.#overStream ? this.#streams.connections : this.#udp.sockets;
    return {...this.#counts, inFlight: this.#slots.size, waiting: this.#waiting, sockets};
  }

  /** Before any answer has come a refusal means that nothing can be asked; later it is one of many, and time tells. */
  #failed(error: NodeJS.ErrnoException): void {
    if (this.#answered || this.#ended) return;
    void this.close();
    this.#tell({results: this.#results, counts: this.#counted(), fatal: networkProblem(this.#options.server, error)});
  }
}

type Found = Pick<BulkResult, 'rcode' | 'size' | 'flags' | 'count' | 'answers' | 'error'>;

const nothing = {size: 0, flags: 0, count: 0, answers: []} as const;
