import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {udpExperiment} from '../../../src/chapters/tcp/udp.ts';
import {type UdpEvent, udpEvents} from '../../../src/chapters/tcp/udp-events.ts';
import {roleOf, type UdpAsk, udpFields} from '../../../src/chapters/tcp/udp-fields.ts';
import {randomFrom} from '../../../src/chapters/tcp/udp-server.ts';
import {reduceUdp, startUdp} from '../../../src/chapters/tcp/udp-state.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {stringify, toJson} from '../../../src/journal/json.ts';
import {objectSchema} from '../../../src/journal/shape.ts';
import {createWorld} from '../../../src/world/world.ts';
import {misfit} from '../../support/fits-schema.ts';
import {nodeProgram} from '../../support/wirebook.ts';
import {eventually, has, noLibc} from '../../world/support/tools.ts';

const tools = {
  python3: has('python3'),
  nc: has('nc', '-h'),
  ncat: has('ncat'),
  socat: has('socat', '-V'),
  cc: has('cc'),
};
/** Waits that a loaded machine does not exceed; where nothing is to come they are shorter. */
const ask = (more: Partial<UdpAsk> = {}): UdpAsk => ({...defaultsOf(udpFields), port: 0, first: 1, giveUp: 1, ...more});
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

type Kind<K extends UdpEvent['kind']> = Extract<UdpEvent, {kind: K}>;
const events = (run: Run) => [...run.journal] as unknown as UdpEvent[];
const of = <K extends UdpEvent['kind']>(run: Run, kind: K) =>
  events(run).filter((event): event is Kind<K> => event.kind === kind);
const facts = (run: Run) => of(run, 'fact').map(({name}) => name);
const calls = (run: Run, by: string, name: string) =>
  of(run, 'call').filter(call => call.by === by && call.name === name);

test('a host makes the server somebody else’s, unless the role says whose it is', () => {
  expect(roleOf({role: 'both', host: ''})).toBe('both');
  expect(roleOf({role: 'both', host: '127.0.0.1'})).toBe('client');
  expect(roleOf({role: 'server', host: '127.0.0.1'})).toBe('server');
});

test('the same seed drops the same datagrams, another one others', () => {
  const drops = (seed: number) => {
    const random = randomFrom(seed);
    return Array.from({length: 200}, () => random() < 0.5);
  };
  expect(drops(7)).toEqual(drops(7));
  expect(drops(7)).not.toEqual(drops(8));
  const dropped = drops(0).filter(Boolean).length;
  expect(dropped).toBeGreaterThan(60);
  expect(dropped).toBeLessThan(140);
});

