import {createServer, type Server} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {lookupExperiment} from '../../../src/chapters/names/lookup.ts';
import {lookupFields} from '../../../src/chapters/names/lookup-fields.ts';
import type {LookupState} from '../../../src/chapters/names/lookup-state.ts';
import {startUnprivileged} from '../../../src/lab/apart.ts';
import {createWorld, type World} from '../../../src/world/world.ts';
import {eventually, has, noLibc, run as runTool} from '../../world/support/tools.ts';
import {Running, type Started, told} from '../tcp/running.ts';
import {apartIsAllowed, apartWorld} from './names-apart.ts';

const running: Running[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await Promise.all(running.splice(0).map(one => one.close()));
});

function begin(
  ask: object,
  options: {headless?: boolean} = {},
  change?: ConstructorParameters<typeof Running>[0],
): Started {
  const one = new Running(change);
  running.push(one);
  return one.start(lookupExperiment, {...defaultsOf(lookupFields), ...ask}, options);
}

async function done(ask: object, change?: ConstructorParameters<typeof Running>[0]): Promise<Started> {
  const started = begin(ask, {}, change);
  await started.run.ended;
  return started;
}

const rows = (started: Started) =>
  told(started, 'row').map(row => [row['family'], row['type'], row['protoNumber'], row['canonname'], row['sockaddr']]);
const stateOf = ({run}: Started) => run.state as LookupState;
const line = (started: Started) =>
  started.events.map(event => lookupExperiment.line(event as never, undefined, started.run.ask as never));

