import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {recordLines} from '../../../src/wire/dns/dig-text.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {canonicalRdata} from '../../../src/wire/dns/rdata/expand.ts';
import {genericText, rdataText} from '../../../src/wire/dns/rdata/text.ts';
import {typeNumber} from '../../../src/wire/dns/tables.ts';
import type {Message} from '../../../src/wire/dns/types.ts';
import {fromHex, toHex} from '../../../src/wire/text/hex.ts';
import {createClock} from '../../../src/world/clock.ts';
import {createDns} from '../../../src/world/dns/exchange.ts';
import {
  missing,
  type NameServer,
  startKnot,
  startNamed,
  startNsd,
  startUnbound,
  type Zone,
} from '../../support/name-servers.ts';
import {has, run} from '../support/tools.ts';

/** Every type of record, served by the servers that people run, asked for by us and by dig: we must read the same. */

const noDig = !has('dig', '-v');
const absent = {
  named: missing('named') !== undefined,
  nsd: missing('nsd') !== undefined,
  knotd: missing('knotd') !== undefined,
  unbound: missing('unbound') !== undefined,
};

interface Vector {
  readonly type: string;
  readonly text: string;
  readonly hex: string;
  /** Set where dig does not know the type, or prints it otherwise. */
  readonly source?: string;
}

interface Entry {
  readonly type: string;
  readonly number: number;
  readonly name: string;
  readonly data: Uint8Array;
  readonly digKnows: boolean;
}

const file = new URL('../../vectors/dns-rdata.json', import.meta.url);
const {records} = JSON.parse(readFileSync(file, 'utf8')) as {readonly records: readonly Vector[]};

/** An SOA stands at the top only, and NSEC3 with its signatures in negative answers only (RFC 5155 §7.2.8). */
const entries = records
  .map(({type, text, hex, source}, index) => ({
    type,
    number: typeNumber(type)!,
    name: `${String(index).padStart(3, '0')}${'0'.repeat(29)}.t.test.`,
    data: fromHex(hex)!,
    digKnows: source === undefined,
    servable: type !== 'SOA' && type !== 'NSEC3' && !text.startsWith('NSEC3 '),
  }))
  .filter(({servable}) => servable);

/** BIND takes no MD and MF any more. */
const forBind = entries.filter(({type}) => type !== 'MD' && type !== 'MF');

/** All data is written as bytes (RFC 3597), so what is tested is not how a server reads text. */
function zoneOf(kept: readonly Entry[]): Zone {
  const lines = kept.map(({name, number, data}) => `${name} 300 IN TYPE${number} ${genericText(data)}`);
  const top = ['$ORIGIN t.test.', '@ 300 IN SOA ns host 1 2 3 4 5', '@ 300 IN NS ns', 'ns 300 IN A 127.0.0.1'];
  return {name: 't.test', text: `${[...top, ...lines].join('\n')}\n`};
}

describe.each([
  {title: 'BIND', kept: forBind, off: absent.named, start: startNamed},
  {title: 'NSD', kept: entries, off: absent.nsd, start: startNsd},
  {title: 'Knot', kept: entries, off: absent.knotd, start: startKnot},
  {title: 'Unbound', kept: entries, off: absent.unbound, start: startUnbound},
])('from $title', ({kept, off, start}) => {
  let server: NameServer;
  beforeAll(async () => {
    if (!off) server = await start([zoneOf(kept)]);
  });
  afterAll(() => server?.stop());

  test.skipIf(off)('comes with the data that the zone has', async () => {
    const answers = await askAll(kept, server.port);
    expect(kept.map((entry, index) => dataIn(entry, answers[index]!))).toEqual(kept.map(wanted));
  });

  test.skipIf(off || noDig)('is shown line by line as dig shows it', async () => {
    const known = kept.filter(({digKnows}) => digKnows);
    const answers = await askAll(known, server.port);
    expect(answers.flatMap(linesOf)).toEqual(digLines(known, server.port));
  });

  test.skipIf(off)('is the same after it was encoded again, compressed or not', async () => {
    const answers = await askAll(kept, server.port);
    for (const message of answers)
      for (const compress of [true, false])
        expect(decodeMessage(encodeMessage(message, {compress})).message).toEqual(message);
  });
});

