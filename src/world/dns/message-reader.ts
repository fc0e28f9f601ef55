import type {Socket} from 'node:net';
import {type Problem, ProblemError} from '../../journal/problem.ts';
import {createSplitter} from '../../wire/dns/framing.ts';
import {endpointText, serverText} from './endpoint.ts';
import {networkProblem, stopped} from './problems.ts';
import type {DnsServer} from './types.ts';

/** What may wait to be taken before the server is made to wait. */
const mostWaiting = 64;

/** Messages of an open connection, one at a time, as fast as they are asked for. */
export class MessageReader {
  readonly #socket: Socket;
  readonly #server: DnsServer;
  readonly #splitter = createSplitter();
  readonly #messages: Uint8Array[] = [];
  #ended: Problem | undefined;
  #wake: () => void = () => undefined;

  constructor(socket: Socket, server: DnsServer, signal?: AbortSignal) {
    this.#socket = socket;
    this.#server = server;
    socket.on('data', (piece: Uint8Array) => {
      this.#messages.push(...this.#splitter.push(piece));
      if (this.#messages.length > mostWaiting) socket.pause();
      this.#wake();
    });
    socket.on('error', error => this.#end(networkProblem(server, error)));
    socket.on('close', () => this.#end(this.#closed()));
    signal?.addEventListener('abort', () => this.#end(stopped), {once: true});
    if (signal?.aborted === true) this.#end(stopped);
  }

  /** Rejects with a ProblemError when no message comes within so many seconds. `far` says how far it was. */
  async next(seconds: number, far: string): Promise<Uint8Array> {
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        this.#wake();
      },
      Math.max(0, Math.min(seconds, 2_000_000)) * 1000,
    );
    try {
      while (this.#messages.length === 0 && this.#ended === undefined && !late)
        await new Promise<void>(done => {
          this.#wake = done;
        });
    } finally {
      clearTimeout(timer);
    }
    const message = this.#messages.shift();
    if (message !== undefined) {
      if (this.#messages.length === 0) this.#socket.resume();
      return message;
    }
    if (this.#ended === undefined) throw new ProblemError(this.#slow(far));
    const {says} = this.#ended;
    throw new ProblemError(this.#ended === stopped ? stopped : {...this.#ended, says: `${says}, ${far}`});
  }

  #end(problem: Problem): void {
    this.#ended ??= problem;
    this.#wake();
  }

  #closed(): Problem {
    const {address, port} = this.#server;
    const says = `The server at ${endpointText(address, port)} closed the connection`;
    return {code: 'dns.closed', says, next: 'Ask again; it may not allow transfers from here.'};
  }

  #slow(far: string): Problem {
    const says = `Nothing more came from ${serverText(this.#server)} in time, ${far}`;
    return {code: 'dns.timeout', says, next: 'Ask again, or wait longer.'};
  }
}