/** A server on loopback, at the address given. */
async function listening(host = '127.0.0.1'): Promise<number> {
  const server = createServer(socket => socket.destroy()).listen(0, host);
  servers.push(server);
  await new Promise(ready => server.once('listening', ready));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe.skipIf(noLibc)('rows', () => {
  test('a literal has a row for each type, and nobody is asked', async () => {
    const started = await done({host: '127.0.0.1', service: '80'});
    expect(started.run.status).toBe('done');
    expect(rows(started)).toEqual([
      ['AF_INET', 'SOCK_STREAM', 6, '', ['127.0.0.1', 80]],
      ['AF_INET', 'SOCK_DGRAM', 17, '', ['127.0.0.1', 80]],
      ['AF_INET', 'SOCK_RAW', 0, '', ['127.0.0.1', 80]],
    ]);
    expect(told(started, 'row')[0]).toMatchObject({
      familyNumber: 2,
      typeNumber: 1,
      proto: 'IPPROTO_TCP',
      length: 16,
      raw: '020000507f0000010000000000000000',
    });
    expect(told(started, 'origin')).toMatchObject([{from: 'literal'}]);
    expect(told(started, 'switch')).toEqual([]);
  });

  test('the canonical name of a name in the hosts file, with the line it stands on', async () => {
    const started = await done({host: 'localhost', service: '', type: 'stream', flags: 'canonname'});
    expect(rows(started)[0]?.[3]).toBe('localhost');
    expect(told(started, 'origin')).toMatchObject([{from: 'files'}]);
    expect(told(started, 'hosts')[0]).toMatchObject({file: '/etc/hosts', text: expect.stringContaining('localhost')});
    expect(told(started, 'source')).toMatchObject([{name: 'files'}]);
    expect(line(started).join('\n')).toContain(
      "AF_INET 2    SOCK_STREAM 1     IPPROTO_TCP 6    localhost  ('127.0.0.1', 0)",
    );
  });

  test.each([
    ['passive', '0.0.0.0', /bind/],
    ['', '127.0.0.1', /loopback/],
  ])('no host with flags “%s” is %s', async (flags, host, says) => {
    const started = await done({host: '', service: '80', family: 'inet', type: 'stream', flags});
    expect(rows(started)).toEqual([['AF_INET', 'SOCK_STREAM', 6, '', [host, 80]]]);
    expect(told(started, 'origin')).toMatchObject([{from: 'null', says: expect.stringMatching(says)}]);
  });

  test('an address of IPv6 keeps its scope', async () => {
    const started = await done({host: 'fe80::1%1', service: '80', type: 'stream'});
    expect(rows(started)).toEqual([['AF_INET6', 'SOCK_STREAM', 6, '', ['fe80::1', 80, 0, 1]]]);
  });

  test('a port counts modulo 65536, as in libc', async () => {
    expect(rows(await done({host: '127.0.0.1', service: '99999', type: 'stream'}))[0]?.[4]).toEqual([
      '127.0.0.1',
      34463,
    ]);
  });
});

describe.skipIf(noLibc)('failures', () => {
  test.each([
    [{host: '127.0.0.1', family: 'inet6'}, 'EAI_ADDRFAMILY', -9],
    [{host: '127.0.0.1', family: 'packet'}, 'EAI_FAMILY', -6],
    [{host: '127.0.0.1', service: 'ssh', type: 'dgram'}, 'EAI_SERVICE', -8],
    [{host: '127.0.0.1', type: 'stream', protocol: 'udp'}, 'EAI_SOCKTYPE', -7],
    [{host: '', service: '80', flags: 'canonname'}, 'EAI_BADFLAGS', -1],
    [{host: '""', service: ''}, 'EAI_NONAME', -2],
    [{host: 'a name', service: '80', flags: 'numerichost'}, 'EAI_NONAME', -2],
    [{host: '127.0.0.1', service: 'http', flags: 'numericserv'}, 'EAI_NONAME', -2],
  ])('%j is %s', async (ask, code, number) => {
    const started = await done(ask);
    expect(started.run.status).toBe('failed');
    expect(started.run.problem).toMatchObject({errno: code, code});
    expect(told(started, 'failed')).toMatchObject([{code, number, errno: number, says: expect.stringMatching(/\w/)}]);
    expect(stateOf(started).phase).toBe('failed');
  });
});

describe.skipIf(noLibc)('letters beyond ASCII', () => {
  test('become xn-- before libc sees them', async () => {
    const started = await done({host: 'bücher.invalid', service: '', flags: 'numerichost'});
    expect(told(started, 'idn')).toMatchObject([
      {typed: 'bücher.invalid', ascii: 'xn--bcher-kva.invalid', asked: 'xn--bcher-kva.invalid'},
    ]);
    expect(told(started, 'asked')).toMatchObject([{node: 'xn--bcher-kva.invalid'}]);
  });

  test('with AI_IDN are libc’s to encode, in a locale that knows them', async () => {
    const started = await done({host: 'faß.invalid', service: '', flags: 'idn numerichost'});
    expect(told(started, 'idn')).toMatchObject([{ascii: 'xn--fa-hia.invalid', asked: 'faß.invalid'}]);
    expect(told(started, 'call')[0]).toMatchObject({text: 'setlocale(LC_CTYPE, "C.UTF-8")'});
  });
});

describe.skipIf(noLibc)('connecting', () => {
  test('makes the socket of the row and calls connect() with just its address', async () => {
    const port = await listening();
    const started = await done({host: '127.0.0.1', service: String(port), connect: '1'});
    const calls = told(started, 'call')
      .filter(call => call['purpose'] === 'connect')
      .map(call => String(call['text']));
    expect(calls[0]).toBe('socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 6)');
    expect(calls[1]).toMatch(new RegExp(`^connect\\(\\d+, \\{127\\.0\\.0\\.1:${port}\\}, 16\\)$`));
    expect(told(started, 'attempt')).toMatchObject([{row: 1, address: `127.0.0.1:${port}`, connected: true}]);
    expect(told(started, 'asked')).toHaveLength(1);
  });

  test('a failure moves on to the next row when that is asked for', async () => {
    const started = await done({host: '127.0.0.1', service: '9', connect: 'first'});
    expect(told(started, 'attempt')).toMatchObject([
      {row: 1, connected: false, errno: 'ECONNREFUSED'},
      {row: 2, connected: true, means: expect.stringContaining('not a single packet')},
    ]);
    expect(started.run.status).toBe('done');
  });

  test('a refusal on loopback offers the lab’s web server', async () => {
    const {run} = await done({host: '127.0.0.1', service: '9', connect: '1'});
    expect(run.problem).toMatchObject({errno: 'ECONNREFUSED', fix: {ask: {lab: true, connect: 'first'}}});
  });

  test('a raw socket is refused, and it is said why', async () => {
    const started = await done({host: '127.0.0.1', service: '80', connect: '3'});
    expect(told(started, 'attempt')).toMatchObject([
      {row: 3, connected: false, means: expect.stringMatching(/raw socket/)},
    ]);
    expect(started.run.status).toBe('failed');
  });

  test('a row that is not there is a problem with a next step', async () => {
    const {run} = await done({host: '127.0.0.1', service: '80', connect: '9'});
    expect(run.problem).toMatchObject({code: 'names.row', next: 'Name one from 1 to 3.'});
  });

  test('by hand: connect, close, and the sockets are gone with the run', async () => {
    const port = await listening();
    const started = begin({host: '127.0.0.1', service: String(port)}, {headless: false});
    const {run} = started;
    await eventually(() => stateOf(started).origin, Boolean);
    expect(await run.act({action: 'connect', args: {row: 1}})).toBeUndefined();
    expect(stateOf(started).open).toBe(1);
    expect(await run.act({action: 'close'})).toBeUndefined();
    expect(await run.act({action: 'close'})).toMatchObject({code: 'action.impossible'});
    await run.act({action: 'rest', args: {row: 1}});
    await run.act({action: 'again'});
    expect(stateOf(started).attempts).toEqual({});
    await run.stop();
    expect(running[0]!.world.actors.running()).toEqual([]);
  });
});

describe.skipIf(noLibc)('without privileges', () => {
  /** Every actor without the right to do more than anybody. */
  const unprivileged = (world: World): World => ({
    ...world,
    actors: {
      ...world.actors,
      async start(options) {
        const started = await startUnprivileged(world, options);
        if (!started.ok) throw new Error(started.why);
        return started.actor;
      },
    },
  });

  test('a raw socket is refused with EPERM, and it is said what it takes', async ({skip}) => {
    const world = createWorld();
    const tried = await startUnprivileged(world, {name: 'probe'});
    await world.close();
    if (!tried.ok) {
      console.warn(`left out: ${tried.why}`);
      skip();
    }
    const started = await done(
      {host: '127.0.0.1', service: '', type: 'raw', protocol: 'icmp', connect: '1'},
      unprivileged,
    );
    expect(told(started, 'attempt')).toMatchObject([{errno: 'EPERM', means: expect.stringContaining('CAP_NET_RAW')}]);
  });
});

const hasPython = has('python3', '-c', '');

test.skipIf(noLibc || !hasPython)(
  'rows are Python’s, in Python’s order',
  async () => {
    const asked = [
      {host: 'localhost', service: 'www'},
      {host: 'localhost', service: 'domain', flags: 'canonname'},
      {host: '', service: '1060', flags: 'passive'},
      {host: '', service: '1060'},
      {host: '127.1', service: '99999', type: 'dgram'},
      {host: '::127.0.0.1', service: '80', type: 'stream'},
      {host: '127.0.0.1', service: '80', family: 'inet6', flags: 'v4mapped'},
    ] as const;
    for (const ask of asked) {
      const started = await done({...ask, sources: 'none'});
      const {run} = started;
      const program = lookupExperiment.equivalents(run.ask as never).find(({language}) => language === 'Python')!;
      const json = 'import json; print(json.dumps([[int(f), int(k), p, c, list(a)] for f, k, p, c, a in infolist]))';
      const python = runTool('python3', ['-c', `${program.code.split('for family')[0]}\n${json}`]);
      const ours = told(started, 'row').map(row => [
        row['familyNumber'],
        row['typeNumber'],
        row['protoNumber'],
        row['canonname'],
        row['sockaddr'],
      ]);
      expect([ask, ours]).toEqual([ask, JSON.parse(python)]);
    }
  },
  60_000,
);

test('without libc Node looks up, and says what it cannot show', async () => {
  const started = await done({host: '127.0.0.1', service: 'www'}, world => ({
    ...world,
    capabilities: async () => ({...(await world.capabilities()), libc: {available: false, why: 'Not here.'}}),
  }));
  expect(started.run.status).toBe('done');
  expect(told(started, 'notice')).toMatchObject([{says: expect.stringMatching(/“www” is left out.*Not here/)}]);
  expect(rows(started)).toEqual([['AF_INET', 'SOCK_STREAM', 6, '', ['127.0.0.1', 0]]]);
});

test('without libc no socket of a row can be made, which is a problem with a next step', async () => {
  for (const connect of ['1', 'first', 'all']) {
    const {run} = await done({host: '127.0.0.1', service: '80', connect}, world => ({
      ...world,
      capabilities: async () => ({...(await world.capabilities()), libc: {available: false, why: 'Not here.'}}),
    }));
    expect(run.problem).toMatchObject({code: 'names.no-libc', next: expect.stringContaining('tcp connect')});
  }
});

describe.skipIf(noLibc)('what is no name', () => {
  test.each([
    ['[::1]', /brackets/],
    ['http://x/', /URL/],
    ['256.0.0.1', /four numbers/],
    ['localhost:80', /as the service/],
    ['::1%nosuch', /link-local/],
    ['two words', /blanks/],
    ['www.example.test', /names query does/],
  ])('%s: what to write instead', async (host, next) => {
    const {run} = await done({host, service: '80', flags: 'numerichost'});
    expect(run.problem).toMatchObject({errno: 'EAI_NONAME', next: expect.stringMatching(next)});
  });
});

describe('what is typed', () => {
  test.each([
    ['flags', 'passive,nonsense', /no flag “nonsense”/],
    ['protocol', 'xyz', /no protocol/],
    ['connect', 'maybe', /none, first, all/],
    ['host', 'a\0b', /zero byte/],
    ['service', 'www, 80', /one service/],
  ] as const)('%s %j is refused', (name, typed, says) => {
    expect(lookupFields[name].read(typed)).toMatchObject({ok: false, says: expect.stringMatching(says)});
  });

  test.each(['AI_PASSIVE | AI_CANONNAME', 'passive canonname', 'PASSIVE,CANONNAME'])(
    'flags are understood as %s',
    async typed => {
      expect(lookupFields.flags.read(typed)).toMatchObject({ok: true});
    },
  );
});

const probe = createWorld();
const allowed = noLibc ? false : await apartIsAllowed(probe);

describe.skipIf(!allowed)('with a name server, in a network of its own', () => {
  const ask = {service: '80', family: 'inet', type: 'stream'};

  test.each([
    ['nx.test', 'EAI_NONAME'],
    ['nodata.test', 'EAI_NODATA'],
    ['refused.test', 'EAI_AGAIN'],
    ['silent.test', 'EAI_AGAIN'],
  ])('%s is %s, from the look-up and from the source alone', async (host, code) => {
    const started = await done({...ask, host}, apartWorld);
    expect(told(started, 'failed')).toMatchObject([{code}]);
    expect(told(started, 'source').at(-1)).toMatchObject({name: 'dns', code, addresses: []});
  });

  test('an address comes from dns', async () => {
    const started = await done({...ask, host: 'a.test'}, apartWorld);
    expect(rows(started)).toEqual([['AF_INET', 'SOCK_STREAM', 6, '', ['10.9.0.1', 80]]]);
    expect(told(started, 'origin')).toMatchObject([{from: 'dns'}]);
  });

  test('the target of an alias is the canonical name', async () => {
    const started = await done({...ask, host: 'alias.test', flags: 'canonname'}, apartWorld);
    expect(rows(started)).toEqual([['AF_INET', 'SOCK_STREAM', 6, 'a.test', ['10.9.0.1', 80]]]);
    expect(told(started, 'source').at(-1)).toMatchObject({canonical: 'a.test'});
  });

  test('forty addresses come over TCP after a truncated answer', async () => {
    const started = await done({...ask, host: 'big.test'}, apartWorld);
    expect(rows(started)).toHaveLength(40);
  });

  test('a look-up that hangs can be given up, and the next one works', async () => {
    const started = begin({...ask, host: 'silent.test', sources: 'none'}, {headless: false}, apartWorld);
    await eventually(() => told(started, 'resolver').length, Boolean);
    expect(await started.run.act({action: 'cancel'})).toBeUndefined();
    expect(stateOf(started).phase).toBe('cancelled');
    expect(running[0]!.world.actors.running()).toEqual([]);
    await started.run.act({action: 'again'});
    expect(told(started, 'failed')).toMatchObject([{code: 'EAI_AGAIN'}]);
  });

  test('ending the run ends a look-up that hangs', async () => {
    const started = begin({...ask, host: 'silent.test', sources: 'none'}, {headless: false}, apartWorld);
    await eventually(() => told(started, 'resolver').length, Boolean);
    await started.run.stop();
    expect(started.run.status).toBe('stopped');
    expect(told(started, 'failed')).toEqual([]);
    expect(running[0]!.world.actors.running()).toEqual([]);
  });
});
