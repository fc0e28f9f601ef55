import net from 'node:net';
import tls from 'node:tls';
import type {Problem} from '../../journal/problem.ts';
import {endpointText} from '../dns/endpoint.ts';
import {networkProblem} from './problems.ts';

export interface StreamOptions {
  /** A literal; nothing is looked up. */
  readonly address: string;
  readonly port: number;
  /** Seconds to connect. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** The address to connect from. */
  readonly local?: string;
}

export type StreamOpened =
  | {readonly ok: true; readonly stream: Stream}
  | {readonly ok: false; readonly problem: Problem};

/** What came when something was waited for. */
export type StreamRead =
  | {readonly kind: 'bytes'; readonly bytes: Uint8Array}
  | {readonly kind: 'end'}
  | {readonly kind: 'timeout'}
  | {readonly kind: 'failed'; readonly problem: Problem};

/** How a handshake went: TLS is on even where the certificate is not to be trusted, and then it says why. */
export interface StreamTls {
  readonly protocol: string;
  readonly cipher: string;
  /** Absent when the certificate is good for the name: OpenSSL’s code otherwise, such as `CERT_HAS_EXPIRED`. */
  readonly distrust?: string;
  readonly certificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly names: string;
    /** As the certificate has them: `Dec  1 00:00:00 2026 GMT`. */
    readonly from: string;
    readonly to: string;
    readonly sha256: string;
    readonly der: Uint8Array;
  };
}

export interface TlsOptions {
  /** The name the certificate must be for, or an address. */
  readonly name: string;
  /** PEM of the authority to trust. Default: those Node trusts. */
  readonly authority?: string;
  /** Seconds for the handshake. */
  readonly timeout: number;
}

export type Secured = {readonly ok: true; readonly tls: StreamTls} | {readonly ok: false; readonly problem: Problem};

/** Bytes that nobody has read make the sender wait. */
const mostWaiting = 256 * 1024;

/** Opens a TCP connection to exactly this address. */
export function openStream(options: StreamOptions): Promise<StreamOpened> {
  const {address, port, timeout, signal, local} = options;
  const where = endpointText(address, port);
  if (signal?.aborted === true) return Promise.resolve({ok: false, problem: stopped});
  const {promise, resolve} = Promise.withResolvers<StreamOpened>();
  const socket = net.connect({
    host: address,
    port,
    noDelay: true,
    allowHalfOpen: true,
    ...(local !== undefined && {localAddress: local}),
  });
  const settle = (opened: StreamOpened) => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    socket.off('error', fail);
    socket.on('error', () => undefined);
    if (!opened.ok) socket.destroy();
    resolve(opened);
  };
  const abort = () => settle({ok: false, problem: stopped});
  const fail = (error: unknown) => settle({ok: false, problem: networkProblem(where, error)});
  const timer = setTimeout(() => settle({ok: false, problem: connectTimedOut(where, timeout)}), timeout * 1000);
  signal?.addEventListener('abort', abort, {once: true});
  socket.once('error', fail);
  socket.once('connect', () => settle({ok: true, stream: new Stream(socket, where)}));
  return promise;
}

/** One TCP connection, read as its owner asks for it, and turned into TLS when its protocol says so. */
export class Stream {
  readonly remote: string;
  readonly local: string;
  #socket: net.Socket;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #end: StreamRead | undefined;
  #wake: () => void = () => undefined;

  constructor(socket: net.Socket, remote: string) {
    this.#socket = socket;
    this.remote = remote;
    this.local = endpointText(socket.localAddress ?? '', socket.localPort ?? 0);
    this.#attend(socket);
  }

  /** Resolves when the bytes are on their way, or with why they cannot be. */
  write(bytes: Uint8Array): Promise<Problem | undefined> {
    return new Promise(done => {
      this.#socket.write(bytes, error => done(error ? networkProblem(this.remote, error) : undefined));
    });
  }

