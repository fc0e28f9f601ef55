import {spawnSync} from 'node:child_process';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {queryExperiment} from '../../../src/chapters/names/query.ts';
import {queryEquivalents} from '../../../src/chapters/names/query-equivalents.ts';
import {type QueryAsk, queryFields} from '../../../src/chapters/names/query-fields.ts';
import {missing, type NameServer, startNamed} from '../../support/name-servers.ts';
import {has, run} from '../../world/support/tools.ts';
import {Running} from '../tcp/running.ts';

/** The command against dig: the same question to the same server, and the same lines on standard output. */

const zone = `$TTL 3600
@ SOA ns1 hostmaster 2026120101 7200 900 1209600 600
@ NS ns1
@ NS ns2.elsewhere.test.
@ MX 10 busy
@ MX 20 mail
@ TXT "v=spf1 -all" "two \\"strings\\" \\195\\188"
@ CAA 0 issue "ca.example"
ns1 A 127.0.0.1
www A 192.0.2.80
www AAAA 2001:db8::80
mail A 192.0.2.25
busy A 192.0.2.26
alias CNAME www
_sip._tcp SRV 1 2 5060 mail
a\\.b.c TXT "a dot in a label"
odd TYPE65280 \\# 4 c0ffee00
loc LOC 51 30 12.748 N 0 7 39.611 W 0.00m 0.00m 0.00m 0.00m
svc HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.1
*.wild TXT "wild"
${Array.from({length: 60}, (_, at) => `big TXT "${String(at).padStart(4, '0').repeat(25)}"`).join('\n')}
`;

const keyText = 'key "shared" { algorithm hmac-sha256; secret "c2VjcmV0IHNlY3JldCBzZWNyZXQ="; };';
const why = missing('named') ?? (has('dig', '-v') ? undefined : 'dig is not installed');
let server: NameServer | undefined;
let running: Running;

beforeAll(async () => {
  if (why === undefined) server = await startNamed([{name: 'example.test', text: zone}], {extra: keyText});
});
afterAll(() => server?.stop());
beforeEach(() => {
  running = new Running();
});
afterEach(() => running.close());

const fixed = {id: 4711, cookie: 'no'};

async function ours(ask: Partial<QueryAsk>): Promise<string> {
  const asked = {...defaultsOf(queryFields), ...fixed, server: `127.0.0.1:${server!.port}`, ...ask};
  const {run: started, events} = running.start(queryExperiment, asked);
  await started.ended;
  const pieces = events.map(event => {
    const line = queryExperiment.line(event as never, started.journal.bytesOf(event), asked as never);
    if (line === undefined || typeof line === 'string' || line instanceof Uint8Array) return '';
    return 'raw' in line ? new TextDecoder().decode(line.raw) : '';
  });
  return pieces.join('');
}

function dig(...words: string[]): string {
  return run('dig', ['@127.0.0.1', '-p', String(server!.port), '+qid=4711', '+nocookie', ...words]);
}

