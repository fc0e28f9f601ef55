import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {ProblemError} from '../../../src/journal/problem.ts';
import * as certificates from '../../../src/lab/test-certificates.ts';
import {recordText} from '../../../src/wire/dns/dig-text.ts';
import {parseTsigKey, type TsigKey} from '../../../src/wire/dns/tsig.ts';
import type {ResourceRecord} from '../../../src/wire/dns/types.ts';
import {
  type TransferAsk,
  type TransferOptions,
  type TransferSummary,
  transfer,
} from '../../../src/world/dns/transfer.ts';
import type {DnsServer} from '../../../src/world/dns/types.ts';
import {missing, type NameServer, startKnot, startNamed, startNsd} from '../../support/name-servers.ts';
import {has, run} from '../support/tools.ts';

const zone = 'transfer.test.';
const secret = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const directory = mkdtempSync(join(tmpdir(), 'wirebook-transfer-'));
const noDig = !has('dig', '-v');
const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closing) await close();
  rmSync(directory, {recursive: true, force: true});
});

/** Enough records that they do not fit into one message of 64 KiB. */
function zoneText(name: string): string {
  const many = Array.from({length: 2500}, (_, k) => `n${k} TXT "${'x'.repeat(30)} ${k}"`).join('\n');
  return `$ORIGIN ${name}\n$TTL 300\n@ SOA ns hostmaster 10 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n@ MX 10 ns\n${many}\n`;
}

function keyOf(text: string): TsigKey {
  const read = parseTsigKey(text);
  if (!read.ok) throw new Error(read.says);
  return read.key;
}

interface Came {
  readonly records: ResourceRecord[];
  readonly summary: TransferSummary;
}

async function whole(
  server: {readonly port: number},
  ask: TransferAsk,
  options: Partial<TransferOptions> = {},
  at: DnsServer = {address: '127.0.0.1', port: server.port, transport: 'tcp'},
): Promise<Came> {
  const messages = transfer(at, ask, {timeout: 5, ...options});
  const records: ResourceRecord[] = [];
  for (;;) {
    const step = await messages.next();
    if (step.done === true) return {records, summary: step.value};
    records.push(...step.value.records);
  }
}

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing went wrong',
    (error: unknown) => {
      if (error instanceof ProblemError) return `${error.problem.code}: ${error.problem.says}`;
      throw error;
    },
  );

/** Fields between single blanks: dig lines its columns up. */
const plain = (lines: readonly string[]): string[] => lines.map(line => line.replace(/\s+/g, ' ').trim()).sort();

const digLines = (port: number, ...words: string[]): string[] =>
  run('dig', ['@127.0.0.1', '-p', String(port), '+noall', '+answer', '+onesoa', ...words])
    .split('\n')
    .filter(line => line !== '' && !line.startsWith(';'));

const starters = {nsd: startNsd, named: startNamed, knotd: startKnot} as const;

describe.each(Object.keys(starters) as (keyof typeof starters)[])('%s', program => {
  test.skipIf(missing(program) !== undefined || noDig)('hands over the records that dig gets', async () => {
    const server = await starters[program]([{name: zone, text: zoneText(zone)}]);
    closing.push(() => server.stop());
    const {records, summary} = await whole(server, {zone, type: 'AXFR'});
    expect(plain(records.slice(0, -1).map(record => recordText(record)))).toEqual(
      plain(digLines(server.port, zone, 'AXFR')),
    );
    expect(summary).toMatchObject({style: 'whole', serial: 10, records: 2505, signed: false});
    expect(summary.messages).toBeGreaterThan(1);
    expect(summary.bytes).toBeGreaterThan(65_535);
    const current = await whole(server, {zone, type: 'IXFR', serial: 10});
    expect(current.summary).toMatchObject({style: 'up to date', serial: 10, records: 1});
    expect(await failure(whole(server, {zone: 'other.test.', type: 'AXFR'}))).toMatch(
      /^dns\.transfer\.(refused|notauth): /,
    );
  });
});