describe.skipIf(absent.unbound || absent.named)('through Unbound, which asks BIND', () => {
  // A resolver follows delegations and aliases, and these lead nowhere.
  const kept = forBind.filter(({type}) => !['NS', 'CNAME', 'DNAME'].includes(type));
  let servers: readonly NameServer[] = [];
  beforeAll(async () => {
    const named = await startNamed([zoneOf(kept)]);
    servers = [named, await startUnbound([], {forward: named})];
  });
  afterAll(() => Promise.all(servers.map(server => server.stop())));

  test.skipIf(noDig)('every record is shown as dig shows it', async () => {
    const known = kept.filter(({digKnows}) => digKnows);
    const answers = await askAll(known, servers[1]!.port, true);
    expect(answers.map(({answers: found}) => found.length)).toEqual(known.map(() => 1));
    expect(answers.flatMap(linesOf).map(withoutTtl)).toEqual(
      digLines(known, servers[1]!.port, '+recurse').map(withoutTtl),
    );
  });
});

async function askAll(asked: readonly Entry[], port: number, rd = false): Promise<readonly Message[]> {
  const dns = createDns(createClock());
  const answers: Message[] = [];
  for (const {name, number} of asked) {
    const flags = {aa: false, tc: false, rd, ra: false, z: false, ad: false, cd: false};
    const none = {answers: [], authorities: [], additionals: []};
    const questions = [{name, type: number, class: 1}];
    const query = encodeMessage({id: 7, response: false, opcode: 0, rcode: 0, flags, questions, ...none});
    const server = {address: '127.0.0.1', port, transport: 'udp'} as const;
    const exchange = await dns.exchange(query, server, {timeout: 5, retries: 1});
    if (!exchange.ok) throw new Error(`${name}: ${exchange.problem.says}`);
    const {message, faults} = decodeMessage(exchange.value.bytes);
    expect(faults).toEqual([]);
    answers.push(message);
  }
  return answers;
}

/** NS of a delegation stands in the authority section. NSD and Knot make the letters of some names small. */
function dataIn({type, number, name}: Entry, {answers, authorities}: Message): string {
  const found = [...answers, ...authorities].filter(record => record.type === number && record.name === name);
  return `${type} ${found.map(({data}) => toHex(canonicalRdata(number, data))).join(' and ')}`;
}

function wanted({type, number, data}: Entry): string {
  return `${type} ${toHex(canonicalRdata(number, data))}`;
}

function linesOf({answers, authorities, additionals}: Message): readonly string[] {
  return [answers, authorities, additionals].flatMap(recordLines);
}

function digLines(asked: readonly Entry[], port: number, recurse = '+norecurse'): readonly string[] {
  const batch = join(tmpdir(), `wirebook-batch-${process.pid}-${port}`);
  writeFileSync(batch, asked.map(({name, number}) => `-q ${name} -t TYPE${number}\n`).join(''));
  const shown = ['+noall', '+answer', '+authority', '+additional', '+noedns', '+notcp', recurse];
  try {
    const printed = run('dig', ['@127.0.0.1', '-p', String(port), ...shown, '-f', batch]);
    return printed.split('\n').filter(line => line !== '' && !line.startsWith(';'));
  } finally {
    rmSync(batch);
  }
}

function withoutTtl(line: string): string {
  return line.replace(/^(\S+\s+)\d+/, '$1');
}

test('the vectors that are served are of nearly every type', () => {
  expect(new Set(entries.map(({type}) => type)).size).toBeGreaterThan(70);
  expect(entries.every(({number, data}) => !rdataText(number, data).includes('undefined'))).toBe(true);
});
