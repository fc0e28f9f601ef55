import {type ChildProcess, spawn} from 'node:child_process';
import {createServer} from 'node:net';
import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {connectExperiment} from '../../../src/chapters/tcp/connect.ts';
import type {ConnectState} from '../../../src/chapters/tcp/connect-state.ts';
import {listenExperiment} from '../../../src/chapters/tcp/listen.ts';
import type {ListenState} from '../../../src/chapters/tcp/listen-state.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import type {WireEvent} from '../../../src/journal/event.ts';
import {toJson} from '../../../src/journal/json.ts';
import {objectSchema} from '../../../src/journal/shape.ts';
import {createWorld, type World} from '../../../src/world/world.ts';
import {misfit} from '../../support/fits-schema.ts';
import {eventually} from '../../world/support/tools.ts';

export interface Started {
  readonly run: Run;
  /** Every event, also those that the journal has dropped. */
  readonly events: WireEvent[];
  /** The bytes of the events that have some, by direction, as they were told. */
  readonly bytes: {sent: Buffer[]; received: Buffer[]};
}

export interface StartOptions {
  readonly input?: AsyncIterable<Uint8Array>;
  readonly headless?: boolean;
  readonly once?: boolean;
  readonly caughtUp?: () => Promise<void>;
}

const world = createWorld();

/** A workbench with everything it was asked to do, checked against its own schema as it goes. */
export class Running {
  readonly world: World;
  readonly bench: Workbench;
  readonly children: ChildProcess[] = [];

  constructor(change: (world: World) => World = same => same) {
    this.world = change(world);
    this.bench = new Workbench(this.world);
  }

  connect(port: number, ask: object = {}, options: StartOptions = {}): Started {
    return this.start(connectExperiment, {...defaultsOf(connectExperiment.fields), port, ...ask}, options);
  }

  /** Resolves when it listens; gives the port. */
  async listen(ask: object = {}, options: StartOptions = {}): Promise<Started & {port: number}> {
    const started = this.start(listenExperiment, {...defaultsOf(listenExperiment.fields), port: 0, ...ask}, options);
    await Promise.race([eventually(() => listenState(started).listening, Boolean), started.run.ended]);
    const {listening} = listenState(started);
    if (listening === undefined) throw new Error(`It does not listen: ${started.run.problem?.says}`);
    return {...started, port: listening.port};
  }

  start(experiment: AnyExperiment, ask: Readonly<Record<string, unknown>>, options: StartOptions = {}): Started {
    const run = this.bench.start(experiment, ask, {headless: true, ...options});
    const started: Started = {run, events: [], bytes: {sent: [], received: []}};
    run.subscribe(event => {
      if (event === undefined) return;
      started.events.push(event);
      const bytes = run.journal.bytesOf(event);
      const direction = event['direction'];
      if (bytes !== undefined && (direction === 'sent' || direction === 'received'))
        started.bytes[direction].push(Buffer.from(bytes));
      const {
        kind: _kind,
        t: _t,
        run: _run,
        seq: _seq,
        bytes: _bytes,
        length: _length,
        ...fields
      } = toJson(event, bytes);
      const declared = experiment.events[event.kind];
      const wrong = declared === undefined ? 'not declared' : misfit(fields, objectSchema(declared.fields), {});
      if (wrong !== undefined) throw new Error(`${event.kind}: ${wrong}`);
    });
    return started;
  }

  /** A program beside it, ended with the test. */
  spawn(tool: string, args: readonly string[], input?: string | Buffer): Promise<{code: number | null; out: Buffer}> {
    const child = spawn(tool, args, {stdio: ['pipe', 'pipe', 'ignore']});
    this.children.push(child);
    const pieces: Buffer[] = [];
    child.stdout.on('data', piece => pieces.push(piece as Buffer));
    child.stdin.on('error', () => undefined);
    if (input !== undefined) child.stdin.end(input);
    return new Promise(done => child.on('close', code => done({code, out: Buffer.concat(pieces)})));
  }

  async close(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    await this.bench.close();
  }
}

export const connectState = ({run}: Started) => run.state as ConnectState;
export const listenState = ({run}: Started) => run.state as ListenState;
export const told = ({events}: Started, kind: string) => events.filter(event => event.kind === kind);
export const received = ({bytes}: Started) => Buffer.concat(bytes.received);
export const output = (started: Started) => received(started).toString();

export async function* inputOf(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** A port that nobody has at this moment, below those that the kernel gives out by itself. */
export async function freePort(): Promise<number> {
  for (let port = 12_000 + Math.floor(Math.random() * 15_000); ; port++) {
    const free = await new Promise<boolean>(done => {
      const server = createServer().once('error', () => done(false));
      server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
    });
    if (free) return port;
  }
}

/** Resolves when somebody listens there. */
export async function listens(world: World, port: number): Promise<void> {
  const found = await eventually(
    () => world.kernel.whoListens(port),
    list => list.length > 0,
  );
  if (found.length === 0) throw new Error(`Nobody listens on ${port}`);
}
