import {EventEmitter} from 'node:events';
import type {After} from '../../src/terminal/decoder/reader.ts';
import type {TerminalInput, TerminalOutput} from '../../src/terminal/streams.ts';

/** A clock that moves only when told to, and the timers that hang on it. */
export class FakeClock {
  time = 1000;
  readonly #timers = new Set<{at: number; run: () => void}>();

  readonly now = (): number => this.time;

  readonly after: After = (milliseconds, run) => {
    const timer = {at: this.time + milliseconds, run};
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  get waiting(): number {
    return this.#timers.size;
  }

  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(timer => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.time = due.at;
      due.run();
    }
    this.time = end;
  }
}

export class FakeOutput extends EventEmitter implements TerminalOutput {
  columns: number;
  rows: number;
  written = '';
  writes = 0;
  /** What `write` answers: false says that the terminal is slower than we are. */
  ready = true;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): boolean {
    this.written += text;
    this.writes++;
    return this.ready;
  }

  /** Everything written since the last call. */
  take(): string {
    const text = this.written;
    this.written = '';
    this.writes = 0;
    return text;
  }

  setSize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }
}

export class FakeInput extends EventEmitter implements TerminalInput {
  raw = false;
  flowing = false;

  setRawMode(raw: boolean): this {
    this.raw = raw;
    return this;
  }

  resume(): this {
    this.flowing = true;
    return this;
  }

  pause(): this {
    this.flowing = false;
    return this;
  }

  send(text: string): void {
    this.emit('data', Buffer.from(text));
  }
}

/** Lets everything that waits in the microtask queue run. */
export async function turn(): Promise<void> {
  await new Promise<void>(done => setImmediate(done));
}
