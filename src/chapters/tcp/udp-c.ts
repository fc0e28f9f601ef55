import type {UdpTerms} from './udp-equivalents.ts';

/** The client, the server, or both in two processes, in C. */
export function cProgram({host, port, role, connected, drop, first, giveUp}: UdpTerms): string {
  const head = `#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static void need(int good, const char *what) { if (!good) { perror(what); exit(1); } }

static int open_socket(struct addrinfo **where) {
    struct addrinfo hints = {.ai_socktype = SOCK_DGRAM};
    need(getaddrinfo("${host}", "${port}", &hints, where) == 0, "getaddrinfo");
    int fd = socket((*where)->ai_family, SOCK_DGRAM, 0);
    need(fd >= 0, "socket");
    return fd;
}
`;
  const server = `
static int bind_here(void) {
    struct addrinfo *where;
    int fd = open_socket(&where);
    need(bind(fd, where->ai_addr, where->ai_addrlen) == 0, "bind");
    return fd;
}

static void serve(int fd) {
    static char data[65535], answer[64];
    for (;;) {
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        ssize_t n = recvfrom(fd, data, sizeof data, 0, (struct sockaddr *)&from, &length);
        need(n >= 0, "recvfrom");
${drop > 0 ? `        if (rand() % 100 < ${drop}) continue; /* as if the network had lost it */\n` : ''}        int size = snprintf(answer, sizeof answer, "Your data was %zd bytes long", n);
        sendto(fd, answer, size, 0, (struct sockaddr *)&from, length);
    }
}
`;
  const send = connected
    ? 'send(fd, "This is another message", 23, 0)'
    : 'sendto(fd, "This is another message", 23, 0, where->ai_addr, where->ai_addrlen)';
  const client = `
static int talk(void) {
    static char data[65536];
    struct addrinfo *where;
    int fd = open_socket(&where);
${connected ? '    need(connect(fd, where->ai_addr, where->ai_addrlen) == 0, "connect"); /* sends nothing */\n' : ''}    for (double delay = ${first}; delay <= ${giveUp}; delay *= 2) {
        need(${send} == 23, "send");
        struct timeval wait = {delay, (long)(delay * 1e6) % 1000000};
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        ssize_t n = recv(fd, data, sizeof data - 1, 0);
        if (n < 0 && errno == EAGAIN) continue;
        need(n >= 0, "recv");
        printf("%.*s\\n", (int)n, data);
        return 0;
    }
    fprintf(stderr, "I think the server is down\\n");
    return 1;
}
`;
  const main = {
    server: '    serve(bind_here());\n    return 0;\n',
    client: '    return talk();\n',
    both: `    int fd = bind_here();
    pid_t server = fork();
    if (server == 0) serve(fd);
    int failed = talk();
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    return failed;
`,
  }[role];
  return `${[head, role === 'client' ? '' : server, role === 'server' ? '' : client].join('')}\nint main(void) {\n${main}}\n`;
}
