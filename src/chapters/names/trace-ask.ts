import {randomInt} from 'node:crypto';
import {ProblemError} from '../../journal/problem.ts';
import {decodeMessage} from '../../wire/dns/decode.ts';
import {recordText} from '../../wire/dns/dig-record.ts';
import {encodeMessage} from '../../wire/dns/encode.ts';
import {queryFor} from '../../wire/dns/query.ts';
import {responseCodeName, typeName} from '../../wire/dns/tables.ts';
import type {Message, Question} from '../../wire/dns/types.ts';
import {endpointText} from '../../world/dns/endpoint.ts';
import type {Kit} from '../contract.ts';
import {type Classified, classify} from './trace-classify.ts';
import type {Outcome, traceEvents} from './trace-events.ts';
import type {TraceAsk} from './trace-fields.ts';

export type TraceKit = Kit<typeof traceEvents>;

/** A zone's server at one of its addresses. */
export interface ServerAt {
  readonly name: string;
  readonly address: string;
}

/** Where an address is really reached: of the lab, somewhere else. */
export type Reach = (address: string) => {readonly address: string; readonly port: number};

export type Purpose = 'trace' | 'servers' | 'serial' | 'glue' | 'look-up' | 'validation';

/** What one server said, or that it said nothing. */
export interface Said {
  readonly server: ServerAt;
  readonly outcome: Outcome;
  readonly says: string;
  readonly message?: Message;
  readonly classified?: Classified;
}

/** Asks servers, tells each question and answer, and counts, so that nobody is asked without end. */
export class TraceAsker {
  readonly #kit: TraceKit;
  readonly #ask: TraceAsk;
  readonly #reach: Reach;
  queries = 0;

  constructor(kit: TraceKit, ask: TraceAsk, reach: Reach) {
    this.#kit = kit;
    this.#ask = ask;
    this.#reach = reach;
  }

  async ask(server: ServerAt, zone: {number: number; zone: string}, question: Question, why: Purpose): Promise<Said> {
    if (this.queries >= this.#ask.queries)
      throw new ProblemError({
        code: 'dns.queries',
        says: `The trace has sent its ${this.#ask.queries} queries and is not through`,
        next: 'Give it more with --queries, or --no-all-servers.',
      });
    this.#kit.signal.throwIfAborted();
    this.queries++;
    const {transport, wait, retries} = this.#ask;
    const at = this.#reach(server.address);
    const started = this.#kit.now();
    // With DO, so that servers send the signatures along; without RD: each is asked for what it knows itself.
    const query = queryFor(question, {id: randomInt(0x1_0000), cd: true, dnssecOk: true});
    const exchange = await this.#kit.world.dns.exchange(
      encodeMessage(query),
      {...at, transport},
      {timeout: wait, retries, signal: this.#kit.signal},
    );
    const heard = exchange.ok ? decodeMessage(exchange.value.bytes).message : undefined;
    const classified = heard === undefined ? undefined : classify(heard, zone.zone, question);
    const said: Said = exchange.ok
      ? {server, message: heard!, classified: classified!, outcome: classified!.outcome, says: classified!.says}
      : {
          server,
          outcome: exchange.problem.code === 'dns.timeout' ? 'silent' : 'unreachable',
          says: exchange.problem.says,
        };
    this.#kit.emit(
      'asked',
      {
        zone: zone.number,
        server: server.name,
        address: endpointText(at.address, at.port),
        name: question.name,
        type: typeName(question.type),
        why,
        outcome: said.outcome,
        says: said.says,
        records: heard === undefined ? [] : recordsOf(heard),
        seconds: exchange.ok ? exchange.value.seconds : this.#kit.now() - started,
        ...(exchange.ok && {
          rcode: responseCodeName(heard!.rcode),
          aa: heard!.flags.aa,
          size: exchange.value.bytes.length,
          transport: exchange.value.server.transport,
        }),
      },
      exchange.ok ? exchange.value.bytes : undefined,
    );
    return said;
  }
}

function recordsOf({answers, authorities, additionals}: Message): readonly string[] {
  return [...answers, ...authorities, ...additionals].slice(0, 60).map(recordText);
}
