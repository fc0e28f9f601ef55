import {reprStr} from '../../wire/python/repr.ts';
import {quoteC} from '../../wire/text/quote-c.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import {lookupFlags} from '../../world/libc/constants.ts';
import type {Equivalent} from '../contract.ts';
import {families, type LookupAsk, readProtocol, socketTypes} from './lookup-fields.ts';
import {type LookupRequest, requestOf} from './lookup-request.ts';

/** The same look-up, and a socket made of its first row that connects, where that is asked for. */
export function lookupEquivalents(ask: LookupAsk): readonly Equivalent[] {
  const request = requestOf(ask);
  return [
    {language: 'Python', code: python(ask, request)},
    {language: 'C', code: c(ask, request)},
    {language: 'Node', code: node(ask, request)},
    {language: 'shell', code: shell(ask, request)},
  ];
}

const connects = ({connect}: LookupAsk) => connect.trim() !== 'none';

function python(ask: LookupAsk, {node: host, service, hints}: LookupRequest): string {
  const family = families[ask.family];
  const type = socketTypes[ask.type];
  // Python's module leaves out what only glibc has.
  const inPython = (flag: string) => !/IDN$/.test(flag);
  const flags = (hints.flags ?? []).map(flag =>
    inPython(flag) ? `socket.${flag}` : `0x${lookupFlags[flag].toString(16)}`,
  );
  const named = [
    ...(family === 'AF_UNSPEC' ? [] : [`family=${typeof family === 'number' ? family : `socket.${family}`}`]),
    ...(type === 0 ? [] : [`type=${type === 'SOCK_DCCP' ? 6 : `socket.${type}`}`]),
    ...((readProtocol(ask.protocol) ?? 0) === 0 ? [] : [`proto=${readProtocol(ask.protocol)}`]),
    ...(flags.length === 0 ? [] : [`flags=${flags.join(' | ')}`]),
  ];
  const words = [pythonText(host), pythonText(service), ...named].join(', ');
  const after = connects(ask)
    ? `for family, kind, proto, _, sockaddr in infolist:
    try:
        s = socket.socket(family, kind, proto)
    except OSError as error:
        print(sockaddr, error)
        continue
    s.settimeout(${ask.connectTimeout})
    try:
        s.connect(sockaddr)
    except OSError as error:
        print(sockaddr, error)
        s.close()
        continue
    print('connected to', s.getpeername())
    s.close()
    break
`
    : '';
  return `import socket

try:
    infolist = socket.getaddrinfo(${words})
except socket.gaierror as error:
    raise SystemExit(f'{error.errno}: {error.strerror}')
for family, kind, proto, canonname, sockaddr in infolist:
    print(family, kind, proto, repr(canonname), sockaddr)
${after}`;
}

const pythonText = (text: string | null) => (text === null ? 'None' : reprStr(text));

function c(ask: LookupAsk, {node: host, service, hints, needsLocale}: LookupRequest): string {
  const family = families[ask.family];
  const text = (value: string | null) => (value === null ? 'NULL' : quoteC(new TextEncoder().encode(value)));
  const connect = connects(ask)
    ? `    for (row = rows; row != NULL; row = row->ai_next) {
        int fd = socket(row->ai_family, row->ai_socktype, row->ai_protocol);
        if (fd < 0) { perror("socket"); continue; }
        if (connect(fd, row->ai_addr, row->ai_addrlen) == 0) { puts("connected"); close(fd); break; }
        perror("connect");
        close(fd);
    }
`
    : '';
  return `#define _GNU_SOURCE
#include <locale.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    struct addrinfo hints, *rows, *row;
${needsLocale ? '    setlocale(LC_CTYPE, "C.UTF-8");\n' : ''}    memset(&hints, 0, sizeof hints);
    hints.ai_flags = ${hints.flags?.join(' | ') || '0'};
    hints.ai_family = ${family};
    hints.ai_socktype = ${socketTypes[ask.type]};
    hints.ai_protocol = ${readProtocol(ask.protocol) ?? 0};
    int error = getaddrinfo(${text(host)}, ${text(service)}, &hints, &rows);
    if (error != 0) { fprintf(stderr, "%d: %s\\n", error, gai_strerror(error)); return 1; }
    for (row = rows; row != NULL; row = row->ai_next) {
        char address[NI_MAXHOST], port[NI_MAXSERV];
        getnameinfo(row->ai_addr, row->ai_addrlen, address, sizeof address, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
        printf("%d %d %d '%s' %s %s\\n", row->ai_family, row->ai_socktype, row->ai_protocol,
               row->ai_canonname ? row->ai_canonname : "", address, port);
    }
${connect}    freeaddrinfo(rows);
    return 0;
}
`;
}

function node(ask: LookupAsk, {node: host, service, hints}: LookupRequest): string {
  const family = ask.family === 'inet' ? 4 : ask.family === 'inet6' ? 6 : 0;
  const known = (hints.flags ?? []).flatMap(flag => nodeHints[flag] ?? []);
  const options = [
    'all: true',
    'verbatim: true',
    ...(family === 0 ? [] : [`family: ${family}`]),
    ...(known.length === 0 ? [] : [`hints: ${known.join(' | ')}`]),
  ];
  const port = service !== null && /^\d+$/.test(service) ? service : service === null ? '0' : '80';
  const after = connects(ask)
    ? `for (const {address} of rows) {
  const connected = await new Promise(done => {
    const socket = connect({host: address, port: ${port}, timeout: ${Math.round(ask.connectTimeout * 1000)}});
    socket.on('connect', () => { console.log('connected to', address); socket.end(); done(true); });
    socket.on('timeout', () => socket.destroy(new Error('timed out')));
    socket.on('error', error => { console.log(address, error.code ?? error.message); done(false); });
  });
  if (connected) break;
}
`
    : '';
  return `// Node looks up hosts only: no service, no types, no canonical name.
import * as dns from 'node:dns';
import {lookup} from 'node:dns/promises';
${connects(ask) ? "import {connect} from 'node:net';\n" : ''}
const rows = await lookup(${JSON.stringify(host ?? 'localhost')}, {${options.join(', ')}});
for (const {family, address} of rows) console.log(family, address);
${after}void dns;
`.replace(known.length > 0 ? /void dns;\n$/ : /import \* as dns from 'node:dns';\n|void dns;\n$/g, '');
}

const nodeHints: Readonly<Record<string, string>> = {
  AI_ADDRCONFIG: 'dns.ADDRCONFIG',
  AI_V4MAPPED: 'dns.V4MAPPED',
  AI_ALL: 'dns.ALL',
};

function shell(ask: LookupAsk, {node: host, service}: LookupRequest): string {
  const database = ask.family === 'inet' ? 'ahostsv4' : ask.family === 'inet6' ? 'ahostsv6' : 'ahosts';
  const name = quoteShell(host ?? 'localhost');
  const lines = [
    '# Every row, each type of socket; then who is asked for it, one source at a time.',
    `getent ${database} ${name}`,
    `getent -s files ${database} ${name}`,
    'grep ^hosts: /etc/nsswitch.conf',
    ...(service === null || service === '' ? [] : [`getent services ${quoteShell(service)}`]),
    ...(connects(ask) && service !== null
      ? [`nc -vz -w ${Math.ceil(ask.connectTimeout)} ${name} ${quoteShell(service)}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}
