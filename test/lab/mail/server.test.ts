import {spawn} from 'node:child_process';
import {connect} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {keptMail} from '../../../src/lab/mail/mailbox.ts';
import {startMail} from '../../../src/lab/mail/server.ts';
import type {MailOptions, MailServer} from '../../../src/lab/mail/types.ts';
import {good, key} from '../../../src/lab/test-certificates.ts';
import {has} from '../../world/support/tools.ts';

const open: MailServer[] = [];
afterEach(() => Promise.all(open.splice(0).map(server => server.close())));

async function server(options: Partial<MailOptions> = {}): Promise<MailServer> {
  const certificate = {key, cert: good};
  const base = {address: '127.0.0.1', port: 0, name: 'mail.example.test', behaviour: 'accept', certificate} as const;
  const started = await startMail({...base, ...options});
  open.push(started);
  return started;
}

/** Says these bytes at once, and gives every line that comes until the server closes. */
function conversation({port}: MailServer, said: string | Buffer): Promise<string[]> {
  return new Promise((done, fail) => {
    let heard = '';
    const socket = connect({host: '127.0.0.1', port}, () => socket.write(said));
    socket.setEncoding('utf8').on('data', piece => {
      heard += piece;
    });
    socket.on('error', fail);
    socket.on('close', () => done(heard.split('\r\n').slice(1, -1)));
  });
}

const codes = (lines: readonly string[]) =>
  lines.map(line => line.slice(0, 9).replace(/^(\d{3}[ -]\d\.\d\.\d).*/, '$1'));
const mail = 'EHLO me\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n';

describe('replies', () => {
  test.each([
    ['EHLO\r\n', '501 5.5.4'],
    ['MAIL FROM:<a@b>\r\n', '503 5.5.1'],
    ['NONSENSE\r\n', '500 5.5.1'],
    ['\r\n', '500 5.5.1'],
    ['NOOP\n', '500 5.5.2'],
    [`${'x'.repeat(3000)}\r\n`, '500 5.5.2'],
    ['NOOP\x00\r\n', '500 5.5.2'],
    ['constructor\r\n', '500 5.5.1'],
    ['noop whatever\r\n', '250 2.0.0'],
    ['VRFY alice\r\n', '252 2.1.5'],
    ['EXPN list\r\n', '502 5.5.1'],
    ['STARTTLS now\r\n', '501 5.5.4'],
  ])('%j: %s', async (said, code) => {
    expect(codes(await conversation(await server(), `${said}QUIT\r\n`))).toEqual([code, '221 2.0.0']);
  });

  test.each([
    ['MAIL FROM:a@b.test\r\n', '501 5.1.7'],
    ['MAIL FROM:<a>\r\n', '553 5.1.7'],
    ['MAIL FROM:<a@b.test> FOO=1\r\n', '555 5.5.4'],
    ['MAIL FROM:<a@b.test> SIZE=99999999\r\n', '552 5.3.4'],
    ['MAIL FROM:<zoë@b.test>\r\n', '553 5.6.7'],
    ['RCPT TO:<c@d.test>\r\n', '503 5.5.1'],
    ['DATA\r\n', '503 5.5.1'],
    ['MAIL FROM:<>\r\nDATA\r\n', '554 5.5.1'],
    ['MAIL FROM:<>\r\nMAIL FROM:<>\r\n', '503 5.5.1'],
    ['MAIL FROM:<>\r\nRCPT TO:c@d.test\r\n', '501 5.1.3'],
    ['MAIL FROM:<>\r\nRCPT TO:<c@somewhere.org>\r\n', '550 5.7.1'],
    ['MAIL FROM:<>\r\nRCPT TO:<nobody@d.test>\r\n', '550 5.1.1'],
    ['MAIL FROM:<>\r\nRCPT TO:<postmaster>\r\n', '250 2.1.5'],
  ])('after HELO, %j: %s', async (said, code) => {
    const lines = await conversation(await server(), `HELO me\r\n${said}QUIT\r\n`);
    expect(codes(lines).at(-2)).toBe(code);
  });

  test('twenty mistakes are enough', async () => {
    const lines = await conversation(await server(), 'what\r\n'.repeat(50));
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toMatch(/^421/);
  });
});

