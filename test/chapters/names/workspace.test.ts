import {spawnSync} from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {workspaceExperiment} from '../../../src/chapters/names/workspace.ts';
import {workspaceParts} from '../../../src/chapters/names/workspace-files.ts';
import {workspaceFields} from '../../../src/chapters/names/workspace-shape.ts';
import {reduceWorkspace, startWorkspace, type WorkspaceState} from '../../../src/chapters/names/workspace-state.ts';
import {parse} from '../../../src/cli/parse.ts';
import {startLab} from '../../../src/lab/lab.ts';
import {openWorkspace} from '../../../src/lab/workspace.ts';
import {splitShell} from '../../../src/wire/text/split-shell.ts';
import {createWorld} from '../../../src/world/world.ts';
import {has} from '../../world/support/tools.ts';
import {inputOf, Running, type Started, type StartOptions, told} from '../tcp/running.ts';

let folder: string;
let dir: string;
const running: Running[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-workspace-'));
  dir = join(folder, 'my lab');
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('WIREBOOK_WORKSPACE', '');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map(one => one.close()));
  rmSync(folder, {recursive: true});
});

function begin(ask: object, options: StartOptions = {}): Started {
  const one = new Running();
  running.push(one);
  return one.start(workspaceExperiment, {...defaultsOf(workspaceFields), ...ask}, options);
}

async function done(ask: object, options: StartOptions = {}): Promise<Started> {
  const started = begin(ask, options);
  await started.run.ended;
  return started;
}

const output = ({events, run}: Started) =>
  events
    .map(event => workspaceExperiment.line(event as never, run.journal.bytesOf(event), run.ask as never))
    .flatMap(line =>
      typeof line === 'string' ? [`${line}\n`] : line instanceof Uint8Array ? [Buffer.from(line).toString()] : [],
    )
    .join('');

const statuses = (started: Started) =>
  Object.fromEntries(told(started, 'part').map(part => [part['name'], part['status']]));

describe('creating', () => {
  test('makes every part, looks at each, and notes the directory', async () => {
    const made = await done({verb: 'create', dir});
    expect(made.run.problem).toBeUndefined();
    expect(Object.values(statuses(made))).toEqual(workspaceParts.map(() => 'made'));
    expect(statSync(join(dir, 'ca/authority.key.pem')).mode & 0o777).toBe(0o600);
    const listed = await done({verb: 'list'});
    expect(told(listed, 'workspace')).toMatchObject([{path: dir, there: true, active: false}]);
  });

  test('is for the lab: it reads the hosts and the zone without a mistake', async () => {
    await done({verb: 'create', dir});
    const {zones, hosts, faults} = openWorkspace(dir).read();
    expect(faults).toEqual([]);
    expect(zones.map(({origin}) => origin)).toEqual(['workshop.test.']);
    expect(hosts.flatMap(({names}) => names)).toContain('printer.home.test.');
  });

  test('writes over nothing, and makes anew what is missing', async () => {
    await done({verb: 'create', dir});
    writeFileSync(join(dir, 'hosts'), '10.0.0.1 mine.test\n');
    rmSync(join(dir, 'services'));
    const again = await done({verb: 'create', dir});
    expect(statuses(again)).toMatchObject({hosts: 'good', services: 'made', ca: 'good'});
    expect(readFileSync(join(dir, 'hosts'), 'utf8')).toBe('10.0.0.1 mine.test\n');
    expect(told(await done({verb: 'list'}), 'workspace')).toHaveLength(1);
  });

  test.each([
    ['', 'workspace.unnamed'],
    ['/dev/null', 'workspace.unusable'],
    ['/dev/null/x', 'workspace.unusable'],
  ])('“%s” is refused', async (path, code) => {
    expect((await done({verb: 'create', dir: path})).run.problem).toMatchObject({
      code,
      next: expect.stringMatching(/\.$/),
    });
  });
});

