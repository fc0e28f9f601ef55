import {ProblemError} from '../../journal/problem.ts';
import {type EchoStart, startEcho} from '../../lab/echo.ts';
import {addressText, isLoopback, type SocketAddress} from '../../world/libc/address.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import {callProblem, portInUse} from './call-problems.ts';
import type {ConnectAsk} from './connect-fields.ts';
import type {ConnectKit} from './dial.ts';

/** The echo server that a client brings along, so that there is somebody to talk to. It ends with the run. */
export class OwnEcho {
  readonly #kit: ConnectKit;
  readonly #ask: ConnectAsk;
  #starting: Promise<EchoStart> | undefined;
  #closed = false;

  constructor(kit: ConnectKit, ask: ConnectAsk) {
    this.#kit = kit;
    this.#ask = ask;
  }

  /** Asked for with `yes`: before the first attempt. Whoever holds the port already is connected to instead. */
  async first(addresses: readonly SocketAddress[]): Promise<void> {
    if (this.#ask.lab !== 'yes') return;
    const [address] = addresses.filter(isLoopback);
    if (address === undefined) throw new ProblemError(elsewhere(addresses[0]!));
    const started = await this.#start(address);
    if (started.ok) return this.#tell(`As asked, an echo server was started on ${addressText(address)}`, started);
    const {record} = started;
    if (record.errno !== 'EADDRINUSE') throw new ProblemError(failed(record, address));
    const {says} = await portInUse(this.#kit.world, address);
    this.#kit.emit('notice', {says: `No echo server was started. ${says}`});
  }

  /** Nobody listens on any of these. Gives the address at which it is worth trying again, if there is one. */
  async instead(refused: readonly SocketAddress[]): Promise<SocketAddress | undefined> {
    if (this.#ask.lab !== 'auto' || this.#kit.headless) return undefined;
    const [address] = refused.filter(isLoopback);
    if (address === undefined) return undefined;
    const started = await this.#start(address);
    if (started.ok) {
      this.#tell(`Nobody listened on ${addressText(address)}: an echo server was started there`, started);
      return address;
    }
    // Somebody was quicker.
    if (started.record.errno === 'EADDRINUSE') return address;
    this.#kit.emit('notice', {says: failed(started.record, address).says});
    return undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const started = await this.#starting?.catch(() => undefined);
    if (started?.ok) await started.server.stop();
  }

  #start(address: SocketAddress): Promise<EchoStart> {
    // The run has ended meanwhile, and nobody would end what is started now.
    if (this.#closed) return new Promise(() => undefined);
    this.#starting = startEcho(this.#kit.world, address);
    return this.#starting;
  }

  #tell(what: string, {server: {pid}}: Extract<EchoStart, {ok: true}>): void {
    const who = pid === process.pid ? 'in this process' : `pid ${pid}`;
    this.#kit.emit('notice', {says: `${what} (${who})`, echo: pid});
  }
}

function failed(record: CallRecord, address: SocketAddress) {
  const {says, ...problem} = callProblem(record);
  return {...problem, says: `No echo server can be started on ${addressText(address)}: ${says}`};
}

function elsewhere(address: SocketAddress) {
  return {
    code: 'tcp.lab',
    says: `${addressText(address)} is not on this machine’s loopback network, and an echo server is only started there`,
    next: 'Connect to 127.0.0.1, or leave “Echo server” at no.',
  };
}
