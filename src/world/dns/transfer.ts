import {type Problem, ProblemError} from '../../journal/problem.ts';
import {decodeMessage} from '../../wire/dns/decode.ts';
import {withLength} from '../../wire/dns/framing.ts';
import {responseCodeName} from '../../wire/dns/tables.ts';
import type {TsigKey} from '../../wire/dns/tsig.ts';
import type {DecodedMessage, ResourceRecord} from '../../wire/dns/types.ts';
import {dial} from './dial.ts';
import {unusable} from './endpoint.ts';
import {MessageReader} from './message-reader.ts';
import {transferQuery} from './transfer-query.ts';
import {type TransferEnd, TransferTrack} from './transfer-track.ts';
import {type Signed, signTsig, TsigVerifier} from './tsig.ts';
import type {DnsServer} from './types.ts';

export interface TransferAsk {
  readonly zone: string;
  /** The whole zone (RFC 5936), or what has changed since `serial` (RFC 1995). */
  readonly type: 'AXFR' | 'IXFR';
  /** IXFR only. */
  readonly serial?: number;
  readonly key?: TsigKey;
  /** Of the query. Default: a random one. */
  readonly id?: number;
}

export interface TransferOptions {
  /** Seconds: for the connection, and for each message. */
  readonly timeout: number;
  /** Bytes of all messages together. Default 1 GiB. */
  readonly mostBytes?: number;
  /** Seconds for all of it. Default: no limit, as long as messages come. */
  readonly within?: number;
  readonly signal?: AbortSignal;
  /** Told the query as it was sent, its signature included. */
  readonly sent?: (query: Uint8Array) => void;
}

/** One message of a transfer as it comes. */
export interface TransferMessage {
  readonly bytes: Uint8Array;
  readonly decoded: DecodedMessage;
  /** The records of its answer section. */
  readonly records: readonly ResourceRecord[];
  /** Whether its TSIG was checked; those between two signed messages are covered by the next. */
  readonly signed: boolean;
  /** Seconds since the query was sent. */
  readonly seconds: number;
}

export interface TransferSummary extends TransferEnd {
  readonly messages: number;
  /** Of the messages, without the lengths before them. */
  readonly bytes: number;
  readonly records: number;
  readonly seconds: number;
  readonly local: string;
  readonly session?: string;
  /** Whether all of it was signed. */
  readonly signed: boolean;
  /** The query as it was sent. */
  readonly query: Uint8Array;
}

/**
 * A zone, message by message, over TCP or TLS (a server of UDP is asked over TCP). What goes wrong is thrown as a
 * ProblemError; what came before has been handed over by then.
 *
 *     const messages = transfer(server, {zone: 'example.test.', type: 'AXFR'}, {timeout: 5});
 *     for (let step = await messages.next(); ; step = await messages.next())
 *       if (step.done) return step.value;          // TransferSummary
 *       else print(step.value.records);
 */
export async function* transfer(
  named: DnsServer,
  ask: TransferAsk,
  options: TransferOptions,
): AsyncGenerator<TransferMessage, TransferSummary> {
  const server: DnsServer = named.transport === 'udp' ? {...named, transport: 'tcp'} : named;
  refuseWhatCannotBe(server);
  const {timeout, signal, within = Number.POSITIVE_INFINITY, mostBytes = 2 ** 30} = options;
  const query = signed(transferQuery(ask), ask.key);
  const dialled = await dial(server, {timeout, retries: 0, ...(signal !== undefined && {signal})});
  if (!dialled.ok) throw new ProblemError(dialled.problem);
  const {socket, local, session} = dialled;
  const reader = new MessageReader(socket, server, signal);
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    socket.write(withLength(query.bytes));
    options.sent?.(query.bytes);
    const track = new TransferTrack(ask);
    const verifier = ask.key === undefined ? undefined : new TsigVerifier(ask.key, query.mac);
    let [messages, bytes, records] = [0, 0, 0];
    for (;;) {
      const message = await reader.next(Math.min(timeout, within - seconds()), track.said);
      messages++;
      bytes += message.length;
      if (bytes > mostBytes) throw new ProblemError(tooLong(ask.zone, mostBytes));
      const read = take(message, query.bytes, verifier, ask);
      records += read.records.length;
      const end = track.take(read.records);
      yield {...read, seconds: seconds()};
      if (end === undefined) continue;
      const last = verifier?.end();
      if (last?.ok === false) throw new ProblemError(last.problem);
      const about = {
        local,
        ...(session !== undefined && {session}),
        signed: verifier !== undefined,
        query: query.bytes,
      };
      return {...end, messages, bytes, records, seconds: seconds(), ...about};
    }
  } finally {
    socket.destroy();
  }
}

