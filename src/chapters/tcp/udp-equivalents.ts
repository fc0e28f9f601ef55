import type {Equivalent} from '../contract.ts';
import {cProgram} from './udp-c.ts';
import {hostOf, roleOf, type UdpAsk} from './udp-fields.ts';

export interface UdpTerms {
  readonly host: string;
  readonly port: number;
  readonly role: UdpAsk['role'];
  readonly connected: boolean;
  readonly drop: number;
  readonly first: number;
  readonly giveUp: number;
}

/** The client with its back-off and the server that drops, whole; or the one of them that is ours. */
export function udpEquivalents(ask: UdpAsk): readonly Equivalent[] {
  const {connected, drop, first, giveUp} = ask;
  const terms = {host: hostOf(ask), port: ask.port || 1060, role: roleOf(ask), connected, drop, first, giveUp};
  return [
    {language: 'Python', code: pythonProgram(terms)},
    {language: 'C', code: cProgram(terms)},
    {language: 'Node', code: nodeProgram(terms)},
    {language: 'shell', code: shellProgram(terms)},
  ];
}

const lines = (...parts: readonly string[]) => `${parts.filter(part => part !== '').join('\n')}\n`;

function pythonProgram({host, port, role, connected, drop, first, giveUp}: UdpTerms): string {
  const server = `
def serve(sock):
    while True:
        data, address = sock.recvfrom(65535)
${drop > 0 ? `        if random.random() < ${drop / 100}:\n            continue  # as if the network had lost it\n` : ''}        sock.sendto(f'Your data was {len(data)} bytes long'.encode(), address)

server = socket.socket(FAMILY, socket.SOCK_DGRAM)
server.bind(ADDRESS)
print('listening at', server.getsockname(), flush=True)`;
  const client = `
sock = socket.socket(FAMILY, socket.SOCK_DGRAM)
${connected ? 'sock.connect(ADDRESS)  # sends nothing: from now on only this address counts\n' : ''}delay = ${first}
while True:
    ${connected ? "sock.send(b'This is another message')" : "sock.sendto(b'This is another message', ADDRESS)"}
    sock.settimeout(delay)
    try:
        data, address = sock.recvfrom(65535)
    except socket.timeout:
        delay *= 2
        if delay > ${giveUp}:
            raise RuntimeError('I think the server is down')
        continue
    break
${connected ? '' : "if address[:2] != ADDRESS:\n    print('not from the server:', address)\n"}print(data.decode())`;
  const imports = ['socket', role === 'both' ? 'threading' : '', drop > 0 && role !== 'client' ? 'random' : ''];
  return lines(
    `import ${imports.filter(Boolean).toSorted().join(', ')}`,
    `\nADDRESS = ('${host}', ${port})`,
    `FAMILY = socket.${host.includes(':') ? 'AF_INET6' : 'AF_INET'}`,
    role === 'client' ? '' : server,
    role === 'both' ? 'threading.Thread(target=serve, args=(server,), daemon=True).start()' : '',
    role === 'server' ? 'serve(server)' : client,
  );
}

function nodeProgram({host, port, role, connected, drop, first, giveUp}: UdpTerms): string {
  const type = `udp${host.includes(':') ? 6 : 4}`;
  const server = `
const server = createSocket('${type}');
server.on('message', (data, from) => {
${drop > 0 ? `  if (Math.random() < ${drop / 100}) return; // as if the network had lost it\n` : ''}  server.send(\`Your data was \${data.length} bytes long\`, from.port, from.address);
});
server.bind(${port}, '${host}');
await once(server, 'listening');
console.log('listening at', server.address());`;
  const client = `
const client = createSocket('${type}');
${connected ? `client.connect(${port}, '${host}'); // sends nothing\nawait once(client, 'connect');\n` : ''}for (let delay = ${first * 1000}; ; delay *= 2) {
  if (delay > ${giveUp * 1000}) throw new Error('I think the server is down');
  ${connected ? "client.send('This is another message');" : `client.send('This is another message', ${port}, '${host}');`}
  const enough = AbortSignal.timeout(delay);
  const answer = await once(client, 'message', {signal: enough}).catch(error => {
    if (!enough.aborted) throw error;
  });
  if (answer === undefined) continue;
  console.log(answer[0].toString());
  break;
}
client.close();${role === 'both' ? '\nserver.close();' : ''}`;
  return lines(
    "import {createSocket} from 'node:dgram';",
    "import {once} from 'node:events';",
    role === 'client' ? '' : server,
    role === 'server' ? '' : client,
  );
}

function shellProgram({host, port, role}: UdpTerms): string {
  const six = host.includes(':');
  const shown = six ? `[${host}]` : host;
  const server = `# A server that answers each datagram with the length of it:
socat UDP${six ? 6 : 4}-RECVFROM:${port},bind=${shown},fork SYSTEM:'echo "Your data was $(wc -c) bytes long"'${role === 'both' ? ' &' : ''}`;
  const client = `# A client that waits a second for the answer (nc connects its socket):
printf 'This is another message' | nc -u -w1 ${host} ${port}`;
  return lines(role === 'client' ? '' : server, role === 'both' ? 'sleep 1' : '', role === 'server' ? '' : client);
}
