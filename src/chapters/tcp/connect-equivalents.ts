import type {Setting} from '../../world/actors/programs/poller/events.ts';
import {findOption} from '../../world/libc/options/table.ts';
import type {Equivalent} from '../contract.ts';
import {type ConnectAsk, readLocal} from './connect-fields.ts';
import {everyday, readOptions} from './option-list.ts';

/** The same as programs: standard input to the peer, a FIN at its end, what the peer sends to standard output. */
export function connectEquivalents(ask: ConnectAsk): readonly Equivalent[] {
  return [
    {language: 'Python', code: python(ask)},
    {language: 'C', code: c(ask)},
    {language: 'Node', code: node(ask)},
    {language: 'shell', code: shell(ask)},
  ];
}

function settingsOf(ask: ConnectAsk): readonly Setting[] {
  const read = readOptions(ask.options);
  return read.ok ? read.value : [];
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function python(ask: ConnectAsk): string {
  const family = {auto: 'AF_UNSPEC', '4': 'AF_INET', '6': 'AF_INET6'}[ask.family];
  const local = readLocal(ask.local);
  const steps = [
    ...settingsOf(ask).map(pythonOption),
    ...(local === undefined || local.family === 'AF_UNIX' ? [] : [`sock.bind((${quoted(local.host)}, ${local.port}))`]),
    ...(ask.connectTimeout > 0 ? [`sock.settimeout(${ask.connectTimeout})`] : []),
  ];
  const linger = settingsOf(ask).some(({option}) => option === 'SO_LINGER');
  return `import socket
${linger ? 'import struct\n' : ''}import sys
import threading

def connect(host, port):
    error = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, socket.${family}, socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
${steps.map(step => `            ${step}\n`).join('')}            sock.connect(address)
            sock.settimeout(None)
            return sock
        except OSError as failed:
            error = failed
            sock.close()
    raise error

def send_input():
    while chunk := sys.stdin.buffer.read1(65536):
        sock.sendall(chunk)
${ask.halfClose ? '    sock.shutdown(socket.SHUT_WR)        # FIN: that was all; the answer may still come\n' : ''}
sock = connect(${quoted(ask.host)}, ${ask.port})
threading.Thread(target=send_input, daemon=True).start()
while chunk := sock.recv(65536):         # b'' is the peer's FIN
    sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()
sock.close()
`;
}

function pythonOption({option, value}: Setting): string {
  const found = findOption(option);
  const level = `socket.${found?.level ?? 'SOL_SOCKET'}`;
  if (typeof value === 'object' && 'on' in value)
    return `sock.setsockopt(${level}, socket.${option}, struct.pack('ii', ${Number(value.on)}, ${value.seconds}))`;
  const shown =
    typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? `b${quoted(value)}` : String(value);
  // Python has names for the usual ones; the others go by their number.
  return everyday.includes(option)
    ? `sock.setsockopt(${level}, socket.${option}, ${shown})`
    : `sock.setsockopt(${level}, ${found?.number ?? 0}, ${shown})  # ${option}`;
}

function node(ask: ConnectAsk): string {
  const local = readLocal(ask.local);
  const options = [
    `host: ${quoted(ask.host)}`,
    `port: ${ask.port}`,
    `allowHalfOpen: ${ask.halfClose}`,
    ...(ask.family === 'auto' ? [] : [`family: ${ask.family}`]),
    ...(local === undefined || local.family === 'AF_UNIX' ? [] : [`localAddress: ${quoted(local.host)}`]),
  ];
  return `import net from 'node:net';

const socket = net.connect({${options.join(', ')}});
socket.on('error', error => {
  console.error(error.message);
  process.exitCode = 1;
});
process.stdin.pipe(socket${ask.halfClose ? '' : ', {end: false}'});   // end() at the end of the input: the FIN
socket.pipe(process.stdout);
socket.on('end', () => {
  process.stdin.unpipe(socket);
  process.stdin.destroy();
  socket.end();
});
`;
}

function shell(ask: ConnectAsk): string {
  const family = ask.family === 'auto' ? '' : ` -${ask.family}`;
  const local = readLocal(ask.local);
  const from = local === undefined || local.family === 'AF_UNIX' ? '' : ` -s ${local.host}`;
  const wait = ask.connectTimeout > 0 ? ` -w ${Math.ceil(ask.connectTimeout)}` : '';
  return `# OpenBSD's nc sends no FIN without -N; -w is also its limit for silence
nc${ask.halfClose ? ' -N' : ''}${family}${from}${wait} ${ask.host} ${ask.port}

# socat sends it, and then waits only as long as -t says
socat -t 3600 - TCP${ask.family === 'auto' ? '' : ask.family}:${ask.host.includes(':') ? `[${ask.host}]` : ask.host}:${ask.port}
`;
}

function c(ask: ConnectAsk): string {
  const family = {auto: 'AF_UNSPEC', '4': 'AF_INET', '6': 'AF_INET6'}[ask.family];
  return `#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int dial(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_family = ${family}, .ai_socktype = SOCK_STREAM}, *rows;
    int fd = -1, failed = getaddrinfo(host, port, &hints, &rows);
    if (failed) {
        fprintf(stderr, "%s\\n", gai_strerror(failed));
        return -1;
    }
    for (struct addrinfo *row = rows; row; row = row->ai_next) {
        fd = socket(row->ai_family, row->ai_socktype, row->ai_protocol);
        if (fd >= 0 && connect(fd, row->ai_addr, row->ai_addrlen) == 0)
            break;
        perror(host);
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    freeaddrinfo(rows);
    return fd;
}

static int pass_on(int from, int to)
{
    char bytes[65536];
    ssize_t size = read(from, bytes, sizeof bytes), done, at = 0;
    while (at < size) {                  /* the kernel may take less than it is offered */
        if ((done = write(to, bytes + at, size - at)) < 0)
            return -1;
        at += done;
    }
    return size;
}

int main(void)
{
    int fd = dial("${ask.host}", "${ask.port}");
    if (fd < 0)
        return 1;
    struct pollfd watched[2] = {{.fd = 0, .events = POLLIN}, {.fd = fd, .events = POLLIN}};
    for (;;) {
        if (poll(watched, 2, -1) < 0)
            return 1;
        if (watched[0].revents && pass_on(0, fd) <= 0) {
            watched[0].fd = -1;          /* the end of the input${ask.halfClose ? ': a FIN, and read on' : ''} */
${ask.halfClose ? '            shutdown(fd, SHUT_WR);\n' : ''}        }
        if (watched[1].revents && pass_on(fd, 1) <= 0)
            break;                       /* 0: the peer's FIN */
    }
    close(fd);
    return 0;
}
`;
}
