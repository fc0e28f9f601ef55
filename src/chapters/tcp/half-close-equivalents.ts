import type {Equivalent} from '../contract.ts';
import type {HalfCloseAsk} from './half-close-session.ts';

/** The script of this experiment as programs of their own: the client ends its direction first, and is still answered. */
export function halfCloseEquivalents(ask: HalfCloseAsk): readonly Equivalent[] {
  return [
    {language: 'Python', code: python(ask)},
    {language: 'C', code: c(ask)},
    {language: 'Node', code: node(ask)},
    {language: 'shell', code: shell(ask)},
  ];
}

const isIPv6 = ({server}: HalfCloseAsk) => server.includes(':');

function python(ask: HalfCloseAsk): string {
  const family = isIPv6(ask) ? 'AF_INET6' : 'AF_INET';
  return `import socket
import threading

listener = socket.socket(socket.${family}, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('${ask.server}', ${ask.port}))
listener.listen(5)

def serve():
    ss, peer = listener.accept()
    while data := ss.recv(${ask.size}):       # b'' is the end: the client's FIN
        print('server got', data)
    ss.sendall(b'bye\\n')               # in CLOSE_WAIT one may still send
    ss.close()                         # the second FIN

server = threading.Thread(target=serve)
server.start()
sc = socket.socket(socket.${family}, socket.SOCK_STREAM)
sc.bind(('${ask.client}', 0))
sc.connect(listener.getsockname())
sc.sendall(b'hello\\n')
sc.shutdown(socket.SHUT_WR)            # FIN: FIN_WAIT2 here, CLOSE_WAIT there
while data := sc.recv(${ask.size}):
    print('client got', data)
sc.close()
server.join()
listener.close()
`;
}

function c(ask: HalfCloseAsk): string {
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

static void print_all(const char *who, int fd) {
  char buffer[${ask.size}];
  for (ssize_t n; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;)
    printf("%s got %.*s", who, (int)n, buffer);
}

int main(void) {
  int listener = socket(${family}, SOCK_STREAM, 0), on = 1;
  struct ${type} server = address("${ask.server}", ${ask.port}), client = address("${ask.client}", 0);
  socklen_t size = sizeof server;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&server, size) < 0) return perror("bind"), 1;
  listen(listener, 5);
  getsockname(listener, (struct sockaddr *)&server, &size);
  if (fork() == 0) {
    int ss = accept(listener, NULL, NULL);
    print_all("server", ss);          /* recv() gives 0 at the client's FIN */
    send(ss, "bye\\n", 4, 0);          /* in CLOSE_WAIT one may still send */
    return close(ss);                 /* the second FIN */
  }
  int sc = socket(${family}, SOCK_STREAM, 0);
  bind(sc, (struct sockaddr *)&client, sizeof client);
  if (connect(sc, (struct sockaddr *)&server, size) < 0) return perror("connect"), 1;
  send(sc, "hello\\n", 6, 0);
  shutdown(sc, SHUT_WR);              /* FIN: FIN_WAIT2 here, CLOSE_WAIT there */
  print_all("client", sc);
  close(sc);
  wait(NULL);
  return 0;
}
`;
}

function node(ask: HalfCloseAsk): string {
  return `import net from 'node:net';

// Without allowHalfOpen Node answers a FIN with its own at once, and there is no half-close to see.
const server = net.createServer({allowHalfOpen: true}, socket => {
  socket.on('data', data => console.log('server got', data.toString()));
  socket.on('end', () => socket.end('bye\\n')); // the client's FIN: answer, then the second FIN
});
server.listen({host: '${ask.server}', port: ${ask.port}}, () => {
  const {address: host, port} = server.address();
  const socket = net.connect({host, port, localAddress: '${ask.client}', allowHalfOpen: true});
  socket.on('data', data => console.log('client got', data.toString()));
  socket.on('end', () => server.close());
  socket.end('hello\\n'); // writes, then shutdown(SHUT_WR); there is no SHUT_RD in Node
});
`;
}

function shell(ask: HalfCloseAsk): string {
  const port = ask.port === 0 ? 1060 : ask.port;
  const [listen, connect, server, client] = isIPv6(ask)
    ? ['TCP6-LISTEN', 'TCP6', `[${ask.server}]`, `[${ask.client}]`]
    : ['TCP4-LISTEN', 'TCP4', ask.server, ask.client];
  return `# The server reads to the end of file and then answers.
socat ${listen}:${port},bind=${server},reuseaddr SYSTEM:'cat >&2; echo bye' &
sleep 0.5
# socat sends a FIN when its standard input ends, and then waits up to 5 s for the answer.
printf 'hello\\n' | socat -t 5 - ${connect}:${server}:${port},bind=${client}
wait
`;
}
