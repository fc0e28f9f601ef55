import {afterEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {optionsExperiment} from '../../../src/chapters/tcp/options.ts';
import {type OptionsEvent, optionsEvents} from '../../../src/chapters/tcp/options-events.ts';
import {type OptionsAsk, optionsFields, readSettings, wantedOptions} from '../../../src/chapters/tcp/options-fields.ts';
import {senseOf, whyNotSet} from '../../../src/chapters/tcp/options-sense.ts';
import {type SocketKind, socketKindNames, socketKinds} from '../../../src/chapters/tcp/options-sockets.ts';
import {reduceOptions, startOptions} from '../../../src/chapters/tcp/options-state.ts';
import {optionText, readOptionValue} from '../../../src/chapters/tcp/options-value.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {parse} from '../../../src/cli/parse.ts';
import {stringify, toJson} from '../../../src/journal/json.ts';
import {objectSchema} from '../../../src/journal/shape.ts';
import {findOption} from '../../../src/world/libc/options/table.ts';
import {createWorld} from '../../../src/world/world.ts';
import {misfit} from '../../support/fits-schema.ts';
import {nodeProgram} from '../../support/wirebook.ts';
import {eventually, has, noLibc, run as runTool} from '../../world/support/tools.ts';

const noPython = !has('python3');
const ask = (more: Partial<OptionsAsk> = {}): OptionsAsk => ({...defaultsOf(optionsFields), ...more});
type Kind<K extends OptionsEvent['kind']> = Extract<OptionsEvent, {kind: K}>;
const of = <K extends OptionsEvent['kind']>(run: Run, kind: K) =>
  ([...run.journal] as unknown as OptionsEvent[]).filter((event): event is Kind<K> => event.kind === kind);
const option = (name: string) => findOption(name)!;

describe('typed values', () => {
  test.each([
    ['SO_RCVBUF', '65536', 65536],
    ['SO_RCVBUF', '0x10000', 65536],
    ['IP_TTL', '-1', -1],
    ['SO_DOMAIN', 'af_inet6', 10],
    ['IP_MTU_DISCOVER', 'IP_PMTUDISC_DO', 2],
    ['TCP_NODELAY', 'yes', true],
    ['TCP_NODELAY', '0', false],
    ['SO_LINGER', 'off', {on: false, seconds: 0}],
    ['SO_LINGER', '5', {on: true, seconds: 5}],
    ['SO_LINGER', 'on, 0 s', {on: true, seconds: 0}],
    ['SO_RCVTIMEO', '250ms', 0.25],
    ['SO_MAX_PACING_RATE', '1000', '1000'],
    ['IP_MULTICAST_IF', '127.0.0.1', '127.0.0.1'],
    ['TCP_CONGESTION', 'reno', 'reno'],
    ['IP_OPTIONS', '01 01', Uint8Array.of(1, 1)],
  ])('%s=%s', (name, typed, value) => {
    expect(readOptionValue(option(name), typed)).toEqual({ok: true, value});
  });

  test.each([
    ['SO_RCVBUF', 'many'],
    ['SO_RCVBUF', '99999999999'],
    ['SO_RCVBUF', ''],
    ['TCP_NODELAY', 'perhaps'],
    ['TCP_NODELAY', ''],
    ['SO_LINGER', 'x'],
    ['SO_LINGER', ''],
    ['SO_RCVTIMEO', '-1'],
    ['SO_MAX_PACING_RATE', '99999999999999999999'],
    ['IP_MULTICAST_IF', '1.2.3.400'],
    ['IP_OPTIONS', '0'],
  ])('%s=%s is refused with a sentence', (name, typed) => {
    expect(readOptionValue(option(name), typed)).toMatchObject({ok: false, says: expect.stringMatching(/\w/)});
  });

  test('are shown in words', () => {
    expect(optionText(option('SO_TYPE'), 1)).toBe('1 SOCK_STREAM');
    expect(optionText(option('TCP_NODELAY'), true)).toBe('on');
    expect(optionText(option('SO_LINGER'), {on: true, seconds: 0})).toBe('on, 0 s');
    expect(optionText(option('SO_RCVTIMEO'), 0)).toBe('0 s: for ever');
    expect(optionText(option('SO_MAX_PACING_RATE'), String(2n ** 64n - 1n))).toBe('no limit');
    expect(optionText(option('TCP_CONGESTION'), 'a\x1b')).toBe('a\\x1b');
    expect(optionText(option('IP_OPTIONS'), Uint8Array.of(255))).toBe('ff');
  });
});

describe('what the kernel makes of a value', () => {
  test.each([
    ['SO_RCVBUF', 65536, 131072, 'doubled it'],
    ['SO_RCVBUF', 1, 2304, 'the least'],
    ['SO_SNDBUF', 1 << 30, 425984, 'net.core.wmem_max'],
    ['TCP_NODELAY', true, true, 'exactly'],
    ['SO_RCVTIMEO', 0.0011, 0.004, 'ticks'],
    ['IP_TOS', 255, 252, 'ECN'],
    ['SO_MARK', 1, 2, 'something else'],
    ['SO_MARK', 1, undefined, 'does not tell'],
  ])('%s %s → %s', (name, asked, got, wanted) => {
    expect(senseOf({name}, asked, got)).toContain(wanted);
  });

  test.each([
    ['SO_TYPE', 'ENOPROTOOPT', 'only be read'],
    ['SO_MARK', 'EPERM', 'CAP_NET_ADMIN'],
    ['TCP_KEEPIDLE', 'EINVAL', '1 to 32767'],
    ['TCP_NODELAY', 'ENOPROTOOPT', 'no TCP_NODELAY'],
    ['TCP_CONGESTION', 'ENOENT', 'congestion'],
    ['SO_BINDTODEVICE', 'ENODEV', 'no such network device'],
  ])('%s refused with %s', (name, errno, wanted) => {
    const {says, next} = whyNotSet(option(name), errno);
    expect(`${says}. ${next}`).toContain(wanted);
    expect(next).not.toBe('');
  });
});

describe('fields', () => {
  test('settings end at a comma only where another begins', () => {
    expect(readSettings('SO_LINGER=on, 5, tcp_nodelay=1')).toEqual([
      {ok: true, value: {name: 'SO_LINGER', value: 'on, 5'}},
      {ok: true, value: {name: 'TCP_NODELAY', value: '1'}},
    ]);
    expect(readSettings('  ')).toEqual([]);
  });

  test('a name that does not exist says which was meant', () => {
    expect(optionsFields.set.read('RCVBUF=5')).toMatchObject({says: expect.stringContaining('SO_RCVBUF')});
    expect(optionsFields.set.read('SO_RCVBUF')).toMatchObject({says: expect.stringContaining('NAME=VALUE')});
    expect(optionsFields.name.read('nosuch')).toMatchObject({ok: false});
  });

  test('names, parts of names and patterns choose', () => {
    const names = (name: string, kind: SocketKind = 'tcp4') => wantedOptions({kind, name}).map(one => one.name);
    expect(names('SO_TIMESTAMP')).toEqual(['SO_TIMESTAMP']);
    expect(names('rcvbuf, SO_KEEP*')).toEqual(['SO_RCVBUF', 'SO_KEEPALIVE']);
    expect(names('TCP_NODELAY', 'udp4')).toEqual(['TCP_NODELAY']);
    expect(names('')).not.toContain('UDP_CORK');
    expect(names('', 'udp6')).toContain('IPV6_V6ONLY');
  });

  test('--set may be given again and again', async () => {
    const words = ['tcp', 'options', '--set', 'SO_RCVBUF=1', '--set', 'TCP_NODELAY=yes'];
    const parsed = await parse(words, {experiments: async () => [optionsExperiment]});
    expect(parsed).toMatchObject({ok: true, value: {ask: {set: 'SO_RCVBUF=1, TCP_NODELAY=yes'}}});
  });
});

describe.skipIf(noLibc)('on real sockets', () => {
  const world = createWorld();
  const bench = new Workbench(world);
  afterEach(() => bench.close());

  /** Runs until everything was read and set, and then ends it. */
  async function read(more: Partial<OptionsAsk>): Promise<Run> {
    const run = bench.start(optionsExperiment, ask(more), {headless: true});
    await run.act({action: 'again'});
    await run.stop();
    return run;
  }

  test.each(socketKindNames)('every option of %s is told once, with its constant', async kind => {
    const run = await read({kind});
    const told = of(run, 'option').filter(({changed}) => !changed);
    const wanted = wantedOptions(ask({kind}));
    expect(told.map(({level, name, number}) => [level, name, number])).toEqual(
      wanted.map(({level, name, number}) => [level, name, number]),
    );
    const value = (name: string) => told.find(one => one.name === name)?.value;
    expect(value('SO_TYPE')).toBe(socketKinds[kind].type === 'SOCK_STREAM' ? 1 : 2);
    expect(value('SO_ACCEPTCONN')).toBe(kind === 'listening');
    expect((value('TCP_INFO') as {state?: string} | undefined)?.state).toBe(
      {connected: 'ESTABLISHED', listening: 'LISTEN', tcp4: 'CLOSE', tcp6: 'CLOSE', udp4: undefined, udp6: undefined}[
        kind
      ],
    );
    expect(of(run, 'socket')[0]).toMatchObject({of: kind});
    expect(of(run, 'socket')[0]?.remote === undefined).toBe(kind !== 'connected');
    const schemas = optionsEvents as Readonly<Record<string, {fields: Parameters<typeof objectSchema>[0]}>>;
    for (const event of run.journal) {
      const {kind: name, t: _t, run: _run, seq: _seq, ...fields} = toJson(event, undefined);
      const schema = objectSchema(schemas[name]!.fields);
      expect(misfit(JSON.parse(stringify(fields)), schema, schema), name).toBeUndefined();
    }
  });

  test('a buffer is doubled, and with it changes what else it touches', async () => {
    const run = await read({set: 'SO_RCVBUF=50000'});
    const [set] = of(run, 'set');
    expect(set).toMatchObject({asked: '50000', after: '100000', kept: false, result: 0});
    expect(set?.says).toContain('doubled');
    expect(Number(set?.before)).not.toBe(100000);
    expect(
      of(run, 'option')
        .filter(({changed}) => changed)
        .map(({name, value}) => [name, value]),
    ).toEqual([
      ['SO_RCVBUF', 100000],
      ['SO_BUF_LOCK', 2],
    ]);
    const row = (run.state as typeof startOptions).rows.find(({name}) => name === 'SO_RCVBUF');
    expect(row).toMatchObject({text: '100000', before: set!.before, set: {asked: '50000'}});
    expect(([...run.journal] as unknown as OptionsEvent[]).reduce(reduceOptions, startOptions)).toEqual(run.state);
  });

  test('values of every type can be set, and are read back', async () => {
    const wanted = [
      ['TCP_NODELAY', 'yes', 'on'],
      ['SO_LINGER', '7', 'on, 7 s'],
      ['SO_KEEPALIVE', '1', 'on'],
      ['TCP_KEEPIDLE', '60', '60'],
      ['IP_TTL', '5', '5'],
      ['TCP_CONGESTION', 'reno', 'reno'],
      ['SO_RCVTIMEO', '1.5', '1.5 s'],
    ];
    const run = await read({name: 'SO_TYPE', set: wanted.map(([name, value]) => `${name}=${value}`).join(', ')});
    expect(of(run, 'set').map(({name, after, kept}) => [name, after, kept])).toEqual(
      wanted.map(([name, , after]) => [name, after, true]),
    );
  });

  test.each([
    ['tcp4', 'SO_TYPE', '2', 'ENOPROTOOPT', 'only be read'],
    ['udp4', 'TCP_NODELAY', '1', 'ENOPROTOOPT', 'no TCP_NODELAY'],
    ['tcp4', 'TCP_KEEPIDLE', '0', 'EINVAL', 'does not take this value'],
    ['tcp4', 'TCP_CONGESTION', 'nosuch', 'ENOENT', 'no such congestion'],
  ] as const)(
    '%s refuses %s=%s with %s: nothing changes, and the command fails',
    async (kind, name, value, errno, says) => {
      const shown = bench.start(optionsExperiment, ask({kind, name}));
      const problem = await shown.act({action: 'set', args: {name, value}});
      expect(problem).toMatchObject({errno, says: expect.stringContaining(says), next: expect.stringMatching(/.+/)});
      const [set] = of(shown, 'set');
      expect([set?.errno, set?.before]).toEqual([errno, set?.after]);
      expect(shown.status).toBe('running');
      const command = bench.start(optionsExperiment, ask({kind, name, set: `${name}=${value}`}), {headless: true});
      await command.ended;
      expect([command.status, command.problem?.errno]).toEqual(['failed', errno]);
    },
  );

  test('a name or a value that cannot be meant is refused before any call', async () => {
    const run = bench.start(optionsExperiment, ask({name: 'SO_TYPE'}));
    expect(await run.act({action: 'set', args: {name: 'SO_NOSUCH', value: '1'}})).toMatchObject({
      code: 'tcp.options.name',
    });
    expect(await run.act({action: 'set', args: {name: 'SO_RCVBUF', value: 'x'}})).toMatchObject({
      code: 'tcp.options.value',
    });
    expect(of(run, 'set')).toEqual([]);
  });

  test('leaves no process', async () => {
    const run = bench.start(optionsExperiment, ask());
    await eventually(
      () => of(run, 'socket').length,
      count => count > 0,
    );
    await run.stop();
    expect([run.status, world.actors.running()]).toEqual(['stopped', []]);
  });

  test.skipIf(noPython).each(socketKindNames)('%s: the numbers are those Python reads', async kind => {
    const program = code('Python', {kind});
    const python = new Map(
      runTool('python3', ['-c', program])
        .trim()
        .split('\n')
        .map(line => split(line)),
    );
    const run = await read({kind});
    // Of these each socket has its own, or the kernel measures it.
    const own = ['SO_INCOMING_CPU', 'SO_INCOMING_NAPI_ID', 'TCP_TIMESTAMP', 'TCP_WINDOW_CLAMP'];
    const numbers = of(run, 'option').filter(
      ({type, name, errno}) => (type === 'int' || type === 'bool') && !own.includes(name) && errno === undefined,
    );
    expect(numbers.length).toBeGreaterThan(60);
    // `bool` here is any number but 0.
    const ours = numbers.map(({name, type, value}) => [name, type === 'bool' ? Boolean(value) : value]);
    const theirs = numbers.map(({name, type}) => {
      const value = Number(python.get(name));
      return [name, type === 'bool' ? value !== 0 : value];
    });
    expect(ours).toEqual(theirs);
    for (const {name, errno} of of(run, 'option'))
      if (python.has(name))
        expect([name, errno === undefined]).toEqual([name, !Number.isNaN(Number(python.get(name)))]);
  });

  test.skipIf(noPython)('a value set in Python becomes what it becomes here', async () => {
    const set = 'SO_RCVBUF=70000, SO_SNDBUF=1, TCP_NODELAY=yes, TCP_DEFER_ACCEPT=4';
    const output = runTool('python3', [
      '-c',
      code('Python', {set, name: 'SO_RCVBUF, SO_SNDBUF, TCP_NODELAY, TCP_DEFER_ACCEPT'}),
    ]);
    const run = await read({set, name: 'SO_TYPE'});
    const ours = of(run, 'set').map(({name, after}) => `${name} ${after === 'on' ? 1 : after}`);
    expect(ours.toSorted()).toEqual(output.trim().split('\n').toSorted());
  });

  test('the programs in C and Node run', async () => {
    if (!has('cc')) return;
    const {mkdtempSync, rmSync} = await import('node:fs');
    const directory = mkdtempSync('/tmp/options-');
    runTool(
      'cc',
      ['-Wall', '-Werror', '-x', 'c', '-o', `${directory}/a`, '-'],
      code('C', {name: 'SO_RCVBUF', set: 'SO_RCVBUF=70000'}),
    );
    expect(runTool(`${directory}/a`, [])).toBe('SO_RCVBUF 140000\n');
    rmSync(directory, {recursive: true});
    expect(runTool(nodeProgram, ['--input-type=module', '-e', code('Node', {kind: 'udp4'})])).toMatch(
      /^SO_RCVBUF \d+\nSO_SNDBUF \d+\n$/,
    );
    expect(runTool(nodeProgram, ['--input-type=module', '-e', code('Node', {kind: 'tcp4'})])).toBe('set\n');
  });
});

function code(language: string, more: Partial<OptionsAsk>): string {
  return optionsExperiment.equivalents(ask(more)).find(one => one.language === language)!.code;
}

function split(line: string): [string, string] {
  const at = line.indexOf(' ');
  return [line.slice(0, at), line.slice(at + 1)];
}
