import {afterAll, describe, expect, test} from 'vitest';
import type {AnyExperiment, Step} from '../../src/chapters/contract.ts';
import {defaultsOf} from '../../src/chapters/fields.ts';
import {type ExperimentId, experiments} from '../../src/chapters/registry.ts';
import type {Run} from '../../src/chapters/run.ts';
import {Workbench} from '../../src/chapters/workbench.ts';
import {defaultLimits, type JournalLimits} from '../../src/journal/journal.ts';
import {createWorld} from '../../src/world/world.ts';
import {replay} from '../support/replay.ts';
import {eventually} from '../world/support/tools.ts';

interface Case {
  readonly ask?: object;
  /** What is done after the script, if there is one. */
  readonly steps?: readonly Step[];
}

const goto = {action: 'goto', args: {to: '200'}};

/** What each experiment is asked: what has the most kinds of values, and gives the most kinds of events. */
const cases: Readonly<Record<ExperimentId, readonly Case[]>> = {
  'tcp.connect': [{ask: {port: 9}}],
  'tcp.listen': [{ask: {port: 0}}],
  'tcp.half-close': [{}],
  'tcp.shared': [{}],
  'tcp.deadlock': [{}],
  'tcp.options': [{}],
  'tcp.udp': [{ask: {giveUp: 0.2}}],
  'names.lookup': [{ask: {host: '127.0.0.1', service: '80', connect: 'all'}}],
  'names.query': [
    {
      ask: {dnssec: true},
      steps: [
        {action: 'type', args: {type: 'MX'}},
        {action: 'server', args: {server: 'lab, 127.0.0.1:9'}},
      ],
    },
  ],
  'names.services': [{ask: {service: 'www 1060'}}],
  'names.trace': [{ask: {name: 'lame.test', wait: 0.3, retries: 0}}, {ask: {name: 'loop.example.test'}}],
  'names.bulk': [{ask: {count: 50}}],
  'names.mail': [{ask: {exchanger: '127.0.0.1', port: 9, probe: true, wait: 1}}],
  'names.whois': [{ask: {server: '127.0.0.1:9', wait: 1}}],
  'names.workspace': [{ask: {verb: 'activate', dir: '/'}}, {ask: {verb: 'deactivate'}}],
  'data.struct': [
    {ask: {format: '<q?d4sB', values: "-9223372036854775808 True nan b'a\\xff' 7"}},
    {ask: {op: 'unpack', format: '>Qd', values: 'ffffffffffffffff 7ff8000000000001'}},
    {ask: {format: 'nonsense'}},
  ],
  'data.number': [{ask: {value: '-123456789012345678901234567890'}}, {ask: {value: '-inf', as: 'float'}}],
  'data.pickle': [{ask: {source: "{'a': (1, 2.5, b'x', None), 'b': [float('nan'), 10 ** 30]}"}}],
  'data.framing': [{steps: [{action: 'next'}, {action: 'cut', args: {offset: 3}}, {action: 'all'}]}],
  'data.json': [{ask: {value: "{'a': (1, 2.5, b'x', None), 'b': [1e999, -0.0, 12345678901234567890]}"}}],
  'data.zlib': [{steps: [{action: 'all'}, {action: 'object', args: {offset: 15}}, {action: 'next'}]}],
  'data.errors': [{ask: {error: 'ECONNREFUSED'}}],
  'data.hex': [{steps: [goto, {action: 'set', args: {offset: 3, value: 7}}, {action: 'find', args: {pattern: 'xyz'}}]}],
};

const all = Object.entries(cases).flatMap(([id, asked]) =>
  asked.map(one => [id as ExperimentId, JSON.stringify(one.ask ?? {}), one] as const),
);

const world = createWorld();
afterAll(() => world.close());

const {libc} = await world.capabilities();
if (!libc.available) console.warn(`No sockets of libc here, so the runs of chapter 3 are skipped: ${libc.why}`);

describe.each([
  ['everything kept', defaultLimits],
  ['little kept', {events: 4, bytes: 64}],
] satisfies [string, JournalLimits][])('a saved journal replays to the same state, %s', (_name, limits) => {
  test.each(all.filter(([id]) => libc.available || !id.startsWith('tcp.')))(
    '%s %s',
    async (id, _asked, {ask = {}, steps = []}) => {
      const run = await carriedOut(experiments[id], ask, steps, limits);
      const again = replay(run.experiment, run.saved(), world);
      expect(run.journal.next).toBeGreaterThan(0);
      expect(withoutRun(again.state)).toEqual(withoutRun(run.state));
      expect(withoutRun([...again.journal])).toEqual(withoutRun([...run.journal]));
      for (const event of run.journal) expect(again.journal.bytesOf(event)).toEqual(run.journal.bytesOf(event));
    },
  );
});

async function carriedOut(
  experiment: AnyExperiment,
  ask: object,
  steps: readonly Step[],
  limits: JournalLimits,
): Promise<Run> {
  const bench = new Workbench(world);
  const asked = {...defaultsOf(experiment.fields), ...ask};
  const run = bench.start(experiment, asked, {limits});
  for (const step of [...(experiment.script?.(asked as never) ?? []), ...steps]) await run.act(step);
  await eventually(() => run.journal.next > 0 || run.status !== 'running', Boolean);
  await run.stop();
  return run;
}

/** All of it but the number of the run, which is that of this program. */
function withoutRun(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRun);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, name === 'run' || withoutRun(held)]));
}