describe.skipIf(noLibc)('with real sockets', () => {
  const world = createWorld();
  const bench = new Workbench(world);
  const directory = mkdtempSync(join(tmpdir(), 'udp-'));
  afterEach(async () => {
    await bench.close();
    expect(world.actors.running()).toEqual([]);
  });
  afterAll(() => rmSync(directory, {recursive: true}));

  const act = async (run: Run, action: string, args: Record<string, unknown> = {}) =>
    expect([action, await run.act({action, args})]).toEqual([action, undefined]);

  test('the script shows every fact, in order', async () => {
    const given = ask({first: 0.5, giveUp: 1});
    const run = bench.start(udpExperiment, given, {headless: true});
    for (const step of udpExperiment.script!(given)) await act(run, step.action, step.args);
    expect(facts(run)).toEqual([
      'ephemeral-port',
      'forgery-accepted',
      'empty-datagram',
      'largest',
      'too-big',
      'truncated',
      'broadcast-refused',
      'broadcast-delivered',
      'connected',
      'forgery-vanished',
      'refused-on-next-call',
    ]);
    // Attempts of 0.5 and 1 s, and then it gives up.
    expect(of(run, 'gaveUp')).toMatchObject([{attempts: 2}]);
    expect(of(run, 'timeout').map(({timeout, next}) => [timeout, next])).toEqual([
      [0.5, 1],
      [1, undefined],
    ]);
    const [before, after] = of(run, 'local');
    expect([before?.address, before?.when, after?.when]).toEqual(['0.0.0.0:0', 'before', 'after']);
    expect(after?.address).toMatch(/^0\.0\.0\.0:[1-9]/);
    expect(calls(run, 'client', 'sendto').find(({errno}) => errno === 'EMSGSIZE')?.arguments).toContainEqual({
      bytes: 65_508,
    });
    expect(
      of(run, 'call')
        .filter(({errno}) => errno === 'EACCES')
        .map(({name}) => name),
    ).toEqual(['sendto']);
    // The datagram to the closed port was sent; the call after it told the error.
    const refused = of(run, 'call').findIndex(({errno}) => errno === 'ECONNREFUSED');
    expect(of(run, 'call')[refused]).toMatchObject({name: 'recvfrom', means: expect.stringContaining('ICMP')});
    expect(calls(run, 'client', 'send').every(({errno}) => errno === undefined)).toBe(true);
    expect(events(run).reduce(reduceUdp, startUdp(given))).toEqual(run.state);
    expect(JSON.parse(JSON.stringify(run.state))).toEqual(run.state);
    checkSchema(run);
  });

  test('a forged answer is believed, until the socket is connected', async () => {
    const run = bench.start(udpExperiment, ask());
    expect(await run.act({action: 'forge'})).toMatchObject({says: expect.stringContaining('no port yet')});
    await act(run, 'send', {text: 'hello'});
    await act(run, 'forge');
    const [genuine, forged] = of(run, 'reply');
    expect([genuine?.expected, forged?.expected]).toEqual([true, false]);
    expect(text(run.journal.bytesOf(forged!))).toBe('FAKE');
    expect(run.state).toMatchObject({client: {strangers: 1, received: 2}});
    await act(run, 'connect');
    await act(run, 'forge');
    expect(of(run, 'reply')).toHaveLength(2);
    await act(run, 'send', {text: 'again'});
    expect(of(run, 'reply').at(-1)).toMatchObject({expected: true, late: false});
    await act(run, 'connect');
    expect(facts(run).slice(-1)).toEqual(['unconnected']);
    expect(run.state).toMatchObject({client: {connected: false, bound: false}});
  });

  test('what does not fit is cut, the rest is lost, and the whole length is told', async () => {
    const run = bench.start(udpExperiment, ask());
    await act(run, 'truncate', {room: 10});
    expect(of(run, 'reply')).toMatchObject([{size: 27, kept: 10}]);
    expect(text(run.journal.bytesOf(of(run, 'reply')[0]!))).toBe('Your data ');
    await act(run, 'truncate', {room: 100});
    expect(of(run, 'reply')[1]).toMatchObject({size: 27, kept: 27});
    expect(facts(run).filter(name => name === 'truncated')).toHaveLength(1);
  });

  test('bytes arrive as they were typed, and an empty datagram is one', async () => {
    const run = bench.start(udpExperiment, ask());
    await act(run, 'send', {text: String.raw`a\x00\n`});
    await act(run, 'send-hex', {hex: 'ff 00'});
    await act(run, 'empty');
    expect(of(run, 'heard').map(heard => [...run.journal.bytesOf(heard)!])).toEqual([[97, 0, 10], [255, 0], []]);
    expect(of(run, 'heard').map(({fate}) => fate)).toEqual(['answered', 'answered', 'answered']);
    expect(text(run.journal.bytesOf(of(run, 'reply').at(-1)!))).toBe('Your data was 0 bytes long');
  });

  test('a server that drops everything: twice as long each time, and then it gives up', async () => {
    const run = bench.start(udpExperiment, ask({drop: 100, first: 0.05, giveUp: 0.2}));
    await act(run, 'send', {text: 'x'});
    expect(of(run, 'attempt').map(({number, timeout}) => [number, timeout])).toEqual([
      [1, 0.05],
      [2, 0.1],
      [3, 0.2],
    ]);
    expect(of(run, 'heard').map(({fate}) => fate)).toEqual(['dropped', 'dropped', 'dropped']);
    expect(run.state).toMatchObject({gaveUp: true, server: {dropped: 3, answered: 0}});
  });

  test('to an unconnected socket a closed port and an unplugged server look the same', async () => {
    const run = bench.start(udpExperiment, ask({first: 0.4, giveUp: 0.4}));
    await act(run, 'unplug');
    await act(run, 'send', {text: 'x'});
    expect(of(run, 'heard').at(-1)?.fate).toBe('ignored');
    await act(run, 'close');
    expect(run.possible('unplug')).toContain('closed its port');
    await act(run, 'send', {text: 'x'});
    expect(of(run, 'heard')).toHaveLength(1);
    expect(facts(run).at(-1)).toBe('sent-to-nobody');
    expect(of(run, 'call').filter(({errno}) => errno === 'ECONNREFUSED')).toEqual([]);
    await act(run, 'close');
    await act(run, 'send', {text: 'x'});
    expect(of(run, 'reply').at(-1)?.expected).toBe(true);
    const [first, second] = of(run, 'listening');
    expect(second?.port).toBe(first?.port);
  });

  test('over IPv6 as well', async () => {
    const run = bench.start(udpExperiment, ask({role: 'server', host: '::1'}));
    const {port} = await listening(run);
    const client = bench.start(udpExperiment, ask({host: '::1', port}));
    await act(client, 'send', {text: 'hello'});
    expect(of(client, 'reply')[0]?.from).toBe(`[::1]:${port}`);
    expect(of(run, 'heard')[0]?.size).toBe(5);
  });

  test.each([
    [{host: '127.0.0.1', port: 0}, 'udp.port'],
    [{host: 'nosuch.invalid', port: 9}, 'udp.lookup'],
    [{host: 'localhost', role: 'server'}, 'udp.host'],
    [{host: '192.0.2.1', role: 'server'}, 'tcp.eaddrnotavail'],
  ] as const)('%j is refused with a next step', async (more, code) => {
    const run = bench.start(udpExperiment, ask(more));
    await run.ended;
    expect(run.problem).toMatchObject({code, says: expect.stringMatching(/\w/), next: expect.stringMatching(/\w/)});
  });

  test('a port in use names who has it and offers a free one', async () => {
    const first = bench.start(udpExperiment, ask({role: 'server'}));
    const {port} = await listening(first);
    const second = bench.start(udpExperiment, ask({role: 'server', port}));
    await second.ended;
    expect(second.problem).toMatchObject({
      errno: 'EADDRINUSE',
      says: expect.stringMatching(/process \d+/),
      fix: {ask: {port: 0}},
    });
  });

  describe('standard input', () => {
    const piped = async (run: {role: Run}, pieces: string[], more: Partial<UdpAsk> = {}, once = false) => {
      const {port} = await listening(run.role);
      async function* input() {
        for (const piece of pieces) yield new TextEncoder().encode(piece);
      }
      const client = bench.start(udpExperiment, ask({host: '127.0.0.1', port, ...more}), {
        headless: true,
        once,
        input: input(),
      });
      await client.ended;
      return client;
    };

    test('each line is a datagram, however the input is cut', async () => {
      const server = bench.start(udpExperiment, ask({role: 'server'}));
      const client = await piped({role: server}, ['on', 'e\ntwo\n\nth', 'ree']);
      expect([client.status, client.problem]).toEqual(['done', undefined]);
      expect(of(server, 'heard').map(heard => text(server.journal.bytesOf(heard)))).toEqual([
        'one\n',
        'two\n',
        '\n',
        'three',
      ]);
      expect(of(client, 'reply')).toHaveLength(4);
      const line = udpExperiment.line(of(client, 'reply')[0]!, new TextEncoder().encode('a\n'), client.ask as never);
      expect(line).toMatchObject({raw: new TextEncoder().encode('a\n'), shown: expect.stringContaining('a\\n')});
    });

    test('or all of it is one, and one answer is enough with --once', async () => {
      const server = bench.start(udpExperiment, ask({role: 'server'}), {once: true, headless: true});
      const client = await piped({role: server}, ['one\n', 'two\n'], {whole: true, giveUp: 60}, true);
      expect(client.status).toBe('done');
      await server.ended;
      expect(of(server, 'heard').map(({size}) => size)).toEqual([8]);
    });

    test('a closed port and a datagram that is too large fail with a sentence', async () => {
      const server = bench.start(udpExperiment, ask({role: 'server'}));
      const large = await piped({role: server}, ['x'.repeat(65_508)]);
      expect(large.problem).toMatchObject({errno: 'EMSGSIZE', says: expect.stringContaining('65508')});
      await act(server, 'close');
      const refused = await piped({role: server}, ['x\n'], {giveUp: 5});
      expect(refused.problem).toMatchObject({errno: 'ECONNREFUSED', says: expect.stringContaining('ICMP')});
    });
  });

  const clients: [string, boolean, (port: number) => [string, string[]]][] = [
    ['nc', tools.nc, port => ['nc', ['-u', '-w1', '127.0.0.1', String(port)]]],
    ['ncat', tools.ncat, port => ['ncat', ['-u', '-i1', '127.0.0.1', String(port)]]],
    ['socat', tools.socat, port => ['socat', ['-t1', '-', `UDP:127.0.0.1:${port}`]]],
  ];
  for (const [name, there, command] of clients)
    test.skipIf(!there)(`${name} is answered by our server`, async () => {
      const run = bench.start(udpExperiment, ask({role: 'server'}));
      const {port} = await listening(run);
      const [program, args] = command(port);
      const peer = start(program, args, 'This is another message');
      await peer.says('Your data was 23 bytes long');
      expect(of(run, 'heard')[0]).toMatchObject({size: 23, fate: 'answered'});
      peer.child.kill();
      await peer.ended;
    });

  test.skipIf(!tools.python3)(
    'Python’s client is answered by our server, and our client by Python’s server',
    async () => {
      const server = bench.start(udpExperiment, ask({role: 'server'}));
      const {port} = await listening(server);
      const client = start('python3', [file(code('Python', {host: '127.0.0.1', port, connected: true}))]);
      expect(await client.ended).toMatchObject({code: 0, out: 'Your data was 23 bytes long\n'});
      await server.stop();
      const python = start('python3', [file(code('Python', {role: 'server', host: '127.0.0.1', port}))]);
      await python.says('listening');
      const ours = bench.start(udpExperiment, ask({host: '127.0.0.1', port}));
      await act(ours, 'send', {text: 'hello'});
      expect(text(ours.journal.bytesOf(of(ours, 'reply')[0]!))).toBe('Your data was 5 bytes long');
      python.child.kill();
      await python.ended;
    },
  );

  test.skipIf(!tools.socat)('our client is answered by socat, which changes what it got', async () => {
    const taken = bench.start(udpExperiment, ask({role: 'server'}));
    const {port} = await listening(taken);
    await taken.stop();
    const peer = start('socat', [`UDP-RECVFROM:${port},bind=127.0.0.1`, 'SYSTEM:tr a-z A-Z']);
    const client = bench.start(udpExperiment, ask({host: '127.0.0.1', port, first: 0.2, giveUp: 10}));
    await act(client, 'send', {text: 'hello'});
    expect(text(client.journal.bytesOf(of(client, 'reply')[0]!))).toBe('HELLO');
    peer.child.kill();
    await peer.ended;
  });

  test.each([
    ['Python', tools.python3],
    ['Node', true],
    ['C', tools.cc],
  ] as const)('the same in %s runs, connected or not, also when datagrams are dropped', async (language, there) => {
    if (!there) return;
    for (const more of [{}, {connected: true, drop: 30}]) {
      const taken = bench.start(udpExperiment, ask({role: 'server'}));
      const {port} = await listening(taken);
      await taken.stop();
      const done = await program(language, code(language, {...more, port}));
      expect(done).toMatchObject({code: 0});
      expect(done.out).toContain('Your data was 23 bytes long');
    }
  });

  function file(content: string, extension = 'py'): string {
    const path = join(directory, `${Math.random().toString(36).slice(2)}.${extension}`);
    writeFileSync(path, content);
    return path;
  }

  async function program(language: 'Python' | 'Node' | 'C', content: string) {
    if (language === 'Python') return start('python3', [file(content)]).ended;
    if (language === 'Node') return start(nodeProgram, [file(content, 'mjs')]).ended;
    const source = file(content, 'c');
    expect(await start('cc', ['-Wall', '-Werror', '-o', `${source}.out`, source]).ended).toMatchObject({
      code: 0,
      err: '',
    });
    return start(`${source}.out`, []).ended;
  }
});

