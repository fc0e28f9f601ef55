import type {Equivalent} from '../contract.ts';
import type {BehaviourName, ListenAsk} from './listen-fields.ts';

/** The same server as programs. Python's serves one connection after the other, like the book's first ones. */
export function listenEquivalents(ask: ListenAsk): readonly Equivalent[] {
  return [
    {language: 'Python', code: python(ask)},
    {language: 'C', code: c(ask)},
    {language: 'Node', code: node(ask)},
    {language: 'shell', code: shell(ask)},
  ];
}

interface Body {
  readonly python: string;
  readonly c: string;
  readonly node: string;
  /** For socat's SYSTEM address. */
  readonly shell?: string;
  readonly oneWay?: boolean;
}

const pythonRead = (size: number) => `    data = b''
    while len(data) < ${size} and (chunk := conn.recv(${size} - len(data))):
        data += chunk`;

const cRead = (size: number) => `        char wanted[${Math.max(1, size)}];
        recv(conn, wanted, ${size}, MSG_WAITALL);`;

const nodeRead = (size: number, then: string) => `  let missing = ${size};
  socket.on('readable', () => {
    for (let chunk; missing > 0 && (chunk = socket.read(Math.min(missing, socket.readableLength)) ?? undefined); )
      missing -= chunk.length;
    if (missing === 0) ${then};
  });`;

function body(name: BehaviourName, {bytes, replyBytes}: ListenAsk): Body {
  const answer = (count: number) => `b'Goodbye, client!' * ${Math.ceil(count / 16)}`;
  const bodies: Readonly<Record<BehaviourName, Body>> = {
    echo: {
      python: '    while data := conn.recv(65536):\n        conn.sendall(data)',
      c: '        while ((size = recv(conn, bytes, sizeof bytes, 0)) > 0)\n            send_all(conn, bytes, size);',
      node: '  socket.pipe(socket);',
      shell: 'PIPE',
    },
    upper: {
      python: '    while data := conn.recv(65536):\n        conn.sendall(data.upper())',
      c: `        while ((size = recv(conn, bytes, sizeof bytes, 0)) > 0) {
            for (ssize_t at = 0; at < size; at++)
                if (bytes[at] >= 'a' && bytes[at] <= 'z')
                    bytes[at] -= 32;
            send_all(conn, bytes, size);
        }`,
      node: `  socket.on('data', data => socket.write(data.map(byte => (byte >= 97 && byte <= 122 ? byte - 32 : byte))));
  socket.on('end', () => socket.end());`,
      shell: 'SYSTEM:"stdbuf -o0 tr a-z A-Z"',
    },
    reply: {
      python: `${pythonRead(bytes)}\n    if len(data) == ${bytes}:\n        conn.sendall((${answer(replyBytes)})[:${replyBytes}])`,
      c: `${cRead(bytes)}
        for (int at = 0; at < ${replyBytes}; at++)
            send_all(conn, &"Goodbye, client!"[at % 16], 1);`,
      node: nodeRead(
        bytes,
        `socket.end('Goodbye, client!'.repeat(${Math.ceil(replyBytes / 16)}).slice(0, ${replyBytes}))`,
      ),
    },
    sink: {
      python: `    count = 0
    while data := conn.recv(65536):
        count += len(data)
    conn.sendall(b'%d bytes\\n' % count)`,
      c: `        long count = 0;
        while ((size = recv(conn, bytes, sizeof bytes, 0)) > 0)
            count += size;
        dprintf(conn, "%ld bytes\\n", count);`,
      node: `  let count = 0;
  socket.on('data', data => {
    count += data.length;
  });
  socket.on('end', () => socket.end(\`\${count} bytes\\n\`));`,
      shell: 'SYSTEM:"wc -c"',
    },
    discard: {
      python: '    while conn.recv(65536):\n        pass',
      c: '        while (recv(conn, bytes, sizeof bytes, 0) > 0)\n            ;',
      node: "  socket.resume();\n  socket.on('end', () => socket.end());",
      shell: 'OPEN:/dev/null',
      oneWay: true,
    },
    chargen: {
      python: `    line = 0
    while True:
        row = bytes(32 + (line + column) % 95 for column in range(72))
        conn.sendall(row + b'\\r\\n')
        line = (line + 1) % 95`,
      c: `        for (int line = 0;; line = (line + 1) % 95) {
            for (int column = 0; column < 72; column++)
                bytes[column] = 32 + (line + column) % 95;
            memcpy(bytes + 72, "\\r\\n", 2);
            if (send_all(conn, bytes, 74) < 0)
                break;
        }`,
      node: `  let line = 0;
  const fill = () => {
    do {
      const row = Array.from({length: 72}, (_, column) => String.fromCharCode(32 + ((line + column) % 95))).join('');
      line = (line + 1) % 95;
      if (!socket.write(row + '\\r\\n')) break;
    } while (true);
  };
  socket.on('drain', fill);
  fill();`,
    },
    close: {python: pythonRead(bytes), c: cRead(bytes), node: nodeRead(bytes, 'socket.end()')},
    hold: {
      python: '    held.append(conn)                    # accepted, and never read\n    continue',
      c: '        continue;                        /* accepted, and never read */',
      node: '  // Nothing reads: Node stops when its own buffer and the kernel’s are full.',
    },
    refuse: {python: '', c: '', node: ''},
    reset: {
      python: "    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))",
      c: `        struct linger off = {1, 0};
        setsockopt(conn, SOL_SOCKET, SO_LINGER, &off, sizeof off);`,
      node: '  socket.resetAndDestroy();',
    },
    console: {
      python: '    while data := conn.recv(65536):\n        print(data)',
      c: '        while ((size = recv(conn, bytes, sizeof bytes, 0)) > 0)\n            write(1, bytes, size);',
      node: "  socket.on('data', data => console.log(data));",
      shell: 'STDIO',
    },
  };
  return bodies[name];
}

