import {problemOf} from '../../journal/problem.ts';
import {recordText} from '../../wire/dns/dig-text.ts';
import {type TransferAsk, type TransferMessage, type TransferSummary, transfer} from '../../world/dns/transfer.ts';
import type {DnsServer} from '../../world/dns/types.ts';
import {understood} from './query-build.ts';
import type {QueryAsk} from './query-fields.ts';
import {type Outcome, placeOf, type QueryKit, type Question, type Say} from './query-kit.ts';
import {membersOf} from './query-message.ts';
import {type AskedType, readKey} from './query-read.ts';

const ixfr = 251;
const axfr = 252;

/** A question that a stream of messages answers (RFC 5936, RFC 1995). */
export const isTransfer = ({type}: AskedType): boolean => type === axfr || type === ixfr;

/** Fetches zones, and tells each message as it comes. */
export class Transfers {
  readonly #kit: QueryKit;

  constructor(kit: QueryKit) {
    this.#kit = kit;
  }

  async take(ask: QueryAsk, question: Question, named: DnsServer, number: number, say: Say): Promise<Outcome> {
    const server: DnsServer = named.transport === 'udp' ? {...named, transport: 'tcp'} : named;
    const about = {number, label: question.label, ...placeOf(server)};
    const {emit, signal} = this.#kit;
    const sent = (query: Uint8Array) =>
      say(() => emit('query', {...about, size: query.length, ...membersOf(query)}, query));
    const options = {timeout: ask.wait, signal, sent};
    const messages = transfer(server, askOf(ask, question), options);
    try {
      let last: TransferMessage | undefined;
      for (let part = 1; ; part++) {
        const step = await messages.next();
        if (step.done === true) {
          say(() => this.#complete(about, step.value));
          return last === undefined ? noMessage : {ok: true, decoded: last.decoded};
        }
        last = step.value;
        this.#part(about, part, step.value, say);
        // A slow reader of a long zone slows its sender down.
        await this.#kit.caughtUp();
      }
    } catch (error) {
      const problem = problemOf(error);
      const {code, says, next} = problem;
      const why = {code, says, ...(next !== undefined && {next}), tries: 1, ignored: 0};
      say(() => emit('failure', {...about, ...why}));
      return {ok: false, problem};
    }
  }

  #part(about: About, part: number, {bytes, records, seconds, signed}: TransferMessage, say: Say): void {
    const fields = {part, records: records.map(recordText), seconds, signed, size: bytes.length};
    say(() => this.#kit.emit('transfer', {...about, ...fields}, bytes));
  }

  #complete(about: About, summary: TransferSummary): void {
    const {style, serial, messages, records, seconds, bytes, session, signed} = summary;
    const counts = {messages, records, size: bytes, seconds, when: new Date().toISOString()};
    this.#kit.emit('transferred', {
      ...about,
      style,
      serial,
      ...counts,
      signed,
      ...(session !== undefined && {session}),
    });
  }
}

interface About {
  readonly number: number;
  readonly label: string;
  readonly server: string;
  readonly transport: DnsServer['transport'];
}

const noMessage: Outcome = {
  ok: false,
  problem: {code: 'dns.transfer.empty', says: 'The transfer ended without a message', next: 'Ask again.'},
};

function askOf(ask: QueryAsk, {name, asked}: Question): TransferAsk {
  return {
    zone: name,
    type: asked.type === axfr ? 'AXFR' : 'IXFR',
    ...(asked.serial !== undefined && {serial: asked.serial}),
    ...(ask.tsig.trim() !== '' && {key: understood(readKey(ask.tsig))}),
    ...(ask.id >= 0 && {id: ask.id}),
  };
}
