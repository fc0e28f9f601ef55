import type {Target} from './query-target.ts';

/** res_query(3) of libc, pointed at one server. It speaks UDP and TCP only. */
export function queryC({name, asked, address, port, transport}: Target): string {
  const isV4 = address !== undefined && !address.includes(':');
  const server = isV4
    ? `
    _res.nscount = 1;
    _res.nsaddr_list[0].sin_family = AF_INET;
    _res.nsaddr_list[0].sin_port = htons(${port});
    inet_pton(AF_INET, "${address}", &_res.nsaddr_list[0].sin_addr);`
    : '\n    /* The servers are those of resolv.conf. */';
  const tcp = transport === 'udp' ? '' : '\n    _res.options |= RES_USEVC;    /* over TCP */';
  return `#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>

/* cc -Wno-deprecated-declarations query.c -lresolv */
int main(void) {
    unsigned char answer[65536];
    char line[4096];
    ns_msg message;
    ns_rr record;

    res_init();${server}${tcp}
    int length = res_query(${JSON.stringify(name)}, ns_c_in, ${asked.type}, answer, sizeof answer);
    if (length < 0) {
        herror("res_query");
        return 1;
    }
    ns_initparse(answer, length, &message);
    for (int i = 0; i < ns_msg_count(message, ns_s_an); i++) {
        ns_parserr(&message, ns_s_an, i, &record);
        ns_sprintrr(&message, &record, NULL, NULL, line, sizeof line);
        puts(line);
    }
    return 0;
}
`;
}
