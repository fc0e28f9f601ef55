import net from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {queryExperiment} from '../../../src/chapters/names/query.ts';
import type {QueryState} from '../../../src/chapters/names/query-state.ts';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {createSplitter, withLength} from '../../../src/wire/dns/framing.ts';
import type {Message} from '../../../src/wire/dns/types.ts';
import {answerFor, listening, type UdpServer, udpServer} from '../../world/dns/servers.ts';
import {Running, type Started, type StartOptions, told} from '../tcp/running.ts';

let running: Running;

beforeEach(() => {
  running = new Running();
});

afterEach(() => running.close());

const start = (ask: object, options: StartOptions = {}) =>
  running.start(queryExperiment, {...defaultsOf(queryExperiment.fields), ...ask}, options);

async function done(ask: object): Promise<Started> {
  const started = start(ask);
  await started.run.ended;
  return started;
}

const at = ({port}: {port: number}) => `127.0.0.1:${port}`;
const stateOf = ({run}: Started) => run.state as QueryState;
const kinds = ({events}: Started) => events.map(({kind}) => kind);
const notes = (started: Started) => told(started, 'note').map(({says}) => String(says));

/** What `--text` prints. */
function textOf({run, events}: Started): string {
  const lines = events.map(event => queryExperiment.line(event as never, run.journal.bytesOf(event), run.ask as never));
  return lines
    .map(line => {
      if (line === undefined || typeof line === 'string') return line === undefined ? '' : `${line}\n`;
      if ('raw' in line) return new TextDecoder().decode(line.raw);
      return 'aside' in line ? `aside: ${line.aside}\n` : '';
    })
    .join('');
}

/** The query turned into an answer by changing it as a message. */
function replying(change: (query: Message) => Partial<Message>) {
  return udpServer((query, reply) => {
    const {message} = decodeMessage(query);
    reply(encodeMessage({...message, response: true, ...change(message)}));
  });
}

const answering = (): Promise<UdpServer> => udpServer((query, reply) => reply(answerFor(query)));

describe('one question', () => {
  test('query and response are events with the members of RFC 8427, and every byte in one field', async () => {
    await using server = await answering();
    const started = await done({server: at(server)});
    expect(kinds(started)).toEqual(['query', 'response']);
    const [query, response] = started.events;
    expect(query).toMatchObject({
      number: 1,
      transport: 'udp',
      QR: 0,
      RD: 1,
      AD: 1,
      QNAME: 'www.example.test.',
      QTYPEname: 'A',
    });
    expect(response).toMatchObject({
      server: at(server),
      QR: 1,
      RCODEname: 'NOERROR',
      ANCOUNT: 1,
      tries: 1,
      ignored: 0,
      answerRRs: [{NAME: 'www.example.test.', TTL: 60, rdataA: '192.0.2.1'}],
    });
    for (const event of started.events) {
      const fields = event['fields'] as {offset: number; length: number}[];
      const bytes = started.run.journal.bytesOf(event)!;
      expect(event['size']).toBe(bytes.length);
      expect(fields.reduce((end, {offset, length}) => (offset === end ? end + length : -1), 0)).toBe(bytes.length);
    }
    expect(started.run.journal.bytesOf(started.events[0]!)).toEqual(new Uint8Array(server.heard[0]!));
  });

  test('as text it is what dig prints', async () => {
    await using server = await answering();
    const text = textOf(await done({server: at(server), id: 7, edns: false}));
    expect(text.replace(/time: \d+|WHEN: .*/g, match => match.replace(/\d+|: .*/, ': …'))).toContain(
      [
        ';; Got answer:',
        ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 7',
        ';; flags: qr aa; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0',
        '',
        ';; QUESTION SECTION:',
        ';www.example.test.\t\tIN\tA',
        '',
        ';; ANSWER SECTION:',
        'www.example.test.\t60\tIN\tA\t192.0.2.1',
        '',
      ].join('\n'),
    );
    expect(text).toContain(`;; SERVER: 127.0.0.1#${server.port}(127.0.0.1) (UDP)`);
    expect(textOf(await done({server: at(server), short: true}))).toBe('192.0.2.1\n');
  });

  test('any response is a success, none is a failure with a next step', async () => {
    await using refusing = await replying(() => ({rcode: 5}));
    expect((await done({server: at(refusing)})).run).toMatchObject({status: 'done', problem: undefined});
    await using silent = await udpServer(() => undefined);
    const failed = await done({server: at(silent), wait: 0.05, retries: 1});
    expect(kinds(failed)).toEqual(['query', 'note', 'failure']);
    expect(failed.run).toMatchObject({
      status: 'failed',
      problem: {code: 'dns.timeout', next: expect.stringMatching(/\.$/)},
    });
    expect(textOf(failed)).toBe('aside: No answer yet: sent again, try 2\n');
  });

  test('what is no answer to it is ignored, counted and said', async () => {
    await using server = await udpServer((query, reply) => {
      reply(answerFor(query, {id: 1}));
      reply(Uint8Array.of(0));
      reply(answerFor(query));
    });
    const started = await done({server: at(server), id: 2});
    expect(told(started, 'response')[0]).toMatchObject({ignored: 2});
    expect(stateOf(started).ignored).toBe(2);
    expect(notes(started).join()).toMatch(/its id is 1 and not 2/);
  });

  test('a cut answer is shown, and asked for again over TCP', async () => {
    await using server = await udpServer((query, reply) => reply(answerFor(query, {flags: 2})));
    const tcp = net.createServer(socket => {
      const splitter = createSplitter();
      socket.on('data', piece => {
        for (const query of splitter.push(piece as Uint8Array)) socket.write(withLength(answerFor(query)));
      });
    });
    await using _tcp = await listening(tcp, server.port);
    const started = await done({server: at(server)});
    expect(kinds(started).filter(kind => kind !== 'note')).toEqual(['query', 'truncated', 'response']);
    expect(told(started, 'truncated')[0]).toMatchObject({TC: 1, transport: 'udp'});
    expect(told(started, 'response')[0]).toMatchObject({TC: 0, transport: 'tcp', tries: 2});
    expect(textOf(started)).toContain(';; Truncated, retrying in TCP mode.');
    const kept = await done({server: at(server), ignoreTruncation: true});
    expect(kinds(kept)).toEqual(['query', 'response']);
  });

  test('a message that cannot be read whole is shown as far as it can', async () => {
    await using server = await udpServer((query, reply) => reply(answerFor(query).subarray(0, -2)));
    const started = await done({server: at(server), edns: false});
    const [response] = told(started, 'response');
    expect(response).toMatchObject({faults: [{reason: expect.any(String)}]});
    expect(JSON.stringify(response)).not.toMatch(/undefined|NaN/);
    expect(textOf(started)).toContain(';; FAULT: at byte');
  });
});

