import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {deadlockExperiment} from '../../../src/chapters/tcp/deadlock.ts';
import {type DeadlockEvent, deadlockEvents} from '../../../src/chapters/tcp/deadlock-events.ts';
import {reduceDeadlock, startDeadlock} from '../../../src/chapters/tcp/deadlock-state.ts';
import {type DeadlockAsk, deadlockFields} from '../../../src/chapters/tcp/deadlock-terms.ts';
import {stuck} from '../../../src/chapters/tcp/deadlock-watch.ts';
import type {Ends} from '../../../src/chapters/tcp/ends.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {toJson} from '../../../src/journal/json.ts';
import {objectSchema} from '../../../src/journal/shape.ts';
import {createWorld} from '../../../src/world/world.ts';
import {misfit} from '../../support/fits-schema.ts';
import {nodeProgram} from '../../support/wirebook.ts';
import {eventually, has, noLibc} from '../../world/support/tools.ts';

const noPython = !has('python3');
const noCompiler = !has('cc');
const noSocat = !has('socat', '-V') || !has('bash');
/** Small enough to freeze soon, with any kernel's limits: what is asked for is far beyond all four queues. */
const small = {
  clientSend: 8192,
  clientReceive: 8192,
  serverSend: 8192,
  serverReceive: 8192,
  bytes: 4 << 20,
  patience: 0.3,
};
const ask = (more: Partial<DeadlockAsk>): DeadlockAsk => ({...defaultsOf(deadlockFields), port: 0, ...more});

type Kind<K extends DeadlockEvent['kind']> = Extract<DeadlockEvent, {kind: K}>;
const events = (run: Run): DeadlockEvent[] => [...run.journal] as unknown as DeadlockEvent[];
const of = <K extends DeadlockEvent['kind']>(run: Run, kind: K) =>
  events(run).filter((event): event is Kind<K> => event.kind === kind);

describe('what counts as frozen', () => {
  const end = {state: 'ESTABLISHED', listed: true, sendQueue: 5, receiveQueue: 5, inode: 1} as const;
  const ends = (client: object, server: object): Ends => ({
    client: {...end, ...client},
    server: {...end, ...server},
    via: 'netlink',
  });
  test.each([
    ['both have something to send and to read', {}, {}, true],
    ['the client has nothing to read', {receiveQueue: 0}, {}, false],
    ['the server has nothing to send', {}, {sendQueue: 0}, false],
    ['one has half-closed', {state: 'FIN_WAIT1'}, {}, false],
    ['one is on another machine', {}, {listed: false, state: 'CLOSED', sendQueue: 0, receiveQueue: 0}, true],
    ['none is here', {listed: false}, {listed: false}, false],
  ])('%s', (_title, client, server, wanted) => {
    expect(stuck(ends(client, server))).toBe(wanted);
  });
});

test('the bytes asked for are rounded up to whole words', () => {
  expect(deadlockFields.bytes.read('1')).toEqual({ok: true, value: 16});
  expect(deadlockFields.bytes.read('33')).toEqual({ok: true, value: 48});
  expect(deadlockFields.bytes.read('many')).toMatchObject({ok: false});
});