describe('checking', () => {
  test('tells mistakes with their lines', async () => {
    await done({verb: 'create', dir});
    appendFileSync(join(dir, 'zones/workshop.test.zone'), 'bad IN A 1.2.3\n');
    appendFileSync(join(dir, 'hosts'), 'nowhere name.test\n');
    appendFileSync(join(dir, 'services'), 'morphisto 99999/tcp\n');
    writeFileSync(join(dir, 'config.json'), '{');
    rmSync(join(dir, 'journals'), {recursive: true});
    const {run, ...checked} = await done({verb: 'check', dir});
    expect(run.problem).toMatchObject({code: 'workspace.faulty'});
    const zone = readFileSync(join(dir, 'zones/workshop.test.zone'), 'utf8').trimEnd().split('\n').length;
    const faults = told({run, ...checked}, 'fault').map(fault => [fault['file'], fault['line']]);
    expect(faults).toEqual([
      ['hosts', readFileSync(join(dir, 'hosts'), 'utf8').trimEnd().split('\n').length],
      ['zones/workshop.test.zone', zone],
      ['services', readFileSync(join(dir, 'services'), 'utf8').trimEnd().split('\n').length],
      ['config.json', 0],
      ['journals', 0],
    ]);
    expect(statuses({run, ...checked})).toMatchObject({hosts: 'faulty', ca: 'good', journals: 'missing'});
  });

  test('a zone without its SOA is no zone', async () => {
    await done({verb: 'create', dir});
    writeFileSync(join(dir, 'zones/empty.test.zone'), 'www 60 IN A 127.0.0.1\n');
    expect(told(await done({verb: 'check', dir}), 'fault')).toMatchObject([{file: 'zones/empty.test.zone', line: 0}]);
  });

  test.each(['check', 'activate', 'run'])('%s of what is no workspace says so', async verb => {
    const {run} = await done({verb, dir: folder, command: 'true'});
    expect(run.problem).toMatchObject({code: 'workspace.none', says: expect.stringContaining('is no workspace')});
  });

  test('what was found before stays when another directory is no workspace', async () => {
    await done({verb: 'create', dir});
    const one = await done({verb: 'check', dir: folder});
    expect(told(one, 'began')).toEqual([]);
  });

  test('what was said before is gone when something else begins', () => {
    const at = (kind: string, fields: object) => ({kind, seq: 0, t: 0, run: 1, ...fields}) as never;
    const said = reduceWorkspace(startWorkspace, at('notice', {says: 'No workspace was made here yet'}));
    expect(said.notices).toHaveLength(1);
    expect(reduceWorkspace(said, at('began', {verb: 'create', dir})).notices).toEqual([]);
  });

  test('without a name it is the active one', async () => {
    await done({verb: 'create', dir});
    expect((await done({verb: 'check'})).run.problem).toMatchObject({code: 'workspace.unnamed'});
    vi.stubEnv('WIREBOOK_WORKSPACE', dir);
    expect((await done({verb: 'check'})).run.status).toBe('done');
    expect(told(await done({verb: 'list'}), 'workspace')).toMatchObject([{path: dir, active: true}]);
  });
});

