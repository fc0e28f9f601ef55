import {createServer, type Server, type Socket} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {mailExperiment} from '../../../src/chapters/names/mail.ts';
import {mailFields} from '../../../src/chapters/names/mail-fields.ts';
import {inOrder} from '../../../src/chapters/names/mail-walk.ts';
import {startMail} from '../../../src/lab/mail/server.ts';
import type {MailOptions, MailServer} from '../../../src/lab/mail/types.ts';
import {good, key} from '../../../src/lab/test-certificates.ts';
import {Running} from '../tcp/running.ts';
import {mailed, verbs} from './mailing.ts';

let running: Running;
const open: {close(): unknown}[] = [];

beforeEach(() => {
  running = new Running();
});

afterEach(async () => {
  await running.close();
  await Promise.all(open.splice(0).map(one => one.close()));
});

async function server(options: Partial<MailOptions> = {}): Promise<MailServer & {exchanger: string}> {
  const certificate = {key, cert: good};
  const base = {address: '127.0.0.1', port: 0, name: 'mail.example.test', behaviour: 'accept', certificate} as const;
  const started = await startMail({...base, ...options});
  open.push(started);
  return {...started, exchanger: `127.0.0.1:${started.port}`};
}

/** Somebody else’s server: it answers each line, and the connection, with what the table says. */
async function saying(answer: (line: string, socket: Socket) => string | undefined): Promise<string> {
  const listener: Server = createServer(socket => {
    socket.on('error', () => undefined);
    socket.write(answer('', socket) ?? '');
    socket.on('data', bytes => {
      for (const line of bytes.toString().split('\r\n').filter(Boolean)) socket.write(answer(line, socket) ?? '');
    });
    open.push({close: () => socket.destroy()});
  });
  open.push(listener);
  await new Promise<void>(done => listener.listen(0, '127.0.0.1', done));
  return `127.0.0.1:${(listener.address() as {port: number}).port}`;
}

describe('without Send or Probe', () => {
  test('nobody is spoken with, and the plan says what would be', async () => {
    const {exchanger, counts} = await server();
    const {state, events, run} = await mailed(running, {exchanger});
    expect(run.status).toBe('done');
    expect(counts()).toEqual({connections: 0, messages: 0});
    expect(state.verdict?.kind).toBe('planned');
    expect(state.plan).toContain('RCPT TO:<alice@example.test>');
    expect(events.map(({kind}) => kind)).toEqual(['exchanger', 'message', 'plan', 'verdict']);
  });
});

describe('with Probe', () => {
  test('it goes as far as RCPT, and takes it back', async () => {
    const {exchanger, counts} = await server();
    const {events, state} = await mailed(running, {exchanger, probe: true});
    expect(verbs(events)).toEqual(['EHLO', 'STARTTLS', 'EHLO', 'MAIL', 'RCPT', 'RSET', 'QUIT']);
    expect(counts()).toEqual({connections: 1, messages: 0});
    expect(state.verdict).toEqual({kind: 'probed', says: 'It would take mail for alice@example.test'});
  });
});

