/**
 * Makes dns-messages.json: messages that NSD, BIND, Knot, Unbound and dnspython have really sent, each with the fields that
 * Wireshark finds in it. Run: `npx node test/vectors/make-dns-messages.ts`, with those programs and BIND's dnssec-signzone.
 */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createConnection} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {decodeMessage} from '../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../src/wire/dns/encode.ts';
import {createSplitter, withLength} from '../../src/wire/dns/framing.ts';
import {typeNumber} from '../../src/wire/dns/tables.ts';
import type {EdnsOption, Message} from '../../src/wire/dns/types.ts';
import {askOnce, type NameServer, startKnot, startNamed, startNsd, startUnbound} from '../support/name-servers.ts';
import {tsharkLeaves} from '../wire/dns/tshark.ts';

interface Vector {
  readonly made: string;
  readonly hex: string;
}

const rdata = JSON.parse(readFileSync(join(import.meta.dirname, 'dns-rdata.json'), 'utf8')) as {
  records: {type: string; hex: string}[];
};

const head = (origin: string) =>
  `$ORIGIN ${origin}\n$TTL 3600\n@ SOA ns1 hostmaster 2026120101 7200 3600 1209600 300\n@ NS ns1\n@ NS ns2\nns1 A 127.0.0.1\nns2 A 127.0.0.2\nns2 AAAA ::1\n`;

const plain = `${head('plain.test.')}
@ MX 10 mail
@ MX 20 mail.elsewhere.test.
@ TXT "v=spf1 mx -all"
mail A 192.0.2.25
mail AAAA 2001:db8::25
www CNAME web
web CNAME host
host 300 A 192.0.2.80
_sip._tcp SRV 1 2 5060 host
*.wild A 192.0.2.99
big TXT "${'x'.repeat(250)}" "${'y'.repeat(250)}" "${'z'.repeat(250)}"
big TXT "${'q'.repeat(255)}" "${'w'.repeat(255)}" "${'e'.repeat(255)}"
sub NS ns.sub
sub NS ns1
ns.sub A 192.0.2.53
old DNAME new
a.new A 192.0.2.7
a\\.dot A 192.0.2.8
\\000\\255 A 192.0.2.9
${Array.from({length: 40}, (_, index) => `many A 192.0.2.${index + 1}`).join('\n')}
`;

/** Every type that a zone file can hold, each at a name of its own. */
const barred = new Set([
  'SOA',
  'NS',
  'NULL',
  'TKEY',
  'TSIG',
  'OPT',
  'SIG',
  'NXT',
  'CNAME',
  'DNAME',
  'RRSIG',
  'NSEC',
  'NSEC3',
  'DNSKEY',
  'DS',
  'NSEC3PARAM',
  'CDS',
  'CDNSKEY',
  'KEY',
  'ANY',
  'MD',
  'MF',
]);
const records = rdata.records
  .filter(({type, hex}) => !barred.has(type) && hex.length > 0 && hex.length < 2000)
  .map((record, index) => ({...record, owner: `r${index}`}));
const typed = `${head('types.test.')}${records.map(({owner, type, hex}) => `${owner} TYPE${typeNumber(type)} \\# ${hex.length / 2} ${hex}`).join('\n')}\n`;

