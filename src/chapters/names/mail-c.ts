import type {MailTerms} from './mail-equivalents.ts';

/** The conversation in C, in clear; the host is an argument where DNS would have to be asked for MX first. */
export function cProgram({host, port, domain, from, to, helo, message}: MailTerms): string {
  const lines = message
    .replaceAll('\n', '\r\n')
    .replace(/^\./gm, '..')
    .split(/(?<=\n)/);
  return `#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* One reply, all its lines: the last has a space behind the three digits. */
static void reply(FILE *in, char expected) {
    char line[2048];
    do {
        if (fgets(line, sizeof line, in) == NULL) exit(1);
        printf("< %s", line);
    } while (strlen(line) > 3 && line[3] == '-');
    if (line[0] != expected) exit(1);
}

static void say(FILE *in, FILE *out, const char *line, char expected) {
    printf("> %s\\n", line);
    fprintf(out, "%s\\r\\n", line);
    fflush(out);
    reply(in, expected);
}

int main(int argc, char **argv) {
${host === '' ? `    if (argc < 2) return fprintf(stderr, "the host that dig MX ${domain} shows\\n"), 1;\n    const char *host = argv[1];` : `    const char *host = ${string(host)};\n    (void)argc, (void)argv;`}
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list;
    if (getaddrinfo(host, "${port}", &hints, &list) != 0) return 1;
    int fd = socket(list->ai_family, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, list->ai_addr, list->ai_addrlen) != 0) return perror(host), 1;
    FILE *in = fdopen(fd, "r"), *out = fdopen(fd, "w");
    reply(in, '2');
    say(in, out, ${string(`EHLO ${helo}`)}, '2');
    say(in, out, ${string(`MAIL FROM:<${from}>`)}, '2');
    say(in, out, ${string(`RCPT TO:<${to}>`)}, '2');
    say(in, out, "DATA", '3');
    /* Every line ends with CR LF, and one that begins with a dot has another before it. */
    fputs(${lines.map(string).join('\n          ')}, out);
    say(in, out, ".", '2');
    say(in, out, "QUIT", '2');
    return 0;
}
`;
}

/** A string literal of C: control bytes in octal, which ends after three digits, and no trigraphs. */
function string(text: string): string {
  return JSON.stringify(text)
    .replace(/\\(?:\\|u00([0-9a-f]{2}))/g, (all, hex?: string) =>
      hex === undefined ? all : `\\${Number.parseInt(hex, 16).toString(8).padStart(3, '0')}`,
    )
    .replaceAll('?', '\\?');
}