describe('activating', () => {
  const report = 'echo "[$WIREBOOK_WORKSPACE] [$NODE_EXTRA_CA_CERTS] [$PS1]"';

  const shells = (
    [
      ['sh', '-c'],
      ['bash', '--norc', '-c'],
      ['zsh', '-f', '-c'],
    ] as const
  ).filter(([shell, ...flags]) => has(shell, ...flags, ':'));

  test.each(shells)('%s evaluates the lines, and is as before in the end', async (shell, ...flags) => {
    await done({verb: 'create', dir});
    const activate = output(await done({verb: 'activate', dir, shell: 'sh'}));
    const deactivate = output(await done({verb: 'deactivate', shell: 'sh'}));
    // Twice: another workspace on top does not lose what was before the first.
    const script = `PS1='$ '; ${report}\n${activate}${activate}${report}\n${deactivate}${report}\n`;
    const env = {PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: '/before.pem'};
    const {stdout, stderr} = spawnSync(shell, [...flags.filter(flag => flag !== undefined), script], {
      encoding: 'utf8',
      env,
    });
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      '[] [/before.pem] [$ ]',
      `[${dir}] [${dir}/ca/authority.pem] [(my_lab) $ ]`,
      '[] [/before.pem] [$ ]',
      '',
    ]);
  });

  const [fish] = ['fish'].filter(shell => has(shell));

  test.skipIf(fish === undefined)('fish evaluates its own lines', async () => {
    await done({verb: 'create', dir});
    const activate = output(await done({verb: 'activate', dir, shell: 'fish'}));
    const deactivate = output(await done({verb: 'deactivate', shell: 'fish'}));
    const say = 'echo "[$WIREBOOK_WORKSPACE] [$NODE_EXTRA_CA_CERTS]"';
    const env = {PATH: process.env['PATH'], HOME: folder};
    const {stdout} = spawnSync(fish!, ['-N', '-c', `${activate}${say}\n${deactivate}${say}`], {encoding: 'utf8', env});
    expect(stdout).toBe(`[${dir}] [${dir}/ca/authority.pem]\n[] []\n`);
  });

  test('for fish it is in the language of fish', async () => {
    await done({verb: 'create', dir});
    const [line] = told(await done({verb: 'activate', dir, shell: 'fish'}), 'shell');
    expect(line).toMatchObject({shell: 'fish', line: expect.stringContaining(`set -gx WIREBOOK_WORKSPACE '${dir}'`)});
  });

  test('Node trusts the workspace’s authority', async () => {
    await done({verb: 'create', dir});
    const script = "process.stdout.write(String(require('node:tls').getCACertificates('extra').length))";
    const started = await done({verb: 'run', dir, command: `'${process.execPath}' -e "${script}"`});
    expect(output(started)).toBe('1');
  });
});

test('the lab signs with the workspace’s authority, and a program run in it trusts that', {
  timeout: 30_000,
}, async () => {
  await done({verb: 'create', dir});
  const lab = await startLab(createWorld(), {workspace: dir});
  try {
    expect(lab.dns.authority).toBe(readFileSync(join(dir, 'ca/authority.pem'), 'utf8'));
    const {address, port, tlsName} = lab.dns.resolverTls;
    const connect = `require('node:tls').connect({host: '${address}', port: ${port}, servername: '${tlsName}'}, function () {
      console.log(this.authorized);
      this.end();
    })`;
    const started = await done({verb: 'run', dir, command: `'${process.execPath}' -e "${connect}"`});
    expect(output(started)).toBe('true\n');
  } finally {
    await lab.close();
  }
});

describe('running a command', () => {
  test('in the environment of the workspace, word for word', async () => {
    await done({verb: 'create', dir});
    const started = await done({
      verb: 'run',
      dir,
      command: `sh -c 'printf "%s|" "$WIREBOOK_WORKSPACE" "a, b"; echo oops >&2'`,
    });
    expect(output(started)).toBe(`${dir}|a, b|`);
    expect(told(started, 'ran')).toMatchObject([{code: 0, environment: {WIREBOOK_WORKSPACE: dir}}]);
    expect(workspaceFields.command.join?.(['sh', '-c', 'echo a, b'])).toBe("sh -c 'echo a, b'");
  });

  test('the words of a command line stay the words they are', async () => {
    const read = await parse(['names', 'workspace', 'run', dir, '--', 'sh', '-c', `echo 'a, b'`, '--flag'], {
      experiments: async () => [workspaceExperiment],
    });
    const invocation = read.ok && read.value.does === 'experiment' ? read.value : undefined;
    const command = String(invocation?.ask['command']);
    expect(invocation?.ask).toMatchObject({verb: 'run', dir});
    expect(splitShell(command)).toEqual({ok: true, words: ['sh', '-c', `echo 'a, b'`, '--flag']});
  });

  test('gives it the standard input', async () => {
    await done({verb: 'create', dir});
    expect(output(await done({verb: 'run', dir, command: 'cat'}, {input: inputOf('one\n', 'two\n')}))).toBe(
      'one\ntwo\n',
    );
  });

  test.each([
    ['sh -c "exit 3"', 'exit code 3'],
    ['sh -c "kill -9 $$"', 'SIGKILL'],
    ['no-such-command-here', 'There is no command'],
    ['', 'no command to run'],
  ])('%j fails with %s', async (command, says) => {
    await done({verb: 'create', dir});
    expect((await done({verb: 'run', dir, command})).run.problem?.says).toContain(says);
  });

  test('ends with the run, and with everything that it started', async () => {
    await done({verb: 'create', dir});
    const mark = join(folder, 'alive');
    const {run} = begin({verb: 'run', dir, command: `sh -c 'echo begun; (sleep 3; touch ${mark}) & wait'`});
    await vi.waitFor(() => expect(run.journal.next).toBeGreaterThan(1));
    await run.stop();
    expect(run.status).toBe('stopped');
    expect(existsSync(mark)).toBe(false);
  });

  test('a quote that is never closed is refused', () => {
    expect(workspaceFields.command.read(`sh -c 'x`)).toMatchObject({ok: false});
  });
});

