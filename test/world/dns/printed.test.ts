import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {digShort, digText} from '../../../src/wire/dns/dig-text.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {type JsonObject, rfc8427} from '../../../src/wire/dns/json.ts';
import {typeNumber} from '../../../src/wire/dns/tables.ts';
import {createClock} from '../../../src/world/clock.ts';
import {createDns} from '../../../src/world/dns/exchange.ts';
import {missing, type NameServer, startNsd} from '../../support/name-servers.ts';
import {has, run} from '../support/tools.ts';

/** Whole outputs against those of dig and kdig, from a server that answers them and us alike. */

const noServer = missing('nsd') !== undefined;
const noDig = !has('dig', '-v');
const noKdig = !has('kdig');

const zone = {
  name: 't.test',
  text: `$ORIGIN t.test.
$TTL 300
@ SOA ns hostmaster 2026120101 7200 3600 1209600 300
@ NS ns
@ MX 10 mail
ns A 127.0.0.1
mail AAAA 2001:db8::25
www CNAME host
host A 192.0.2.80
host A 192.0.2.81
big TXT ${`"${'x'.repeat(200)}" `.repeat(9)}
sub NS ns.sub
ns.sub A 192.0.2.53
sub DS 60485 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
`,
};

const questions = [
  ['t.test.', 'SOA'],
  ['t.test.', 'MX'],
  ['www.t.test.', 'A'],
  ['host.t.test.', 'A'],
  ['host.t.test.', 'AAAA'],
  ['nothing.t.test.', 'A'],
  ['deep.sub.t.test.', 'A'],
  ['sub.t.test.', 'DS'],
  ['big.t.test.', 'TXT'],
  ['elsewhere.', 'A'],
] as const;

let server: NameServer;
beforeAll(async () => {
  if (!noServer) server = await startNsd([zone]);
});
afterAll(() => server?.stop());

describe.skipIf(noServer || noDig)('what dig prints', () => {
  test.each(questions)('of %s %s is what we print', async (name, type) => {
    const {bytes, truncated, transport} = await ask(name, type);
    const lines = digText(decodeMessage(bytes).message, {
      truncatedFirst: truncated,
      seconds: 0,
      server: {address: '127.0.0.1', port: server.port, transport},
      when: 'now',
      size: bytes.length,
    });
    const printed = run('dig', [
      '@127.0.0.1',
      '-p',
      String(server.port),
      '+nocookie',
      '+nocmd',
      '-q',
      name,
      '-t',
      type,
    ]);
    expect(masked(lines)).toEqual(masked(printed.split('\n')));
  });

  test.each(questions)('of %s %s with +short is what we print', async (name, type) => {
    const {bytes} = await ask(name, type);
    const printed = run('dig', ['@127.0.0.1', '-p', String(server.port), '+short', '-q', name, '-t', type]);
    expect(digShort(decodeMessage(bytes).message)).toEqual(printed.split('\n').slice(0, -1));
  });
});

describe.skipIf(noServer || noKdig)('the JSON of kdig', () => {
  test.each(questions)('for %s %s has the members that ours has', async (name, type) => {
    const {bytes} = await ask(name, type);
    const printed = run('kdig', [
      '@127.0.0.1',
      '-p',
      String(server.port),
      '+json',
      '+edns',
      '+bufsize=1232',
      '-q',
      name,
      '-t',
      type,
    ]);
    const {dateString, dateSeconds, ...theirs} = JSON.parse(printed) as JsonObject;
    const {RCODEname, messageOctetsHEX, ...ours} = rfc8427(decodeMessage(bytes).message, bytes);
    expect([typeof dateString, typeof dateSeconds, typeof RCODEname, typeof messageOctetsHEX]).toEqual([
      'string',
      'number',
      'string',
      'string',
    ]);
    expect(withoutText({...ours, ID: 0})).toEqual(withoutText({...theirs, ID: 0}));
  });
});

async function ask(name: string, type: string) {
  const flags = {aa: false, tc: false, rd: true, ra: false, z: false, ad: true, cd: false};
  const query = encodeMessage({
    id: 4660,
    response: false,
    opcode: 0,
    rcode: 0,
    flags,
    questions: [{name, type: typeNumber(type)!, class: 1}],
    answers: [],
    authorities: [],
    additionals: [],
    edns: {udpSize: 1232, version: 0, dnssecOk: false, z: 0, options: []},
  });
  const to = {address: '127.0.0.1', port: server.port, transport: 'udp'} as const;
  const exchange = await createDns(createClock()).exchange(query, to, {timeout: 5, retries: 1});
  if (!exchange.ok) throw new Error(exchange.problem.says);
  const {bytes, truncated, server: answered} = exchange.value;
  return {bytes, truncated: truncated !== undefined, transport: answered.transport};
}

/** Without blank lines at the ends, and without what differs from one answer to the next. */
function masked(lines: readonly string[]): string {
  return lines
    .join('\n')
    .trim()
    .replace(/id: \d+/, 'id: 0')
    .replace(/Query time: \d+/, 'Query time: 0')
    .replace(/WHEN: .*/, 'WHEN: now');
}

/** kdig shortens and spells the text of records in its own way (§2.3 leaves it open); their bytes are compared. */
function withoutText(message: JsonObject): unknown {
  return JSON.parse(
    JSON.stringify(message, (name, value: unknown) => (name.startsWith('rdata') ? typeof value : value)),
  );
}
