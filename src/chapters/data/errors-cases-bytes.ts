import {endNode, failing, netImports, nodePeers, nodeServer, pythonServer} from './errors-cases-socket.ts';
import type {ErrorCase, NodeTold} from './errors-shape.ts';

const group = 'bytes';

const dgramImports = ["import dgram from 'node:dgram';"];
const sendPromise = 'const send = promisify(socket.send.bind(socket)) as (...rest: unknown[]) => Promise<number>;';
const dgramSend = {
  imports: [...dgramImports, "import {promisify} from 'node:util';"],
  setup: ["const socket = dgram.createSocket('udp4');", sendPromise],
  last: ['socket.close();'],
};
const connectedPython = [...pythonServer, 'sock = socket.create_connection(address)', 'peer, _ = server.accept()'];
const endPython = ['sock.close()', 'server.close()'];
const udp = 'sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)';

/** The server is told to do this to each connection; the client waits until it is connected. */
const nodeMeets = (deed: string): string[] => [
  nodePeers,
  ...nodeServer,
  `server.on('connection', peer => ${deed});`,
  "const socket = net.connect({port, host: '127.0.0.1', allowHalfOpen: true});",
];

const waits: NodeTold = {why: 'Node reads when there is something to read, and never asks in vain.'};

export const bytesCases = [
  failing('ECONNRESET', 'ECONNRESET', {
    group,
    title: 'The peer broke the connection off',
    text: 'Connection reset by peer',
    python: {
      imports: ['import socket', 'import struct'],
      setup: [
        ...connectedPython,
        "peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))",
        'peer.close()  # a RST instead of a FIN',
      ],
      body: ['data = sock.recv(100)'],
      last: endPython,
    },
    node: {
      code: 'ECONNRESET',
      message: 'read ECONNRESET',
      snippet: {
        imports: netImports,
        setup: [...nodeMeets("peer.once('data', () => peer.resetAndDestroy())"), "socket.write('hello');"],
        body: ["await once(socket, 'data');"],
        last: endNode,
      },
    },
    means: 'A RST came. What was under way is lost, and this is not an end of file (RFC 9293 §3.5.3).',
    next: 'Connect again; check what the peer did not like, or whether it crashed.',
    healthy: 'recv',
  }),
  failing('EPIPE', 'EPIPE', {
    group,
    title: 'Sending on a connection that is over',
    text: 'Broken pipe',
    python: {
      imports: ['import socket', 'import time'],
      setup: [
        ...connectedPython,
        'peer.close()',
        "sock.send(b'first')  # goes well: the answer, a RST, comes later",
        'time.sleep(0.1)',
      ],
      body: ["sock.send(b'second')"],
      last: endPython,
    },
    node: {
      code: 'EPIPE',
      message: 'write EPIPE',
      snippet: {
        imports: [...netImports, "import {setTimeout} from 'node:timers/promises';"],
        setup: [
          ...nodeMeets('peer.destroy()'),
          "await once(socket, 'connect');",
          'await setTimeout(50);',
          "socket.write('first');",
          'await setTimeout(50);',
          "socket.write('second');",
        ],
        body: ["await once(socket, 'drain');"],
        last: endNode,
      },
    },
    means:
      'The peer had closed, the first send drew a RST, and now nothing can be sent any more. The news comes one call late.',
    next: 'Stop sending. Keep SIGPIPE ignored, as Python and Node do.',
    healthy: 'send',
  }),
  failing('EAGAIN', 'EAGAIN', {
    group,
    title: 'It would have to wait',
    text: 'Resource temporarily unavailable',
    python: {
      setup: [...connectedPython, 'sock.setblocking(False)'],
      body: ['data = sock.recv(100)'],
      last: endPython,
    },
    node: waits,
    means: 'Nothing has come yet, and the socket was told not to wait. EWOULDBLOCK is the same number on Linux.',
    next: 'Wait with select(), poll() or epoll until there is something, then call again.',
    healthy: 'recv',
  }),
  failing('EMSGSIZE', 'EMSGSIZE', {
    group,
    title: 'The datagram is too large',
    text: 'Message too long',
    python: {setup: [udp], body: ["sock.sendto(bytes(70_000), ('127.0.0.1', 9))"], last: ['sock.close()']},
    node: {
      code: 'EMSGSIZE',
      message: 'send EMSGSIZE 127.0.0.1:9',
      snippet: {...dgramSend, body: ["await send(Buffer.alloc(70_000), 9, '127.0.0.1');"]},
    },
    means: 'A UDP datagram holds 65 507 bytes on IPv4 (65 535 less the headers), and is sent whole or not at all.',
    next: 'Send less at once, or use a stream.',
    healthy: 'datagram',
  }),
  failing('EDESTADDRREQ', 'EDESTADDRREQ', {
    group,
    title: 'The datagram has no destination',
    text: 'Destination address required',
    python: {setup: [udp], body: ["sock.send(b'hello')"], last: ['sock.close()']},
    node: {
      code: 'ERR_SOCKET_BAD_PORT',
      message: 'Port should be > 0 and < 65536. Received undefined.',
      snippet: {
        imports: dgramImports,
        setup: ["const socket = dgram.createSocket('udp4');"],
        body: ["socket.send('hello');"],
        last: ['socket.close();'],
      },
    },
    means: 'send() without an address, on a socket that was not connected to one.',
    next: 'Use sendto(), or connect() the socket first.',
    healthy: 'datagram',
  }),
  failing('EACCES', 'EACCES', {
    group,
    title: 'Broadcasting without leave',
    text: 'Permission denied',
    python: {setup: [udp], body: ["sock.sendto(b'hello', ('127.255.255.255', 9))"], last: ['sock.close()']},
    node: {
      code: 'EACCES',
      message: 'send EACCES 127.255.255.255:9',
      snippet: {...dgramSend, body: ["await send('hello', 9, '127.255.255.255');"]},
    },
    means: 'The address is a broadcast address, and the socket has not said that it means it. Not even root may.',
    next: 'Set SO_BROADCAST first.',
    healthy: 'datagram',
  }),
  failing('ENOTCONN', 'ENOTCONN', {
    group,
    title: 'The socket is not connected',
    text: 'Transport endpoint is not connected',
    python: {setup: ['sock = socket.socket()'], body: ['data = sock.recv(100)'], last: ['sock.close()']},
    node: {
      code: 'ERR_SOCKET_DGRAM_NOT_CONNECTED',
      message: 'Not connected',
      snippet: {
        imports: dgramImports,
        setup: ["const socket = dgram.createSocket('udp4');"],
        body: ['socket.remoteAddress();'],
        last: ['socket.close();'],
      },
    },
    means: 'A stream has no bytes before it is connected, and a listening socket never has any.',
    next: 'Call connect() first, or read from what accept() gave.',
    healthy: 'recv',
  }),
  failing('EBADF', 'EBADF', {
    group,
    title: 'The descriptor is closed',
    text: 'Bad file descriptor',
    python: {setup: [...connectedPython, 'sock.close()'], body: ["sock.send(b'hello')"], last: endPython},
    node: {
      code: 'EBADF',
      message: 'EBADF: bad file descriptor, read',
      snippet: {
        imports: ["import fs from 'node:fs';"],
        setup: ["const fd = fs.openSync('/dev/null', 'r');", 'fs.closeSync(fd);'],
        body: ['fs.readSync(fd, Buffer.alloc(1));'],
        last: ["console.log('finally');"],
      },
    },
    means: 'The number names nothing in this process any more. The next open() or socket() may get the same one.',
    next: 'Do not use a socket after close(). Mind two owners of one descriptor.',
    healthy: 'send',
  }),
  failing('ENOTSOCK', 'ENOTSOCK', {
    group,
    title: 'The descriptor is no socket',
    text: 'Socket operation on non-socket',
    python: {
      imports: ['import os', 'import socket'],
      setup: ["fd = os.open('/dev/null', os.O_RDWR)"],
      body: ['sock = socket.socket(fileno=fd)'],
      last: ['os.close(fd)'],
    },
    node: {
      code: 'ERR_INVALID_FD_TYPE',
      message: 'Unsupported fd type: FILE',
      snippet: {
        imports: ["import fs from 'node:fs';", "import net from 'node:net';"],
        setup: ["const fd = fs.openSync(process.execPath, 'r');"],
        body: ['new net.Socket({fd});'],
        last: ['fs.closeSync(fd);'],
      },
    },
    means: 'Files, pipes and sockets share one set of numbers, and this one is not a socket.',
    next: 'Check which descriptor was handed over.',
    healthy: 'send',
  }),
] as const satisfies readonly ErrorCase[];