test('by hand: create, check and run, one after the other', async () => {
  const {run} = begin({}, {headless: false});
  expect(await run.act({action: 'create', args: {dir}})).toBeUndefined();
  expect(await run.act({action: 'check', args: {dir: ''}})).toBeUndefined();
  expect(await run.act({action: 'run', args: {command: 'printenv WIREBOOK_WORKSPACE', dir: ''}})).toBeUndefined();
  const state = run.state as WorkspaceState;
  expect(state.workspaces.map(({path}) => path)).toEqual([dir]);
  expect(state.parts.map(({status}) => status)).toEqual(workspaceParts.map(() => 'good'));
  expect(state.ran?.code).toBe(0);
  expect(state.busy).toBe(false);
});

describe('virtualenv', () => {
  const venvs = () => readdirSync(tmpdir()).filter(name => name.startsWith('wirebook-venv-'));
  const python = has('python3', '-c', 'import venv');

  test.skipIf(!python)('every command of the book is run, and shows what it changed', {timeout: 120_000}, async () => {
    const before = venvs();
    const started = await done({verb: 'virtualenv'});
    expect(started.run.problem).toBeUndefined();
    const steps = told(started, 'venv');
    const changed = (index: number) => ((steps[index]?.['changed'] ?? []) as string[]).join('\n');
    expect(steps.map(step => step['book'])).toEqual([
      'virtualenv --no-site-packages dns',
      'cd dns/',
      'source ./bin/activate',
      'python -c xxx',
      'pip install xxx',
      'python -c xxx',
      'deactivate',
      'python -c xxx',
    ]);
    expect(String(steps[3]?.['output'])).toContain('ModuleNotFoundError');
    expect(changed(2)).toMatch(/VIRTUAL_ENV: none → .*dns\n.*sys\.prefix: .* → .*dns/s);
    if (steps[4]?.['status'] === 'impossible') expect(steps[4]['why']).toMatch(/ensurepip/);
    else {
      expect(changed(4)).toContain('xxx 1.0');
      expect(String(steps[5]?.['output'])).toMatch(/xxx is here, in .*dns/);
    }
    expect(changed(6)).toMatch(/VIRTUAL_ENV: .*dns → none/);
    expect(venvs().filter(name => !before.includes(name))).toEqual([]);
  });

  test('without python3 says so', async () => {
    vi.stubEnv('PATH', folder);
    // The shell itself is found by its path only.
    const started = await done({verb: 'virtualenv'});
    expect(started.run.problem).toMatchObject({code: 'workspace.python'});
  });

  test.skipIf(!python)('ended early, it leaves nothing behind', {timeout: 60_000}, async () => {
    const before = venvs();
    const {run} = begin({verb: 'virtualenv'});
    await vi.waitFor(() => expect(venvs().length).toBeGreaterThan(before.length), {timeout: 10_000});
    await run.stop();
    expect(run.status).toBe('stopped');
    expect(venvs().filter(name => !before.includes(name))).toEqual([]);
  });
});
