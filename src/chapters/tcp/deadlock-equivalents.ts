import type {Equivalent} from '../contract.ts';
import {cProgram} from './deadlock-c.ts';
import type {DeadlockAsk} from './deadlock-terms.ts';

/** The same conversation as programs: whole for the role `both`, otherwise the end that is ours. */
export function deadlockEquivalents(asked: DeadlockAsk): readonly Equivalent[] {
  const ask = {...asked, host: asked.host.trim(), port: asked.port === 0 ? 1060 : asked.port};
  return [
    {language: 'Python', code: pythonProgram(ask)},
    {language: 'C', code: cProgram(ask)},
    {language: 'Node', code: nodeProgram(ask)},
    {language: 'shell', code: shellProgram(ask)},
  ];
}

const lines = (...parts: readonly string[]) => `${parts.filter(part => part !== '').join('\n')}\n`;

function pythonProgram({bytes, chunk, serverChunk, host, port, role, reading}: DeadlockAsk): string {
  const family = host.includes(':') ? ', family=socket.AF_INET6' : '';
  const server = `
def serve(listener):
    conn, peer = listener.accept()
    while data := conn.recv(${serverChunk}):
        conn.sendall(data.upper())
    conn.close()

listener = socket.create_server(('${host}', ${port})${family})
print('listening', flush=True)`;
  const client = `
sock = socket.create_connection(('${host}', ${port}))

def read_all():
    received = 0
    while data := sock.recv(${chunk}):
        expected = (CAPITALS * (len(data) // 16 + 2))[received % 16:][:len(data)]
        assert data == expected, f'wrong after {received} bytes'
        received += len(data)
    print(received, 'bytes came back in capitals')
${reading ? '\nreader = threading.Thread(target=read_all)\nreader.start()' : ''}
for start in range(0, TOTAL, 16):
    sock.sendall(b'capitalize this!')
sock.shutdown(socket.SHUT_WR)
${reading ? 'reader.join()' : 'read_all()'}
sock.close()`;
  return lines(
    role === 'server' ? 'import socket' : 'import socket, threading',
    role === 'server' ? '' : `\nTOTAL = ${bytes}\nCAPITALS = b'CAPITALIZE THIS!'`,
    role === 'client' ? '' : server,
    role === 'both' ? 'threading.Thread(target=serve, args=(listener,), daemon=True).start()' : '',
    role === 'server' ? 'serve(listener)' : client,
  );
}

function nodeProgram({bytes, chunk, host, port, role, reading}: DeadlockAsk): string {
  const server = `
// A write() that gives false has kept the bytes in this process: waiting for 'drain' is what makes Node block here too.
const server = createServer({allowHalfOpen: true}, async socket => {
  for await (const data of socket)
    if (!socket.write(data.toString('latin1').toUpperCase())) await once(socket, 'drain');
  socket.end();
  server.close();
}).listen(${port}, '${host}');
await once(server, 'listening');
console.log('listening');`;
  const client = `
const socket = connect({port: ${port}, host: '${host}', allowHalfOpen: true});
await once(socket, 'connect');
async function readAll() {
  let received = 0;
  for await (const data of socket) {
    for (const [index, byte] of data.entries())
      if (byte !== capitals.charCodeAt((received + index) % 16)) throw new Error('wrong byte');
    received += data.length;
  }
  console.log(received, 'bytes came back in capitals');
}
${reading ? 'const reading = readAll();' : ''}
const piece = 'capitalize this!'.repeat(${Math.max(1, Math.floor(chunk / 16))});
for (let left = ${bytes}; left > 0; left -= piece.length)
  if (!socket.write(piece.slice(0, left))) await once(socket, 'drain');
socket.end();
await ${reading ? 'reading' : 'readAll()'};`;
  const names = [role === 'server' ? '' : 'connect', role === 'client' ? '' : 'createServer'].filter(Boolean);
  return lines(
    "import {once} from 'node:events';",
    `import {${names.join(', ')}} from 'node:net';`,
    role === 'server' ? '' : "\nconst capitals = 'CAPITALIZE THIS!';",
    role === 'client' ? '' : server,
    role === 'server' ? '' : client.replace(/\n\n(?=const piece)/, '\n'),
  );
}

function shellProgram({bytes, host, port, role, reading}: DeadlockAsk): string {
  const listen = host.includes(':') ? `TCP6-LISTEN:${port},bind=[${host}]` : `TCP-LISTEN:${port},bind=${host}`;
  const write = `yes 'capitalize this!' | tr -d '\\n' | head -c ${bytes} >&3`;
  const read = `head -c ${bytes} <&3 | wc -c`;
  const server = [
    '# socat reads on while tr answers, so it takes more before it freezes. stdbuf: tr must not keep the last bytes.',
    `socat ${listen},reuseaddr SYSTEM:"stdbuf -o0 tr a-z A-Z"${role === 'both' ? ' &' : ''}`,
  ];
  const client = [
    role === 'both' ? 'sleep 1' : '',
    '# bash: one descriptor for both directions. It cannot half-close, so it counts what it reads.',
    `exec 3<>/dev/tcp/${host}/${port}`,
    ...(reading ? [`${read} &`, write, 'wait %+'] : [write, read]),
  ];
  return lines(
    ...(role === 'client' ? [] : server),
    ...(role === 'server' ? [] : client),
    `# What is stuck where, from another terminal: ss -tno 'sport = :${port} or dport = :${port}'`,
  );
}
