import {readFile} from 'node:fs/promises';
import {type Apart, startApart, startUnprivileged} from '../../lab/apart.ts';
import {type Flaw, shakeHands} from '../../lab/failing-handshake.ts';
import {type Disappointment, serveNames} from '../../lab/failing-resolver.ts';
import {nodeErrors} from '../../lab/node-errors.ts';
import {runPython} from '../../lab/run-python.ts';
import type {Actor} from '../../world/actors/actor.ts';
import type {Capabilities, World} from '../../world/world.ts';
import {Bench, type Tell} from './errors-bench.ts';
import {errorCase} from './errors-cases.ts';
import {ExchangeError} from './errors-own.ts';
import {type Ended, endOfCall, type Missing} from './errors-provoke.ts';
import type {Outcome} from './errors-shape.ts';
import {pythonProgram} from './errors-statement.ts';
import {healthyWays, otherWays, type Way, ways} from './errors-ways.ts';

/** How the name server of the network apart is to disappoint. EAI_SYSTEM needs none: nobody gets to ask it. */
const disappointments: Readonly<Record<string, Disappointment>> = {
  'no-such-name': 'no such name',
  EAI_NODATA: 'no address',
  EAI_AGAIN: 'silence',
};

/** Where provocations are carried out: the processes they need, started when they are needed, ended with the run. */
export class Stage {
  readonly #world: World;
  readonly #signal: AbortSignal;
  readonly #actors = new Map<string, Promise<Apart>>();
  #can: Promise<Capabilities> | undefined;
  tell: Tell = () => undefined;

  constructor(world: World, signal: AbortSignal) {
    this.#world = world;
    this.#signal = signal;
  }

