import {type Problem, ProblemError} from '../../journal/problem.ts';
import {responseCodeName, typeName} from '../../wire/dns/tables.ts';
import {type Bulk, type BulkReport, type BulkResult, notAsked, timedOut} from '../../world/dns/bulk-types.ts';
import {serverText} from '../../world/dns/endpoint.ts';
import type {DnsServer} from '../../world/dns/types.ts';
import type {ActionReply, Kit} from '../contract.ts';
import type {bulkEvents} from './bulk-events.ts';
import {type BulkAsk, concurrencyField} from './bulk-fields.ts';
import type {Asked} from './bulk-lines.ts';
import {LatencyTally} from './bulk-tally.ts';

export type BulkAction = 'pause' | 'more' | 'fewer' | 'concurrency' | 'rate' | 'cancel';
export type BulkKit = Kit<typeof bulkEvents, BulkAction>;

/** Questions that wait in the engine besides those in flight, so that it never runs dry. */
const ahead = 1024;

/** One run: what was read and what came back, told as events. */
export class BulkSession {
  /** Rejects when nothing can be asked, resolves when it is cancelled. */
  readonly over: Promise<void>;
  /** Nothing more is to be read. */
  ended = false;
  readonly #kit: BulkKit;
  readonly #open = new Map<number, Asked>();
  readonly #latency = new LatencyTally();
  readonly #codes = new Map<string, number>();
  readonly #numbers = {read: 0, done: 0, answered: 0, timeouts: 0, failed: 0, bad: 0};
  #pace: {concurrency: number; rate: number; paused: boolean};
  #counts = {sent: 0, retries: 0, ignored: 0, truncated: 0, inFlight: 0, waiting: 0};
  #cancelled = 0;
  #isCancelled = false;
  #bulk: Bulk | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #end: PromiseWithResolvers<void> = Promise.withResolvers();
  #waiting: (() => void)[] = [];
  #told = {at: 0, done: 0};
  #startedAt = 0;
  #pausedAt = -1;
  #pausedFor = 0;

  constructor({concurrency, rate}: BulkAsk, kit: BulkKit) {
    this.#kit = kit;
    this.#pace = {concurrency, rate, paused: false};
    this.over = this.#end.promise;
    // Whoever races with it may come later than a failure does.
    this.over.catch(() => undefined);
  }

