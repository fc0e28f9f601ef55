import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {bulkExperiment} from '../../../src/chapters/names/bulk.ts';
import type {BulkState} from '../../../src/chapters/names/bulk-state.ts';
import {formatProblem} from '../../../src/journal/problem.ts';
import {missing, type NameServer, startNsd} from '../../support/name-servers.ts';
import {replay} from '../../support/replay.ts';
import {eventually, has, run as runTool} from '../../world/support/tools.ts';
import {inputOf, Running, type Started, type StartOptions, told} from '../tcp/running.ts';

const directory = mkdtempSync(join(tmpdir(), 'wirebook-bulk-'));
const running = new Running();
const noNsd = missing('nsd') !== undefined;
let server: NameServer | undefined;

const zone = `$ORIGIN bulk.test.
$TTL 300
@ SOA ns hostmaster 1 3600 600 86400 300
@ NS ns
ns A 127.0.0.1
${Array.from({length: 500}, (_, k) => `n${k} A 192.0.2.${k % 250}`).join('\n')}
big TXT ${Array.from({length: 20}, (_, k) => `"${'x'.repeat(200)}${k}"`).join(' ')}
`;

beforeAll(async () => {
  if (!noNsd) server = await startNsd([{name: 'bulk.test', text: zone}]);
}, 30_000);

afterAll(async () => {
  await running.close();
  await server?.stop();
  rmSync(directory, {recursive: true, force: true});
});

function started(ask: object, options: StartOptions = {}): Started {
  const at = server === undefined ? {} : {server: `127.0.0.1:${server.port}`};
  return running.start(bulkExperiment, {...defaultsOf(bulkExperiment.fields), ...at, ...ask}, options);
}

