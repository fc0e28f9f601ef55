import {isIP} from 'node:net';
import {encodeMessage} from '../../wire/dns/encode.ts';
import {reverseName} from '../../wire/dns/name.ts';
import {typeName} from '../../wire/dns/tables.ts';
import {toHex} from '../../wire/text/hex.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {TransportName} from '../../world/dns/types.ts';
import type {Equivalent} from '../contract.ts';
import {buildQuery} from './query-build.ts';
import {queryC} from './query-c.ts';
import type {QueryAsk} from './query-fields.ts';
import {type AskedType, readName, readTypes} from './query-read.ts';
import {defaultPorts, parseServers} from './server-text.ts';

/** What the other programs have to know. */
export interface Target {
  readonly name: string;
  readonly asked: AskedType;
  readonly type: string;
  /** Absent: the system's own servers. */
  readonly address?: string;
  readonly port: number;
  readonly transport: TransportName;
  readonly host: string;
  readonly path: string;
}

/** Where the lab's resolver is unless its port is taken. */
const labResolver = {address: '127.4.0.53', ports: {udp: 5300, tcp: 5300, tls: 8853, https: 8443}} as const;

export function queryEquivalents(ask: QueryAsk): readonly Equivalent[] {
  const target = targetOf(ask);
  return [
    {language: 'shell', code: shell(ask, target)},
    {language: 'Python', code: python(ask, target)},
    {language: 'Node', code: node(ask, target)},
    {language: 'C', code: queryC(target)},
  ];
}

function targetOf(ask: QueryAsk): Target {
  const read = readName(ask.name);
  const typed = read.ok ? read.value.name : '.';
  const types = readTypes(ask.type);
  const given = (types.ok ? types.value[0] : undefined) ?? {type: 1};
  const isReverse = isIP(typed) !== 0 && ask.reverse !== 'no';
  const name = isReverse ? reverseName(typed)! : typed;
  const asked = isReverse && given.type === 1 ? {type: 12} : given;
  const servers = parseServers(ask.server);
  const server = (servers.ok ? servers.value[0] : undefined) ?? {kind: 'lab' as const};
  const transport = (server.kind === 'named' ? server.transport : undefined) ?? ask.transport;
  const common = {name, asked, type: typeName(asked.type), transport, path: ask.path.replace(/\{.*\}$/, '')};
  if (server.kind === 'system') return {...common, port: defaultPorts[transport], host: ''};
  if (server.kind === 'lab')
    return {
      ...common,
      address: labResolver.address,
      port: labResolver.ports[transport],
      host: ask.tlsName || labResolver.address,
    };
  const {host, port = defaultPorts[transport]} = server;
  return {
    ...common,
    address: host,
    port,
    host: ask.tlsName || server.tlsName || host,
    path: server.path ?? common.path,
  };
}

/** dig has words for nearly every field. */
function shell(ask: QueryAsk, {name, type, asked, address, port, transport, path}: Target): string {
  const at = address === undefined ? [] : [`@${address}`, ...(port === 53 ? [] : ['-p', String(port)])];
  const what = asked.serial === undefined ? type : `IXFR=${asked.serial}`;
  const ways = {
    udp: [],
    tcp: ['+tcp'],
    tls: ['+tls'],
    https: [`${ask.method === 'GET' ? '+https-get' : '+https'}=${path}`],
  };
  const words = [
    ...at,
    name,
    what,
    ...(ask.class.toUpperCase() === 'IN' ? [] : ['-c', ask.class]),
    ...ways[transport],
    ...plus(ask),
  ];
  const dig = ['dig', ...words.map(quoteShell)].join(' ');
  const kdig = [
    'kdig',
    ...[
      ...at,
      name,
      type,
      ...(transport === 'https' ? [`+https=${path}`] : ways[transport]),
      ...(ask.dnssec ? ['+dnssec'] : []),
    ].map(quoteShell),
  ].join(' ');
  return `${dig}\n\n# and as kdig has it, of Knot DNS:\n${kdig}\n`;
}

/** The words that differ from what dig does by itself. */
function plus(ask: QueryAsk): readonly string[] {
  const when = (is: boolean, ...words: readonly string[]) => (is ? words : []);
  return [
    ...when(!ask.rd, '+norecurse'),
    ...when(!ask.ad, '+noadflag'),
    ...when(ask.cd, '+cdflag'),
    ...when(ask.aa, '+aaflag'),
    ...when(ask.z, '+zflag'),
    ...when(ask.dnssec, '+dnssec'),
    ...when(!ask.edns, '+noedns'),
    ...when(ask.ednsVersion !== 0, `+edns=${ask.ednsVersion}`, '+noednsnegotiation'),
    ...when(ask.udpSize !== 1232, `+bufsize=${ask.udpSize}`),
    ...when(ask.nsid, '+nsid'),
    ...when(ask.subnet.trim() !== '', `+subnet=${ask.subnet.trim()}`),
    ...when(ask.cookie === 'no', '+nocookie'),
    ...when(!['no', 'yes'].includes(ask.cookie), `+cookie=${ask.cookie}`),
    ...when(ask.padding > 0, `+padding=${ask.padding}`),
    ...when(ask.keepalive, '+keepalive'),
    ...when(ask.expire, '+expire'),
    ...when(ask.id >= 0, `+qid=${ask.id}`),
    ...when(ask.opcode.toUpperCase() !== 'QUERY', `+opcode=${ask.opcode}`),
    ...when(ask.ignoreTruncation, '+ignore'),
    ...when(ask.wait !== 5, `+time=${Math.max(1, Math.round(ask.wait))}`),
    ...when(ask.retries !== 2, `+retry=${ask.retries}`),
    ...when(ask.short, '+short'),
  ];
}

