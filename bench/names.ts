import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {Workbench} from '../src/chapters/workbench.ts';
import {createWorld} from '../src/world/world.ts';
import {missing, startNsd} from '../test/support/name-servers.ts';
import type {BenchRow} from './row.ts';
import {median} from './statistics.ts';

/** Names that are asked for; with one in flight fewer, because that takes its time. */
const all = 10_000;
const rounds = 3;

interface Measured {
  /** Answers a second. */
  readonly rate: number;
  /** Questions without an answer. */
  readonly lost: number;
  /** Milliseconds, 99th percentile, by which the thread that a screen would have came late. */
  readonly delay?: number;
}

/** Who is asked, and for what. */
interface Target {
  readonly address: string;
  readonly port: number;
  /** The name with this number. */
  name(number: number): string;
  stop(): Promise<void>;
}

interface Job {
  readonly at: Target;
  readonly file: string;
  readonly inFlight: number;
}

interface Contender {
  readonly name: string;
  /** Of the names, one in so many is asked for: a slow one would take minutes. */
  readonly oneIn?: number;
  measure(job: Job): Promise<Measured | undefined>;
}

/** The same names against the same server: us, dnsperf, c-ares in Node, dnspython in threads. */
export async function benchNames(): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'wirebook-bench-'));
  const at = missing('nsd') === undefined ? await nsd() : await lab();
  try {
    const rows: BenchRow[] = [];
    for (const inFlight of [1, 64, 512]) rows.push(...(await hold({at, file: directory, inFlight})));
    return rows;
  } finally {
    await at.stop();
    rmSync(directory, {recursive: true, force: true});
  }
}

async function nsd(): Promise<Target> {
  const server = await startNsd([{name: 'bulk.test', text: zone()}]);
  const {address, port} = server;
  return {address, port, name: number => `n${number}.bulk.test`, stop: () => server.stop()};
}

/** The lab's resolver, which shares this process: slower than NSD, and the same for everybody. */
async function lab(): Promise<Target> {
  const bench = new Workbench(createWorld());
  const {address, port} = (await bench.openLab()).dns.resolver;
  return {address, port, name: number => `host-${number}.wild.example.test`, stop: () => bench.close()};
}

function zone(): string {
  const names = Array.from({length: all}, (_, k) => `n${k} A 127.${k >> 16}.${(k >> 8) & 255}.${k & 255}`).join('\n');
  return `$ORIGIN bulk.test.\n$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n${names}\n`;
}

const contenders: readonly Contender[] = [
  {name: 'ours', measure: job => program('names-ours.ts', job)},
  {name: 'dnsperf', measure: dnsperf},
  {name: 'c-ares', measure: job => program('names-cares.ts', job)},
  {name: 'dnspython', oneIn: 10, measure: dnspython},
];

/** The contenders take turns, so that a busy moment of the machine hits all of them; the first round is not counted. */
async function hold({at, file: directory, inFlight}: Job): Promise<BenchRow[]> {
  const count = inFlight === 1 ? all / 5 : all;
  const found = contenders.map((): Measured[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [k, {oneIn = 1, measure}] of contenders.entries()) {
      const file = join(directory, `names-${count / oneIn}`);
      const lines = Array.from({length: count / oneIn}, (_, index) => `${at.name(index * oneIn)} A`);
      writeFileSync(file, `${lines.join('\n')}\n`);
      const measured = await measure({at, file, inFlight});
      if (measured !== undefined && round > 0) found[k]!.push(measured);
    }
  const rate = (k: number) => median(found[k]!.map(one => one.rate));
  const here = contenders.map((_, k) => k).filter(k => found[k]!.length > 0);
  const lost = here.map(k => `${contenders[k]!.name} ${found[k]!.reduce((sum, one) => sum + one.lost, 0)}`);
  const peers = here.filter(k => k > 0).map(k => ({name: contenders[k]!.name, value: rate(k)}));
  const rates: BenchRow = {
    area: 'names',
    what: `${count} names, ${inFlight} in flight`,
    unit: 'answers a second',
    ours: rate(0),
    peers,
    ...(inFlight > 1 && {target: {peer: 'dnsperf', ratio: 0.25, enough: 15_000}}),
    note: `questions without an answer, of ${rounds} x ${count}: ${lost.join(', ')}`,
  };
  return inFlight === 1 ? [rates] : [rates, delays(found, inFlight)];
}

/** What a screen would feel of it. */
function delays(found: readonly (readonly Measured[])[], inFlight: number): BenchRow {
  const delay = (k: number) => median(found[k]!.map(one => one.delay ?? 0));
  return {
    area: 'names',
    what: `screen's thread late meanwhile, p99, ${inFlight} in flight`,
    unit: 'ms',
    ours: delay(0),
    peers: [{name: 'c-ares', value: delay(2)}],
    better: 'lower',
    target: {atMost: 33},
  };
}

/** A program of ours in a process of its own, which prints what it measured as JSON. */
async function program(name: string, {at, file, inFlight}: Job): Promise<Measured | undefined> {
  const words = [resolve(import.meta.dirname, name), `${at.address}:${at.port}`, file, String(inFlight)];
  const stdout = await output(process.execPath, words);
  return stdout === undefined ? undefined : (JSON.parse(stdout) as Measured);
}

/** What a program prints; nothing when it is not here or fails. This process stays free: the lab may be in it. */
function output(command: string, words: readonly string[]): Promise<string | undefined> {
  const child = spawn(command, words, {stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000});
  let out = '';
  child.stdout.on('data', piece => {
    out += piece;
  });
  return new Promise(done => {
    child.on('error', () => done(undefined));
    child.on('close', code => done(code === 0 ? out : undefined));
  });
}

/** Five seconds at most: with one in flight it sleeps between its looks at the socket. */
async function dnsperf({at, file, inFlight}: Job): Promise<Measured | undefined> {
  const words = [
    '-s',
    at.address,
    '-p',
    String(at.port),
    '-d',
    file,
    '-q',
    String(inFlight),
    '-n',
    '1',
    '-t',
    '2',
    '-l',
    '5',
  ];
  const stdout = await output('dnsperf', words);
  if (stdout === undefined) return undefined;
  const figure = (label: string) => Number(new RegExp(`${label}:\\s+([\\d.]+)`).exec(stdout)?.[1] ?? 0);
  return {rate: figure('Queries per second'), lost: figure('Queries lost')};
}

async function dnspython({at, file, inFlight}: Job): Promise<Measured | undefined> {
  const words = ['-c', pythonSource, at.address, String(at.port), file, String(Math.min(64, inFlight))];
  const stdout = await output('/usr/bin/python3', words);
  return stdout === undefined ? undefined : (JSON.parse(stdout) as Measured);
}

const pythonSource = `
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
import dns.message, dns.query
address, port, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[4])
names = [line.split()[0] for line in open(sys.argv[3])]
def ask(name):
    try:
        dns.query.udp(dns.message.make_query(name, 'A'), address, timeout=2, port=port)
        return 0
    except Exception:
        return 1
start = time.monotonic()
with ThreadPoolExecutor(threads) as pool:
    lost = sum(pool.map(ask, names))
print(json.dumps({'rate': (len(names) - lost) / (time.monotonic() - start), 'lost': lost}))
`;
