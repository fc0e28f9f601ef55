import {describe, expect, test} from 'vitest';
import {createInternet} from '../../../src/lab/dns/internet.ts';
import type {Asker, Response} from '../../../src/lab/dns/respond.ts';
import {responseCodeName, typeName, typeNumber} from '../../../src/wire/dns/tables.ts';
import type {Message, ResourceRecord} from '../../../src/wire/dns/types.ts';

/** The lab's servers in this process, without a socket: the same verdicts as delv's (validated.test.ts) where there is no delv. */
const internet = createInternet({seconds: () => 1_790_000_000});
const inside: Asker = {transport: 'tcp', address: '127.0.0.1', port: 1};

async function asked(
  name: string,
  type: string,
  flags: {cd?: boolean; ad?: boolean} = {},
  server = '127.4.0.53',
  servers = internet,
) {
  const question = {name, type: typeNumber(type)!, class: 1};
  const request: Message = {
    id: 1,
    response: false,
    opcode: 0,
    flags: {aa: false, tc: false, rd: true, ra: false, z: false, ad: false, cd: false, ...flags},
    rcode: 0,
    questions: [question],
    answers: [],
    authorities: [],
    additionals: [],
    edns: {udpSize: 1232, version: 0, dnssecOk: true, z: 0, options: []},
  };
  return (await servers.answererOf(server)(question, request, inside)) as Response;
}

/** `NXDOMAIN secure`, `SERVFAIL 7`. */
async function verdict(name: string, type: string): Promise<string> {
  const {rcode, ad, errors = []} = await asked(name, type);
  const code = responseCodeName(rcode);
  return code === 'SERVFAIL' ? `${code} ${errors[0]?.code}` : `${code} ${ad === true ? 'secure' : 'insecure'}`;
}

describe('the resolver', () => {
  test.each([
    ['example.test.', 'MX', 'NOERROR secure'],
    ['.', 'DNSKEY', 'NOERROR secure'],
    ['www.nsec3.example.', 'A', 'NOERROR secure'],
    ['lame.test.', 'A', 'NOERROR secure'],
    ['alias.example.', 'A', 'NOERROR secure'],
    ['host.old.example.test.', 'A', 'NOERROR secure'],
    ['anything.wild.example.test.', 'A', 'NOERROR secure'],
    ['anything.wild.example.', 'A', 'NOERROR secure'],
    ['anything.aliased.example.test.', 'A', 'NOERROR secure'],
    ['www.example.test.', 'MX', 'NOERROR secure'],
    ['empty.example.test.', 'A', 'NOERROR secure'],
    ['anything.wild.example.', 'AAAA', 'NOERROR secure'],
    ['below.example.', 'A', 'NOERROR secure'],
    ['unsigned.test.', 'DS', 'NOERROR secure'],
    ['nothing.example.test.', 'A', 'NXDOMAIN secure'],
    ['a.sub.wild.example.test.', 'A', 'NXDOMAIN secure'],
    ['nothing.example.', 'A', 'NXDOMAIN secure'],
    ['nothing.nsec3.example.', 'A', 'NXDOMAIN secure'],
    ['dangling.example.test.', 'A', 'NXDOMAIN secure'],
    ['www.python.org.', 'A', 'NXDOMAIN secure'],
    ['unsigned.test.', 'A', 'NOERROR insecure'],
    ['nothing.unsigned.test.', 'A', 'NXDOMAIN insecure'],
    ['island.test.', 'A', 'NOERROR insecure'],
    ['plain.example.test.', 'A', 'NOERROR insecure'],
    ['www.second.nsec3.example.', 'A', 'NOERROR insecure'],
    ['anything.wild.nsec3.example.', 'A', 'NOERROR insecure'],
    ['bogus.test.', 'A', 'SERVFAIL 6'],
    ['nothing.bogus.test.', 'A', 'SERVFAIL 6'],
    ['away.example.test.', 'A', 'SERVFAIL 6'],
    ['expired.test.', 'A', 'SERVFAIL 7'],
    ['early.test.', 'A', 'SERVFAIL 8'],
    ['wrong-ds.test.', 'A', 'SERVFAIL 9'],
    ['stripped.test.', 'A', 'SERVFAIL 10'],
    ['silent.test.', 'A', 'SERVFAIL 23'],
    ['loop.example.test.', 'A', 'SERVFAIL 0'],
  ])('%s %s: %s', async (name, type, expected) => {
    expect(await verdict(name, type)).toBe(expected);
  });

  test('gives out what is bogus to who checks it alone', async () => {
    const {rcode, ad, answers} = await asked('bogus.test.', 'A', {cd: true});
    expect([rcode, ad, answers!.map(({type}) => typeName(type))]).toEqual([0, false, ['A', 'RRSIG']]);
  });
});

const shown = (records: readonly ResourceRecord[] = []) => records.map(({name, type}) => `${name} ${typeName(type)}`);
const unsigned = (records: readonly string[]) => records.filter(text => !text.endsWith(' RRSIG'));

