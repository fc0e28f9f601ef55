import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
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

interface Job {
  readonly port: number;
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
  if (missing('nsd') !== undefined) return [];
  const directory = mkdtempSync(join(tmpdir(), 'wirebook-bench-'));
  const server = await startNsd([{name: 'bulk.test', text: zone()}]);
  try {
    const rows: BenchRow[] = [];
    for (const inFlight of [1, 64, 512]) rows.push(...(await hold({port: server.port, file: directory, inFlight})));
    return rows;
  } finally {
    await server.stop();
    rmSync(directory, {recursive: true, force: true});
  }
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

/** The contenders take turns, so that a busy moment of the machine hits all of them. */
async function hold({port, file: directory, inFlight}: Job): Promise<BenchRow[]> {
  const count = inFlight === 1 ? all / 5 : all;
  const found = contenders.map((): Measured[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [k, {oneIn = 1, measure}] of contenders.entries()) {
      const file = join(directory, `names-${count / oneIn}`);
      const lines = Array.from({length: count / oneIn}, (_, index) => `n${index * oneIn}.bulk.test A`);
      writeFileSync(file, `${lines.join('\n')}\n`);
      const measured = await measure({port, file, inFlight});
      if (measured !== undefined) found[k]!.push(measured);
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
    ...(inFlight > 1 && {target: {peer: 'dnsperf', ratio: 0.25}}),
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
function program(name: string, {port, file, inFlight}: Job): Promise<Measured | undefined> {
  const words = [resolve(import.meta.dirname, name), String(port), file, String(inFlight)];
  const child = spawn(process.execPath, words, {stdio: ['ignore', 'pipe', 'inherit']});
  let out = '';
  child.stdout.on('data', piece => {
    out += piece;
  });
  return new Promise(done => child.on('close', code => done(code === 0 ? (JSON.parse(out) as Measured) : undefined)));
}

/** Ten seconds at most: with one in flight it sleeps between its looks at the socket. */
async function dnsperf({port, file, inFlight}: Job): Promise<Measured | undefined> {
  const words = [
    '-s',
    '127.0.0.1',
    '-p',
    String(port),
    '-d',
    file,
    '-q',
    String(inFlight),
    '-n',
    '1',
    '-t',
    '2',
    '-l',
    '10',
  ];
  const {stdout, error} = spawnSync('dnsperf', words, {encoding: 'utf8', timeout: 60_000});
  if (error !== undefined) return undefined;
  const figure = (label: string) => Number(new RegExp(`${label}:\\s+([\\d.]+)`).exec(stdout)?.[1] ?? 0);
  return {rate: figure('Queries per second'), lost: figure('Queries lost')};
}

async function dnspython({port, file, inFlight}: Job): Promise<Measured | undefined> {
  const words = ['-c', pythonSource, String(port), file, String(Math.min(64, inFlight))];
  const {stdout, status} = spawnSync('/usr/bin/python3', words, {encoding: 'utf8', timeout: 120_000});
  return status === 0 ? (JSON.parse(stdout) as Measured) : undefined;
}

const pythonSource = `
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
import dns.message, dns.query
port, names, threads = int(sys.argv[1]), [line.split()[0] for line in open(sys.argv[2])], int(sys.argv[3])
def ask(name):
    try:
        dns.query.udp(dns.message.make_query(name, 'A'), '127.0.0.1', timeout=2, port=port)
        return 0
    except Exception:
        return 1
start = time.monotonic()
with ThreadPoolExecutor(threads) as pool:
    lost = sum(pool.map(ask, names))
print(json.dumps({'rate': (len(names) - lost) / (time.monotonic() - start), 'lost': lost}))
`;