describe('with Send', () => {
  test('the message arrives byte for byte, over TLS', async () => {
    const {exchanger, messages} = await server();
    const body = String.raw`.\n..\n.dot\nZo\xc3\xab \xff\r\nend`;
    const {bytes, state, events, text} = await mailed(running, {exchanger, body, send: true});
    const [stored] = messages();
    expect(Buffer.from(stored!.content)).toEqual(bytes('message'));
    expect(stored).toMatchObject({from: 'bob@example.test', recipients: ['alice@example.test']});
    expect(stored?.tls).toMatch(/^TLSv1\.3 /);
    expect(stored?.trace).toMatch(/^Return-Path: <bob@example\.test>\r\nReceived: from \[127\.0\.0\.1\]/);
    expect(bytes('content').toString('latin1')).toContain('\r\n\r\n..\r\n...\r\n..dot\r\n');
    expect(events.find(({kind}) => kind === 'kept')).toMatchObject({identical: true});
    expect(state.verdict?.kind).toBe('sent');
    expect(text).toContain('*> MAIL FROM:<bob@example.test> SIZE=');
  });

  test('an address in another script needs a server that takes it', async () => {
    const {exchanger, messages} = await server();
    const to = 'zoë@bücher.example';
    await mailed(running, {exchanger, to, send: true});
    expect(messages()[0]?.recipients).toEqual(['zoë@xn--bcher-kva.example']);
    const plain = await server({eightBit: false});
    const {run} = await mailed(running, {exchanger: plain.exchanger, to, send: true});
    expect(run.problem?.says).toContain('does not offer SMTPUTF8');
  });

  test('a server without 8BITMIME gets quoted-printable', async () => {
    const {exchanger, messages} = await server({eightBit: false});
    const {events} = await mailed(running, {exchanger, body: 'Zoë', send: true});
    expect(Buffer.from(messages()[0]!.content).toString()).toMatch(/quoted-printable\r\n\r\nZo=C3=AB\r\n$/);
    expect(events.filter(({kind}) => kind === 'message')).toHaveLength(2);
  });

  test('a null sender is written <>', async () => {
    const {exchanger, messages} = await server();
    await mailed(running, {exchanger, from: '', send: true});
    expect(messages()[0]?.from).toBe('');
  });

  test.each([
    ['defer', 'alice', 'deferred', 451],
    ['refuse', 'alice', 'refused', 550],
    ['accept', 'nobody', 'refused', 550],
    ['accept', 'full', 'deferred', 452],
  ] as const)('%s %s: %s', async (behaviour, user, kind, code) => {
    const {exchanger} = await server({behaviour});
    const {run, state} = await mailed(running, {exchanger, to: `${user}@example.test`, send: true});
    expect(run.problem?.code).toBe(`mail.${kind}`);
    expect(run.problem?.says).toContain(`To RCPT it says ${code}`);
    expect(state.exchangers[0]?.outcome).toBe(kind);
  });

  test('needs an address, not a domain', async () => {
    const {run} = await mailed(running, {to: 'example.test', exchanger: '127.0.0.1:9', send: true});
    expect(run.problem?.code).toBe('mail.recipient');
  });

  test('fails where nobody listens', async () => {
    const {run} = await mailed(running, {exchanger: '127.0.0.1:9', send: true});
    expect(run.problem).toMatchObject({code: 'mail.unreachable'});
    expect(run.problem?.says).toContain('Nobody listens at 127.0.0.1:9');
  });
});

describe('STARTTLS', () => {
  test.each(['require', 'verify'] as const)('%s: a server that does not offer it gets nothing', async starttls => {
    const listener = await startMail({address: '127.0.0.1', port: 0, name: 'plain.test', behaviour: 'accept'});
    open.push(listener);
    const {run, events} = await mailed(running, {exchanger: `127.0.0.1:${listener.port}`, starttls, send: true});
    expect(run.problem?.code).toBe('mail.insecure');
    expect(verbs(events)).toEqual(['EHLO', 'QUIT']);
  });

  test('verify: a certificate that nobody trusts is not enough', async () => {
    const {exchanger, messages} = await server();
    const {run, events} = await mailed(running, {exchanger, starttls: 'verify', send: true});
    expect(run.problem?.code).toBe('mail.insecure');
    expect(events.find(({kind}) => kind === 'secured')).toMatchObject({trusted: false, subject: 'CN=localhost'});
    expect(messages()).toEqual([]);
  });

  test('auto: a handshake that fails is tried again in clear', async () => {
    const talk: Record<string, string> = {
      '': '220 x\r\n',
      EHLO: '250-x\r\n250 STARTTLS\r\n',
      STARTTLS: '220 go\r\nthis is no TLS\r\n',
    };
    const exchanger = await saying(line =>
      line.startsWith('\x16') ? '' : (talk[line.split(' ')[0]!] ?? '250 ok\r\n'),
    );
    const {events, state} = await mailed(running, {exchanger, probe: true, wait: 1});
    expect(verbs(events)).toEqual(['EHLO', 'STARTTLS', 'EHLO', 'MAIL', 'RCPT', 'RSET', 'QUIT']);
    expect(state.verdict?.kind).toBe('probed');
    expect(events.filter(({kind}) => kind === 'trying')).toMatchObject([{secure: true}, {secure: false}]);
  });
});