describe('names', () => {
  const asked = (started: Started) => told(started, 'query').map(({QNAME, QTYPEname}) => `${QNAME} ${QTYPEname}`);

  test.each([
    ['192.0.2.7', 'A', '7.2.0.192.in-addr.arpa. PTR'],
    ['192.0.2.7', 'NS', '7.2.0.192.in-addr.arpa. NS'],
    ['2001:db8::1', 'A', `1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa. PTR`],
  ])('%s %s is a reverse look-up', async (name, type, question) => {
    await using server = await answering();
    const started = await done({server: at(server), name, type});
    expect(asked(started)).toEqual([question]);
    expect(notes(started)[0]).toContain('is asked for as');
  });

  test('an address is a name like any other when reverse is off, and a name is no address', async () => {
    await using server = await answering();
    expect(asked(await done({server: at(server), name: '192.0.2.7', reverse: 'no'}))).toEqual(['192.0.2.7. A']);
    expect((await done({server: at(server), reverse: 'yes'})).run.problem).toMatchObject({code: 'dns.reverse'});
  });

  test('letters that DNS does not carry are told both ways', async () => {
    await using server = await answering();
    const started = await done({server: at(server), name: 'faß.test'});
    expect(asked(started)).toEqual(['xn--fa-hia.test. A']);
    expect(notes(started)[0]).toBe('faß.test is xn--fa-hia.test. in DNS (IDNA, RFC 5891)');
  });

  test('a search list is tried until something has an answer, and shown', async () => {
    await using server = await udpServer((query, reply) => {
      const {message} = decodeMessage(query);
      reply(
        message.questions[0]?.name === 'www.b.test.'
          ? answerFor(query)
          : encodeMessage({...message, response: true, rcode: 3}),
      );
    });
    const ask = {server: at(server), name: 'www', search: true, searchList: 'a.test b.test c.test', ndots: 1};
    const started = await done(ask);
    expect(asked(started)).toEqual(['www.a.test. A', 'www.b.test. A']);
    expect(notes(started)[0]).toContain('www.a.test., www.b.test., www.c.test., www.');
    expect(asked(await done({...ask, name: 'www.'}))).toEqual(['www. A']);
  });
});

test('a server that wants its cookie first is asked again with it, once', async () => {
  const secret = new Uint8Array(8).fill(7);
  await using server = await replying(({edns}) => {
    const given = edns!.options.find(({code}) => code === 10)!.data;
    const options = [{code: 10, data: Uint8Array.from([...given.subarray(0, 8), ...secret])}];
    return {rcode: given.length === 16 ? 0 : 23, edns: {...edns!, options}};
  });
  const started = await done({server: at(server), cookie: 'yes'});
  expect(told(started, 'response').map(({RCODEname}) => RCODEname)).toEqual(['BADCOOKIE', 'NOERROR']);
  expect(notes(started)).toEqual(['BADCOOKIE: asking again with the cookie the server gave']);
  expect(textOf(started)).toContain('(good)');
});

