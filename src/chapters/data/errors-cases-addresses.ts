import {failing, netImports, nodePeers, nodeServer, pythonServer} from './errors-cases-socket.ts';
import type {ErrorCase} from './errors-shape.ts';

const group = 'connecting';

const events = ["import {once} from 'node:events';", "import net from 'node:net';"];

export const addressCases = [
  failing('EADDRINUSE', 'EADDRINUSE', {
    group,
    title: 'The port is taken',
    text: 'Address already in use',
    python: {
      setup: [...pythonServer, 'sock = socket.socket()'],
      body: ['sock.bind(address)'],
      last: ['sock.close()', 'server.close()'],
    },
    node: {
      code: 'EADDRINUSE',
      message: 'listen EADDRINUSE: address already in use 127.0.0.1:PORT',
      snippet: {
        imports: netImports,
        setup: [nodePeers, ...nodeServer, 'const second = net.createServer();'],
        body: ["await once(second.listen(port, '127.0.0.1'), 'listening');"],
        last: ['second.close();', 'server.close();'],
      },
    },
    means: 'Another socket listens on this address and port.',
    next: 'See who holds it: ss -ltnp. Choose another port, or 0 for a free one.',
    healthy: 'bind',
  }),
  failing('EADDRNOTAVAIL', 'EADDRNOTAVAIL', {
    group,
    title: 'That address is not of this machine',
    text: 'Cannot assign requested address',
    python: {
      setup: ['sock = socket.socket()'],
      body: ["sock.bind(('203.0.113.1', 0))"],
      last: ['sock.close()'],
    },
    node: {
      code: 'EADDRNOTAVAIL',
      message: 'listen EADDRNOTAVAIL: address not available 203.0.113.1',
      snippet: {
        imports: events,
        setup: ['const server = net.createServer();'],
        body: ["await once(server.listen(0, '203.0.113.1'), 'listening');"],
        last: ['server.close();'],
      },
    },
    means: 'No interface here has that address; a socket can only be bound to one’s own.',
    next: 'Bind to 127.0.0.1 or 0.0.0.0, or list the addresses: ip address.',
    healthy: 'bind',
  }),
  failing('EACCES-port', 'EACCES', {
    group,
    title: 'A port below 1024',
    text: 'Permission denied',
    python: {
      setup: ['sock = socket.socket()  # fails for everybody but root'],
      body: ["sock.bind(('127.0.0.1', 80))"],
      last: ['sock.close()'],
    },
    node: {
      code: 'EACCES',
      message: 'listen EACCES: permission denied 127.0.0.1:80',
      snippet: {
        imports: events,
        setup: ['const server = net.createServer(); // fails for everybody but root'],
        body: ["await once(server.listen(80, '127.0.0.1'), 'listening');"],
        last: ['server.close();'],
      },
    },
    means: 'Ports below 1024 are for processes with CAP_NET_BIND_SERVICE (ip(7), ip_unprivileged_port_start).',
    next: 'Use a port from 1024 up, or let systemd or a proxy hold the low one.',
    healthy: 'bind',
    needs: 'unprivileged',
  }),
] as const satisfies readonly ErrorCase[];