function code(language: string, more: Partial<UdpAsk>): string {
  return udpExperiment.equivalents(ask({first: 0.1, giveUp: 30, ...more})).find(one => one.language === language)!.code;
}

async function listening(run: Run): Promise<Kind<'listening'>> {
  const [event] = await eventually(
    () => of(run, 'listening'),
    found => found.length > 0 || run.status !== 'running',
  );
  if (event === undefined) throw new Error(run.problem?.says ?? 'it does not listen');
  return event;
}

function start(program: string, args: string[], input?: string) {
  const child = spawn(program, args, {stdio: ['pipe', 'pipe', 'pipe'], timeout: 20_000});
  const told = {out: '', err: ''};
  child.stdout.setEncoding('utf8').on('data', piece => (told.out += piece));
  child.stderr.setEncoding('utf8').on('data', piece => (told.err += piece));
  // Left open: some programs end when their input does, before the answer is there.
  child.stdin.on('error', () => undefined).write(input ?? '');
  const ended = once(child, 'close').then(([status]) => ({code: status as number | null, ...told}));
  const says = async (wanted: string) => {
    const out = await eventually(
      () => told.out,
      output => output.includes(wanted),
    );
    expect(out).toContain(wanted);
  };
  return {child, ended, says};
}

function checkSchema(run: Run): void {
  const schemas = udpEvents as Readonly<Record<string, {fields: Parameters<typeof objectSchema>[0]}>>;
  for (const event of run.journal) {
    const {kind, t: _t, run: _run, seq: _seq, length: _length, bytes: _bytes, ...fields} = toJson(event, undefined);
    const schema = objectSchema(schemas[kind]!.fields);
    expect(misfit(JSON.parse(stringify(fields)), schema, schema), kind).toBeUndefined();
  }
}
