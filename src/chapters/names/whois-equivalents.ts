import {usualPlace} from '../../lab/known.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import {questionFor} from '../../wire/whois/question.ts';
import {readPlace, whoisPort} from '../../wire/whois/referral.ts';
import type {Equivalent} from '../contract.ts';
import {plainQuery, type WhoisAsk} from './whois-shape.ts';

/** One question and one answer, whole programs. Nobody but Wirebook asks the lab’s resolver, so its hosts are given as addresses. */
export function whoisEquivalents(ask: WhoisAsk): readonly Equivalent[] {
  const named = readPlace(ask.server.trim());
  if (named === undefined) return [];
  const own = named.port === whoisPort ? usualPlace(named.host, 'whois') : undefined;
  const question = questionFor(named.host, plainQuery(ask.query));
  const terms = {
    host: own?.address ?? named.host,
    port: own?.port ?? named.port,
    question,
    note: own === undefined ? '' : `${named.host}, where the lab has it`,
  };
  return [
    {language: 'Python', code: python(terms)},
    {language: 'C', code: inC(terms)},
    {language: 'Node', code: node(terms)},
    {language: 'shell', code: shell(terms)},
  ];
}

interface Terms {
  readonly host: string;
  readonly port: number;
  readonly question: string;
  readonly note: string;
}

const python = ({host, port, question, note}: Terms) => `import socket
${note === '' ? '' : `\n# ${note}\n`}
with socket.create_connection((${JSON.stringify(host)}, ${port}), timeout=10) as sock:
    sock.sendall(${JSON.stringify(`${question}\r\n`)}.encode())
    answer = b''
    while data := sock.recv(4096):  # b'' is the end of the answer
        answer += data
try:
    print(answer.decode())
except UnicodeDecodeError:
    print(answer.decode('latin-1'))
`;

const node = ({host, port, question, note}: Terms) => `import net from 'node:net';
${note === '' ? '' : `\n// ${note}\n`}
const socket = net.connect({host: ${JSON.stringify(host)}, port: ${port}});
socket.write(${JSON.stringify(`${question}\r\n`)});
const pieces = [];
for await (const piece of socket) pieces.push(piece); // until the server closes
const answer = Buffer.concat(pieces);
try {
  console.log(new TextDecoder('utf-8', {fatal: true}).decode(answer));
} catch {
  console.log(answer.toString('latin1'));
}
`;

const shell = ({
  host,
  port,
  question,
  note,
}: Terms) => `${note === '' ? '' : `# ${note}\n`}# One server, and the bytes as they come:
printf '%s\\r\\n' ${quoteShell(question)} | nc -w 10 ${quoteShell(host)} ${port}

# The client that follows "ReferralServer: whois://…" too:
whois -h ${quoteShell(host)} -p ${port} -- ${quoteShell(question)}
`;

const inC = ({host, port, question, note}: Terms) => `#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
${note === '' ? '' : `\n/* ${note} */\n`}
int main(void) {
    const char *question = ${JSON.stringify(`${question}\r\n`)};
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list, *one;
    if (getaddrinfo(${JSON.stringify(host)}, "${port}", &hints, &list) != 0) return 1;
    int fd = -1;
    for (one = list; one != NULL; one = one->ai_next) {
        fd = socket(one->ai_family, SOCK_STREAM, 0);
        if (fd >= 0 && connect(fd, one->ai_addr, one->ai_addrlen) == 0) break;
        if (fd >= 0) close(fd);
        fd = -1;
    }
    if (fd < 0 || write(fd, question, strlen(question)) < 0) return perror("whois"), 1;
    char data[4096];
    for (ssize_t n; (n = read(fd, data, sizeof data)) > 0;) fwrite(data, 1, n, stdout);
    return 0;
}
`;
