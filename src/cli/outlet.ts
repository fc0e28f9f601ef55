import type {Writable} from 'node:stream';

/** What may wait for a slow reader before more is dropped, and counted. */
const waitingLimit = 64 * 1024 * 1024;

/** Text collected before it is written in one piece. */
const pieceLength = 64 * 1024;

/**
 * Standard output, written in large pieces and never faster than its reader takes them. A reader that leaves
 * (`| head`) ends it quietly; any other failure is kept in `failure`.
 */
export class Outlet {
  /** Resolves when nothing more can be written: the reader left, or the disk is full. */
  readonly gone: Promise<void>;
  failure: Error | undefined;
  readonly #stream: Writable;
  readonly #limit: number;
  #text = '';
  #waiting: (string | Uint8Array)[] = [];
  #waitingLength = 0;
  #inFlight = 0;
  #blocked = false;
  #broken = false;
  #scheduled = false;
  #leave: () => void = () => undefined;
  #idle: (() => void)[] = [];

  constructor(stream: Writable, limit = waitingLimit) {
    this.#stream = stream;
    this.#limit = limit;
    this.gone = new Promise(done => {
      this.#leave = done;
    });
    stream.on('error', error => this.#fail(error));
  }

  /** False when it was dropped: the reader is gone, or too far behind. */
  write(chunk: string | Uint8Array): boolean {
    if (this.#broken || this.#waitingLength + this.#text.length + chunk.length > this.#limit) return false;
    if (typeof chunk === 'string') this.#text += chunk;
    else {
      this.#cut();
      this.#queue(chunk);
    }
    if (this.#text.length >= pieceLength) this.#cut();
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.#cut();
        this.#flush();
      });
    }
    return true;
  }

  /** True when nothing more can be written. */
  get ended(): boolean {
    return this.#broken;
  }

  /** Resolves at once while the reader keeps up, otherwise when it has taken what waits. */
  caughtUp(): Promise<void> {
    return this.#waitingLength < 16 * pieceLength ? Promise.resolve() : this.drained();
  }

  /** Resolves when everything has been taken, or nothing more can be. */
  drained(): Promise<void> {
    this.#cut();
    this.#flush();
    if (this.#broken || this.#inFlight === 0) return Promise.resolve();
    return new Promise(done => this.#idle.push(done));
  }

  #cut(): void {
    if (this.#text === '') return;
    this.#queue(this.#text);
    this.#text = '';
  }

  #queue(chunk: string | Uint8Array): void {
    this.#waiting.push(chunk);
    this.#waitingLength += chunk.length;
    if (this.#waitingLength >= pieceLength) this.#flush();
  }

  #flush(): void {
    while (!this.#blocked && !this.#broken && this.#waiting.length > 0) {
      const chunk = this.#waiting.shift()!;
      this.#waitingLength -= chunk.length;
      this.#inFlight++;
      const more = this.#stream.write(chunk, error => this.#written(error));
      if (!more) this.#wait();
    }
  }

  #wait(): void {
    this.#blocked = true;
    this.#stream.once('drain', () => {
      this.#blocked = false;
      this.#flush();
    });
  }

  #written(error: Error | null | undefined): void {
    this.#inFlight--;
    if (error != null) this.#fail(error);
    else if (this.#inFlight === 0 && this.#waiting.length === 0 && this.#text === '') this.#settle();
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') this.failure ??= error;
    this.#broken = true;
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#text = '';
    this.#leave();
    this.#settle();
  }

  #settle(): void {
    for (const done of this.#idle.splice(0)) done();
  }
}
