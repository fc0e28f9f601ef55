import {failing, netImports, nodePeers, nodeServer, pythonServer} from './errors-cases-socket.ts';
import type {ErrorCase, NodeTold} from './errors-shape.ts';

const group = 'connecting';

const events = ["import {once} from 'node:events';", "import net from 'node:net';"];
const waits: NodeTold = {
  why: 'Node never waits in a call, so it has nothing to refuse: it tells by events when it can go on.',
};

/** One waits to be accepted, and there is no room for a second: what comes now is not answered. */
const pythonFull = [
  'server = socket.socket()',
  "server.bind(('127.0.0.1', 0))",
  'server.listen(0)',
  'fillers = [socket.socket() for _ in range(2)]',
  'for filler in fillers:',
  '    filler.setblocking(False)',
  '    filler.connect_ex(server.getsockname())',
  'time.sleep(0.1)',
];

const nodeFull = [
  '// A thread that listens and then sleeps: Node would accept at once.',
  'const worker = new Worker(',
  '  `const {parentPort} = require("node:worker_threads");',
  '  const server = require("node:net").createServer().listen({port: 0, host: "127.0.0.1", backlog: 1}, () => {',
  '    parentPort.postMessage(server.address().port);',
  '    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  '  });`,',
  '  {eval: true},',
  ');',
  "const [port] = (await once(worker, 'message')) as [number];",
  "const fillers = [1, 2, 3].map(() => net.connect(port, '127.0.0.1').on('error', () => undefined));",
  'await setTimeout(200);',
  'const socket = new net.Socket();',
];

/** Python waits with poll() and then raises: there is no errno, because no call has failed. */
const timeLimit = {
  imports: ['import socket'],
  setup: [...pythonServer, 'sock = socket.create_connection(address)', 'sock.settimeout(0.3)'],
  body: ['data = sock.recv(100)'],
  last: ['sock.close()', 'server.close()'],
};

export const connectingCases = [
  failing('ECONNREFUSED', 'ECONNREFUSED', {
    group,
    title: 'Nobody listens there',
    text: 'Connection refused',
    python: {
      setup: [
        'held = socket.socket()',
        "held.bind(('127.0.0.1', 0))  # a port that is nobody else’s",
        'sock = socket.socket()',
      ],
      body: ['sock.connect(held.getsockname())'],
      last: ['sock.close()', 'held.close()'],
    },
    node: {
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED 127.0.0.1:PORT',
      snippet: {
        imports: netImports,
        setup: [
          "const spare = net.createServer().listen(0, '127.0.0.1');",
          "await once(spare, 'listening');",
          'const {port} = spare.address() as AddressInfo;',
          "await once(spare.close(), 'close');",
          'const socket = new net.Socket();',
        ],
        body: ["await once(socket.connect(port, '127.0.0.1'), 'connect');"],
        last: ['socket.destroy();'],
      },
    },
    means: 'The host is there and answered the SYN with a RST: no program listens on that port (RFC 9293 §3.10.7.1).',
    next: 'Start the server, or check the port.',
    healthy: 'connect',
  }),
  failing('ETIMEDOUT', 'ETIMEDOUT', {
    group,
    title: 'The peer does not answer the SYN',
    text: 'Connection timed out',
    python: {
      imports: ['import socket', 'import time'],
      setup: [
        ...pythonFull,
        'sock = socket.socket()',
        'sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 400)  # ms',
      ],
      body: ['sock.connect(server.getsockname())'],
      last: ['sock.close()', 'server.close()'],
    },
    node: {
      code: 'ETIMEDOUT',
      message: 'connect ETIMEDOUT 127.0.0.1:PORT',
      snippet: {
        imports: [
          ...events,
          "import {setTimeout} from 'node:timers/promises';",
          "import {Worker} from 'node:worker_threads';",
        ],
        setup: [
          ...nodeFull,
          '// Node cannot set TCP_USER_TIMEOUT: the kernel gives up by itself, after more than two minutes.',
        ],
        body: ["await once(socket.connect(port, '127.0.0.1'), 'connect');"],
        last: ['socket.destroy();', 'for (const filler of fillers) filler.destroy();', 'await worker.terminate();'],
      },
    },
    means:
      'SYN after SYN went unanswered until the kernel gave up; here the queue of connections that wait for accept() is full.',
    next: 'Check address and firewall, or whether the server still accepts. Set a time limit of your own.',
    healthy: 'connect',
  }),
  {
    ...failing('timeout', 'ETIMEDOUT', {
      group,
      title: 'Your own time limit is over',
      text: '',
      python: timeLimit,
      node: {
        code: 'ABORT_ERR',
        message: 'The operation was aborted',
        snippet: {
          imports: netImports,
          setup: [
            nodePeers,
            ...nodeServer,
            "const socket = net.connect(port, '127.0.0.1');",
            "await once(socket, 'connect');",
          ],
          body: ["await once(socket, 'data', {signal: AbortSignal.timeout(300)});"],
          last: ['socket.destroy();', 'server.close();', 'for (const peer of peers) peer.destroy();'],
        },
      },
      means:
        'The peer said nothing for so long. The kernel reports no error: poll() returned 0, and Python made an exception of it.',
      next: 'Decide whether to wait on or to give the connection up; it is not broken.',
      healthy: 'recv',
    }),
    symbol: '',
    number: undefined,
    python: {class: 'TimeoutError', text: 'timed out', snippet: timeLimit},
  },
  failing('ENETUNREACH', 'ENETUNREACH', {
    group,
    title: 'No route to that network',
    text: 'Network is unreachable',
    python: {
      setup: ['sock = socket.socket()'],
      body: ["sock.connect(('127.255.255.255', 9))  # a broadcast address: no stream goes there"],
      last: ['sock.close()'],
    },
    node: {
      code: 'ENETUNREACH',
      message: 'connect ENETUNREACH 127.255.255.255:9 - Local (0.0.0.0:0)',
      snippet: {
        imports: events,
        setup: ['const socket = new net.Socket();'],
        body: ["await once(socket.connect(9, '127.255.255.255'), 'connect');"],
        last: ['socket.destroy();'],
      },
    },
    means:
      'The kernel finds no way to send a TCP segment there, so nothing is sent at all. Here: a broadcast address of loopback.',
    next: 'Check the address and the routes: ip route.',
    healthy: 'connect',
  }),
  failing('EHOSTUNREACH', 'EHOSTUNREACH', {
    group,
    title: 'No route to that host',
    text: 'No route to host',
    python: {
      setup: ['# needs: ip route add unreachable 203.0.113.0/24', 'sock = socket.socket()'],
      body: ["sock.connect(('203.0.113.1', 80))"],
      last: ['sock.close()'],
    },
    node: {
      code: 'EHOSTUNREACH',
      message: 'connect EHOSTUNREACH 203.0.113.1:80 - Local (0.0.0.0:0)',
      snippet: {
        imports: events,
        setup: ['// needs: ip route add unreachable 203.0.113.0/24', 'const socket = new net.Socket();'],
        body: ["await once(socket.connect(80, '203.0.113.1'), 'connect');"],
        last: ['socket.destroy();'],
      },
    },
    means:
      'A route, a router or a neighbour that is silent says that this host cannot be reached. Here: a route of a network made for it.',
    next: 'Check that the host is up and on the link; a firewall may say this too.',
    healthy: 'connect',
    needs: 'unreachable',
  }),
  failing('EINPROGRESS', 'EINPROGRESS', {
    group,
    title: 'The connection is being made',
    text: 'Operation now in progress',
    python: {
      setup: [...pythonServer, 'sock = socket.socket()', 'sock.setblocking(False)'],
      body: ['sock.connect(address)'],
      last: ['sock.close()', 'server.close()'],
    },
    node: waits,
    means:
      'A socket that may not block has sent its SYN. This is no failure: the handshake goes on without the program.',
    next: 'Wait until the socket can be written, then read SO_ERROR.',
    healthy: 'connect',
  }),
  failing('EALREADY', 'EALREADY', {
    group,
    title: 'An earlier connect() is still under way',
    text: 'Operation already in progress',
    python: {
      imports: ['import socket', 'import time'],
      setup: [
        ...pythonFull,
        'sock = socket.socket()',
        'sock.setblocking(False)',
        'sock.connect_ex(server.getsockname())',
      ],
      body: ['sock.connect(server.getsockname())'],
      last: ['sock.close()', 'server.close()'],
    },
    node: waits,
    means: 'connect() was called again before the first answer had come; the first one goes on.',
    next: 'Wait with poll() until the socket can be written, instead of connecting again.',
    healthy: 'connect',
  }),
  failing('EISCONN', 'EISCONN', {
    group,
    title: 'The socket is connected already',
    text: 'Transport endpoint is already connected',
    python: {
      setup: [...pythonServer, 'sock = socket.create_connection(address)'],
      body: ['sock.connect(address)'],
      last: ['sock.close()', 'server.close()'],
    },
    node: {
      code: 'ERR_SOCKET_DGRAM_IS_CONNECTED',
      message: 'Already connected',
      snippet: {
        imports: ["import dgram from 'node:dgram';", "import {once} from 'node:events';"],
        setup: [
          "const socket = dgram.createSocket('udp4');",
          "socket.connect(9, '127.0.0.1');",
          "await once(socket, 'connect');",
        ],
        body: ["socket.connect(9, '127.0.0.1');"],
        last: ['socket.close();'],
      },
    },
    means: 'A TCP socket has one peer for life.',
    next: 'Use a new socket for another peer.',
    healthy: 'connect',
  }),
] as const satisfies readonly ErrorCase[];