describe('what a server with authority proves', () => {
  test.each([
    ['the name has no such type', 'www.example.test.', 'MX', ['www.example.test. NSEC']],
    ['nothing but names below', 'empty.example.test.', 'A', ['dual.example.test. NSEC']],
    [
      'no such name, no wildcard',
      'nothing.example.test.',
      'A',
      ['nomx.example.test. NSEC', '\\001\\255.example.test. NSEC'],
    ],
    [
      'a wildcard without the type',
      'x.wild.example.test.',
      'AAAA',
      ['sub.wild.example.test. NSEC', '*.wild.example.test. NSEC'],
    ],
    ['no DS at the cut', 'plain.example.test.', 'DS', ['plain.example.test. NSEC']],
  ])('NSEC: %s', async (_what, name, type, proofs) => {
    const {authorities} = await asked(name, type, {}, '127.4.3.1');
    const [soa, ...rest] = unsigned(shown(authorities));
    expect([soa, rest]).toEqual(['example.test. SOA', proofs]);
  });

  test('NSEC: a wildcard stands for the name, which is not there', async () => {
    const {answers, authorities} = await asked('x.wild.example.test.', 'A', {}, '127.4.3.1');
    expect(shown(answers)).toEqual(['x.wild.example.test. A', 'x.wild.example.test. RRSIG']);
    expect(unsigned(shown(authorities))).toEqual(['sub.wild.example.test. NSEC']);
  });

  test('NSEC: a delegation that is not signed comes with the proof', async () => {
    const {aa, authorities} = await asked('www.plain.example.test.', 'A', {}, '127.4.3.2');
    expect(aa).toBe(true);
    expect(authorities).toEqual([]);
    const referral = await asked('www.unsigned.test.', 'A', {}, '127.4.1.1');
    expect(shown(referral.authorities)).toEqual([
      'unsigned.test. NS',
      'unsigned.test. NS',
      'unsigned.test. NSEC',
      'unsigned.test. RRSIG',
    ]);
  });

  /** How many NSEC3 records: RFC 5155 §7.2 says which, and no more than are needed are sent. */
  test.each([
    ['the name has no such type (§7.2.3)', 'www.nsec3.example.', 'MX', 1],
    ['nothing but names below', 'c.nsec3.example.', 'A', 1],
    ['no such name: encloser, next closer, wildcard (§7.2.2)', 'x.y.z.nsec3.example.', 'A', 3],
    ['a wildcard without the type (§7.2.5)', 'x.wild.nsec3.example.', 'MX', 3],
    ['no DS at a cut that the chain leaves out (§7.2.4)', 'first.nsec3.example.', 'DS', 2],
  ])('NSEC3: %s', async (_what, name, type, most) => {
    const {authorities} = await asked(name, type, {}, '127.4.5.1');
    const proofs = new Set(unsigned(shown(authorities)).filter(text => text.endsWith(' NSEC3')));
    expect(proofs.size).toBeGreaterThan(0);
    // One record may prove two things at once; which ones do depends on the hashes alone.
    expect(proofs.size).toBeLessThanOrEqual(most);
    expect(shown(authorities)[0]).toBe('nsec3.example. SOA');
  });

  test('a DNAME comes with the CNAME made from it, which has no signature', async () => {
    const {answers} = await asked('host.old.example.test.', 'A', {}, '127.4.3.1');
    expect(shown(answers)).toEqual([
      'old.example.test. DNAME',
      'old.example.test. RRSIG',
      'host.old.example.test. CNAME',
      'host.new.example.test. A',
      'host.new.example.test. RRSIG',
    ]);
  });

  test('a DNAME that makes a name too long is YXDOMAIN', async () => {
    const text = `@ SOA ns.workspace.test. me 1 2 3 4 5\n@ NS ns.workspace.test.\nd DNAME ${'x'.repeat(60)}.test.\n`;
    const own = createInternet({seconds: () => 1_790_000_000});
    own.load({zones: [{origin: 'long.test.', text, servers: ['127.4.6.1']}], hosts: [], faults: []});
    const ask = async (name: string) => (await asked(name, 'A', {}, '127.4.6.1', own)).rcode;
    expect(responseCodeName(await ask(`${'a.'.repeat(110)}d.long.test.`))).toBe('YXDOMAIN');
    expect(responseCodeName(await ask('a.d.long.test.'))).toBe('NOERROR');
  });

  test('a loop of aliases ends where it began', async () => {
    const {answers, rcode} = await asked('loop.example.test.', 'A', {}, '127.4.3.1');
    const names = unsigned(shown(answers));
    expect([rcode, names]).toEqual([
      0,
      ['loop.example.test. CNAME', 'pool.example.test. CNAME', 'round.example.test. CNAME'],
    ]);
  });

  test('a referral has glue for every server, also where it lies below another cut', async () => {
    const {aa, additionals} = await asked('www.lame.test.', 'A', {}, '127.4.1.1');
    expect(aa).toBe(false);
    expect(shown(additionals)).toEqual(['lame.hoster.test. A', 'dead.hoster.test. A', 'ns1.hoster.test. A']);
  });
});