describe('several servers', () => {
  test('are asked at once, told in their order, and compared', async () => {
    await using slow = await udpServer((query, reply) => void setTimeout(() => reply(answerFor(query)), 60));
    await using quick = await answering();
    await using other = await replying(() => ({rcode: 3}));
    const started = await done({server: [slow, quick, other].map(at).join(', '), edns: false});
    expect(told(started, 'response').map(({server}) => server)).toEqual([slow, quick, other].map(at));
    expect(told(started, 'compared')[0]).toMatchObject({
      agree: false,
      groups: [
        {servers: [at(slow), at(quick)], says: 'NOERROR, 1 record', records: ['www.example.test. A 192.0.2.1']},
        {servers: [at(other)], says: 'NXDOMAIN, 0 records'},
      ],
    });
    expect(textOf(started)).toContain(';; SERVERS DIFFER about www.example.test. A:');
  });

  test('one that fails does not spoil the others, and is said', async () => {
    await using good = await answering();
    const gone = await (async () => {
      await using server = await answering();
      return at(server);
    })();
    const started = await done({server: `${gone}, ${at(good)}`});
    expect(started.run.status).toBe('done');
    expect(kinds(started)).toEqual(['query', 'failure', 'query', 'response']);
    expect(textOf(started)).toMatch(/aside: Nothing listens at/);
    const none = await done({server: `${gone}, ${gone}`});
    expect(none.run).toMatchObject({status: 'failed', problem: {code: 'dns.none'}});
  });

  test('several types go over one connection', async () => {
    let connections = 0;
    const tcp = net.createServer(socket => {
      connections++;
      const splitter = createSplitter();
      socket.on('data', piece => {
        for (const query of splitter.push(piece as Uint8Array)) socket.write(withLength(answerFor(query)));
      });
    });
    await using server = await listening(tcp);
    const started = await done({server: at(server), transport: 'tcp', type: 'A, AAAA, MX'});
    expect(told(started, 'response').map(({QTYPEname}) => QTYPEname)).toEqual(['A', 'AAAA', 'MX']);
    expect(connections).toBe(1);
    expect(notes(started).join()).toContain('is used again');
  });
});

describe('while somebody looks', () => {
  test('actions ask again, changed; the fields show what was changed', async () => {
    await using server = await answering();
    const {run, ...rest} = start({server: at(server)}, {headless: false});
    for (const step of [
      {action: 'again'},
      {action: 'type', args: {type: 'MX'}},
      {action: 'dnssec'},
      {action: 'checking'},
      {action: 'name', args: {name: 'b.test'}},
    ])
      expect(await run.act(step)).toBeUndefined();
    const started = {run, ...rest};
    expect(told(started, 'query').map(({QNAME, QTYPEname}) => `${QNAME} ${QTYPEname}`)).toEqual([
      'www.example.test. A',
      'www.example.test. A',
      'www.example.test. MX',
      'www.example.test. MX',
      'www.example.test. MX',
      'b.test. MX',
    ]);
    expect(told(started, 'query').map(({CD}) => CD)).toEqual([0, 0, 0, 0, 1, 1]);
    expect(stateOf(started)).toMatchObject({asked: {name: 'b.test', type: 'MX', dnssec: true, cd: true}, answered: 6});
    expect(queryExperiment.settled?.(stateOf(started))).toMatchObject({type: 'MX'});
    expect(run.status).toBe('running');
    expect(await run.act({action: 'server', args: {server: '127.0.0.1:9'}})).toMatchObject({code: 'dns.refused'});
    await run.stop();
  });

  test('it ends at once, also in the middle of a question', async () => {
    await using silent = await udpServer(() => undefined);
    const {run} = start({server: at(silent), wait: 60}, {headless: false});
    await new Promise(resolve => setTimeout(resolve, 50));
    await run.stop();
    expect(run.status).toBe('stopped');
  });

  test('steps of a command follow one another', async () => {
    await using server = await answering();
    const started = start({server: at(server)});
    expect(await started.run.act({action: 'type', args: {type: 'MX'}})).toBeUndefined();
    expect(await started.run.act({action: 'type', args: {type: 'TXT'}})).toBeUndefined();
    await started.run.ended;
    expect(told(started, 'query').map(({QTYPEname}) => QTYPEname)).toEqual(['A', 'MX', 'TXT']);
  });
});
