import {nameBytes} from '../../wire/dns/name.ts';
import {toHex} from '../../wire/text/hex.ts';

/** Node’s resolver shows no referrals, so its program takes the messages apart itself. `root` is an address. */
export function traceNode({
  name,
  type,
  number,
  root,
  port,
}: {
  readonly name: string;
  readonly type: string;
  readonly number: number;
  readonly root: string;
  readonly port: number;
}): string {
  const question = toHex(Uint8Array.of(...nameBytes(name), number >> 8, number & 0xff, 0, 1));
  return `import {createSocket} from 'node:dgram';
import {Resolver} from 'node:dns/promises';
import {once} from 'node:events';

const question = Buffer.from('${question}', 'hex');  // ${JSON.stringify(name)} ${type} IN

async function ask(server) {
  const socket = createSocket(server.includes(':') ? 'udp6' : 'udp4');
  // id 0x1234, no flags (so no RD: what it knows itself, please), one question
  socket.send(Buffer.concat([Buffer.from('123400000001000000000000', 'hex'), question]), ${port}, server);
  const [response] = await once(socket, 'message', {signal: AbortSignal.timeout(2000)});
  socket.close();
  return response;
}

function afterName(response, at) {
  while (response[at] > 0 && response[at] < 0xc0) at += response[at] + 1;
  return at + (response[at] === 0 ? 1 : 2);  // 0xc0 and above: a pointer, of two bytes
}

let server = '${root}';  // a root server
for (let last = false; !last; ) {
  const response = await ask(server);
  const [answers, authorities, additionals] = [6, 8, 10].map(at => response.readUInt16BE(at));
  console.log(server, answers, 'answers,', authorities, 'authorities, RCODE', response[3] & 15);
  const glue = [];
  let at = 12 + question.length;
  for (let number = 0; number < answers + authorities + additionals; number++) {
    at = afterName(response, at);
    const [type, size] = [response.readUInt16BE(at), response.readUInt16BE(at + 8)];
    if (number >= answers + authorities && type === 1) glue.push(response.subarray(at + 10, at + 14).join('.'));
    at += 10 + size;
  }
  last = answers > 0 || glue.length === 0;
  if (!last) server = glue[0];  // one server of the zone below; the trace asks all of them
}
const resolver = new Resolver();
resolver.setServers([server.includes(':') ? \`[\${server}]:${port}\` : \`\${server}:${port}\`]);
console.log(await (async () => resolver.resolve(${JSON.stringify(name)}, '${type}'))().catch(error => error.code));
`;
}
