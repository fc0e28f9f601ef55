import type {Equivalent} from '../contract.ts';
import type {SharedAsk} from './shared-session.ts';

/** Two processes with one socket, as programs of their own: first close() in the child, then shutdown() in another child. */
export function sharedEquivalents(ask: SharedAsk): readonly Equivalent[] {
  return [
    {language: 'Python', code: python(ask)},
    {language: 'C', code: c(ask)},
    {language: 'Node', code: node(ask)},
    {language: 'shell', code: shell(ask)},
  ];
}

const isIPv6 = ({server}: SharedAsk) => server.includes(':');

function python(ask: SharedAsk): string {
  const family = isIPv6(ask) ? 'AF_INET6' : 'AF_INET';
  return `import os
import socket

listener = socket.socket(socket.${family}, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('${ask.server}', ${ask.port}))
listener.listen(5)
sock = socket.socket(socket.${family}, socket.SOCK_STREAM)
sock.bind(('${ask.client}', 0))
sock.connect(listener.getsockname())
peer, address = listener.accept()

if os.fork() == 0:                     # the child holds the same socket
    sock.close()                       # no FIN: the parent holds it still
    os._exit(0)
os.wait()
sock.sendall(b'still here')
print('after close:', peer.recv(${ask.size}))

if os.fork() == 0:
    sock.shutdown(socket.SHUT_WR)      # FIN, for every holder
    os._exit(0)
os.wait()
print('after shutdown:', peer.recv(${ask.size}))
try:
    sock.sendall(b'x')
except BrokenPipeError:
    print('EPIPE in the parent too')
`;
}

function c(ask: SharedAsk): string {
  const v6 = isIPv6(ask);
  const [type, family, part] = v6 ? ['sockaddr_in6', 'AF_INET6', 'sin6'] : ['sockaddr_in', 'AF_INET', 'sin'];
  return `#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static struct ${type} address(const char *host, int port) {
  struct ${type} a = {.${part}_family = ${family}, .${part}_port = htons(port)};
  inet_pton(${family}, host, &a.${part}_addr);
  return a;
}

int main(void) {
  int listener = socket(${family}, SOCK_STREAM, 0), sock = socket(${family}, SOCK_STREAM, 0), on = 1;
  struct ${type} server = address("${ask.server}", ${ask.port}), client = address("${ask.client}", 0);
  socklen_t size = sizeof server;
  char buffer[${ask.size}];
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&server, size) < 0) return perror("bind"), 1;
  listen(listener, 5);
  getsockname(listener, (struct sockaddr *)&server, &size);
  bind(sock, (struct sockaddr *)&client, sizeof client);
  if (connect(sock, (struct sockaddr *)&server, size) < 0) return perror("connect"), 1;
  int peer = accept(listener, NULL, NULL);
  if (fork() == 0) {
    close(sock);                      /* no FIN: the parent holds it still */
    _exit(0);
  }
  wait(NULL);
  send(sock, "still here", 10, MSG_NOSIGNAL);
  printf("after close: %zd bytes\\n", recv(peer, buffer, sizeof buffer, 0));
  if (fork() == 0) {
    shutdown(sock, SHUT_WR);          /* FIN, for every holder */
    _exit(0);
  }
  wait(NULL);
  printf("after shutdown: %zd bytes\\n", recv(peer, buffer, sizeof buffer, 0));
  if (send(sock, "x", 1, MSG_NOSIGNAL) < 0) perror("the parent's send");
  return 0;
}
`;
}

function node(ask: SharedAsk): string {
  return `import {fork} from 'node:child_process';
import {once} from 'node:events';
import net from 'node:net';

if (process.send) {
  process.once('message', (how, socket) => {
    if (how === 'close') socket.destroy(); // no FIN: the parent holds it still
    else socket.end(); // shutdown(SHUT_WR): a FIN, for every holder
    setTimeout(() => process.exit(), 100);
  });
} else {
  const server = net.createServer({allowHalfOpen: true}).listen({host: '${ask.server}', port: ${ask.port}});
  await once(server, 'listening');
  const {address: host, port} = server.address();
  const sock = net.connect({host, port, localAddress: '${ask.client}', allowHalfOpen: true});
  const [peer] = await once(server, 'connection');
  peer.on('data', data => console.log('peer got', data.toString()));
  peer.on('end', () => console.log('peer got the FIN'));
  const inChild = async how => {
    const child = fork(process.argv[1]);
    child.send(how, sock, {keepOpen: true});
    await once(child, 'exit');
  };
  await inChild('close');
  sock.write('still here');
  await inChild('shutdown');
  sock.on('error', error => {
    console.log(error.code, 'in the parent too');
    process.exit();
  });
  sock.write('x');
}
`;
}

function shell(ask: SharedAsk): string {
  const port = ask.port === 0 ? 1060 : ask.port;
  return `# bash. A shell can share and close a descriptor; it has no shutdown().
ncat -l ${ask.server} ${port} &
sleep 1
exec 3<>/dev/tcp/${ask.server}/${port}
(exec 3>&-)            # a child closes its copy: no FIN
echo 'still here' >&3  # the parent goes on
exec 3>&-              # the last copy: now the FIN
wait
`;
}
