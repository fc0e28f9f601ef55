import type {SocketAddress} from '../../world/libc/address.ts';
import type {Equivalent} from '../contract.ts';
import {sentText} from './call-text.ts';
import type {CallFields} from './calls.ts';

type Call = Pick<CallFields, 'name' | 'arguments' | 'result' | 'text'>;

/** One call of a TCP socket in other languages, as a line; none for a language that has no way to do it. */
export function callEquivalents(call: Call): readonly Equivalent[] {
  const [first, second, third] = call.arguments as readonly unknown[];
  const lines = table[call.name]?.({
    // Of a long text only the beginning is known here.
    text: (sentText(call) ?? '""').replace(/\.\.\.$/, ''),
    first: second,
    second: third,
    fd: String(first),
  });
  if (lines === undefined) return [];
  const {Python, C, Node} = lines;
  return [
    {language: 'Python', code: Python},
    {language: 'C', code: C},
    ...(Node === undefined ? [] : [{language: 'Node', code: Node} as const]),
  ];
}

interface Given {
  /** The bytes of a send, as C and Python write them. */
  readonly text: string;
  readonly first: unknown;
  readonly second: unknown;
  readonly fd: string;
}

interface Lines {
  readonly Python: string;
  readonly C: string;
  readonly Node?: string;
}

const table: Readonly<Record<string, (given: Given) => Lines>> = {
  socket: ({first}) => ({
    Python: 'sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)',
    C: `int fd = socket(AF_INET, ${String(first)}, 0);`,
  }),
  bind: ({first}) => ({
    Python: `sock.bind(${pythonAddress(first)})`,
    C: 'bind(fd, (struct sockaddr *)&address, sizeof address);',
  }),
  listen: ({first}) => ({
    Python: `sock.listen(${String(first)})`,
    C: `listen(fd, ${String(first)});`,
    Node: `server.listen({host, port, backlog: ${String(first)}});`,
  }),
  connect: ({first}) => ({
    Python: `sock.connect(${pythonAddress(first)})`,
    C: 'connect(fd, (struct sockaddr *)&address, sizeof address);',
    Node: `const socket = net.connect(${nodeAddress(first)});`,
  }),
  accept4: () => ({
    Python: 'conn, peer = sock.accept()',
    C: 'int conn = accept(fd, NULL, NULL);',
    Node: "server.on('connection', socket => { /* Node has called accept() */ });",
  }),
  send: ({text}) => ({
    Python: `sock.send(b${text})`,
    C: `send(fd, ${text}, sizeof ${text} - 1, MSG_NOSIGNAL);`,
    Node: `socket.write(${nodeText(text)}, 'latin1');`,
  }),
  recv: ({first}) => ({
    Python: `data = sock.recv(${String(first)})`,
    C: `ssize_t n = recv(fd, buffer, ${String(first)}, 0);`,
    Node: "socket.on('data', data => …); // and 'end' for the 0",
  }),
  shutdown: ({first}) => ({
    Python: `sock.shutdown(socket.${String(first)})`,
    C: `shutdown(fd, ${String(first)});`,
    ...(first === 'SHUT_WR' && {Node: 'socket.end(); // with allowHalfOpen: true'}),
  }),
  close: () => ({Python: 'sock.close()', C: 'close(fd);', Node: 'socket.destroy();'}),
  setsockopt: ({first, second}) =>
    first === 'SO_LINGER'
      ? {
          Python: "sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))",
          C: 'struct linger now = {1, 0}; setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);',
          Node: 'socket.resetAndDestroy(); // option and close() in one',
        }
      : {
          Python: `sock.setsockopt(socket.SOL_SOCKET, socket.${String(first)}, ${Number(second)})`,
          C: `int value = ${Number(second)}; setsockopt(fd, SOL_SOCKET, ${String(first)}, &value, sizeof value);`,
        },
};

function pythonAddress(value: unknown): string {
  const {host, port} = inet(value);
  return `('${host}', ${port})`;
}

function nodeAddress(value: unknown): string {
  const {host, port} = inet(value);
  return `{host: '${host}', port: ${port}}`;
}

function inet(value: unknown): {host: string; port: number} {
  const address = value as SocketAddress;
  return address.family === 'AF_UNIX' ? {host: '', port: 0} : address;
}

/** C's octal escapes are no JavaScript: `\033` becomes `\x1b`. */
function nodeText(text: string): string {
  return text
    .replace(/\\([0-7]{3})/g, (_all, octal: string) => `\\x${Number.parseInt(octal, 8).toString(16).padStart(2, '0')}`)
    .replaceAll('\\a', '\\x07');
}
