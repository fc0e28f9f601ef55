import type {Readable, Writable} from 'node:stream';
import {isatty} from 'node:tty';
import {exitCodes} from './general.ts';

/** The process around a command. Tests pass their own. */
export interface Io {
  readonly stdout: Writable & {readonly isTTY?: boolean; readonly columns?: number};
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True when both standard input and standard output are terminals. */
  readonly interactive: boolean;
  /** Standard input, not touched before it is iterated; `undefined` when it is a terminal, unless that was asked for. */
  input(evenTerminal?: boolean): AsyncIterable<Uint8Array> | undefined;
  /** Resolves with the exit code of the first SIGINT, SIGTERM or SIGHUP from now on. A second one exits at once. */
  signalled(): Promise<number>;
  /** Lets go of standard input, so that the process can end. */
  release(): void;
}

const signals = {
  SIGINT: exitCodes.interrupted.code,
  SIGTERM: exitCodes.terminated.code,
  SIGHUP: exitCodes.hangup.code,
} as const;

/** The process this runs in. */
export function processIo(): Io {
  let reading: Readable | undefined;
  let caught: Promise<number> | undefined;
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    interactive: isatty(0) && isatty(1),
    input(evenTerminal = false) {
      if (isatty(0) && !evenTerminal) return undefined;
      return {
        [Symbol.asyncIterator]() {
          reading = process.stdin;
          return reading[Symbol.asyncIterator]();
        },
      };
    },
    signalled() {
      caught ??= catchSignals();
      return caught;
    },
    release() {
      reading?.destroy();
    },
  };
}

/** Leaving after a signal takes less than a second, whatever is still held. */
const backstopMilliseconds = 950;

/** A terminal and a parent may both pass the same key press on: a second signal within this time is the first. */
const echoMilliseconds = 100;

function catchSignals(): Promise<number> {
  return new Promise(done => {
    let firstAt: number | undefined;
    for (const [signal, code] of Object.entries(signals))
      process.on(signal, () => {
        if (firstAt === undefined) setTimeout(() => process.exit(code), backstopMilliseconds).unref();
        else if (performance.now() - firstAt > echoMilliseconds) process.exit(code);
        firstAt ??= performance.now();
        done(code);
      });
  });
}