  begin(bulk: Bulk, every: number): void {
    this.#bulk = bulk;
    this.#startedAt = this.#kit.now();
    this.#told = {at: this.#startedAt, done: 0};
    this.#timer = setInterval(() => this.#progress(), every * 1000);
    this.#kit.handle({
      pause: () => this.#change({paused: !this.#pace.paused}),
      more: () => this.#change({concurrency: Math.min(4096, this.#pace.concurrency * 2)}),
      fewer: () => this.#change({concurrency: Math.max(1, this.#pace.concurrency >> 1)}),
      concurrency: ({concurrency}) => this.#change({concurrency: Number(concurrency ?? concurrencyField.default)}),
      rate: ({rate}) => this.#change({rate: Number(rate ?? 0)}),
      cancel: () => this.#cancel(),
    });
  }

  /** Keeps what is about to be asked, and gives the number of the first. */
  expect(asked: readonly Asked[]): number {
    const first = this.#numbers.read + 1;
    for (const [index, one] of asked.entries()) this.#open.set(first + index, one);
    this.#numbers.read += asked.length;
    return first;
  }

  bad(line: number, text: string, says: string): void {
    this.#numbers.bad++;
    this.#kit.emit('bad', {line, text: text.slice(0, 200), says});
  }

  /** Resolves when more may be handed over: the readers have kept up, and not too much waits. */
  async room(): Promise<void> {
    await this.#kit.caughtUp();
    while (!this.ended && this.#open.size >= this.#pace.concurrency + ahead) await this.#next();
  }

  /** Resolves when every question has its outcome. */
  async settled(): Promise<void> {
    while (this.#open.size > 0 && !this.ended) await this.#next();
  }

  take({results, counts, fatal}: BulkReport): void {
    this.#counts = counts;
    for (const result of results) this.#outcome(result);
    if (fatal !== undefined) this.#end.reject(new ProblemError(fatal));
    this.#wake();
  }

  summarise(): void {
    this.#progress();
    const latency = this.#latency;
    const [p50 = 0, p90 = 0, p99 = 0] = [50, 90, 99].map(rank => latency.percentile(rank));
    const seconds = this.#elapsed();
    this.#kit.emit('summary', {
      ...this.#figures(),
      cancelled: this.#cancelled,
      seconds: microseconds(seconds),
      rate: seconds > 0 ? Math.round((this.#numbers.done / seconds) * 10) / 10 : 0,
      min: microseconds(latency.min),
      mean: microseconds(latency.mean),
      p50: microseconds(p50),
      p90: microseconds(p90),
      p99: microseconds(p99),
      max: microseconds(latency.max),
    });
  }

  /** Nobody was asked, or nobody answered at all: that is no result. */
  problem(server: DnsServer, source: string): Problem | undefined {
    const {read, answered, timeouts, failed, bad} = this.#numbers;
    if (read === 0 && !this.#isCancelled) {
      const says = bad === 0 ? `There is no name in ${source}` : `No line of ${source} is a question`;
      return {
        code: 'dns.nothing',
        says,
        next: 'Put a name on each line, such as www.example.test, or www.example.test MX.',
      };
    }
    if (answered > 0 || timeouts + failed === 0) return undefined;
    const says = `Nothing came from ${serverText(server)}: ${timeouts + failed} questions were given up`;
    return {code: 'dns.silent', says, next: 'Check the address and the port, or give it more time with --wait.'};
  }

  close(): void {
    this.ended = true;
    clearInterval(this.#timer);
    this.#wake();
  }

  #outcome(result: BulkResult): void {
    const asked = this.#open.get(result.number);
    if (asked === undefined) return;
    this.#open.delete(result.number);
    const outcome = this.#count(result);
    this.#kit.emit('answer', {
      number: result.number,
      name: asked.name,
      type: typeName(asked.type),
      outcome,
      seconds: microseconds(result.seconds),
      tries: result.tries,
      size: result.size,
      transport: result.transport,
      flags: flagNames(result.flags),
      count: result.count,
      answers: result.answers,
    });
  }

  #count({rcode, seconds, error}: BulkResult): string {
    const numbers = this.#numbers;
    numbers.done++;
    if (rcode === timedOut) numbers.timeouts++;
    else if (rcode === notAsked) numbers.failed++;
    else {
      numbers.answered++;
      this.#latency.add(seconds);
      const code = responseCodeName(rcode);
      this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
      return code;
    }
    return rcode === timedOut ? 'timeout' : (error ?? 'failed');
  }

  #progress(): void {
    const at = this.#kit.now();
    const {done} = this.#numbers;
    const span = at - this.#told.at;
    const rate = span > 0 ? Math.round(((done - this.#told.done) / span) * 10) / 10 : 0;
    this.#told = {at, done};
    this.#kit.emit('progress', {
      ...this.#figures(),
      inFlight: this.#counts.inFlight,
      waiting: this.#counts.waiting,
      rate,
      p50: microseconds(this.#latency.percentile(50)),
      p99: microseconds(this.#latency.percentile(99)),
      histogram: this.#latency.buckets(),
    });
  }

  #figures() {
    const {sent, retries, ignored, truncated} = this.#counts;
    const codes = [...this.#codes].map(([code, count]) => ({code, count})).sort((a, b) => b.count - a.count);
    return {...this.#numbers, sent, retries, ignored, truncated, codes};
  }

  #change(change: Partial<{concurrency: number; rate: number; paused: boolean}>): ActionReply {
    if (change.paused === true) this.#pausedAt = this.#kit.now();
    if (change.paused === false && this.#pausedAt >= 0) {
      this.#pausedFor += this.#kit.now() - this.#pausedAt;
      this.#pausedAt = -1;
    }
    this.#pace = {...this.#pace, ...change};
    this.#bulk?.pace(change);
    this.#kit.emit('pace', this.#pace);
    this.#wake();
    return undefined;
  }

  #cancel(): void {
    this.#isCancelled = true;
    this.#cancelled = this.#open.size;
    this.#open.clear();
    this.#bulk?.cancel();
    this.#counts = {...this.#counts, inFlight: 0, waiting: 0};
    this.ended = true;
    this.#end.resolve();
    this.#wake();
  }

  /** Seconds since the start, without pauses. */
  #elapsed(): number {
    const until = this.#pausedAt >= 0 ? this.#pausedAt : this.#kit.now();
    return Math.max(0, until - this.#startedAt - this.#pausedFor);
  }

  #next(): Promise<void> {
    return new Promise(done => this.#waiting.push(done));
  }

  #wake(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
}

/** Bits of the second pair of bytes of the header, as dig names them (RFC 1035 §4.1.1, RFC 4035 §3.2). */
const flagBits: readonly (readonly [bit: number, name: string])[] = [
  [0x8000, 'qr'],
  [0x0400, 'aa'],
  [0x0200, 'tc'],
  [0x0100, 'rd'],
  [0x0080, 'ra'],
  [0x0020, 'ad'],
  [0x0010, 'cd'],
];

const flagNames = (flags: number): string =>
  flagBits
    .filter(([bit]) => (flags & bit) !== 0)
    .map(([, name]) => name)
    .join(' ');

const microseconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;
