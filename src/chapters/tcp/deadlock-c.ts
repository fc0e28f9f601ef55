import type {DeadlockAsk} from './deadlock-terms.ts';

/** The conversation in C: two processes, or the one end that is ours. */
export function cProgram({bytes, chunk, serverChunk, host, port, role, reading}: DeadlockAsk): string {
  const head = `#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void need(int good, const char *what) { if (!good) { perror(what); exit(1); } }

static int open_socket(struct addrinfo **where) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST};
    need(getaddrinfo("${host}", "${port}", &hints, where) == 0, "getaddrinfo");
    int fd = socket((*where)->ai_family, SOCK_STREAM, 0);
    need(fd >= 0, "socket");
    return fd;
}

/* send() may take less than it is offered: Python calls this loop sendall(). */
static void send_all(int fd, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);
        need(n > 0, "send");
        bytes += n;
        size -= n;
    }
}
`;
  const server = `
static int listen_here(void) {
    struct addrinfo *where;
    int fd = open_socket(&where), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    need(bind(fd, where->ai_addr, where->ai_addrlen) == 0, "bind");
    need(listen(fd, 1) == 0, "listen");
    return fd;
}

static void serve(int listener) {
    char room[${serverChunk}];
    int fd = accept(listener, NULL, NULL);
    ssize_t n;
    while ((n = recv(fd, room, sizeof room, 0)) > 0) {
        for (ssize_t i = 0; i < n; i++) if (room[i] >= 'a' && room[i] <= 'z') room[i] -= 32;
        send_all(fd, room, n);
    }
    close(fd);
}
`;
  const client = `
static void read_all(int fd) {
    static char room[${chunk}];
    long received = 0;
    ssize_t n;
    while ((n = recv(fd, room, sizeof room, 0)) > 0) received += n;
    printf("%ld bytes came back\\n", received);
}

static void talk(void) {
    struct addrinfo *where;
    int fd = open_socket(&where);
    need(connect(fd, where->ai_addr, where->ai_addrlen) == 0, "connect");
${reading ? '    if (fork() == 0) { read_all(fd); exit(0); } /* one socket, two processes: this one reads */\n' : ''}    for (long left = ${bytes}; left > 0; left -= 16) send_all(fd, "capitalize this!", 16);
    shutdown(fd, SHUT_WR);
${reading ? '' : '    read_all(fd);\n'}    close(fd);
}
`;
  const main = {
    server: '    serve(listen_here());\n',
    client: '    talk();\n',
    both: `    int listener = listen_here();
    pid_t server = fork();
    if (server == 0) { serve(listener); return 0; }
    close(listener);
    talk();
`,
  }[role];
  const wait = reading || role === 'both' ? '    while (wait(NULL) > 0) {}\n' : '';
  const includes =
    wait === '' ? head : head.replace('#include <unistd.h>', '#include <sys/wait.h>\n#include <unistd.h>');
  const parts = [includes, role === 'client' ? '' : server, role === 'server' ? '' : client];
  return `${parts.join('')}\nint main(void) {\n${main}${wait}    return 0;\n}\n`;
}
