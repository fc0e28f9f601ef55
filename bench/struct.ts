import {createRequire} from 'node:module';
import {Struct} from '../src/wire/struct/struct.ts';
import type {BenchRow} from './row.ts';
import {type Python, startPython} from './struct-python.ts';

const require = createRequire(import.meta.url);

/** One thing that is done over and over: `run` does it so many times, and gives the seconds of CPU it took. */
interface Contender {
  readonly name: string;
  readonly run: (count: number) => Promise<number>;
}

interface Contest {
  readonly what: string;
  readonly unit: string;
  /** What one turn counts for, in the unit. */
  readonly worth: number;
  readonly contenders: readonly Contender[];
  readonly target: number;
  readonly note?: string;
}

const cpython = 'CPython struct.Struct';
const rounds = 5;
const secondsPerTurn = 0.03;

/** Formats with one record of values. Peers that do not know `!` get `>`, which means the same. */
const records: readonly {format: string; values: readonly (number | bigint)[]; peers: boolean}[] = [
  {format: '!IHB', values: [3735928559, 4253, 7], peers: true},
  {format: '<iif', values: [-1, 65536, 0.5], peers: true},
  // Neither peer has an exact 64-bit integer without another package.
  {format: '>QHH', values: [2n ** 63n + 1n, 80, 443], peers: false},
  {format: '!HHIIBBHHH', values: [1060, 80, 1, 2, 80, 24, 65535, 0, 0], peers: true},
];

/** Python's struct against CPython's own and the two npm packages, by CPU time, in interleaved rounds. */
export async function benchStruct(): Promise<BenchRow[]> {
  const python = await startPython();
  try {
    const rows: BenchRow[] = [];
    for (const contest of [...records.flatMap(record => fixed(record, python)), ...iterations(python)])
      rows.push(await hold(contest, python?.version));
    return rows;
  } finally {
    python?.stop();
  }
}

function fixed({format, values, peers}: (typeof records)[number], python: Python | undefined): Contest[] {
  const struct = new Struct(format);
  const bytes = struct.pack(...values);
  const list = values.map(String).join(', ');
  const literals = values.map(value => (typeof value === 'bigint' ? `${value}n` : String(value))).join(',');
  const setup = `s = struct.Struct('${format}'); p = s.pack; u = s.unpack; b = p(${list})`;
  const names = peers ? npmPeers(format.replace('!', '>'), bytes, literals) : [];
  const unit = 'M/s';
  return [
    {
      what: `unpack ${format}`,
      unit,
      worth: 1e-6,
      target: 4,
      contenders: [
        javascript('ours', 's.unpack(b)', struct, bytes),
        ...pythonPeer(python, setup, 'u(b)'),
        ...names.map(peer => javascript(peer.name, peer.unpack, peer.struct, peer.bytes)),
      ],
    },
    {
      what: `pack ${format}`,
      unit,
      worth: 1e-6,
      target: 2,
      contenders: [
        javascript('ours', `s.pack(${literals})`, struct, bytes),
        ...pythonPeer(python, setup, `p(${list})`),
        ...names.map(peer => javascript(peer.name, peer.pack, peer.struct, peer.bytes)),
      ],
    },
  ];
}

interface NpmPeer {
  readonly name: string;
  readonly struct: unknown;
  readonly bytes: unknown;
  readonly pack: string;
  readonly unpack: string;
}

function npmPeers(format: string, bytes: Uint8Array, values: string): NpmPeer[] {
  const structjs = require('@aksel/structjs') as (format: string) => unknown;
  const {buffer} = bytes.slice();
  return [
    {
      name: 'python-struct',
      struct: require('python-struct'),
      bytes: Buffer.from(bytes),
      pack: `s.pack('${format}', [${values}])`,
      unpack: `s.unpack('${format}', b)`,
    },
    {
      name: '@aksel/structjs',
      struct: structjs(format),
      bytes: buffer,
      pack: `s.pack(${values})`,
      unpack: 's.unpack(b)',
    },
  ];
}

function iterations(python: Python | undefined): Contest[] {
  return ['!IHB', '<I'].map(format => {
    const struct = new Struct(format);
    const bytes = Uint8Array.from({length: Number(struct.size) * 2 ** 16}, (_, index) => (index * 131) & 0xff);
    const setup = `import array; s = struct.Struct('${format}'); b = bytes(i * 131 & 255 for i in range(${bytes.length}))`;
    return {
      what: `iter_unpack ${format}, ${2 ** 16} records`,
      unit: 'MB/s',
      worth: bytes.length / 1e6,
      target: 4,
      note: 'ours is the callback form; CPython is drained by a deque, its quickest way',
      contenders: [
        javascript('ours', 's.forEach(b,f=>{sum=sum+f|0})', struct, bytes),
        ...pythonPeer(python, setup, 'collections.deque(s.iter_unpack(b), 0)'),
        ...pythonPeer(python, setup, '[None for fields in s.iter_unpack(b)]', 'CPython, in a loop'),
        javascript('ours, as an iterator', 'for(const r of s.iterUnpack(b))sum=sum+r.length|0', struct, bytes),
      ],
    };
  });
}

/** A loop of its own for each contender, so that none is slowed by the types that another brought. */
function javascript(name: string, statement: string, struct: unknown, bytes: unknown): Contender {
  // What is made is kept for a while: otherwise the engine sees that nobody looks at it, and does not make it.
  const body =
    statement.startsWith('s.pack') || statement.startsWith('s.unpack') ? `kept[i&15]=${statement}` : statement;
  const source = `let sum=0;const kept=new Array(16);for(let i=0;i<n;i++){${body}}return [sum,kept];`;
  const loop = new Function('s', 'b', 'n', source) as (struct: unknown, bytes: unknown, count: number) => unknown;
  return {
    name,
    run: async count => {
      const start = process.cpuUsage();
      loop(struct, bytes, count);
      const {user, system} = process.cpuUsage(start);
      return (user + system) / 1e6;
    },
  };
}

function pythonPeer(python: Python | undefined, setup: string, statement: string, name = cpython): Contender[] {
  return python === undefined ? [] : [{name, run: count => python.time(setup, statement, count)}];
}

/** Every contender in every round, in turn; the median of its rounds counts. */
async function hold({contenders, ...contest}: Contest, version: string | undefined): Promise<BenchRow> {
  const counts = new Map<Contender, number>();
  for (const contender of contenders) counts.set(contender, await calibrate(contender));
  const rates = new Map<Contender, number[]>(contenders.map(contender => [contender, []]));
  for (let round = 0; round < rounds; round++)
    for (const contender of contenders) {
      const count = counts.get(contender)!;
      rates.get(contender)!.push((count * contest.worth) / (await contender.run(count)));
    }
  const [ours, ...peers] = contenders.map(contender => ({name: contender.name, value: median(rates.get(contender)!)}));
  const {what, unit, target} = contest;
  const notes = [contest.note, version === undefined ? 'no python3 here' : `CPython ${version}`].filter(Boolean);
  const row = {area: 'struct', what, unit, ours: ours!.value, peers, note: notes.join('; ')};
  return version === undefined ? row : {...row, target: {peer: cpython, ratio: target}};
}

/** How often to run it for a turn to take about the time it should; warms it up on the way. */
async function calibrate({run}: Contender): Promise<number> {
  let count = 1;
  for (;;) {
    const seconds = await run(count);
    if (seconds >= secondsPerTurn / 3) return Math.max(1, Math.round((count * secondsPerTurn) / seconds));
    count *= 4;
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