describe('servers that misbehave', () => {
  test.each([
    ['greets with 554', (): string => '554 go away\r\n', 'refused', 'It greets with 554'],
    [
      'is no mail server',
      (): string => 'HTTP/1.1 400 Bad Request\r\n',
      'unreachable',
      'A reply begins with three digits',
    ],
    ['is silent', (): string => '', 'unreachable', 'No reply within 1 s'],
    ['never ends its reply', (): string => '250-more\r\n'.repeat(600), 'unreachable', 'more than 500 lines'],
  ] as const)('one that %s', async (_what, answer, kind, says) => {
    const exchanger = await saying(answer);
    const {run} = await mailed(running, {exchanger, probe: true, wait: 1});
    expect(run.problem?.code).toBe(`mail.${kind}`);
    expect(run.problem?.says).toContain(says);
  });

  test('one that knows no EHLO is greeted with HELO', async () => {
    const answers: Record<string, string> = {'': '220 old\r\n', EHLO: '500 what\r\n'};
    const exchanger = await saying(line => answers[line.split(' ')[0]!] ?? '250 ok\r\n');
    const {events} = await mailed(running, {exchanger, probe: true});
    expect(verbs(events)).toEqual(['EHLO', 'HELO', 'MAIL', 'RCPT', 'RSET', 'QUIT']);
  });

  test('one that closes in the middle', async () => {
    const exchanger = await saying((line, socket) => {
      if (line.startsWith('MAIL')) socket.destroy();
      return '220 x\r\n';
    });
    const {run} = await mailed(running, {exchanger, probe: true});
    expect(run.problem?.says).toMatch(/closed the connection/);
  });

  test('one that sends escape codes is told as it is, and not shown so', async () => {
    const exchanger = await saying(line => (line === '' ? '554 \x1b[31mred\r\n' : '221 x\r\n'));
    const {events, run} = await mailed(running, {exchanger, probe: true});
    expect(events.find(({kind}) => kind === 'line')).toMatchObject({text: '554 \x1b[31mred'});
    expect(run.problem?.code).toBe('mail.refused');
  });
});

test('exchangers are sorted by preference, and equals by chance', () => {
  const found = [
    {name: 'c', preference: 20},
    {name: 'a', preference: 10},
    {name: 'b', preference: 10},
  ];
  const chances = [0.5, 0.9, 0.1];
  expect(inOrder(found, () => chances.shift() ?? 0).map(({name}) => name)).toEqual(['b', 'a', 'c']);
});

describe('by hand', () => {
  test('every rule can be broken', async () => {
    const {exchanger} = await server();
    const ask = {...defaultsOf(mailFields), exchanger};
    const {run, events} = running.start(mailExperiment, ask, {headless: false});
    const act = async (action: string, args: object = {}) =>
      expect(await run.act({action, args: {...args}})).toBeUndefined();
    const said = (): unknown[] =>
      events.filter(event => event.kind === 'line' && event['from'] === 'server').map(event => event['text']);
    const line = async (line: string, ending: string, until: RegExp) => {
      await (ending === 'LF' ? act('raw', {text: String.raw`${line}\n`}) : act('line', {line}));
      await expect.poll(() => said().at(-1)).toMatch(until);
    };
    expect(await run.act({action: 'line', args: {line: 'x'}})).toMatchObject({code: 'action.impossible'});
    await act('open', {number: 1});
    await expect.poll(said).toHaveLength(1);
    await line('EHLO me', 'LF', /^500 5\.5\.2 .*bare LF/);
    await line('DATA', 'CRLF', /^503 5\.5\.1/);
    await line(String.raw`EHLO me\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>`, 'CRLF', /^250 2\.1\.5/);
    await line('DATA', 'CRLF', /^354/);
    await act('content');
    await expect.poll(() => said().at(-1)).toMatch(/^250 2\.6\.0/);
    await act('hex', {hex: '00 0d 0a'});
    await expect.poll(() => said().at(-1)).toMatch(/control bytes/);
    await line('STARTTLS', 'CRLF', /^220/);
    await act('tls');
    await line('NOOP', 'CRLF', /^250/);
    expect(events.at(-1)).toMatchObject({kind: 'line', secure: true});
    await act('close');
    expect(events.at(-1)).toMatchObject({kind: 'closed', by: 'client'});
    await run.stop();
    expect(run.status).toBe('stopped');
  });
});

describe('leaving', () => {
  test.each([
    ['while a server says nothing', ''],
    ['while a reply has no end', '250-more\r\n'],
  ])('%s takes no time', async (_when, says) => {
    const exchanger = await saying(() => says);
    const {run, events} = running.start(
      mailExperiment,
      {...defaultsOf(mailFields), exchanger, probe: true},
      {headless: false},
    );
    await expect.poll(() => events.some(({kind}) => kind === 'connected')).toBe(true);
    await run.stop();
    expect(run.status).toBe('stopped');
    expect(events.at(-1)?.kind).not.toBe('verdict');
  });
});