const isIPv6 = ({address}: ListenAsk) => address.includes(':');

function python(ask: ListenAsk): string {
  const {behaviour, address, port, backlog, reuseAddress} = ask;
  const imports =
    behaviour === 'reset'
      ? 'import socket\nimport struct'
      : behaviour === 'refuse'
        ? 'import signal\nimport socket'
        : 'import socket';
  const loop =
    behaviour === 'refuse'
      ? 'signal.pause()                           # accept() is never called: the kernel queues'
      : `${behaviour === 'hold' ? 'held = []\n' : ''}while True:
    conn, peer = listener.accept()
${body(behaviour, ask).python}
    conn.close()`;
  return `${imports}

listener = socket.socket(socket.${isIPv6(ask) ? 'AF_INET6' : 'AF_INET'}, socket.SOCK_STREAM)
${reuseAddress ? 'listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\n' : ''}listener.bind(('${address}', ${port}))
listener.listen(${backlog})
print('listening on', listener.getsockname(), flush=True)
${loop}
`;
}

function node(ask: ListenAsk): string {
  const {behaviour, address, port, backlog} = ask;
  if (behaviour === 'refuse')
    return '// Node accepts whoever connects: it has no call that leaves a connection in the queue.\n';
  return `import net from 'node:net';

const server = net.createServer({allowHalfOpen: true}, socket => {
  socket.on('error', error => console.error(error.message));
${body(behaviour, ask).node}
});
server.listen({host: '${address}', port: ${port}, backlog: ${backlog}}, () => console.log('listening on', server.address()));
`;
}

function shell(ask: ListenAsk): string {
  const {behaviour, address, port, backlog, maxConnections, reuseAddress} = ask;
  const name = isIPv6(ask) ? 'TCP6-LISTEN' : 'TCP4-LISTEN';
  const host = isIPv6(ask) ? `[${address}]` : address;
  const options = `bind=${host},backlog=${backlog},fork,max-children=${maxConnections}${reuseAddress ? ',reuseaddr' : ''}`;
  const {shell: way, oneWay} = body(behaviour, ask);
  if (way === undefined)
    return `# No common tool serves like this; nc shows what comes and sends what is typed\nnc -lk ${address} ${port}\n`;
  return `socat${oneWay === true ? ' -u' : ''} ${name}:${port},${options} ${way}\n`;
}

function c(ask: ListenAsk): string {
  const {behaviour, address, port, backlog, reuseAddress} = ask;
  const [type, family, part] = isIPv6(ask) ? ['sockaddr_in6', 'AF_INET6', 'sin6'] : ['sockaddr_in', 'AF_INET', 'sin'];
  const serve =
    behaviour === 'refuse'
      ? '    pause();                             /* accept() is never called: the kernel queues */'
      : `    for (;;) {
        int conn = accept(listener, NULL, NULL);
${body(behaviour, ask).c}
        close(conn);
    }`;
  return `#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int send_all(int fd, const char *bytes, ssize_t size)
{
    for (ssize_t sent; size > 0; bytes += sent, size -= sent)
        if ((sent = send(fd, bytes, size, MSG_NOSIGNAL)) < 0)
            return -1;
    return 0;
}

int main(void)
{
    char bytes[65536];
    ssize_t size = 0;
    (void)bytes, (void)size, (void)send_all;
    int listener = socket(${family}, SOCK_STREAM, 0), on = ${reuseAddress ? 1 : 0};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct ${type} address = {.${part}_family = ${family}, .${part}_port = htons(${port})};
    inet_pton(${family}, "${address}", &address.${part}_addr);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, ${backlog}) < 0) {
        perror("bind");
        return 1;
    }
${serve}
}
`;
}