  /** What comes next, for at most so many seconds; without a number, for as long as it takes. */
  async read(seconds?: number): Promise<StreamRead> {
    if (this.#waiting.length === 0 && this.#end === undefined) await this.#something(seconds);
    const bytes = this.#waiting.shift();
    if (bytes === undefined) return this.#end ?? {kind: 'timeout'};
    this.#waitingBytes -= bytes.length;
    if (this.#waitingBytes < mostWaiting && this.#end === undefined) this.#socket.resume();
    return {kind: 'bytes', bytes};
  }

  /** The TLS handshake, as a client. What came in clear and was not read is given back by `unread` first. */
  async startTls({name, authority, timeout}: TlsOptions): Promise<Secured> {
    const plain = this.#socket;
    plain.off('data', this.#heard);
    plain.off('end', this.#ended);
    plain.off('close', this.#ended);
    plain.off('error', this.#failed);
    const {promise, resolve} = Promise.withResolvers<Secured>();
    const socket = tls.connect({
      socket: plain,
      minVersion: 'TLSv1.2',
      rejectUnauthorized: false,
      checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(name, certificate),
      ...(net.isIP(name) === 0 && {servername: name}),
      ...(authority !== undefined && {ca: authority}),
    });
    const fail = (error: unknown) => resolve({ok: false, problem: networkProblem(this.remote, error)});
    const timer = setTimeout(
      () => resolve({ok: false, problem: {code: 'stream.timeout', says: `No TLS handshake within ${timeout} s`}}),
      timeout * 1000,
    );
    socket.once('error', fail);
    socket.once('close', () => fail({code: 'ECONNRESET'}));
    socket.once('secureConnect', () => resolve({ok: true, tls: describe(socket)}));
    const secured = await promise;
    clearTimeout(timer);
    socket.off('error', fail);
    this.#socket = socket;
    if (secured.ok) this.#attend(socket);
    else {
      socket.on('error', () => undefined);
      socket.destroy();
      this.#finish({kind: 'failed', problem: secured.problem});
    }
    return secured;
  }

  /** What came and was not read yet; it is gone then. */
  unread(): readonly Uint8Array[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return waiting;
  }

  /** Says that nothing more will be sent; what comes can still be read. */
  finish(): void {
    this.#socket.end();
  }

  close(): void {
    this.#socket.destroy();
  }

  #attend(socket: net.Socket): void {
    socket.on('data', this.#heard);
    socket.on('end', this.#ended);
    socket.on('close', this.#ended);
    socket.on('error', this.#failed);
  }

  readonly #heard = (bytes: Buffer): void => {
    this.#waiting.push(new Uint8Array(bytes));
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= mostWaiting) this.#socket.pause();
    this.#wake();
  };

  readonly #ended = (): void => this.#finish({kind: 'end'});
  readonly #failed = (error: unknown): void =>
    this.#finish({kind: 'failed', problem: networkProblem(this.remote, error)});

  #finish(end: StreamRead): void {
    this.#end ??= end;
    this.#wake();
  }

  #something(seconds: number | undefined): Promise<void> {
    return new Promise(done => {
      const timer = seconds === undefined ? undefined : setTimeout(done, seconds * 1000);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

const stopped: Problem = {code: 'stream.stopped', says: 'It was stopped before the connection was there'};

function connectTimedOut(where: string, seconds: number): Problem {
  return {
    code: 'stream.timeout',
    says: `No connection to ${where} within ${seconds} s`,
    next: 'Check that the host is up and lets this port through.',
  };
}

function describe(socket: tls.TLSSocket): StreamTls {
  const peer = socket.getPeerX509Certificate();
  const reason: unknown = socket.authorizationError;
  const distrust =
    reason instanceof Error ? ((reason as NodeJS.ErrnoException).code ?? reason.message) : String(reason);
  const oneLine = (text: string) => text.split('\n').join(', ');
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    cipher: socket.getCipher().standardName,
    ...(!socket.authorized && {distrust}),
    ...(peer !== undefined && {
      certificate: {
        subject: oneLine(peer.subject ?? ''),
        issuer: oneLine(peer.issuer ?? ''),
        names: peer.subjectAltName ?? '',
        from: peer.validFrom,
        to: peer.validTo,
        sha256: peer.fingerprint256,
        der: new Uint8Array(peer.raw),
      },
    }),
  };
}
