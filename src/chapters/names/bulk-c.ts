import {typeNumber} from '../../wire/dns/tables.ts';
import type {BulkAsk} from './bulk-fields.ts';

/** One connected socket, so many questions in flight, answers matched by their id. */
export function bulkC(
  {type, concurrency, wait, retries}: BulkAsk,
  address: string,
  port: number,
  file: string,
): string {
  const v6 = address.includes(':');
  return `// cc bulk.c -lresolv
#include <arpa/inet.h>
#include <poll.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct question { unsigned char message[512]; int length, tries, open; double sent; } asked[65536];
int outcomes[17];                               // by response code; the last is for no answer

double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }

void ask(int fd, struct question *q) { q->tries++; q->sent = now(); send(fd, q->message, q->length, 0); }

int main(void) {
    ${
      v6
        ? `struct sockaddr_in6 server = {.sin6_family = AF_INET6, .sin6_port = htons(${port})};
    inet_pton(AF_INET6, "${address}", &server.sin6_addr);
    int fd = socket(AF_INET6, SOCK_DGRAM, 0);`
        : `struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(${port})};
    inet_pton(AF_INET, "${address}", &server.sin_addr);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);`
    }
    connect(fd, (struct sockaddr *)&server, sizeof server);      // the kernel drops what others send
    int room = 4 << 20;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    FILE *names = fopen(${JSON.stringify(file)}, "r");
    char line[1100];
    int flying = 0, more = names != NULL, total = 0, id = 0;
    double start = now();
    while (more || flying > 0) {
        while (more && flying < ${concurrency}) {
            if (fgets(line, sizeof line, names) == NULL) { more = 0; break; }
            line[strcspn(line, " \\t\\r\\n")] = 0;
            if (line[0] == 0) continue;
            while (asked[id = (id + 1) & 0xffff].open);
            struct question *q = &asked[id];
            q->length = res_mkquery(QUERY, line, 1, ${typeNumber(type) ?? 1}, NULL, 0, NULL, q->message, sizeof q->message);
            if (q->length < 0) continue;
            q->message[0] = id >> 8; q->message[1] = id;
            q->tries = 0; q->open = 1; flying++; total++;
            ask(fd, q);
        }
        unsigned char answer[65535];
        struct pollfd ready = {fd, POLLIN, 0};
        if (poll(&ready, 1, 10) > 0) {
            int length = recv(fd, answer, sizeof answer, 0);
            struct question *q = &asked[answer[0] << 8 | answer[1]];
            // the question must be the same too, from byte 12 on
            if (length >= q->length && q->open && !memcmp(answer + 12, q->message + 12, q->length - 12)) {
                outcomes[answer[3] & 15]++; q->open = 0; flying--;
            }
            continue;
        }
        for (int i = 0; i < 65536; i++) {
            if (!asked[i].open || now() - asked[i].sent < ${wait}) continue;
            if (asked[i].tries <= ${retries}) ask(fd, &asked[i]);
            else { outcomes[16]++; asked[i].open = 0; flying--; }
        }
    }
    printf("%d names, %.0f a second:", total, total / (now() - start));
    for (int code = 0; code < 16; code++)
        if (outcomes[code]) printf(" RCODE %d %d", code, outcomes[code]);
    printf(" timeout %d\\n", outcomes[16]);
    return 0;
}
`;
}
