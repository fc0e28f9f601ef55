import dgram from 'node:dgram';
import {once} from 'node:events';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {traceExperiment} from '../../../src/chapters/names/trace.ts';
import type {TraceState} from '../../../src/chapters/names/trace-state.ts';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {isSubdomain, sameName} from '../../../src/wire/dns/name.ts';
import type {Message, Question, ResourceRecord} from '../../../src/wire/dns/types.ts';
import {parseZone} from '../../../src/wire/dns/zone-file.ts';
import {Running} from '../tcp/running.ts';

/** A small internet of its own: some addresses of loopback, all with one port. */
type Speaker = (question: Question) => Partial<Message>;
type Internet = Readonly<Record<string, Speaker>>;

const records = (text: string) => parseZone(text, {origin: '.', ttl: 60}).records;

/** A server of a zone that has these records, delegations among them, and does as RFC 1034 §4.3.2 says. */
function serves(zone: string, text: string): Speaker {
  const all = records(text);
  const has = (name: string, type: number) => all.filter(one => one.type === type && sameName(one.name, name));
  return ({name, type}) => {
    const cut = all.find(one => one.type === 2 && !sameName(one.name, zone) && isSubdomain(name, one.name));
    const authority = {aa: true};
    if (cut === undefined) return {answers: [...has(name, type), ...has(name, 5)], flags: flagsWith(authority)};
    const authorities = has(cut.name, 2);
    return {authorities, additionals: all.filter(one => one.type === 1)};
  };
}

const flagsWith = (more: object) => ({
  ...{aa: false, tc: false, rd: false, ra: false, z: false, ad: false, cd: false},
  ...more,
});

/** Binds every address to the same port; `undefined` where this machine has only 127.0.0.1. */
async function opened(internet: Internet): Promise<{port: number; close(): void} | undefined> {
  const sockets: dgram.Socket[] = [];
  let port = 0;
  for (const [address, speaks] of Object.entries(internet)) {
    const socket = dgram.createSocket('udp4');
    sockets.push(socket);
    socket.on('message', (bytes, from) => {
      const {message} = decodeMessage(bytes);
      const said = speaks(message.questions[0]!);
      const none: readonly ResourceRecord[] = [];
      const empty = {answers: none, authorities: none, additionals: none, flags: flagsWith({})};
      const {edns: _edns, ...query} = message;
      socket.send(encodeMessage({...query, ...empty, response: true, ...said}), from.port, from.address);
    });
    socket.bind(port, address);
    try {
      await once(socket, 'listening');
    } catch (error) {
      console.warn(`${address} cannot be bound here (${(error as Error).message}): the check is left out`);
      for (const one of sockets.slice(0, -1)) one.close();
      return undefined;
    }
    port = socket.address().port;
  }
  const close = () => {
    for (const socket of sockets) socket.close();
  };
  return {port, close};
}

let running: Running;
let net: Awaited<ReturnType<typeof opened>>;

beforeEach(() => {
  running = new Running();
});
afterEach(async () => {
  await running.close();
  net?.close();
});

async function traced(internet: Internet, name: string, ask: object = {}): Promise<TraceState | undefined> {
  net = await opened(internet);
  if (net === undefined) return undefined;
  const quick = {
    ...defaultsOf(traceExperiment.fields),
    wait: 1,
    retries: 1,
    port: net.port,
    root: Object.keys(internet)[0],
  };
  const {run} = running.start(traceExperiment, {...quick, name, ...ask});
  await run.ended;
  expect(run.problem?.code ?? 'dns.no-answer').toBe('dns.no-answer');
  return run.state as TraceState;
}

const root = serves(
  '.',
  `odd. NS ns1.odd.
odd. NS ns2.odd.
odd. NS old.odd.
ns1.odd. A 127.5.0.2
ns2.odd. A 127.5.0.3
old.odd. A 127.5.0.2`,
);

const odd = (serial: number, address: string) =>
  serves(
    'odd.',
    `odd. SOA ns1.odd. h.odd. ${serial} 1 1 1 1
odd. NS ns1.odd.
odd. NS ns2.odd.
odd. NS ns3.odd.
ns1.odd. A 127.5.0.2
ns2.odd. A 127.5.0.4
ns3.odd. A 127.5.0.3
www.odd. A ${address}`,
  );

