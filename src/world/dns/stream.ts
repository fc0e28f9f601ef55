import type net from 'node:net';
import type {Problem} from '../../journal/problem.ts';
import {createSplitter, withLength} from '../../wire/dns/framing.ts';
import type {Clock} from '../clock.ts';
import {endpointText, serverText} from './endpoint.ts';
import {idOf, notAnAnswer} from './match.ts';
import {networkProblem, stopped, timedOut} from './problems.ts';
import type {DnsConnection, DnsServer, Exchange, ExchangeNote, ExchangeOptions} from './types.ts';

export interface StreamParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly socket: net.Socket;
  readonly server: DnsServer;
  readonly local: string;
  readonly session?: string;
  readonly opening: number;
}

interface Waiting {
  readonly query: Uint8Array;
  readonly options: ExchangeOptions;
  taken(message: Uint8Array): void;
  fail(problem: Problem): void;
  ignored: number;
}

/** DNS over an open TCP or TLS connection (RFC 7766, RFC 7858 §3.3). */
export class StreamConnection implements DnsConnection {
  readonly server: DnsServer;
  readonly local: string;
  readonly session?: string;
  readonly opening: number;
  readonly #parts: StreamParts;
  readonly #waiting = new Set<Waiting>();
  readonly #splitter = createSplitter();
  #ended: Problem | undefined;

  constructor(parts: StreamParts) {
    this.#parts = parts;
    this.server = parts.server;
    this.local = parts.local;
    this.opening = parts.opening;
    if (parts.session !== undefined) this.session = parts.session;
    const {socket, server} = parts;
    socket.on('data', (piece: Uint8Array) => {
      for (const message of this.#splitter.push(piece)) this.#receive(message);
    });
    socket.on('error', error => this.#end(networkProblem(server, error)));
    socket.on('close', () => this.#end(this.#closedProblem()));
    socket.on('end', () => this.#end(this.#closedProblem()));
  }

  get alive(): boolean {
    return this.#ended === undefined;
  }

  ask(query: Uint8Array, options: ExchangeOptions): Promise<Exchange> {
    const {clock, socket, server, local, session} = this.#parts;
    const {promise, resolve} = Promise.withResolvers<Exchange>();
    const sent = clock.now();
    const settle = (exchange: Exchange) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      this.#waiting.delete(waiting);
      resolve(exchange);
    };
    const waiting: Waiting = {
      query,
      options,
      ignored: 0,
      taken(bytes) {
        const seconds = clock.now() - sent;
        const about = {server, local, seconds, total: seconds, ...(session !== undefined && {session})};
        settle({ok: true, value: {bytes, ...about, tries: 1, ignored: waiting.ignored}});
      },
      fail: problem => settle({ok: false, problem, tries: 1, ignored: waiting.ignored}),
    };
    const abort = () => waiting.fail(stopped);
    const expire = () => waiting.fail(timedOut(server, options.timeout, 1, waiting.ignored));
    const timer = setTimeout(expire, options.timeout * 1000);
    this.#waiting.add(waiting);
    if (this.#ended !== undefined) waiting.fail(this.#ended);
    else if (options.signal?.aborted === true) abort();
    else {
      options.signal?.addEventListener('abort', abort, {once: true});
      socket.write(withLength(query));
      this.#note(waiting, 'sent', `${query.length} bytes sent, and their length in 2 before them`);
    }
    return promise;
  }

  close(): void {
    this.#end(stopped);
    this.#parts.socket.destroy();
  }

  #receive(message: Uint8Array): void {
    const refusals: string[] = [];
    for (const waiting of this.#waiting) {
      const why = notAnAnswer(waiting.query, message, waiting.options.exactCase);
      if (why === undefined) {
        waiting.taken(message);
        return;
      }
      if (this.#waiting.size === 1 || idOf(waiting.query) === idOf(message)) refusals.push(why);
    }
    const why = refusals[0] ?? `nobody asked with id ${idOf(message)}, or no longer`;
    const source = endpointText(this.server.address, this.server.port);
    for (const waiting of this.#waiting) {
      waiting.ignored++;
      this.#note(waiting, 'ignored', `An answer from ${source} was not taken: ${why}`);
    }
  }

  #end(problem: Problem): void {
    if (this.#ended !== undefined) return;
    this.#ended = problem;
    for (const waiting of [...this.#waiting]) waiting.fail(problem);
    this.#parts.socket.end();
  }

  #closedProblem(): Problem {
    const {waiting, expected} = this.#splitter;
    const within =
      expected === undefined ? '' : ` in the middle of a message, after ${waiting - 2} of ${expected} bytes`;
    return {
      code: 'dns.closed',
      says: `The server closed the connection to ${serverText(this.server)}${within || ' before it answered'}`,
      next: 'Ask again, or over another transport.',
    };
  }

  #note(waiting: Waiting, kind: ExchangeNote['kind'], says: string): void {
    waiting.options.note?.({kind, at: this.#parts.clock.now(), says});
  }
}
