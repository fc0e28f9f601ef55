import type {InputEvent} from './events.ts';
import {InputParser, type Pending} from './parser.ts';

/** Runs something later; gives what cancels it. */
export type After = (milliseconds: number, run: () => void) => () => void;

export const afterTimeout: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

export interface ReaderOptions {
  readonly emit: (event: InputEvent) => void;
  /** How long an Escape may be the start of a sequence. Default 20 ms; 50 ms over SSH (`escapeDelay`). */
  readonly escapeDelay?: number;
  readonly after?: After;
}

/** An `InputParser` with a clock: decides what is pending when nothing more comes. No timer runs when nothing is pending. */
export class InputReader {
  readonly #parser = new InputParser();
  readonly #emit: (event: InputEvent) => void;
  readonly #delays: Record<NonNullable<Pending>, number>;
  readonly #after: After;
  #cancel: (() => void) | undefined;

  constructor({emit, escapeDelay = 20, after = afterTimeout}: ReaderOptions) {
    this.#emit = emit;
    this.#after = after;
    // A cut-off report must not leak as typed text, so what is surely no Escape key is waited for longer.
    this.#delays = {escape: escapeDelay, introducer: Math.max(100, escapeDelay), sequence: 500, paste: 5000};
  }

  push(chunk: Uint8Array): void {
    this.stop();
    for (const event of this.#parser.push(chunk)) this.#emit(event);
    this.#arm();
  }

  /** Cancels the timer; what is pending stays pending. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #arm(): void {
    const {pending} = this.#parser;
    if (pending === undefined) return;
    this.#cancel = this.#after(this.#delays[pending], () => {
      this.#cancel = undefined;
      for (const event of this.#parser.flush()) this.#emit(event);
    });
  }
}

/** 50 ms where a sequence may arrive in pieces (SSH, mosh), 20 ms on this machine. */
export function escapeDelay(env: Readonly<Record<string, string | undefined>>): number {
  return env.SSH_CONNECTION || env.SSH_TTY || env.MOSH_SERVER_PID ? 50 : 20;
}
