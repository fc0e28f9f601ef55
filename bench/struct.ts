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

/** Why packing gains least: measured alone, `new Uint8Array(7)` takes most of the time of a small pack. */
const allocation = 'V8 alone needs 25 to 45 ns to make a typed array; pack_into makes none';

const cpython = 'CPython struct.Struct';
const rounds = 5;
const secondsPerTurn = 0.018;

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
  const names = values.map((_, index) => `v${index}`);
  const python_ = (statement: string) => pythonPeer(python, pythonSetup(format, values, names), statement);
  const list = names.join(', ');
  const npm = peers ? npmPeers(format.replace('!', '>'), bytes, list) : [];
  const contest = (what: string, target: number, ours: string, theirs: string, others: Contender[]): Contest => ({
    ...(what === 'pack' ? {note: allocation} : {}),
    what: `${what} ${format}`,
    unit: 'M/s',
    worth: 1e-6,
    target,
    contenders: [javascript('ours', ours, struct, bytes, values), ...python_(theirs), ...others],
  });
  const use = (unpacked: string) => `const r=${unpacked};${names.map((_, index) => `use(r[${index}])`).join(';')}`;
  const unpackers = npm.map(peer => javascript(peer.name, use(peer.unpack), peer.struct, peer.bytes, values));
  const packers = npm.map(peer => javascript(peer.name, `keep(${peer.pack})`, peer.struct, peer.bytes, values));
  return [
    contest('unpack', 4, use('s.unpack(b)'), `${list} = u(b)`, unpackers),
    contest('pack', 2, `keep(s.pack(${list}))`, `p(${list})`, packers),
    contest('pack_into', 2, `s.packInto(b,0,${list})`, `i(a, 0, ${list})`, []),
  ];
}

function pythonSetup(format: string, values: readonly (number | bigint)[], names: readonly string[]): string {
  const assign = `${names.join(', ')} = ${values.map(String).join(', ')}`;
  return `s = struct.Struct('${format}'); p = s.pack; u = s.unpack; i = s.pack_into; a = bytearray(s.size); ${assign}
b = p(${names.join(', ')})`;
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
    const setup = `s = struct.Struct('${format}'); b = bytes(i * 131 & 255 for i in range(${bytes.length}))`;
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

/**
 * A loop of its own for each contender, so that none is slowed by the types that another brought. Every field that was
 * unpacked is looked at and every array that was packed is stored; otherwise the engine would see that nobody wants
 * them and leave them out. The values change, for the same reason.
 */
function javascript(
  name: string,
  statement: string,
  struct: unknown,
  bytes: unknown,
  values: readonly (number | bigint)[] = [],
): Contender {
  const variables = values.map((value, index) => `let v${index}=${typeof value === 'bigint' ? `${value}n` : value};`);
  const first = typeof values[0] === 'number' ? 'v0=v0===1?2:1;' : '';
  const body = statement.replaceAll(/use\((r\[\d\])\)/g, 'if($1===last)hits++').replace(/^keep\((.*)\)$/, 'kept=$1');
  const source = `let sum=0,hits=0,kept;const last=n+0.25;${variables.join('')}for(let i=0;i<n;i++){${first}${body}}
return [sum,hits,kept];`;
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