describe('servers of a zone', () => {
  test('that say different things are set side by side, with their versions', async context => {
    const internet = {'127.5.0.1': root, '127.5.0.2': odd(1, '192.0.2.1'), '127.5.0.3': odd(2, '192.0.2.2')};
    const state = await traced(internet, 'www.odd');
    if (state === undefined) return context.skip();
    const findings = new Map(state.findings.map(({code, says}) => [code, says]));
    expect(findings.get('disagree')).toMatch(/servers of odd\. disagree.*ns1\.odd\..*ns2\.odd\./);
    expect(findings.get('serial')).toMatch(/ns1\.odd\. \(127\.5\.0\.2\) has 1, .*\(127\.5\.0\.3\) has 2/);
    const differences = state.findings.filter(({code}) => code === 'ns-differ').map(({says}) => says);
    expect(differences).toEqual([
      'Only . names old.odd. as a server of odd.',
      'Only odd. itself names ns3.odd. as its server',
    ]);
    const glue = state.findings.filter(({code}) => code === 'glue-differ').map(({says}) => says);
    expect(glue).toEqual([
      'The glue of ns2.odd. is 127.5.0.3, and odd. has 127.5.0.4',
      'The glue of old.odd. is 127.5.0.2, and odd. has no address',
    ]);
  });

  test('that agree have no findings, however their records are ordered', async context => {
    const zone = (first: string, second: string) =>
      serves(
        'even.',
        `even. SOA ns.even. h.even. 1 1 1 1 1
even. NS ${first}
even. NS ${second}
a.even. A 127.5.0.2
b.even. A 127.5.0.3
www.even. A 192.0.2.${first === 'a.even.' ? '1\nwww.even. A 192.0.2.2' : '2\nwww.even. A 192.0.2.1'}`,
      );
    const parent = serves('.', 'even. NS A.even.\neven. NS b.even.\na.even. A 127.5.0.2\nb.even. A 127.5.0.3');
    const internet = {
      '127.5.0.1': parent,
      '127.5.0.2': zone('a.even.', 'b.even.'),
      '127.5.0.3': zone('b.even.', 'a.even.'),
    };
    const state = await traced(internet, 'www.even');
    if (state === undefined) return context.skip();
    expect(state.findings).toEqual([]);
    expect(state.answer?.records).toHaveLength(2);
  });

  test.each([
    ['refers back up', () => ({authorities: records('. NS a.root.')}), /does not lead further down/],
    ['refers to itself', () => ({authorities: records('odd. NS ns1.odd.')}), /does not lead further down/],
    ['answers without authority', () => ({answers: records('www.odd. A 192.0.2.1')}), /without authority/],
    ['knows nothing', () => ({}), /knows nothing/],
    ['fails', () => ({rcode: 2}), /SERVFAIL/],
    ['refuses', () => ({rcode: 5}), /REFUSED/],
  ] as const)('one that %s is of no use', async (_what, speaks, says) => {
    const state = await traced({'127.5.0.1': root, '127.5.0.2': speaks, '127.5.0.3': speaks}, 'www.odd');
    const found = state?.findings.filter(({says: text}) => says.test(text)) ?? [];
    expect(found.length).toBe(state === undefined ? 0 : 3);
    expect(state?.ended?.says ?? 'No server of odd. is of use').toBe('No server of odd. is of use');
  });
});

describe('server names without addresses', () => {
  test('are looked up from the root, and each only once', async context => {
    const parent = serves('.', 'far. NS ns.near.\nnear. NS ns.near.\nns.near. A 127.5.0.2');
    const noGlue: Speaker = question => {
      const said = parent(question);
      return isSubdomain(question.name, 'far.') ? {...said, additionals: []} : said;
    };
    const near = serves('near.', 'near. SOA ns.near. h.near. 1 1 1 1 1\nnear. NS ns.near.\nns.near. A 127.5.0.2');
    const far = serves('far.', 'far. SOA ns.near. h.near. 1 1 1 1 1\nfar. NS ns.near.\nwww.far. A 192.0.2.9');
    const both: Speaker = question => (isSubdomain(question.name, 'far.') ? far(question) : near(question));
    const state = await traced({'127.5.0.1': noGlue, '127.5.0.2': both}, 'www.far');
    if (state === undefined) return context.skip();
    const zone = state.zones.find(one => one.zone === 'far.');
    expect(zone?.servers).toEqual([{name: 'ns.near.', addresses: ['127.5.0.2'], source: 'looked up'}]);
    expect(state.answer?.records[0]).toContain('192.0.2.9');
    expect(state.asked.some(({why}) => why === 'look-up')).toBe(true);
  });

  test('that wait for each other end with a sentence', async context => {
    const parent = serves('.', 'one. NS ns.two.\ntwo. NS ns.one.');
    const state = await traced({'127.5.0.1': parent}, 'www.one');
    if (state === undefined) return context.skip();
    expect(state.ended?.says).toBe('No server of one. is of use');
    expect(state.findings.map(({code}) => code)).toContain('no-address');
    expect(state.ended?.queries).toBeLessThan(30);
  });

  test('glue for a name that the parent cannot know of is not believed', async context => {
    const parent = serves('.', 'odd. NS ns1.odd.\nns1.odd. A 127.5.0.2');
    const liar: Speaker = question =>
      isSubdomain(question.name, 'sub.odd.')
        ? {authorities: records('sub.odd. NS ns.victim.'), additionals: records('ns.victim. A 127.5.0.9')}
        : odd(1, '192.0.2.1')(question);
    const state = await traced({'127.5.0.1': parent, '127.5.0.2': liar}, 'www.sub.odd', {wait: 0.2});
    if (state === undefined) return context.skip();
    expect(state.zones.at(-1)?.servers).toEqual([{name: 'ns.victim.', addresses: [], source: 'none'}]);
    expect(state.asked.some(({address}) => address.startsWith('127.5.0.9'))).toBe(false);
  });
});

test('aliases without end are given up', async context => {
  let count = 0;
  const endless: Speaker = ({name}) => ({
    answers: records(`${name} CNAME n${++count}.more.\n`),
    flags: flagsWith({aa: true}),
  });
  const state = await traced({'127.5.0.1': endless}, 'start.more', {depth: 6});
  if (state === undefined) return context.skip();
  expect(state.ended?.says).toMatch(/^More than 6 zones and aliases/);
});