function signed(query: Uint8Array, key: TsigKey | undefined): Signed {
  return key === undefined ? {bytes: query, mac: new Uint8Array(0)} : signTsig(query, key);
}

function refuseWhatCannotBe(server: DnsServer): void {
  const problem = unusable(server);
  if (problem !== undefined) throw new ProblemError(problem);
  if (server.transport === 'https')
    throw new ProblemError({
      code: 'dns.transfer.https',
      says: 'A zone is not transferred over HTTPS (RFC 8484 §4)',
      next: 'Use TCP or TLS.',
    });
}

/** Checks one message: its id, its signature, its response code. */
function take(
  bytes: Uint8Array,
  query: Uint8Array,
  verifier: TsigVerifier | undefined,
  {zone, key}: TransferAsk,
): Omit<TransferMessage, 'seconds'> {
  const decoded = decodeMessage(bytes);
  const {message, faults} = decoded;
  if (bytes.length < 12 || !message.response || message.id !== ((query[0]! << 8) | query[1]!))
    throw new ProblemError({
      code: 'dns.transfer.other',
      says: 'A message came that answers another question',
      next: 'Ask again, or another server.',
    });
  const verdict = verifier?.check(bytes);
  // An error that came without a signature says more than that it is not signed.
  if (verdict?.ok === false && !(verdict.error === 0 && message.rcode !== 0)) throw new ProblemError(verdict.problem);
  if (message.rcode !== 0) throw new ProblemError(refused(message.rcode, zone, key));
  const fault = faults[0];
  if (fault !== undefined)
    throw new ProblemError({
      code: 'dns.transfer.damaged',
      says: `A message of the transfer cannot be read at byte ${fault.offset}: ${fault.reason.replace(/\.$/, '')}`,
      next: 'Ask again, or another server.',
    });
  return {bytes, decoded, records: message.answers, signed: verdict?.ok === true && verdict.signed};
}

function refused(rcode: number, zone: string, key: TsigKey | undefined): Problem {
  const code = responseCodeName(rcode);
  const why: Readonly<Record<string, {says: string; next: string}>> = {
    REFUSED: {
      says: `The server does not hand ${zone} over to you (REFUSED)`,
      next: key === undefined ? 'It may want a key, or another address.' : 'It may want another key.',
    },
    NOTAUTH: {
      says: `The server is not an authority for ${zone}, or does not take the key (NOTAUTH)`,
      next: 'Ask a server that the zone’s NS records name.',
    },
    FORMERR: {says: 'The server does not understand the question (FORMERR)', next: 'Ask for AXFR.'},
    NOTIMP: {says: 'The server does not do this kind of transfer (NOTIMP)', next: 'Ask for AXFR.'},
    SERVFAIL: {
      says: `The server cannot read ${zone} itself now (SERVFAIL)`,
      next: 'Ask again later, or another server.',
    },
  };
  return {
    code: `dns.transfer.${code.toLowerCase()}`,
    ...(why[code] ?? {says: `The server answers with ${code}`, next: 'Ask another server.'}),
  };
}

function tooLong(zone: string, limit: number): Problem {
  return {
    code: 'dns.transfer.long',
    says: `${zone} has more than ${limit} bytes`,
    next: 'Allow more, if you trust it.',
  };
}