describe.skipIf(noLibc)('the conversation', () => {
  const world = createWorld();
  const bench = new Workbench(world);
  const directory = mkdtempSync(join(tmpdir(), 'deadlock-'));
  afterEach(async () => {
    await bench.close();
    expect(world.actors.running()).toEqual([]);
  });

  test('freezes, melts, and brings everything back in capitals', async () => {
    const run = bench.start(deadlockExperiment, ask(small), {headless: true});
    expect(await run.act({action: 'melt'})).toBeUndefined();
    await run.ended;
    expect([run.status, run.problem]).toEqual(['done', undefined]);
    const kinds = events(run).map(({kind}) => kind);
    expect(kinds.filter(kind => ['connected', 'frozen', 'melting', 'finished'].includes(kind))).toEqual([
      'connected',
      'frozen',
      'melting',
      'finished',
    ]);
    const [frozen] = of(run, 'frozen');
    expect(frozen!.seconds).toBeGreaterThanOrEqual(0.3);
    const before = of(run, 'progress').filter(({seq}) => seq < frozen!.seq);
    for (const side of ['client', 'server'])
      expect(before.findLast(({by}) => by === side)).toMatchObject({waiting: 'send', thread: 'main'});
    const queues = of(run, 'queues').findLast(({seq}) => seq < frozen!.seq);
    for (const end of [queues?.client, queues?.server]) {
      expect(end?.state).toBe('ESTABLISHED');
      expect(Math.min(end!.sendQueue, end!.receiveQueue)).toBeGreaterThan(0);
    }
    // What the client has sent is in a queue, or has been through the server and is in one on the way back; but for the
    // piece that the server has in its hands.
    const sent = before.findLast(({by}) => by === 'client')!.sent;
    expect(frozen!.stuck).toBeGreaterThanOrEqual(sent - defaultsOf(deadlockFields).serverChunk);
    expect(of(run, 'finished')[0]).toMatchObject({sent: small.bytes, received: small.bytes, verified: true, froze: 1});
    expect(of(run, 'progress').at(-1)!.waiting).toBeUndefined();
    expect(run.state).toMatchObject({phase: 'finished', finished: {verified: true}});
    checkSchema(run);
  });

  test('sixteen bytes finish without freezing', async () => {
    const run = bench.start(deadlockExperiment, ask({bytes: 16}), {headless: true});
    expect(await run.act({action: 'melt'})).toBeUndefined();
    await run.ended;
    expect([run.status, run.problem]).toEqual(['done', undefined]);
    expect(of(run, 'frozen')).toEqual([]);
    expect(of(run, 'finished')[0]).toMatchObject({sent: 16, received: 16, verified: true, froze: 0});
  });

  test('a client that reads while it writes never freezes, and may not be melted', async () => {
    const run = bench.start(deadlockExperiment, ask({...small, bytes: 1 << 18, patience: 10, reading: true}));
    expect(await run.act({action: 'melt'})).toMatchObject({says: expect.stringContaining('already')});
    await run.ended;
    expect(of(run, 'finished')[0]).toMatchObject({received: 1 << 18, verified: true, froze: 0});
    expect(new Set(of(run, 'progress').map(({by, thread}) => `${by} ${thread}`))).toContain('client reader');
  });

  test('can be ended while both are blocked, and leaves no process', async () => {
    const run = bench.start(deadlockExperiment, ask(small));
    await eventually(
      () => of(run, 'frozen').length,
      count => count === 1,
    );
    const pids = world.actors.running().map(actor => actor.pid);
    expect(pids).toHaveLength(2);
    await run.stop();
    expect(run.status).toBe('stopped');
    expect(world.actors.running()).toEqual([]);
  });

  test('a process that is killed ends it with a sentence', async () => {
    const run = bench.start(deadlockExperiment, ask(small));
    await eventually(
      () => of(run, 'frozen').length,
      count => count === 1,
    );
    process.kill(world.actors.running().find(({name}) => name === 'server')!.pid, 'SIGKILL');
    await run.ended;
    expect(run.status).toBe('failed');
    expect(run.problem?.code).toMatch(/^tcp\.(deadlock\.ended|econnreset|epipe)$/);
    expect(run.problem?.says).not.toMatch(/report/);
  });

  test('nobody at the port is a problem with a next step, and so is port 0', async () => {
    const refused = bench.start(deadlockExperiment, ask({role: 'client', port: 1}));
    await refused.ended;
    expect(refused.problem).toMatchObject({errno: 'ECONNREFUSED', next: expect.stringMatching(/.+/)});
    const zero = bench.start(deadlockExperiment, ask({role: 'client', port: 0}));
    await zero.ended;
    expect(zero.problem?.code).toBe('tcp.deadlock.port');
  });

  test('a port in use is a problem that says who has it and offers a free one', async () => {
    const first = bench.start(deadlockExperiment, ask({role: 'server'}));
    const {port} = await listening(first);
    const second = bench.start(deadlockExperiment, ask({role: 'server', port}));
    await second.ended;
    expect(second.problem).toMatchObject({errno: 'EADDRINUSE', fix: {ask: {port: 0}}});
  });

  test('replayed, the events give the same state', async () => {
    const run = bench.start(deadlockExperiment, ask({...small, bytes: 1 << 16}), {headless: true});
    await run.act({action: 'melt'});
    await run.ended;
    expect(events(run).reduce(reduceDeadlock, startDeadlock(false))).toEqual(run.state);
    expect(JSON.parse(JSON.stringify(run.state))).toEqual(run.state);
  });

  // Its buffers grow as the kernel likes: only the default number of bytes is surely more than they hold.
  describe.skipIf(noPython)('with Python at the other end', () => {
    test('a client of Python’s freezes our server, as the kernel shows it', async () => {
      const run = bench.start(deadlockExperiment, ask({...small, role: 'server'}));
      const {port} = await listening(run);
      const python = start('python3', file('client.py', code('Python', {role: 'client', port})));
      const [frozen] = await eventually(
        () => of(run, 'frozen'),
        found => found.length > 0,
      );
      expect(frozen?.says).toContain('Our server waits in send()');
      expect(run.possible('melt')).toContain('not ours');
      const last = of(run, 'queues').at(-1)!;
      expect(last.client?.sendBuffer).toBeUndefined();
      expect(last.server?.sendBuffer).toBeGreaterThan(0);
      python.child.kill();
      await python.ended;
      await run.ended;
      expect(run.problem?.errno).toMatch(/ECONNRESET|EPIPE/);
    });

    test('our client freezes a server of Python’s, melts, and gets everything back', async () => {
      const port = await freePort();
      const python = start('python3', file('server.py', code('Python', {role: 'server', port})));
      await python.says('listening');
      const run = bench.start(deadlockExperiment, ask({role: 'client', port, patience: 0.5}), {headless: true});
      expect(await run.act({action: 'melt'})).toBeUndefined();
      await run.ended;
      expect(of(run, 'frozen')).toHaveLength(1);
      expect(of(run, 'finished')[0]).toMatchObject({received: ask({}).bytes, verified: true});
      expect(await python.ended).toMatchObject({code: 0});
    });
  });

  test.each([
    ['Python', false, noPython],
    ['Python', true, noPython],
    ['Node', false, false],
    ['Node', true, false],
    ['C', false, noCompiler],
    ['C', true, noCompiler],
    ['shell', false, noSocat],
    ['shell', true, noSocat],
  ] as const)('the same in %s, reading=%s, runs to its end', async (language, reading, absent) => {
    if (absent) return console.warn(`${language} is not here: its program is not run`);
    const port = await freePort();
    const text = code(language, {bytes: 160, reading, port});
    const done = await runProgram(language, text);
    expect(done).toMatchObject({code: 0, err: ''});
    expect(done.out).toMatch(language === 'shell' ? /^160\n/ : /160 bytes came back/);
  });

  function file(name: string, text: string): string {
    const path = join(directory, `${Math.random().toString(36).slice(2)}-${name}`);
    writeFileSync(path, text);
    return path;
  }

  async function runProgram(language: 'Python' | 'Node' | 'C' | 'shell', text: string) {
    if (language === 'shell') return start('bash', file('both.sh', text)).ended;
    if (language === 'Python') return start('python3', file('both.py', text)).ended;
    if (language === 'Node') return start(nodeProgram, file('both.mjs', text)).ended;
    const source = file('both.c', text);
    expect(await start('cc', '-Wall', '-Werror', '-o', `${source}.out`, source).ended).toMatchObject({code: 0});
    return start(`${source}.out`).ended;
  }

  afterAll(() => rmSync(directory, {recursive: true, force: true}));
});

