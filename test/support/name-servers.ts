import {type ChildProcess, spawn} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import * as config from './name-server-config.ts';

/**
 * The name servers that people run, as child processes on 127.0.0.1: no service manager, no privileges, everything they
 * write in a directory of their own. Ask `missing(...)` first: a test of one that is not installed is left out.
 */
export type ServerProgram = 'nsd' | 'named' | 'knotd' | 'unbound';

export interface Zone {
  /** With or without the last dot. */
  readonly name: string;
  /** A master file. */
  readonly text: string;
}

export interface ServerOptions {
  /** A key and a certificate, PEM: then it also serves DNS over TLS at `tlsPort`, and BIND over HTTPS at `httpsPort`. Not Knot. */
  readonly tls?: {readonly key: string; readonly certificate: string};
  /** Lines for its configuration: at the top level for BIND and Knot, inside `server:` for NSD and Unbound. */
  readonly extra?: string;
}

export interface NameServer {
  readonly program: ServerProgram;
  readonly address: '127.0.0.1';
  readonly port: number;
  readonly tlsPort: number;
  readonly httpsPort: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Why its tests are left out, said aloud; nothing when the program is there. */
export function missing(program: ServerProgram): string | undefined {
  if (pathOf(program) !== undefined) return undefined;
  const reason = `${program} is not installed: the checks against it are left out`;
  console.warn(reason);
  return reason;
}

export function startNsd(zones: readonly Zone[], options: ServerOptions = {}): Promise<NameServer> {
  return start('nsd', zones, options, config.nsd, file => ['-d', '-c', file]);
}

export function startNamed(zones: readonly Zone[], options: ServerOptions = {}): Promise<NameServer> {
  return start('named', zones, options, config.named, file => ['-g', '-c', file]);
}

export function startKnot(zones: readonly Zone[], options: ServerOptions = {}): Promise<NameServer> {
  return start('knotd', zones, options, config.knot, file => ['-c', file]);
}

/** Serves the zones from its own memory (`auth-zone`); with `forward`, it asks that server for everything instead, with no validation. */
export function startUnbound(
  zones: readonly Zone[],
  options: ServerOptions & {readonly forward?: {readonly address: string; readonly port: number}} = {},
): Promise<NameServer> {
  const {forward} = options;
  return start(
    'unbound',
    zones,
    options,
    place => config.unbound(place, forward),
    file => ['-d', '-c', file],
  );
}

/** A port that nobody has, neither UDP nor TCP, below those that the kernel gives away. */
export async function freeDnsPort(): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free');
}

async function start(
  program: ServerProgram,
  zones: readonly Zone[],
  options: ServerOptions,
  configure: (place: config.Place) => string,
  commandLine: (file: string) => readonly string[],
): Promise<NameServer> {
  const directory = mkdtempSync(join(tmpdir(), `wirebook-${program}-`));
  const ports = {port: await freeDnsPort(), tlsPort: await freeDnsPort(), httpsPort: await freeDnsPort()};
  const files = zones.map(({name, text}, index) => {
    const file = join(directory, `${index}.zone`);
    writeFileSync(file, text);
    return {name: name.endsWith('.') ? name : `${name}.`, file};
  });
  const tls = options.tls && {key: join(directory, 'key.pem'), certificate: join(directory, 'certificate.pem')};
  if (options.tls !== undefined && tls !== undefined) {
    writeFileSync(tls.key, options.tls.key);
    writeFileSync(tls.certificate, options.tls.certificate);
  }
  const file = join(directory, 'server.conf');
  writeFileSync(file, configure({directory, ...ports, zones: files, extra: options.extra ?? '', tls}));
  const child = spawn(pathOf(program) ?? program, commandLine(file), {stdio: ['ignore', 'pipe', 'pipe']});
  // A runner that ends early, for whatever reason, leaves no server behind.
  const end = () => {
    child.kill('SIGKILL');
    rmSync(directory, {recursive: true, force: true});
  };
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const server = {
    program,
    address: '127.0.0.1' as const,
    ...ports,
    pid: child.pid ?? 0,
    stop: () => stop(child, directory),
  };
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => said.push(piece.toString()));
  for (const {name} of zones.length === 0 ? [{name: '.'}] : zones)
    if (!(await answers(child, ports.port, name, options))) {
      await server.stop();
      throw new Error(`${program} does not answer for ${name}: ${said.join('').slice(-2000)}`);
    }
  return server;
}

async function stop(child: ChildProcess, directory: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise(done => child.once('exit', done));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  }
  rmSync(directory, {recursive: true, force: true});
}

/** Asks for the SOA of a zone, again and again, until the answer is an answer; false when the server ends or stays silent. */
async function answers(child: ChildProcess, port: number, name: string, options: ServerOptions): Promise<boolean> {
  const query = soaQuery(name);
  const forwarding = 'forward' in options;
  for (let tries = 0; tries < 200 && child.exitCode === null && child.signalCode === null; tries++) {
    const answer = await askOnce(query, port);
    const code = answer === undefined ? undefined : answer[3]! & 0x0f;
    if (code === 0 || (forwarding && code !== undefined)) return true;
    if (answer !== undefined) await new Promise(done => setTimeout(done, 50));
  }
  return false;
}

function soaQuery(name: string): Buffer {
  const labels = name.split('.').filter(label => label !== '');
  const parts = labels.flatMap(label => [Buffer.from([label.length]), Buffer.from(label)]);
  return Buffer.concat([
    Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
    ...parts,
    Buffer.from([0, 0, 6, 0, 1]),
  ]);
}

/** One query over UDP; nothing after a tenth of a second. */
export function askOnce(query: Uint8Array, port: number, within = 100): Promise<Uint8Array | undefined> {
  const {promise, resolve} = Promise.withResolvers<Uint8Array | undefined>();
  const socket = createSocket('udp4');
  const timer = setTimeout(() => resolve(undefined), within);
  socket.on('message', resolve);
  socket.on('error', () => {});
  socket.send(query, port, '127.0.0.1');
  return promise.finally(() => {
    clearTimeout(timer);
    socket.close();
  });
}

/** System daemons live in places that are not in everybody's PATH. */
function pathOf(program: string): string | undefined {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];
  return places.map(place => join(place, program)).find(existsSync);
}

async function isFree(port: number): Promise<boolean> {
  const listener = createServer();
  const socket = createSocket('udp4');
  const {promise, resolve} = Promise.withResolvers<boolean>();
  listener.once('error', () => resolve(false));
  socket.once('error', () => resolve(false));
  listener.listen(port, '127.0.0.1', () => socket.bind(port, '127.0.0.1', () => resolve(true)));
  const free = await promise;
  await new Promise(done => listener.close(done));
  await new Promise<void>(done => {
    try {
      socket.close(done);
    } catch {
      done();
    }
  });
  return free;
}
