import {writeSync} from 'node:fs';
import {constants} from 'node:os';

/** What is restored: the Screen, or a stand-in. */
export interface Restorable {
  readonly running: boolean;
  start(): void;
  stop(write: (text: string) => void): void;
  onHangUp?(run: () => void): unknown;
}

/** The part of `process` that is used; tests pass their own. */
export interface Host {
  readonly pid: number;
  on(event: string, run: (...values: never[]) => void): unknown;
  off(event: string, run: (...values: never[]) => void): unknown;
  exit(code: number): never;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

export interface GuardOptions {
  readonly screen: Restorable;
  readonly host?: Host;
  /** Writes at once and never throws; by default to file descriptor 1. */
  readonly write?: (text: string) => void;
  /** Told of an error that ends the process, when the terminal is itself again. By default printed to standard error. */
  readonly report?: (error: unknown) => void;
}

/** EX_SOFTWARE of sysexits.h: an error in the program itself. */
export const softwareError = 70;
const ending = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Puts the terminal back on every way out: exit, signals (exit code 128 + number), an exception or a rejected promise
 * nobody caught (exit code 70). Make it before `screen.start()`.
 */
export class Guard {
  readonly #screen: Restorable;
  readonly #host: Host;
  readonly #write: (text: string) => void;
  readonly #report: (error: unknown) => void;
  readonly #cleanups = new Set<() => void>();
  readonly #handlers: [string, (...values: never[]) => void][];
  #left = false;
  /** Set while suspended; keeps the process alive until `SIGCONT` is handled, as no input does any more. */
  #suspended: NodeJS.Timeout | undefined;

  constructor({screen, host = process as unknown as Host, write = writeNow, report = printError}: GuardOptions) {
    this.#screen = screen;
    this.#host = host;
    this.#write = write;
    this.#report = report;
    this.#handlers = [
      ['exit', () => this.leave()],
      ...ending.map((signal): [string, () => void] => [signal, () => this.quit(128 + constants.signals[signal])]),
      ['SIGTSTP', () => this.suspend()],
      ['SIGCONT', () => this.#resume()],
      ['uncaughtException', (error: unknown) => this.#crash(error)],
      ['unhandledRejection', (error: unknown) => this.#crash(error)],
    ];
    for (const [event, run] of this.#handlers) host.on(event, run);
    screen.onHangUp?.(() => this.quit(128 + constants.signals.SIGHUP));
  }

  /** Registers what must happen before the terminal is given back (children ended, files closed), last first. Synchronous. */
  onLeave(cleanup: () => void): () => void {
    this.#cleanups.add(cleanup);
    return () => this.#cleanups.delete(cleanup);
  }

  /** Runs the cleanups and restores the terminal, once. What a cleanup throws is reported afterwards and stops nothing. */
  leave(): void {
    if (this.#left) return;
    this.#left = true;
    clearInterval(this.#suspended);
    const errors: unknown[] = [];
    for (const work of [...[...this.#cleanups].toReversed(), () => this.#screen.stop(this.#write)]) {
      try {
        work();
      } catch (error) {
        errors.push(error);
      }
    }
    // A terminal that is gone cannot be put back, and nobody would read that.
    for (const error of errors) if (!isGone(error)) this.#report(error);
  }

  quit(code: number): never {
    this.leave();
    return this.#host.exit(code);
  }

  /** Ctrl-Z: gives the terminal back and stops this process; `SIGCONT` (the shell's `fg`) takes it again. */
  suspend(): void {
    if (this.#left || !this.#screen.running) return;
    this.#suspended = setInterval(() => {}, 60_000);
    this.#screen.stop(this.#write);
    this.#host.kill(this.#host.pid, 'SIGSTOP');
  }

  /** Removes every handler; for tests, and for a program that goes on without a screen. */
  dispose(): void {
    for (const [event, run] of this.#handlers) this.#host.off(event, run);
  }

  /** Also after a SIGSTOP from outside, when nothing could be put back before: the shell has changed the terminal's modes. */
  #resume(): void {
    if (this.#left || (this.#suspended === undefined && !this.#screen.running)) return;
    clearInterval(this.#suspended);
    this.#suspended = undefined;
    this.#screen.stop(() => {});
    this.#screen.start();
  }

  #crash(error: unknown): void {
    // The terminal itself went away: that is a hang-up, and nobody is left to read a report.
    if (isGone(error)) this.quit(128 + constants.signals.SIGHUP);
    this.leave();
    this.#report(error);
    this.#host.exit(softwareError);
  }
}

function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const {code, syscall} = error as NodeJS.ErrnoException;
  return (code === 'EIO' || code === 'EPIPE') && ['write', 'read', 'setRawMode'].includes(syscall ?? '');
}

/** Writes all of it now, whatever state the stream is in. A terminal that is gone or stuck is given up after 200 tries. */
export function writeNow(text: string): void {
  let rest = Buffer.from(text);
  for (let tries = 0; rest.length > 0 && tries < 200; tries++) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function printError(error: unknown): void {
  const whole = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // A message may quote what came from outside.
  const text = whole.replace(/[^\n\P{C}]/gu, character => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  process.stderr.write(`wirebook stopped because of an error of its own. Please report this:\n${text}\n`);
}
