import type {Problem} from '../../journal/problem.ts';
import {type HttpClient, notDns, replyText} from './https.ts';
import {notAnAnswer} from './match.ts';
import {networkProblem, stopped, timedOut} from './problems.ts';
import type {StreamParts} from './stream.ts';
import type {DnsConnection, DnsServer, Exchange, ExchangeOptions} from './types.ts';

/** DNS over an open connection to a web server (RFC 8484): each answer belongs to its request, so ids need not differ. */
export class HttpConnection implements DnsConnection {
  readonly server: DnsServer;
  readonly local: string;
  readonly session?: string;
  readonly opening: number;
  readonly #parts: StreamParts;
  readonly #client: HttpClient;
  readonly #ending = new AbortController();
  #ended: Problem | undefined;

  constructor(parts: StreamParts, open: (over: (problem: Problem) => void) => HttpClient) {
    this.#parts = parts;
    this.server = parts.server;
    this.local = parts.local;
    this.opening = parts.opening;
    if (parts.session !== undefined) this.session = parts.session;
    this.#client = open(problem => {
      this.#ended ??= problem;
    });
  }

  get alive(): boolean {
    return this.#ended === undefined;
  }

  async ask(query: Uint8Array, options: ExchangeOptions): Promise<Exchange> {
    const {clock, server, local, session} = this.#parts;
    const failed = (problem: Problem): Exchange => ({ok: false, problem, tries: 1, ignored: 0});
    if (this.#ended !== undefined) return failed(this.#ended);
    const late = AbortSignal.timeout(options.timeout * 1000);
    const given = options.signal === undefined ? [] : [options.signal];
    const sent = clock.now();
    options.note?.({kind: 'sent', at: sent, says: `${query.length} bytes sent with ${server.method ?? 'POST'}`});
    try {
      const reply = await this.#client.request(query, AbortSignal.any([late, this.#ending.signal, ...given]));
      const seconds = clock.now() - sent;
      const problem = notDns(server, reply) ?? mismatch(query, reply.body, options);
      if (problem !== undefined) return failed(problem);
      const about = {server, local, seconds, total: seconds, tries: 1, ignored: 0};
      const how = [...(session === undefined ? [] : [session]), replyText(reply)].join(', ');
      return {ok: true, value: {bytes: reply.body, ...about, session: how}};
    } catch (error) {
      if (options.signal?.aborted === true || this.#ending.signal.aborted) return failed(stopped);
      return failed(
        late.aborted ? timedOut(server, options.timeout, 1) : (this.#ended ?? networkProblem(server, error)),
      );
    }
  }

  close(): void {
    this.#ended ??= stopped;
    this.#ending.abort();
    this.#client.close();
  }
}

function mismatch(query: Uint8Array, body: Uint8Array, options: ExchangeOptions): Problem | undefined {
  const why = notAnAnswer(query, body, options.exactCase);
  if (why === undefined) return undefined;
  return {
    code: 'dns.http.answer',
    says: `What the web server sent is no answer to this query: ${why}`,
    next: 'Ask another server.',
  };
}