test.skipIf(missing('named') !== undefined)('over TLS, to a server whose certificate is for the name', async () => {
  const tls = {key: certificates.key, certificate: certificates.good};
  const server = await startNamed([{name: zone, text: zoneText(zone)}], {tls});
  closing.push(() => server.stop());
  const at = {address: '127.0.0.1', port: server.tlsPort, transport: 'tls', authority: certificates.authority} as const;
  const came = await whole(server, {zone, type: 'AXFR'}, {}, {...at, tlsName: 'localhost'});
  expect(came.summary).toMatchObject({style: 'whole', records: 2505, session: expect.stringContaining('TLSv1.3')});
  expect(await failure(whole(server, {zone, type: 'AXFR'}, {}, {...at, tlsName: 'other.test'}))).toMatch(
    /^dns\.tls\.name: /,
  );
});

describe.skipIf(missing('named') !== undefined || noDig)('BIND with a key and with changes', async () => {
  const file = join(directory, 'keyed.zone');
  const key = `hmac-sha256:transfer.key:${secret}`;
  let server: NameServer;

  async function start(): Promise<NameServer> {
    if (server !== undefined) return server;
    writeFileSync(file, zoneText('keyed.test.'));
    const extra =
      `key "transfer.key" { algorithm hmac-sha256; secret "${secret}"; };\n` +
      `zone "keyed.test" { type primary; file "${file}"; allow-transfer { key transfer.key; }; allow-update { any; }; };`;
    server = await startNamed([{name: zone, text: zoneText(zone)}], {extra});
    closing.push(() => server.stop());
    return server;
  }

  test('every message is checked', async () => {
    const {port} = await start();
    const {records, summary} = await whole({port}, {zone: 'keyed.test.', type: 'AXFR', key: keyOf(key)});
    expect(summary).toMatchObject({style: 'whole', signed: true});
    expect(plain(records.slice(0, -1).map(record => recordText(record)))).toEqual(
      plain(digLines(port, '-y', key, 'keyed.test.', 'AXFR').filter(line => !line.includes('TSIG'))),
    );
  });

  test('without the key, with another secret, with another name', async () => {
    const {port} = await start();
    const ask = {zone: 'keyed.test.', type: 'AXFR'} as const;
    expect(await failure(whole({port}, ask))).toMatch(/^dns\.transfer\.refused: /);
    expect(await failure(whole({port}, {...ask, key: keyOf('hmac-sha256:transfer.key:b3RoZXI=')}))).toMatch(
      /^dns\.tsig\.badsig: .*does not fit the key transfer\.key\./,
    );
    expect(await failure(whole({port}, {...ask, key: keyOf(`hmac-sha256:nobody:${secret}`)}))).toMatch(
      /^dns\.tsig\.badkey: .*does not know the key nobody\./,
    );
  });

  test('differences since a serial, as dig gets them', async () => {
    const {port} = await start();
    const update = (lines: string) => {
      const done = spawnSync('nsupdate', [], {input: `server 127.0.0.1 ${port}\nzone keyed.test\n${lines}\nsend\n`});
      if (done.error !== undefined) return false;
      expect(done.status).toBe(0);
      return true;
    };
    if (!update('update add new.keyed.test 300 A 192.0.2.1')) {
      console.warn('nsupdate is not installed: the differences of BIND are left out');
      return;
    }
    update('update delete n7.keyed.test\nupdate add newer.keyed.test 300 TXT "two words"');
    const {records, summary} = await whole({port}, {zone: 'keyed.test.', type: 'IXFR', serial: 10, key: keyOf(key)});
    expect(summary).toMatchObject({style: 'differences', serial: 12, signed: true});
    expect(summary.differences.map(({from, to}) => [from, to])).toEqual([
      [10, 11],
      [11, 12],
    ]);
    const [first, second] = summary.differences;
    expect(first!.added.map(record => record.name)).toEqual(['new.keyed.test.']);
    expect(second!.removed.map(record => record.name)).toEqual(['n7.keyed.test.']);
    expect(second!.added.map(record => record.name)).toEqual(['newer.keyed.test.']);
    const dig = run('dig', [
      '@127.0.0.1',
      '-p',
      String(port),
      '+noall',
      '+answer',
      '-y',
      key,
      'keyed.test.',
      'IXFR=10',
    ]);
    const lines = dig.split('\n').filter(line => line !== '' && !line.startsWith(';') && !line.includes('TSIG'));
    expect(records.map(record => recordText(record).replace(/\s+/g, ' '))).toEqual(
      lines.map(line => line.replace(/\s+/g, ' ')),
    );
  });
});