  /** A call of libc; where there is none, the same error by Node. */
  async call(id: string, outcome: Outcome): Promise<Ended | Missing> {
    this.#can ??= this.#world.capabilities();
    const {libc} = await this.#can;
    if (!libc.available) return this.#byNode(id, outcome, libc.why);
    const refusal = outcome === 'error' && id === 'EACCES-port' ? await anybodyMayBind() : undefined;
    if (refusal !== undefined) return {why: refusal};
    const place = outcome === 'error' ? placeOf(id) : 'here';
    const actor = await this.#actor(place);
    if (!actor.ok) return {why: capital(actor.why)};
    const how = outcome === 'error' ? disappointments[id] : undefined;
    const resolver = how === undefined ? undefined : await serveNames(actor.actor, how);
    try {
      return endOfCall(await this.#at(actor.actor, wayOf(id, outcome)), noteOf(place));
    } finally {
      await resolver?.close();
    }
  }

  async handshake(flaw: string): Promise<Ended> {
    const began = this.#world.clock.now();
    const shaken = await shakeHands(flaw as Flaw, this.#signal);
    const seconds = this.#world.clock.now() - began;
    const call = `tls.connect(${shaken.port}, {servername: 'localhost'})`;
    const short = {way: 'node', call, seconds} as const;
    this.tell({
      text: call,
      result: shaken.ok ? 0 : -1,
      ...(!shaken.ok && {errno: shaken.code}),
      seconds,
      decisive: true,
    });
    if (shaken.ok) return {...short, failed: false, symbol: '', note: `${shaken.protocol}, ${shaken.cipher}`};
    const wanted = errorCase(flaw);
    const asWanted = 'code' in wanted.node && wanted.node.code === shaken.code;
    // OpenSSL gives Node and Python the same reason; Node makes a code of its own of it.
    return {...short, failed: true, symbol: asWanted ? wanted.symbol : shaken.code, message: tidy(shaken.message)};
  }

  /** A class of one's own is thrown here, with a real cause; what the notes' class does, only Python can say. */
  async own(id: string): Promise<Ended | Missing> {
    const began = this.#world.clock.now();
    const since = (): number => this.#world.clock.now() - began;
    if (id === 'own-class') {
      const cause = await this.call('ECONNREFUSED', 'error');
      const under = 'why' in cause ? cause.why : `${cause.symbol} of ${cause.call}`;
      try {
        throw new ExchangeError(42, {cause: new Error(under)});
      } catch (error) {
        if (!(error instanceof ExchangeError)) throw error;
        const note = `error.value is ${error.value}, error.cause: ${(error.cause as Error).message}`;
        const call = 'throw new ExchangeError(42, {cause})';
        return {failed: true, symbol: error.name, way: 'node', call, seconds: since(), message: error.message, note};
      }
    }
    const said = await runPython(pythonProgram(id), this.#signal);
    if (!said.ok) return {why: `${capital(said.why)}: only Python can say what this does.`};
    const [, name = '', message = ''] = /^caught (\w+) (.*)$/m.exec(said.output) ?? [];
    return {failed: name !== '', symbol: name, way: 'python3', call: 'python3 -c …', seconds: since(), message};
  }

  /** Ends every process. */
  async close(): Promise<void> {
    const started = await Promise.allSettled(this.#actors.values());
    await Promise.all(
      started.map(one => (one.status === 'fulfilled' && one.value.ok ? one.value.actor.stop() : undefined)),
    );
  }

  async #at(actor: Actor, way: Way) {
    const bench = new Bench(actor, call => this.tell(call));
    try {
      return await way(bench);
    } finally {
      if (!this.#signal.aborted) await bench.finish();
    }
  }

  #actor(place: Place): Promise<Apart> {
    const known = this.#actors.get(place);
    if (known !== undefined) return known;
    const options = {name: place === 'here' ? 'errors' : `errors-${place}`};
    const world = this.#world;
    const starting =
      place === 'here'
        ? world.actors.start(options).then(actor => ({ok: true, actor}) as const)
        : place === 'unprivileged'
          ? startUnprivileged(world, options)
          : startApart(world, options, place === 'no-names' ? {hosts: 'nosuchmodule'} : {});
    this.#actors.set(place, starting);
    return starting;
  }

  async #byNode(id: string, outcome: Outcome, why: string): Promise<Ended | Missing> {
    const way = outcome === 'error' ? nodeErrors[id] : undefined;
    if (way === undefined) return {why: `${why} Node alone cannot make this happen.`};
    const began = this.#world.clock.now();
    const {call, code, message} = await way(this.#signal);
    const seconds = this.#world.clock.now() - began;
    this.tell({
      text: call,
      result: code === undefined ? 0 : -1,
      ...(code !== undefined && {errno: code}),
      seconds,
      decisive: true,
    });
    const note = `Made by Node: ${why}`;
    return {
      failed: code !== undefined,
      symbol: code ?? '',
      way: 'node',
      call,
      seconds,
      ...(message !== undefined && {message}),
      note,
    };
  }
}

type Place = 'here' | 'apart' | 'no-names' | 'unprivileged';

function placeOf(id: string): Place {
  const {needs} = errorCase(id);
  if (id === 'EAI_SYSTEM') return 'no-names';
  if (needs === 'unprivileged') return 'unprivileged';
  return needs === undefined ? 'here' : 'apart';
}

function noteOf(place: Place): string | undefined {
  if (place === 'here') return undefined;
  if (place === 'unprivileged')
    return process.getuid?.() === 0 ? 'By a process that has put root’s privileges down.' : undefined;
  return 'In a network of its own, made for it: nothing can leave it.';
}

function wayOf(id: string, outcome: Outcome): Way {
  const {healthy} = errorCase(id);
  if (outcome === 'error') return ways[id]!;
  if (outcome === 'other') return id === 'EBADF' ? ways['ENOTSOCK']! : otherWays[healthy as keyof typeof otherWays];
  return healthyWays[healthy as keyof typeof healthyWays];
}

/** In many containers every port is free for all; then this one cannot fail. */
async function anybodyMayBind(): Promise<string | undefined> {
  const start = await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').catch(() => '1024');
  return Number(start) <= 80
    ? `This machine lets everybody bind ports from ${start.trim()} up (ip_unprivileged_port_start), so port 80 is not refused.`
    : undefined;
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** OpenSSL’s errors come with the address of a thread and a line of its source: the reason is what counts. */
function tidy(message: string): string {
  return message.replace(/^[0-9A-F]+:error:[0-9A-F]+:SSL routines:\w+:([^:]+):[\s\S]*$/, '$1');
}
