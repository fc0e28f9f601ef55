import {encodeMessage} from '../../wire/dns/encode.ts';
import {toHex} from '../../wire/text/hex.ts';
import {buildQuery, type Random} from './query-build.ts';
import type {QueryAsk} from './query-fields.ts';
import type {Target} from './query-target.ts';

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

export function queryNode(ask: QueryAsk, target: Target): string {
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
    ...buildQuery({...ask, mixCase: false}, {name, asked: target.asked, overHttps: transport === 'https'}, noChance),
    id: transport === 'https' ? 0 : 0x1234,
  });
  return rawNode(target, toHex(query));
}

/** The program has the same bytes each time it is shown. */
const noChance: Random = {integer: () => 0, bytes: count => new Uint8Array(count)};

/** Node has no client for this: the bytes themselves are sent. */
function rawNode({address = '127.0.0.1', port, transport, host, path, trust}: Target, query: string): string {
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
    return `${trustNote(trust)}${bytes}const answer = await fetch('https://${host.includes(':') ? `[${host}]` : host}:${port}${path}', {
  method: 'POST',
  headers: {'content-type': 'application/dns-message', accept: 'application/dns-message'},
  body: query,
});
console.log(answer.status, Buffer.from(await answer.arrayBuffer()).toString('hex'));
`;
  const name = /[a-z]/i.test(host) && !host.includes(':') ? `, servername: '${host}'` : '';
  const [module, options] =
    transport === 'tls' ? ['tls', `, ALPNProtocols: ['dot']${name}${trustOptions(trust)}`] : ['net', ''];
  const files = transport === 'tls' && typeof trust === 'object' ? "import {readFileSync} from 'node:fs';\n" : '';
  return `${files}import {connect} from 'node:${module}';

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

function trustOptions(trust: Target['trust']): string {
  if (trust === 'usual') return '';
  return trust === 'any' ? ', rejectUnauthorized: false' : `, ca: readFileSync(${JSON.stringify(trust.file)})`;
}

/** fetch() takes no authority of its own: the environment has to name it. */
function trustNote(trust: Target['trust']): string {
  if (trust === 'usual') return '';
  return trust === 'any'
    ? '// NODE_TLS_REJECT_UNAUTHORIZED=0 node query.mjs\n'
    : `// NODE_EXTRA_CA_CERTS=${trust.file} node query.mjs\n`;
}