function fileOf(lines: readonly string[]): string {
  const file = join(directory, `${lines.length}-${Math.random()}.txt`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const stateOf = ({run}: Started) => run.state as BulkState;
const summaryOf = (one: Started) => told(one, 'summary')[0];

test.each([
  [['# nothing'], /^There is no name in /],
  [['a..b', '..'], /^No line of .* is a question$/],
])('a file of %j is no measurement', async (lines, says) => {
  const one = started({file: fileOf(lines), server: '127.0.0.1:9'});
  await one.run.ended;
  expect(one.run.problem).toMatchObject({code: 'dns.nothing', says: expect.stringMatching(says)});
});

describe.skipIf(noNsd)('against NSD', () => {
  test('every name of a file, bad lines told with their numbers', async () => {
    const lines = ['n1.bulk.test', '# not this', 'a..b', 'n2.bulk.test TXT', 'nothing.bulk.test', 'big.bulk.test TXT'];
    const one = started({file: fileOf(lines), recursion: false});
    await one.run.ended;
    expect(one.run.problem).toBeUndefined();
    expect(told(one, 'bad')).toMatchObject([{line: 3, text: 'a..b'}]);
    const answers = [...told(one, 'answer')].sort((a, b) => Number(a['number']) - Number(b['number']));
    expect(answers).toMatchObject([
      {number: 1, name: 'n1.bulk.test.', type: 'A', outcome: 'NOERROR', answers: ['A 192.0.2.1'], flags: 'qr aa'},
      {number: 2, name: 'n2.bulk.test.', type: 'TXT', outcome: 'NOERROR', answers: [], count: 0},
      {number: 3, name: 'nothing.bulk.test.', outcome: 'NXDOMAIN'},
      {number: 4, name: 'big.bulk.test.', outcome: 'NOERROR', transport: 'tcp', count: 1},
    ]);
    expect(summaryOf(one)).toMatchObject({
      read: 4,
      done: 4,
      answered: 4,
      timeouts: 0,
      bad: 1,
      truncated: 1,
      codes: [
        {code: 'NOERROR', count: 3},
        {code: 'NXDOMAIN', count: 1},
      ],
    });
  });

  test.skipIf(!has('dig', '-v'))('the answers are those that dig gets', async () => {
    const names = Array.from({length: 40}, (_, k) => `n${k * 7}.bulk.test A`);
    const file = fileOf([...names, 'bulk.test SOA', 'bulk.test NS', 'big.bulk.test TXT']);
    const one = started({file});
    await one.run.ended;
    const ours = told(one, 'answer').flatMap(({name, answers}) => (answers as string[]).map(text => `${name} ${text}`));
    const dig = runTool('dig', ['@127.0.0.1', '-p', String(server!.port), '+noall', '+answer', '+tries=5', '-f', file]);
    const theirs = dig
      .split('\n')
      .filter(line => line !== '' && !line.startsWith(';'))
      .map(line => line.replace(/^(\S+)\s+\d+\s+IN\s+(\S+)\s+/, '$1 $2 '));
    expect(ours.sort()).toEqual(theirs.sort());
  });

  test('standard input, in pieces, and nothing lost with 512 in flight', async () => {
    const lines = Array.from({length: 5000}, (_, k) => `n${k % 500}.bulk.test\n`);
    const input = inputOf(...Array.from({length: 50}, (_, k) => lines.slice(k * 100, (k + 1) * 100).join('')));
    const one = started({file: '-', concurrency: 512, records: false}, {input});
    await one.run.ended;
    expect(summaryOf(one)).toMatchObject({read: 5000, answered: 5000, timeouts: 0, failed: 0});
    expect(new Set(told(one, 'answer').map(({number}) => number)).size).toBe(5000);
    expect(told(one, 'answer').every(({answers}) => (answers as string[]).length === 0)).toBe(true);
  });

  test('a slow reader slows it down, and gets everything', async () => {
    let taken = 0;
    const caughtUp = async (): Promise<void> => {
      taken++;
      await new Promise(done => setTimeout(done, 2));
    };
    const one = started({file: fileOf(Array.from({length: 3000}, (_, k) => `n${k % 500}.bulk.test`))}, {caughtUp});
    await one.run.ended;
    expect(told(one, 'answer').length).toBe(3000);
    expect(taken).toBeGreaterThan(10);
  });

  test('a names file of dnsperf is understood as dnsperf does', async () => {
    if (spawnSync('dnsperf', ['-h']).error !== undefined) {
      console.warn('dnsperf is not installed: the comparison with it is left out');
      return;
    }
    const file = fileOf([
      ...Array.from({length: 500}, (_, k) => `n${k}.bulk.test A`),
      'no.bulk.test A',
      'bulk.test MX',
    ]);
    const words = ['-s', '127.0.0.1', '-p', String(server!.port), '-d', file, '-n', '1', '-q', '10'];
    const dnsperf = spawnSync('dnsperf', words, {encoding: 'utf8', timeout: 20_000}).stdout;
    const one = started({file});
    await one.run.ended;
    const codes = (summaryOf(one)!['codes'] as {code: string; count: number}[]).map(
      ({code, count}) => `${code} ${count}`,
    );
    for (const code of codes) expect(dnsperf).toContain(code);
  });

  test('cancelled, paused, slower and faster while it goes on', async () => {
    const one = started({file: fileOf(Array.from({length: 2000}, () => 'n1.bulk.test')), rate: 100});
    await eventually(
      () => told(one, 'answer').length,
      length => length > 3,
    );
    expect(await one.run.act({action: 'pause'})).toBeUndefined();
    expect(stateOf(one).paused).toBe(true);
    await one.run.act({action: 'more'});
    await one.run.act({action: 'fewer'});
    await one.run.act({action: 'concurrency', args: {concurrency: 7}});
    await one.run.act({action: 'rate', args: {rate: 50}});
    expect(stateOf(one)).toMatchObject({concurrency: 7, rate: 50});
    await one.run.act({action: 'pause'});
    await one.run.act({action: 'cancel'});
    await one.run.ended;
    const {read, done, cancelled} = summaryOf(one) as unknown as {read: number; done: number; cancelled: number};
    expect(cancelled).toBeGreaterThan(0);
    expect(done + cancelled).toBe(read);
    expect(done).toBe(told(one, 'answer').length);
  });

  test('ended from outside it is gone at once', async () => {
    const one = started({file: fileOf(Array.from({length: 2000}, () => 'n1.bulk.test')), rate: 10});
    await eventually(
      () => told(one, 'answer').length,
      length => length > 0,
    );
    await one.run.stop();
    expect(one.run.status).toBe('stopped');
  });

  test('a saved journal shows the same', async () => {
    const one = started({file: fileOf(['n1.bulk.test', 'x..y', 'no.bulk.test'])}, {headless: false});
    await one.run.ended;
    expect(replay(bulkExperiment, one.run.saved(), running.world).state).toEqual(stateOf(one));
  });
});

describe('what cannot be', () => {
  const problem = async (one: Started): Promise<string> => {
    await one.run.ended;
    return one.run.problem === undefined ? 'none' : formatProblem(one.run.problem);
  };

  test.each([
    [{file: '/nowhere/names.txt', server: '127.0.0.1:9'}, /\/nowhere\/names\.txt does not exist/],
    [{file: '-', server: '127.0.0.1:9'}, /Nothing is piped into standard input/],
    [{server: 'https://127.0.0.1/dns-query'}, /not over HTTPS/],
    [{file: '/etc/hostname', server: '127.0.0.1:1'}, /Nothing listens at 127\.0\.0\.1:1 over UDP \(ECONNREFUSED\)/],
    [{server: '127.0.0.1:1', transport: 'tcp'}, /Nothing listens at 127\.0\.0\.1:1 over TCP \(ECONNREFUSED\)/],
  ])('%j', async (ask, says) => {
    expect(await problem(started(ask))).toMatch(says);
  });

  test.each([
    ['type', 'NONSENSE', /no record type/],
    ['type', 'AXFR', /transfer of a whole zone/],
    ['concurrency', '0', /from 1 to 4096/],
    ['concurrency', '5000', /from 1 to 4096/],
    ['server', 'x y', /neither an address nor a name|no place/],
    ['retries', '-1', /from 0 to 20/],
  ] as const)('%s %j is refused', (field, typed, says) => {
    const read = bulkExperiment.fields[field].read(typed);
    expect(read.ok ? 'taken' : read.says).toMatch(says);
  });
});

test('names of the lab, when nothing is named', async () => {
  const one = started({server: 'lab', count: 200});
  await one.run.ended;
  expect(one.run.problem).toBeUndefined();
  expect(summaryOf(one)).toMatchObject({read: 200, answered: 200, timeouts: 0});
  const types = new Set(told(one, 'answer').map(({type}) => type));
  expect(types.size).toBeGreaterThan(5);
});

describe('the same elsewhere', () => {
  const file = fileOf(Array.from({length: 20}, (_, k) => `n${k}.bulk.test`));
  const code = (language: string) => {
    const ask = {...defaultsOf(bulkExperiment.fields), file, server: `127.0.0.1:${server?.port ?? 53}`};
    return bulkExperiment.equivalents(ask).find(one => one.language === language)!.code;
  };
  const hasDnspython = spawnSync('/usr/bin/python3', ['-c', 'import dns.asyncquery']).status === 0;
  if (!hasDnspython) console.warn('dnspython is not installed: the Python program is not run');

  test.skipIf(noNsd || !hasDnspython)('Python', () => {
    expect(runTool('/usr/bin/python3', ['-c', code('Python')])).toMatch(/^Counter\(\{'NOERROR': 20\}\) \d+ a second/);
  });

  test.skipIf(noNsd || !has('cc'))('C', () => {
    const source = join(directory, 'bulk.c');
    writeFileSync(source, code('C'));
    runTool('cc', ['-Wall', '-Wextra', '-Werror', '-o', join(directory, 'bulk'), source, '-lresolv']);
    expect(runTool(join(directory, 'bulk'), [])).toMatch(/^20 names, \d+ a second: RCODE 0 20 timeout 0\n$/);
  });

  test.skipIf(noNsd)('Node', () => {
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', code('Node')], {encoding: 'utf8'});
    expect(done.stdout).toMatch(/^\{ NOERROR: 20 \} \d+ ms/);
  });

  test.skipIf(noNsd || spawnSync('dnsperf', ['-h']).error !== undefined)('shell', () => {
    const done = spawnSync('sh', ['-c', code('shell')], {encoding: 'utf8', cwd: directory, timeout: 20_000});
    expect(done.stdout).toMatch(/Queries completed:\s+20 \(100/);
    expect(done.stdout).toMatch(/n19\.bulk\.test\.\s+300\s+IN\s+A\s+192\.0\.2\.19/);
  });
});