function code(language: string, more: Partial<DeadlockAsk>): string {
  const found = deadlockExperiment.equivalents(ask(more)).find(one => one.language === language);
  if (found === undefined) throw new Error(`no program in ${language}`);
  return found.code;
}

async function listening(run: Run): Promise<Kind<'listening'>> {
  const [event] = await eventually(
    () => of(run, 'listening'),
    found => found.length > 0 || run.status !== 'running',
  );
  if (event === undefined) throw new Error(run.problem?.says ?? 'it does not listen');
  return event;
}

/** A port that nobody has at this moment. */
async function freePort(): Promise<number> {
  const {createServer} = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as {port: number};
  server.close();
  await once(server, 'close');
  return port;
}

function start(program: string, ...args: string[]) {
  const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000});
  const told = {out: '', err: ''};
  child.stdout.setEncoding('utf8').on('data', text => (told.out += text));
  child.stderr.setEncoding('utf8').on('data', text => (told.err += text));
  const ended = once(child, 'close').then(([status]) => ({code: status as number | null, ...told}));
  const says = (text: string) =>
    eventually(
      () => told.out,
      out => out.includes(text),
    );
  return {child, ended, says};
}

function checkSchema(run: Run): void {
  const schemas = deadlockEvents as Readonly<Record<string, {fields: Parameters<typeof objectSchema>[0]}>>;
  for (const event of run.journal) {
    const {kind, t: _t, run: _run, seq: _seq, length: _length, bytes: _bytes, ...fields} = toJson(event, undefined);
    const schema = objectSchema(schemas[kind]!.fields);
    expect(misfit(JSON.parse(JSON.stringify(fields)), schema, schema), kind).toBeUndefined();
  }
}
