import {type ChildProcess, spawn} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {afterEach, describe, expect, test} from 'vitest';
import {nodeProgram, wirebookScript} from '../support/wirebook.ts';
import {alive} from '../world/support/actors.ts';
import {eventually, noLibc} from '../world/support/tools.ts';

interface Command {
  readonly child: ChildProcess;
  readonly out: () => Buffer;
  readonly error: () => string;
  readonly ended: Promise<number | null>;
}

let commands: Command[] = [];

afterEach(() => {
  for (const {child} of commands) child.kill('SIGKILL');
  commands = [];
});

function wirebook(args: readonly string[], input?: Buffer | string, env: Record<string, string> = {}): Command {
  const child = spawn(nodeProgram, [wirebookScript, 'tcp', ...args], {env: {...process.env, ...env}});
  const pieces: Buffer[] = [];
  let error = '';
  child.stdout.on('data', piece => pieces.push(piece as Buffer));
  child.stderr.on('data', piece => {
    error += String(piece);
  });
  child.stdin.on('error', () => undefined);
  if (input !== undefined) child.stdin.end(input);
  const ended = new Promise<number | null>(done => child.on('close', done));
  const command = {child, ended, out: () => Buffer.concat(pieces), error: () => error};
  commands.push(command);
  return command;
}

const linesOf = ({out}: Command) =>
  String(out())
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>);

async function listening(args: readonly string[], env: Record<string, string> = {}): Promise<Command & {port: number}> {
  const server = wirebook(['listen', '--port', '0', '--json', ...args], undefined, env);
  await eventually(() => String(server.out()).includes('\n'), Boolean, 10_000);
  const [first] = linesOf(server);
  expect(first).toMatchObject({kind: 'listening', address: '127.0.0.1'});
  return {...server, port: Number(first!['port'])};
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');

/** The processes that a command has started and that are alive. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

describe.skipIf(noLibc)('wirebook tcp listen', () => {
  test('says first where it listens; SIGINT ends it with 130 and leaves nothing', async () => {
    const server = await listening(['--behaviour', 'echo']);
    const children = childrenOf(server.child.pid!);
    expect(children.length).toBeGreaterThan(0);
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(130);
    expect(linesOf(server).at(-1)).toMatchObject({kind: 'end', status: 'interrupted', code: 130});
    await eventually(
      () => children.some(alive),
      still => !still,
    );
    expect(children.filter(alive)).toEqual([]);
  });

  test('--once serves one connection and ends', async () => {
    const server = await listening(['--behaviour', 'reply', '--once']);
    const client = wirebook(['connect', `127.0.0.1:${server.port}`], 'Hi there, server');
    expect(await client.ended).toBe(0);
    expect(String(client.out())).toBe('Goodbye, client!');
    expect(await server.ended).toBe(0);
  });

  test('an address that is none is wrong usage', async () => {
    const taken = wirebook(['listen', '--port', '1060', '--address', 'nowhere'], '');
    expect(await taken.ended).toBe(2);
    expect(taken.error()).toContain('“nowhere” is no IPv4 or IPv6 address');
  });
});

describe.skipIf(noLibc)('wirebook tcp connect', () => {
  test('six megabytes pass it unchanged, and nothing else is written', async () => {
    const server = await listening(['--behaviour', 'echo']);
    const bytes = randomBytes(6_000_000);
    const client = wirebook(['connect', '127.0.0.1', String(server.port), '--info'], bytes);
    expect(await client.ended).toBe(0);
    expect(md5(client.out())).toBe(md5(bytes));
    expect(client.error()).toMatch(/^wirebook: TCP_INFO\n {2}state /);
    expect(client.error()).toMatch(/bytesReceived 600000[01]\n/);
  });

  test('--hex shows both directions', async () => {
    const server = await listening(['--behaviour', 'upper']);
    const client = wirebook(['connect', '127.0.0.1', String(server.port), '--hex'], 'ab\n');
    expect(await client.ended).toBe(0);
    expect(
      String(client.out())
        .trim()
        .split('\n')
        .map(line => line.replace(/ +/g, ' ')),
    ).toEqual(['> 00000000 61 62 0a |ab.|', '< 00000000 41 42 0a |AB.|']);
  });

  test('--do does steps by hand, and standard input is left alone', async () => {
    const server = await listening(['--behaviour', 'sink']);
    const steps = ['send --ending none abc', 'send-hex 00ff', 'shut-wr', 'wait'].flatMap(step => ['--do', step]);
    const client = wirebook(['connect', '127.0.0.1', String(server.port), ...steps], 'not sent');
    expect(await client.ended).toBe(0);
    expect(String(client.out())).toBe('5 bytes\n');
  });

  test.each([
    [['connect', '127.0.0.1', '1'], 1, /Nobody listens on 127\.0\.0\.1:1 \(ECONNREFUSED\)\. Start a server there/],
    [['connect', 'nosuch.invalid'], 1, /has no address here.*\(EAI_\w+\)\. /],
    [['connect', '127.0.0.1', '0'], 2, /--port: Nobody can listen on port 0/],
    [['connect', '127.0.0.1', '70000'], 2, /--port: Port must be from 1 to 65535/],
    [['connect', '127.0.0.1', '1', '--do', 'send-hex abc'], 2, /hex digits come in pairs/],
    [['connect', '127.0.0.1', '1', '--options', 'rcvbuf'], 2, /SO_RCVBUF needs a number/],
  ])('%j ends with %i and a sentence', async (args, code, says) => {
    const client = wirebook(args, '');
    expect(await client.ended).toBe(code);
    expect(client.error()).toMatch(says);
    expect(String(client.out())).toBe('');
  });
});

test('without libc both serve with Node’s own sockets, and say what is missing', async () => {
  const env = {WIREBOOK_NO_LIBC: '1'};
  const server = await listening(['--behaviour', 'upper'], env);
  const client = wirebook(['connect', '127.0.0.1', String(server.port)], 'hello', env);
  expect(await client.ended).toBe(0);
  expect(String(client.out())).toBe('HELLO');
  expect(client.error()).toMatch(/no kernel state.*WIREBOOK_NO_LIBC=1/);
  server.child.kill('SIGINT');
  expect(await server.ended).toBe(130);
});

test('without libc the half-close runs on Node’s own sockets; what cannot be had at all refuses with the reason', async () => {
  const env = {WIREBOOK_NO_LIBC: '1'};
  const run = wirebook(['half-close', '--port', '0', '--json'], '', env);
  expect(await run.ended).toBe(0);
  const lines = linesOf(run);
  expect(lines[0]).toMatchObject({kind: 'notice', says: expect.stringMatching(/SHUT_RD.*WIREBOOK_NO_LIBC=1/)});
  expect(lines.filter(({kind}) => kind === 'call').map(({name}) => name)).toContain('node:end');
  const shared = wirebook(['shared', '--port', '0'], '', env);
  expect(await shared.ended).toBe(1);
  expect(shared.error()).toMatch(/needs the C library’s own socket calls/);
});