describe('messages', () => {
  test('may be pipelined, and keep every byte but the dots', async () => {
    const started = await server();
    const data = Buffer.concat([
      Buffer.from(`${mail}DATA\r\n..\r\n..x\r\nZo`),
      Buffer.from([0xff, 0, 0x0d]),
      Buffer.from('\r\n.\r\nQUIT\r\n'),
    ]);
    expect(codes(await conversation(started, data)).slice(-5)).toEqual([
      '250 2.1.0',
      '250 2.1.5',
      '354 End w',
      '250 2.6.0',
      '221 2.0.0',
    ]);
    expect(Buffer.from(started.messages()[0]!.content).toString('latin1')).toBe('.\r\n.x\r\nZo\xff\x00\r\r\n');
    expect(keptMail(started)).toHaveLength(1);
    expect(started.counts()).toEqual({connections: 1, messages: 1});
  });

  test('with bare line feeds hide no second message', async () => {
    const started = await server();
    const smuggled = `${mail}DATA\r\none\n.\n${mail}DATA\r\ntwo\n.\r\nthree\r\n.\r\nQUIT\r\n`;
    const lines = await conversation(started, smuggled);
    expect(codes(lines).at(-2)).toBe('554 5.6.0');
    expect(started.messages()).toEqual([]);
  });

  test('that are too large are refused', async () => {
    const started = await server({size: 100});
    const lines = await conversation(started, `${mail}DATA\r\n${'x'.repeat(200)}\r\n.\r\nQUIT\r\n`);
    expect(codes(lines).at(-2)).toBe('552 5.3.4');
    expect(started.messages()).toEqual([]);
  });

  test('are no longer kept when the server is gone', async () => {
    const started = await server();
    await conversation(started, `${mail}DATA\r\nx\r\n.\r\nQUIT\r\n`);
    await started.close();
    expect(keptMail(started)).toEqual([]);
  });
});

test('what is sent in clear behind STARTTLS is never carried out', async () => {
  const started = await server();
  const said = new Promise<string>(done => {
    const socket = connect({host: '127.0.0.1', port: started.port}, () =>
      socket.write('EHLO me\r\nSTARTTLS\r\nMAIL FROM:<evil@b.test>\r\n'),
    );
    let heard = '';
    socket.on('data', piece => {
      heard += piece.toString('latin1');
      if (/^220 2\.0\.0/m.test(heard)) socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => done(heard));
  });
  expect(await said).not.toContain('250 2.1.0');
});

/** Runs a tool to its end; what it prints may make it be told more. */
function program(
  tool: string,
  args: readonly string[],
  more: (out: string) => string = () => '',
): Promise<{code: number | null; out: string}> {
  const child = spawn(tool, args, {stdio: ['pipe', 'pipe', 'ignore']});
  let out = '';
  child.stdin.on('error', () => undefined);
  child.stdin.write(more(''));
  child.stdout.on('data', piece => {
    out += String(piece);
    child.stdin.write(more(out));
  });
  return new Promise(done => child.on('close', code => done({code, out})));
}

describe.skipIf(!has('swaks', '--version'))('swaks', () => {
  const to = (port: number) => `--server 127.0.0.1 --port ${port} --to c@d.test --from a@b.test --helo me`.split(' ');

  test.each([[[]], [['--pipeline']]])('delivers %j', async extra => {
    const started = await server();
    const message = ['--header', 'Subject: x', '--body', 'a\n.b\nZoë\n'];
    expect(await program('swaks', [...to(started.port), ...message, ...extra])).toMatchObject({code: 0});
    expect(Buffer.from(started.messages()[0]!.content).toString()).toContain('\r\n\r\na\r\n.b\r\nZoë\r\n');
  });

  test.each([
    ['defer', '451'],
    ['refuse', '550'],
  ] as const)('is told: %s, %s', async (behaviour, reply) => {
    const {port} = await server({behaviour});
    const {code, out} = await program('swaks', to(port));
    expect(code).not.toBe(0);
    expect(out).toMatch(new RegExp(String.raw`^<\*\* ${reply} `, 'm'));
  });
});

const smtplib = `
import smtplib, ssl, sys
smtp = smtplib.SMTP('127.0.0.1', int(sys.argv[1]), local_hostname='me')
smtp.starttls(context=ssl._create_unverified_context())
print(sorted(smtp.esmtp_features) if smtp.ehlo()[0] == 250 else '')
print(smtp.sendmail('a@b.test', ['c@d.test', 'nobody@d.test'], b'Subject: x\\r\\n\\r\\n.one\\r\\n..two\\r\\n'))
smtp.quit()
`;

test.skipIf(!has('python3'))('Python’s smtplib delivers over TLS', async () => {
  const started = await server();
  const {code, out} = await program('python3', ['-c', smtplib, String(started.port)]);
  expect(code).toBe(0);
  expect(out).toContain("['8bitmime', 'enhancedstatuscodes', 'help', 'pipelining', 'size', 'smtputf8']");
  expect(out).toContain("{'nobody@d.test': (550, b'5.1.1 There is no such user here')}");
  const [stored] = started.messages();
  expect(stored?.recipients).toEqual(['c@d.test']);
  expect(stored?.tls).toMatch(/^TLSv1/);
  expect(Buffer.from(stored!.content).toString()).toBe('Subject: x\r\n\r\n.one\r\n..two\r\n');
});

test.skipIf(!has('openssl', 'version'))('openssl s_client begins TLS', async () => {
  const {port} = await server();
  const args = ['s_client', '-starttls', 'smtp', '-connect', `127.0.0.1:${port}`, '-quiet'];
  const {out} = await program('openssl', args, heard => {
    if (heard === '') return 'EHLO me\r\n';
    return /^250 HELP/m.test(heard) && !heard.includes('221') ? 'QUIT\r\n' : '';
  });
  expect(out).toMatch(/^250-mail\.example\.test greets me\r\n.*221 2\.0\.0/ms);
});