/** Without what is different each time, and the records of each section in one order: BIND turns them around. */
function compared(text: string): readonly string[] {
  const lines = text
    .replace(/(Query time|WHEN|SERVER): .*/g, '$1: …')
    .split('\n')
    .filter(line => !/^(; <<>>|; \(\d+ server|;; global options)/.test(line));
  const sections = lines.join('\n').trim().split('\n\n');
  return sections.map(section => section.split('\n').sort().join('\n'));
}

describe.skipIf(why !== undefined)('the same as dig', () => {
  test.each([
    ['www.example.test', 'A', [], {}],
    ['www.example.test', 'AAAA', ['+dnssec'], {dnssec: true}],
    ['example.test', 'MX', [], {}],
    ['example.test', 'TXT', ['+norecurse'], {rd: false}],
    ['example.test', 'NS', ['+noadflag', '+cdflag'], {ad: false, cd: true}],
    ['example.test', 'SOA', ['+noedns'], {edns: false}],
    ['example.test', 'CAA', ['+tcp'], {transport: 'tcp'}],
    ['example.test', 'ANY', ['+tcp'], {transport: 'tcp'}],
    ['alias.example.test', 'A', [], {}],
    ['_sip._tcp.example.test', 'SRV', [], {}],
    ['a\\.b.c.example.test', 'TXT', [], {}],
    ['odd.example.test', 'TYPE65280', [], {}],
    ['loc.example.test', 'LOC', [], {}],
    ['svc.example.test', 'HTTPS', [], {}],
    ['x.wild.example.test', 'TXT', [], {}],
    ['nothing.example.test', 'A', [], {}],
    ['www.example.test', 'MX', [], {}],
    ['elsewhere.test', 'A', [], {}],
    ['big.example.test', 'TXT', [], {}],
    ['big.example.test', 'TXT', ['+ignore'], {ignoreTruncation: true}],
    [
      'www.example.test',
      'A',
      ['+nsid', '+subnet=192.0.2.0/24', '+bufsize=4096'],
      {nsid: true, subnet: '192.0.2.0/24', udpSize: 4096},
    ],
    ['version.bind', 'TXT', ['-c', 'CH'], {class: 'CH'}],
    ['www.example.test', 'A', ['+edns=1', '+noednsneg'], {ednsVersion: 1}],
    ['www.example.test', 'A', ['+opcode=STATUS'], {opcode: 'STATUS'}],
    ['www.example.test', 'A', ['+zflag', '+aaflag'], {z: true, aa: true}],
  ] as const)('%s %s %j', async (name, type, words, ask) => {
    expect(compared(await ours({name, type, ...(ask as Partial<QueryAsk>)}))).toEqual(
      compared(dig(name, type, ...words)),
    );
  });

  test('short', async () => {
    const ask = {name: 'example.test', type: 'MX', short: true};
    const sorted = (text: string) => text.trim().split('\n').sort();
    expect(sorted(await ours(ask))).toEqual(sorted(dig('example.test', 'MX', '+short')));
  });

  test.each([
    ['hmac-sha256:shared:c2VjcmV0IHNlY3JldCBzZWNyZXQ=', 'NOERROR', /signature is good/],
    ['hmac-sha256:shared:d3Jvbmc=', 'NOTAUTH', /BADSIG/],
    ['hmac-sha256:other:c2VjcmV0', 'NOTAUTH', /BADKEY/],
  ])('signed with %s', async (tsig, status, says) => {
    const asked = {...defaultsOf(queryFields), ...fixed, server: `127.0.0.1:${server!.port}`, tsig};
    const {run: started, events} = running.start(queryExperiment, asked);
    await started.ended;
    expect(events.find(({kind}) => kind === 'response')).toMatchObject({RCODEname: status});
    expect(events.find(({about}) => about === 'signature')?.['says']).toMatch(says);
  });

  test('a zone', async () => {
    const records = (text: string) => text.split('\n').filter(line => line !== '' && !line.startsWith(';'));
    const theirs = dig('example.test', 'AXFR');
    const text = await ours({name: 'example.test', type: 'AXFR'});
    expect(records(text).sort()).toEqual(records(theirs).sort());
    expect(text).toMatch(/;; XFR size: \d+ records \(messages 1, bytes \d+\)/);
    expect(/XFR size: \d+ records/.exec(text)).toEqual(expect.arrayContaining(/XFR size: \d+ records/.exec(theirs)!));
  });
});

const programs = {Python: '/usr/bin/python3', Node: process.execPath} as const;

describe.skipIf(why !== undefined)('the same elsewhere', () => {
  const hasPython = has('/usr/bin/python3') && spawnSync('/usr/bin/python3', ['-c', 'import dns.message']).status === 0;
  if (!hasPython) console.warn('no dnspython: its equivalent is not run');
  const hasC = has('cc');

  test.each(['udp', 'tcp'] as const)('every program for %s gives the same address', transport => {
    const ask = {...defaultsOf(queryFields), server: `127.0.0.1:${server!.port}`, transport};
    for (const {language, code} of queryEquivalents(ask)) {
      if (language === 'Python' && !hasPython) continue;
      if (language === 'C') {
        if (hasC) expect(compiled(code)).toContain('192.0.2.80');
        continue;
      }
      const words = {Python: ['-c', code], Node: ['--input-type=module', '-e', code], shell: ['-c', code]}[language];
      const program = language === 'shell' ? 'sh' : programs[language];
      const {stdout} = spawnSync(program, words, {encoding: 'utf8'});
      // A program that has no words for records shows the bytes.
      expect(stdout, `${language}:\n${code}`).toMatch(/192\.0\.2\.80|c0000250/);
    }
  });
});

function compiled(code: string): string {
  const run = 'd=$(mktemp -d) && cat > $d/q.c && cc -w -o $d/q $d/q.c -lresolv && $d/q; s=$?; rm -r $d; exit $s';
  return spawnSync('sh', ['-c', run], {input: code, encoding: 'utf8'}).stdout;
}