function python(ask: QueryAsk, target: Target): string {
  const {
    name,
    type,
    address = 'dns.resolver.get_default_resolver().nameservers[0]',
    port,
    transport,
    host,
    path,
  } = target;
  const where = target.address === undefined ? address : `'${address}'`;
  const flags = [ask.rd ? 'dns.flags.RD' : '', ask.ad ? 'dns.flags.AD' : '', ask.cd ? 'dns.flags.CD' : ''].filter(
    Boolean,
  );
  const edns = ask.edns
    ? `use_edns=${ask.ednsVersion}, payload=${ask.udpSize}, want_dnssec=${ask.dnssec ? 'True' : 'False'}`
    : 'use_edns=False';
  const calls: Readonly<Record<TransportName, string>> = {
    udp: `answer, was_cut = dns.query.udp_with_fallback(query, ${where}, port=${port}, timeout=${ask.wait})`,
    tcp: `answer = dns.query.tcp(query, ${where}, port=${port}, timeout=${ask.wait})`,
    tls: `answer = dns.query.tls(query, ${where}, port=${port}, timeout=${ask.wait}, server_hostname='${host}')`,
    https: `answer = dns.query.https(query, 'https://${host.includes(':') ? `[${host}]` : host}:${port}${path}', timeout=${ask.wait})`,
  };
  return `import dns.flags, dns.message, dns.query, dns.resolver\n
query = dns.message.make_query(${JSON.stringify(name)}, '${type}', ${edns},
                               flags=${flags.join(' | ') || '0'})
${calls[transport]}
print(answer)
`;
}

/** What dns.Resolver has a method for. */
const nodeTypes = new Set([
  'A',
  'AAAA',
  'ANY',
  'CAA',
  'CNAME',
  'MX',
  'NAPTR',
  'NS',
  'PTR',
  'SOA',
  'SRV',
  'TLSA',
  'TXT',
]);

function node(ask: QueryAsk, target: Target): string {
  const {name, type, address, port, transport} = target;
  if (transport === 'udp' && nodeTypes.has(type)) {
    const bracketed = address?.includes(':') === true ? `[${address}]` : address;
    const servers = address === undefined ? '' : `resolver.setServers(['${bracketed}:${port}']);\n`;
    const tries = `{timeout: ${Math.round(ask.wait * 1000)}, tries: ${ask.retries + 1}}`;
    return `import {Resolver} from 'node:dns/promises';

const resolver = new Resolver(${tries});
${servers}console.log(await resolver.resolve(${JSON.stringify(name.replace(/(.)\.$/, '$1'))}, '${type}'));
`;
  }
  const query = encodeMessage({
    ...buildQuery({...ask, mixCase: false}, {name, asked: target.asked, overHttps: transport === 'https'}),
    id: transport === 'https' ? 0 : 0x1234,
  });
  return rawNode(target, toHex(query));
}

/** Node has no client for this: the bytes themselves are sent. */
function rawNode({address = '127.0.0.1', port, transport, host, path}: Target, query: string): string {
  const bytes = `const query = Buffer.from('${query}', 'hex');\n`;
  if (transport === 'udp')
    return `import {createSocket} from 'node:dgram';

${bytes}const socket = createSocket('udp${address.includes(':') ? 6 : 4}');
socket.on('message', answer => {
  console.log(answer.toString('hex'));
  socket.close();
});
socket.send(query, ${port}, '${address}');
`;
  if (transport === 'https')
    return `${bytes}const answer = await fetch('https://${host.includes(':') ? `[${host}]` : host}:${port}${path}', {
  method: 'POST',
  headers: {'content-type': 'application/dns-message', accept: 'application/dns-message'},
  body: query,
});
console.log(answer.status, Buffer.from(await answer.arrayBuffer()).toString('hex'));
`;
  const name = /[a-z]/i.test(host) && !host.includes(':') ? `, servername: '${host}'` : '';
  const [module, options] = transport === 'tls' ? ['tls', `, ALPNProtocols: ['dot']${name}`] : ['net', ''];
  return `import {connect} from 'node:${module}';

${bytes}const length = Buffer.alloc(2);
length.writeUInt16BE(query.length);
const socket = connect({host: '${address}', port: ${port}${options}});
socket.write(Buffer.concat([length, query]));
let answer = Buffer.alloc(0);
for await (const piece of socket) {
  answer = Buffer.concat([answer, piece]);
  if (answer.length >= 2 && answer.length >= 2 + answer.readUInt16BE()) break;
}
console.log(answer.subarray(2).toString('hex'));
`;
}
