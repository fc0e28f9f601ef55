import type {Dns, DnsConnection, DnsServer, Exchange, ExchangeOptions, Opened} from '../../world/dns/types.ts';

/** Connections that stay open between questions, one for each server and way of reaching it. */
export class Connections {
  readonly #dns: Dns;
  readonly #open = new Map<string, Promise<Opened>>();

  constructor(dns: Dns) {
    this.#dns = dns;
  }

  /** Asks over the connection that is open already, if there is one and it is to be kept, and otherwise over a new one. */
  async exchange(query: Uint8Array, server: DnsServer, options: ExchangeOptions, keep: boolean): Promise<Exchange> {
    if (!keep) return this.#dns.exchange(query, server, options);
    const key = JSON.stringify([server, options.local]);
    // Looked up before anything is awaited, so that of several questions at once the first one opens it for all.
    const before = this.#open.get(key);
    const kept = before === undefined ? undefined : await alive(before);
    if (kept !== undefined) {
      const says = `The connection from ${kept.local} is used again`;
      options.note?.({kind: 'connected', at: 0, says});
      const exchange = await kept.ask(query, options);
      // The server may have closed it just before: that says nothing about the question (RFC 7766 §6.2.3).
      if (exchange.ok || !closed.has(exchange.problem.code)) return exchange;
    }
    const opening = this.#dns.open(server, options);
    this.#open.set(key, opening);
    const opened = await opening;
    if (!opened.ok) {
      this.#open.delete(key);
      return {ok: false, problem: opened.problem, tries: 1, ignored: 0};
    }
    const exchange = await opened.connection.ask(query, options);
    if (!exchange.ok) return exchange;
    return {ok: true, value: {...exchange.value, total: exchange.value.seconds + opened.connection.opening}};
  }

  close(): void {
    for (const opening of this.#open.values())
      void opening.then(opened => {
        if (opened.ok) opened.connection.close();
      });
    this.#open.clear();
  }
}

/** A connection that is still being opened for another question is waited for. */
async function alive(opening: Promise<Opened>): Promise<DnsConnection | undefined> {
  const opened = await opening;
  return opened.ok && opened.connection.alive ? opened.connection : undefined;
}

const closed = new Set(['dns.closed', 'dns.reset']);
