import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {beganAt, type LabState} from '../../src/cli/lab-state.ts';
import {decodeMessage} from '../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../src/wire/dns/encode.ts';
import {createWorld} from '../../src/world/world.ts';
import {linesOf} from '../support/fake-io.ts';
import {nodeProgram} from '../support/wirebook.ts';
import {eventually} from '../world/support/tools.ts';

/** The command line as a process of its own, as it was built. */
const program = join(import.meta.dirname, '../../bin/wirebook.js');

let folder = '';
let env: NodeJS.ProcessEnv = {};
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-lab-'));
  env = {...process.env, XDG_RUNTIME_DIR: folder};
  delete env['WIREBOOK_WORKSPACE'];
});
afterEach(async () => {
  if (existsSync(stateFile())) await wirebook('lab', 'down');
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(folder, {recursive: true, force: true});
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function wirebook(...words: readonly string[]): Promise<Ended> {
  return new Promise(done => {
    execFile(nodeProgram, [program, ...words], {env, encoding: 'utf8'}, (error, out, err) => {
      done({code: error === null ? 0 : Number(error.code), out, err});
    });
  });
}

const stateFile = () => join(folder, 'wirebook-lab', 'lab.json');
const state = () => JSON.parse(readFileSync(stateFile(), 'utf8')) as LabState;

/** The addresses that a server gives for a name. */
async function addressesOf(name: string, port: number, address = '127.4.0.53'): Promise<readonly string[]> {
  const {createDns} = await import('../../src/world/dns/exchange.ts');
  const flags = {aa: false, tc: false, rd: true, ra: false, z: false, ad: false, cd: false};
  const sections = {answers: [], authorities: [], additionals: []};
  const questions = [{name, type: 1, class: 1}];
  const query = encodeMessage({id: 1, response: false, opcode: 0, flags, rcode: 0, questions, ...sections});
  const dns = createDns(createWorld().clock);
  const said = await dns.exchange(query, {address, port, transport: 'udp'}, {timeout: 5, retries: 0});
  if (!said.ok) return [said.problem.code];
  return decodeMessage(said.value.bytes).message.answers.map(({data}) => data.join('.'));
}

describe('wirebook lab', () => {
  test('comes up as a process of its own, says so twice, and goes down', async () => {
    expect(await wirebook('lab', 'status')).toMatchObject({code: 1, out: expect.stringContaining('The lab is down.')});
    const up = await wirebook('lab', 'up');
    expect(up).toMatchObject({code: 0, err: ''});
    const {pid, port, anchors, authority, hints} = state();
    expect(up.out).toContain(`The lab is up: process ${pid}.`);
    expect(up.out).toContain(`dig @127.4.0.53 -p ${port} example.test MX`);
    expect([anchors, authority, hints].every(path => existsSync(path))).toBe(true);
    expect(readFileSync(anchors, 'utf8')).toMatch(
      /^trust-anchors \{\n\t"\." static-ds \d+ 13 2 "[0-9A-F]{64}";\n\};\n$/,
    );
    expect(await addressesOf('www.example.test.', port)).toEqual(['127.4.3.80']);

    const again = await wirebook('lab', 'up');
    expect(again.err).toBe('wirebook: The lab is up already.\n');
    expect(state().pid).toBe(pid);
    const status = await wirebook('lab', 'status', '--json');
    expect([status.code, JSON.parse(status.out)]).toEqual([0, {up: true, ...state()}]);

    expect(await wirebook('lab', 'down', '--json')).toMatchObject({code: 0, out: `{"up":false,"ended":${pid}}\n`});
    expect(beganAt(pid)).toBeUndefined();
    expect(existsSync(stateFile())).toBe(false);
    expect(await wirebook('lab', 'down')).toMatchObject({code: 0, out: 'The lab is down.\n'});
  });

  test('takes away what a lab left that was killed, and never touches a process that is another', async () => {
    await wirebook('lab', 'up');
    const old = state();
    process.kill(old.pid, 'SIGKILL');
    await eventually(
      () => beganAt(old.pid),
      began => began === undefined,
    );
    expect((await wirebook('lab', 'status')).out).toContain('The lab is down.');
    expect(existsSync(stateFile())).toBe(false);
    // The number of the process is somebody else's by now.
    const other = spawn('sleep', ['60']);
    started.push(other);
    writeFileSync(stateFile(), JSON.stringify({...old, pid: other.pid}));
    expect(await wirebook('lab', 'down')).toMatchObject({code: 0, out: 'The lab is down.\n'});
    expect(beganAt(other.pid!)).toBeDefined();
  });

  test('keeps its keys in a folder', async () => {
    const keys = join(folder, 'keys');
    await wirebook('lab', 'up', '--folder', keys);
    const first = [readFileSync(state().anchors, 'utf8'), readFileSync(state().authority, 'utf8')];
    await wirebook('lab', 'down');
    await wirebook('lab', 'up', '--folder', keys);
    expect([readFileSync(state().anchors, 'utf8'), readFileSync(state().authority, 'utf8')]).toEqual(first);
  });

  test('says why it cannot come up', async () => {
    await wirebook('lab', 'up');
    const {port} = state();
    mkdirSync(join(folder, 'second'));
    env = {...env, XDG_RUNTIME_DIR: join(folder, 'second')};
    const second = await wirebook('lab', 'up', '--port', String(port));
    expect(second.code).toBe(1);
    expect(second.err).toMatch(new RegExp(`Somebody listens on port ${port} already`));
    env = {...env, XDG_RUNTIME_DIR: '/proc/nothing'};
    expect((await wirebook('lab', 'up')).err).toContain('The state of the lab cannot be kept in /proc/nothing');
    env = {...env, XDG_RUNTIME_DIR: folder};
  });

  test.each([
    [['lab'], 'lab needs up, status or down'],
    [['lab', 'upp'], 'Did you mean up?'],
    [['lab', 'up', 'now'], '“now” has no place here'],
    [['lab', 'up', '--port', '70000'], 'A port is a number from 0 to 65535'],
  ])('%j is refused', async (words, said) => {
    expect(await wirebook(...words)).toMatchObject({code: 2, err: expect.stringContaining(said)});
  });

  test('prints each question in the foreground, and ends with the signal', async () => {
    const child = spawn(nodeProgram, [program, 'lab', 'up', '--foreground', '--json'], {env});
    started.push(child);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    await eventually(() => out.includes('"kind":"up"'), Boolean, 20_000);
    const {port} = state();
    await addressesOf('www.example.test.', port);
    await eventually(() => out.includes('"kind":"query"'), Boolean);
    const code = await new Promise(done => {
      child.once('exit', done);
      child.kill('SIGTERM');
    });
    expect(code).toBe(143);
    const query = {
      server: 'resolver.nic.test.',
      transport: 'udp',
      name: 'www.example.test.',
      type: 'A',
      rcode: 'NOERROR',
    };
    expect(linesOf(out).find(({kind}) => kind === 'query')).toMatchObject(query);
    expect(existsSync(stateFile())).toBe(false);
  });

  test('ends when nobody reads the questions any more', async () => {
    const child = spawn(nodeProgram, [program, 'lab', 'up', '--foreground'], {env});
    started.push(child);
    const ended = new Promise(done => child.once('exit', done));
    await new Promise(done => child.stdout.once('data', done));
    child.stdout.destroy();
    const {port} = state();
    const asking = setInterval(() => void addressesOf('www.example.test.', port), 50);
    expect(await ended).toBe(0);
    clearInterval(asking);
    expect(existsSync(stateFile())).toBe(false);
  });

  test('adds the zones and hosts of a workspace, and reads them again when they change', async () => {
    const workspace = join(folder, 'workspace');
    mkdirSync(join(workspace, 'zones'), {recursive: true});
    const zone = join(workspace, 'zones', 'mine.test.zone');
    writeFileSync(zone, '@ SOA ns.workspace.test. me 1 2 3 4 5\n@ NS ns.workspace.test.\nwww A 127.0.0.80\n');
    writeFileSync(join(workspace, 'hosts'), '127.0.0.9  box box.local\n');
    env = {...env, WIREBOOK_WORKSPACE: workspace};
    await wirebook('lab', 'up');
    const {port} = state();
    expect(await addressesOf('www.mine.test.', port)).toEqual(['127.0.0.80']);
    expect(await addressesOf('box.local.', port)).toEqual(['127.0.0.9']);

    appendFileSync(zone, 'new A 127.0.0.81\n');
    const changed = await eventually(
      () => addressesOf('new.mine.test.', port),
      ({length}) => length > 0,
    );
    expect(changed).toEqual(['127.0.0.81']);

    appendFileSync(zone, 'bad A 127.0.0\n');
    const faults = await eventually(
      () => state().faults,
      ({length}) => length > 0,
    );
    expect(faults).toMatchObject([{origin: 'mine.test.', line: 5}]);
    expect((await wirebook('lab', 'status')).out).toContain('mine.test. line 5: ');
    expect(await addressesOf('new.mine.test.', port)).toEqual(['127.0.0.81']);
  });
});