function signed(origin: string, nsec3: boolean): string {
  const directory = mkdtempSync(join(tmpdir(), 'wirebook-sign-'));
  try {
    const text = `${head(origin)}www A 192.0.2.1\nwww AAAA 2001:db8::1\nalias CNAME www\n*.wild TXT "w"\nsub NS ns1.elsewhere.test.\nsafe NS ns1\nsafe DS 12345 13 2 ${'ab'.repeat(32)}\n`;
    writeFileSync(join(directory, 'zone'), text);
    for (const flags of [[], ['-f', 'KSK']])
      execFileSync('dnssec-keygen', ['-K', directory, '-a', 'ECDSAP256SHA256', ...flags, origin], {stdio: 'ignore'});
    execFileSync(
      'dnssec-signzone',
      [
        '-S',
        '-K',
        directory,
        '-o',
        origin,
        '-e',
        '20361231000000',
        ...(nsec3 ? ['-3', 'abcd', '-H', '0'] : []),
        '-f',
        join(directory, 'out'),
        join(directory, 'zone'),
      ],
      {stdio: 'ignore', cwd: directory},
    );
    return readFileSync(join(directory, 'out'), 'utf8');
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

const zones = [
  {name: 'plain.test', text: plain},
  {name: 'types.test', text: typed},
  {name: 'signed.test', text: signed('signed.test.', false)},
  {name: 'nsec3.test', text: signed('nsec3.test.', true)},
];

const option = (code: number, hex = ''): EdnsOption => ({code, data: Uint8Array.from(Buffer.from(hex, 'hex'))});
const options = {
  none: [],
  nsid: [option(3)],
  cookie: [option(10, '0102030405060708')],
  subnet: [option(8, '00011800c00002')],
  several: [
    option(3),
    option(10, 'a1b2c3d4e5f60718'),
    option(8, '000230002001' + '0db80000'),
    option(12, '00'.repeat(11)),
    option(11),
    option(9),
  ],
} as const;

interface Asked {
  readonly name: string;
  readonly type: string;
  readonly edns?: keyof typeof options;
  readonly dnssec?: boolean;
  readonly class?: number;
  readonly opcode?: number;
  readonly version?: number;
  readonly tcp?: boolean;
}

let id = 1000;

function query({name, type, edns, dnssec = false, class: code = 1, opcode = 0, version = 0}: Asked): Message {
  const flags = {aa: false, tc: false, rd: opcode === 0, ra: false, z: false, ad: dnssec, cd: false};
  return {
    id: id++,
    response: false,
    opcode,
    flags,
    rcode: 0,
    questions: [{name, type: typeNumber(type)!, class: code}],
    answers: [],
    authorities: [],
    additionals: [],
    ...(edns !== undefined && {edns: {udpSize: 4096, version, dnssecOk: dnssec, z: 0, options: options[edns]}}),
  };
}

const asked: readonly Asked[] = [
  ...['plain.test.', 'signed.test.', 'nsec3.test.'].flatMap(name =>
    ['SOA', 'NS', 'MX', 'TXT', 'DNSKEY', 'ANY', 'AAAA', 'NSEC3PARAM'].map(
      type => ({name, type, edns: 'none', dnssec: true}) as const,
    ),
  ),
  ...[
    'www',
    'web',
    'host',
    'mail',
    'x.wild',
    'nothing',
    'sub',
    'x.sub',
    'a.old',
    'x.y.old',
    'a\\.dot',
    '\\000\\255',
    'MaiL',
  ].flatMap(label => ['A', 'MX'].map(type => ({name: `${label}.plain.test.`, type}))),
  ...['www', 'alias', 'x.wild', 'nothing', 'a.b.nothing', 'sub', 'x.safe', 'safe'].flatMap(label =>
    ['signed', 'nsec3'].flatMap(zone =>
      ['A', 'TXT', 'DS'].map(type => ({name: `${label}.${zone}.test.`, type, edns: 'nsid', dnssec: true}) as const),
    ),
  ),
  {name: 'big.plain.test.', type: 'TXT'},
  {name: 'big.plain.test.', type: 'TXT', tcp: true},
  {name: 'many.plain.test.', type: 'A'},
  {name: 'many.plain.test.', type: 'A', edns: 'none'},
  {name: '_sip._tcp.plain.test.', type: 'SRV', edns: 'cookie'},
  {name: 'host.plain.test.', type: 'A', edns: 'subnet'},
  {name: 'host.plain.test.', type: 'A', edns: 'several', dnssec: true},
  {name: 'host.plain.test.', type: 'A', edns: 'none', version: 1},
  {name: 'host.plain.test.', type: 'A', opcode: 4},
  {name: 'host.plain.test.', type: 'A', opcode: 2},
  {name: 'elsewhere.example.', type: 'A', edns: 'none'},
  {name: 'version.bind.', type: 'TXT', class: 3},
  {name: 'id.server.', type: 'TXT', class: 3, edns: 'nsid'},
  {name: 'signed.test.', type: 'AXFR', tcp: true},
  {name: 'plain.test.', type: 'AXFR', tcp: true},
];

const typesAsked: readonly Asked[] = records.map(({owner, type}) => ({name: `${owner}.types.test.`, type}));

async function overTcp(bytes: Uint8Array, port: number): Promise<Uint8Array | undefined> {
  const {promise, resolve} = Promise.withResolvers<Uint8Array | undefined>();
  const socket = createConnection(port, '127.0.0.1', () => socket.write(withLength(bytes)));
  const splitter = createSplitter();
  socket.setTimeout(2000, () => resolve(undefined));
  socket.on('error', () => resolve(undefined));
  socket.on('data', (piece: Buffer) => {
    const [first] = splitter.push(new Uint8Array(piece));
    if (first !== undefined) resolve(first);
  });
  return promise.finally(() => socket.destroy());
}

async function askAll(server: NameServer, all: readonly Asked[]): Promise<Vector[]> {
  const vectors: Vector[] = [];
  for (const one of all) {
    const bytes = encodeMessage(query(one));
    const answer = one.tcp ? await overTcp(bytes, server.port) : await askOnce(bytes, server.port, 500);
    const what = `${one.name} ${one.type}${one.edns === undefined ? '' : ` edns ${one.edns}`}${one.dnssec ? ' do' : ''}`;
    if (answer === undefined) console.warn(`${server.program} says nothing to ${what}`);
    else vectors.push({made: `${server.program}: ${what}`, hex: Buffer.from(answer).toString('hex')});
    if (server.program === 'nsd' && one.edns !== undefined)
      vectors.push({made: `query: ${what}`, hex: Buffer.from(bytes).toString('hex')});
  }
  return vectors;
}

/** Messages that no server sends by itself. */
function dnspython(): Vector[] {
  const program = `
import dns.message, dns.update, dns.tsigkeyring, dns.opcode, dns.rrset, json, dns.flags, dns.edns
out = []
ring = dns.tsigkeyring.from_text({'key.': 'c2VjcmV0c2VjcmV0c2VjcmV0'})
def add(made, m): out.append({'made': 'dnspython: ' + made, 'hex': m.to_wire().hex()})
u = dns.update.Update('plain.test.', id=1); u.add('new', 300, 'A', '192.0.2.1'); u.delete('old'); u.delete('old', 'A'); u.delete('old', 'A', '192.0.2.2'); u.present('here'); u.present('here', 'MX'); u.present('here', 'A', '192.0.2.3'); u.absent('gone'); u.absent('gone', 'TXT'); u.replace('r', 60, 'TXT', 'a b')
add('update', u)
u.use_tsig(ring, keyname='key.', algorithm='hmac-sha256.'); u.id = 2
import time
real = time.time; time.time = lambda: 1796083200
add('update with tsig', u)
time.time = real
n = dns.message.make_query('plain.test.', 'SOA', id=3); n.set_opcode(dns.opcode.NOTIFY); n.flags = (n.flags & ~dns.flags.RD) | dns.flags.AA; n.answer.append(dns.rrset.from_text('plain.test.', 3600, 'IN', 'SOA', 'ns1.plain.test. h.plain.test. 2 3 4 5 6'))
add('notify', n)
r = dns.message.make_response(dns.message.make_query('x.plain.test.', 'A', id=4, use_edns=0, options=[dns.edns.ECSOption('192.0.2.77', 20)])); r.use_edns(0, options=[dns.edns.EDEOption(7, 'too late'), dns.edns.EDEOption(22), dns.edns.GenericOption(65001, b'abc')])
r.set_rcode(23)
add('extended errors', r)
print(json.dumps(out))
`;
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', program], {encoding: 'utf8'})) as Vector[];
}

const vectors: Vector[] = dnspython();
/** BIND alone knows every type. */
const known = zones.filter(({name}) => name !== 'types.test');
const starts = [
  () => startNsd(known, {extra: 'nsid: "ascii_lab"'}),
  () => startNamed(zones, {extra: ''}),
  () => startKnot(known),
  () => startUnbound(known, {extra: 'ede: yes'}),
];
for (const begin of starts) {
  const server = await begin();
  try {
    vectors.push(...(await askAll(server, server.program === 'named' ? [...asked, ...typesAsked] : asked)));
  } finally {
    await server.stop();
  }
}

const unique = [...new Map(vectors.map(vector => [vector.hex.slice(4), vector])).values()];
const small = unique.filter(({hex}) => hex.length < 2 * 4000);
const leaves = tsharkLeaves(small.map(({hex}) => Uint8Array.from(Buffer.from(hex, 'hex'))));
const bad = small.filter(({hex}) => decodeMessage(Uint8Array.from(Buffer.from(hex, 'hex'))).faults.length > 0);
for (const {made} of bad) console.warn(`has faults: ${made}`);
const tshark = execFileSync('tshark', ['--version'], {encoding: 'utf8'}).split('\n')[0];

// Where two servers answer alike, field by field, one of them is enough.
const seen = new Set<string>();
const different = small.flatMap((vector, index) => {
  const found = leaves[index] ?? [];
  const key = JSON.stringify(found);
  if (seen.has(key)) return [];
  seen.add(key);
  return [{vector, leaves: found}];
});
const names = [...new Set(different.flatMap(one => one.leaves.map(([name]) => name)))].sort();
const rows = different.map(one => {
  const shown = one.leaves.map(([name, offset, length]) => `${names.indexOf(name)}:${offset}+${length}`);
  return JSON.stringify({...one.vector, leaves: [...new Set(shown)].join(' ')});
});
writeFileSync(
  join(import.meta.dirname, 'dns-messages.json'),
  `{"madeWith": ${JSON.stringify(tshark)},\n"names": ${JSON.stringify(names)},\n"messages": [\n${rows.join(',\n')}\n]}\n`,
);
console.log(`${rows.length} messages`);
